"""Asking and withdrawing questions."""

from collections.abc import Sequence

from django.db import transaction

from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.questions.jobs import ANSWER, reset
from reviewapp.questions.models import QUESTION_CHARACTERS, Answer, Question


class QuestionError(ActionError):
    """A question that cannot be asked."""


def ask_question(matter: Matter, text: str, *, actor: Actor, scope: Sequence[Document] = ()) -> Question:
    """Ask about the given documents, or about the whole matter when `scope` is empty.

    Raises QuestionError for an empty or overlong text and for a document of another matter.
    """
    text = text.strip()
    if not text:
        raise QuestionError("question-missing", "Write a question first.")
    if len(text) > QUESTION_CHARACTERS:
        raise QuestionError(
            "question-too-long", f"The question is longer than {QUESTION_CHARACTERS:,} characters."
        )
    if any(document.matter_id != matter.pk for document in scope):
        raise QuestionError(
            "scope-of-another-matter", "A question can only be about documents of its own matter."
        )
    with transaction.atomic():
        question = Question.objects.create(matter=matter, asked_by=actor.signed_in(), text=text)
        question.scope.set(scope)
        Answer.objects.create(question=question)
        job = _request_answer(question, actor)
        record(
            Happened.QUESTION_ASKED,
            question,
            actor=actor,
            matter=matter,
            job_id=str(job.pk),
            documents=len(scope),
        )
    return question


def retry_question(question: Question, *, actor: Actor) -> Question:
    """Try again a question whose answer failed or was cancelled. Raises QuestionError for any other."""
    with transaction.atomic():
        answer = Answer.objects.select_for_update().get(question=question)
        if answer.status not in (Answer.Status.FAILED, Answer.Status.CANCELLED):
            raise QuestionError(
                "question-not-ended", "Only a question that failed or was cancelled can be tried again.", 409
            )
        reset(answer)
        job = _request_answer(question, actor)
        record(Happened.QUESTION_RETRIED, question, actor=actor, matter=question.matter, job_id=str(job.pk))
    return question


def withdraw_question(question: Question, *, actor: Actor) -> None:
    """Stop the answer to a question; nothing happens when it is finished."""
    job = question.job
    if job is not None:
        lifecycle.cancel(job, actor=actor)


def _request_answer(question: Question, actor: Actor) -> Job:
    return lifecycle.create_job(ANSWER, question, matter=question.matter, actor=actor)
