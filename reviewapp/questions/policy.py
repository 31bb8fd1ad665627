"""Who may ask, and what an answer may draw on."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.contrib.auth.models import User
from django.db import models

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import (
    MatterRule,
    allowed,
    find,
    is_admin,
    may_view,
    role_of,
    rule,
)
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Citation, Question


@rule(Scope.ASK)
def may_ask(actor: Actor, matter: Matter) -> bool:
    return role_of(actor, matter) is not None and matter.archived_at is None


@rule(Scope.ASK)
def may_withdraw_question(actor: Actor, question: Question) -> bool:
    """The one who asked may stop the answer, and so may who administers the matter."""
    if actor.person is None or role_of(actor, question.matter) is None:
        return False
    return question.asked_by_id == actor.person.pk or is_admin(actor, question.matter)


def visible_questions(actor: Actor, matter: Matter) -> models.QuerySet[Question]:
    return Question.objects.filter(matter=matter) if may_view(actor, matter) else Question.objects.none()


def visible_askers(actor: Actor, matter: Matter) -> models.QuerySet[User]:
    """The people who asked questions of the matter."""
    asked = visible_questions(actor, matter).order_by().values("asked_by")
    return User.objects.filter(pk__in=asked).order_by("first_name", "last_name", "username")


def visible_questions_in_thread(actor: Actor, question: Question) -> models.QuerySet[Question]:
    """The questions of one thread in the order in which they were asked."""
    first = question.thread_id or question.pk
    asked = visible_questions(actor, question.matter)
    return asked.filter(models.Q(pk=first) | models.Q(thread=first)).order_by("created_at")


def visible_questions_of(actor: Actor, document: Document) -> models.QuerySet[Question]:
    """The questions that the document answers, or answered before."""
    answers = Answer.objects.filter(document=document).exclude(state=Answer.State.WAITING)
    return visible_questions(actor, document.matter).filter(pk__in=answers.values("question"))


def visible_answers(actor: Actor, question: Question) -> models.QuerySet[Answer]:
    """The cells of a question, those that later ones replaced among them."""
    return (
        Answer.objects.filter(question=question)
        if may_view(actor, question.matter)
        else Answer.objects.none()
    )


def visible_answers_of_matter(actor: Actor, matter: Matter) -> models.QuerySet[Answer]:
    return (
        Answer.objects.filter(question__matter=matter) if may_view(actor, matter) else Answer.objects.none()
    )


def access_question_by_id(actor: Actor, question_id: UUID | str, *, may: MatterRule = may_view) -> Question:
    question = find(Question.objects.select_related("matter", "asked_by"), question_id)
    return allowed(question, may(actor, question.matter))


def access_question_to_withdraw(actor: Actor, question_id: UUID | str) -> Question:
    question = access_question_by_id(actor, question_id)
    return allowed(question, may_withdraw_question(actor, question))


def access_citation_by_id(actor: Actor, citation_id: UUID | str) -> Citation:
    found = Citation.objects.select_related("answer__question", "document__matter", "page")
    citation = find(found, citation_id)
    return allowed(citation, may_view(actor, citation.document.matter))


def question_for_job(job: Job) -> Question:
    questions = Question.objects.filter(matter=job.matter_id).select_related("matter", "asked_by")
    return subject_of(job, ANSWER, questions)


def documents_in_scope(question: Question) -> models.QuerySet[Document]:
    """The documents an answer may draw on: those of the question's own matter, within its scope, that it leaves in.

    Empty once the person who asked has left the matter, and where all that was in scope was withdrawn.
    """
    if question.scope_withdrawn or not may_view(Actor(question.asked_by), question.matter):
        return Document.objects.none()
    documents = Document.objects.filter(matter=question.matter_id)
    documents = documents.exclude(pk__in=question.leaves_out.values("pk"))
    scope = question.scope.values_list("pk", flat=True)
    return documents.filter(pk__in=scope) if scope.exists() else documents


def documents_to_ask(question: Question) -> list[Document]:
    """The documents in scope that have no answer to the question yet."""
    answered = Answer.objects.filter(question=question, superseded_at=None).values("document")
    return list(documents_in_scope(question).exclude(pk__in=answered))
