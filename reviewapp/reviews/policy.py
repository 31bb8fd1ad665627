"""Who may review, and what they see of it."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, allowed, find, is_admin, may_view, role_of, rule
from reviewapp.questions.models import Answer
from reviewapp.reviews.jobs import CODE_DOCUMENTS
from reviewapp.reviews.models import Code, Coding, Comment, Issue, Review, Rules, Sample


@rule(Scope.REVIEW)
def may_review(actor: Actor, matter: Matter) -> bool:
    return role_of(actor, matter) is not None and matter.archived_at is None


@rule(Scope.MANAGE)
def may_set_review_rules(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


def access_answer_by_id(actor: Actor, answer_id: UUID | str, *, may: MatterRule = may_view) -> Answer:
    answers = Answer.objects.select_related("question__matter", "question__asked_by", "document")
    answer = find(answers, answer_id)
    return allowed(answer, may(actor, answer.question.matter))


def access_sample_by_id(actor: Actor, sample_id: UUID | str) -> Sample:
    sample = find(Sample.objects.select_related("matter", "question", "drawn_by"), sample_id)
    return allowed(sample, may_view(actor, sample.matter))


def visible_samples(actor: Actor, matter: Matter) -> models.QuerySet[Sample]:
    return Sample.objects.filter(matter=matter) if may_view(actor, matter) else Sample.objects.none()


def visible_reviews(actor: Actor, matter: Matter) -> models.QuerySet[Review]:
    """The reviews of all answers of the matter, replaced ones among them."""
    if not may_view(actor, matter):
        return Review.objects.none()
    return Review.objects.filter(answer__question__matter=matter)


def visible_comments(actor: Actor, answer: Answer) -> models.QuerySet[Comment]:
    """What was noted beside the answer's cell, the oldest first."""
    if not may_view(actor, answer.question.matter):
        return Comment.objects.none()
    return Comment.objects.filter(question=answer.question_id, document=answer.document_id)


def visible_cells(actor: Actor, matter: Matter) -> models.QuerySet[Answer]:
    """The matter's answers to all questions that no later ones replaced."""
    if not may_view(actor, matter):
        return Answer.objects.none()
    return Answer.objects.filter(question__matter=matter, superseded_at=None)


def visible_issues(actor: Actor, matter: Matter) -> models.QuerySet[Issue]:
    return Issue.objects.filter(matter=matter) if may_view(actor, matter) else Issue.objects.none()


def visible_codes(actor: Actor, document: Document) -> models.QuerySet[Code]:
    return Code.objects.filter(document=document) if may_view(actor, document.matter) else Code.objects.none()


def is_any_coded(matter_id: UUID) -> bool:
    return Code.objects.filter(document__matter=matter_id).exists()


def visible_codings(actor: Actor, matter: Matter) -> models.QuerySet[Coding]:
    return Coding.objects.filter(matter=matter) if may_view(actor, matter) else Coding.objects.none()


def coding_for_job(job: Job) -> Coding:
    return subject_of(
        job, CODE_DOCUMENTS, Coding.objects.filter(matter=job.matter_id).select_related("matter")
    )


def wants_second_reviewer(matter: Matter) -> bool:
    """Whether a second person has to confirm each decision in this matter."""
    return Rules.objects.filter(matter=matter, second_reviewer=True).exists()
