"""Who may do what, and the only route from an id to an object.

The predicates are the rules. The `access_` functions turn an id from outside into an object when the rule
`may` allows it, and raise `NotAvailable` alike for an object that does not exist and for one the user may
not touch. The `visible_` functions list what a user may see. The `_for_job` functions serve workers: they
reach only the object their job is about.
"""

# ruff: noqa: D103  the names are the rules

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404

from reviewapp.audit.models import AuditEntry
from reviewapp.documents.models import Document, Page
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import Batch, BatchItem
from reviewapp.jobs.kinds import Kind
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter, Membership, Role
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State

Actor = User | AnonymousUser
Rule = Callable[[Actor, Matter], bool]
Record = TypeVar("Record", bound=models.Model)


class NotAvailable(Http404):
    """The object does not exist or the user may not touch it; answered with 404 either way."""

    def __init__(self) -> None:
        super().__init__("not available")


# The rules.


def role_of(user: Actor, matter: Matter) -> str | None:
    """The user's role in the matter; None without membership, whoever the user is."""
    if not user.is_authenticated or not user.is_active:
        return None
    return Membership.objects.filter(matter=matter, user=user).values_list("role", flat=True).first()


def may_create_matters(user: Actor) -> bool:
    return user.is_authenticated and user.is_active and user.is_staff


def may_view(user: Actor, matter: Matter) -> bool:
    return role_of(user, matter) is not None


def may_administer(user: Actor, matter: Matter) -> bool:
    return role_of(user, matter) == Role.ADMIN


def may_ask(user: Actor, matter: Matter) -> bool:
    return may_view(user, matter) and matter.archived_at is None


def may_upload(user: Actor, matter: Matter) -> bool:
    return may_administer(user, matter) and matter.archived_at is None


def may_retry(user: Actor, matter: Matter) -> bool:
    return may_administer(user, matter) and matter.archived_at is None


def may_consolidate(user: Actor, matter: Matter) -> bool:
    return may_administer(user, matter) and matter.archived_at is None


def may_cancel(user: Actor, matter: Matter) -> bool:
    return may_administer(user, matter)


def may_manage_members(user: Actor, matter: Matter) -> bool:
    return may_administer(user, matter)


def may_download_manifest(user: Actor, matter: Matter) -> bool:
    return may_administer(user, matter)


def may_withdraw_question(user: Actor, question: Question) -> bool:
    """The one who asked may stop the answer, and so may who administers the matter."""
    if not may_view(user, question.matter):
        return False
    return question.asked_by_id == user.pk or may_administer(user, question.matter)


# What a user may see.


def visible_matters(user: Actor) -> models.QuerySet[Matter]:
    if not user.is_authenticated or not user.is_active:
        return Matter.objects.none()
    return Matter.objects.filter(memberships__user=user)


def visible_batches(user: Actor, matter: Matter) -> models.QuerySet[Batch]:
    return Batch.objects.filter(matter=matter) if may_view(user, matter) else Batch.objects.none()


def visible_items(user: Actor, batch: Batch) -> models.QuerySet[BatchItem]:
    if not may_view(user, batch.matter):
        return BatchItem.objects.none()
    return BatchItem.objects.filter(batch=batch)


def visible_documents(user: Actor, matter: Matter) -> models.QuerySet[Document]:
    return Document.objects.filter(matter=matter) if may_view(user, matter) else Document.objects.none()


def visible_pages(user: Actor, document: Document) -> models.QuerySet[Page]:
    return Page.objects.filter(document=document) if may_view(user, document.matter) else Page.objects.none()


def visible_states(user: Actor, matter: Matter) -> models.QuerySet[State]:
    if not may_view(user, matter):
        return State.objects.none()
    return State.objects.filter(document__matter=matter)


def visible_questions(user: Actor, matter: Matter) -> models.QuerySet[Question]:
    return Question.objects.filter(matter=matter) if may_view(user, matter) else Question.objects.none()


def visible_jobs(user: Actor, matter: Matter) -> models.QuerySet[Job]:
    return Job.objects.filter(matter=matter) if may_view(user, matter) else Job.objects.none()


def visible_members(user: Actor, matter: Matter) -> models.QuerySet[Membership]:
    if not may_view(user, matter):
        return Membership.objects.none()
    return Membership.objects.filter(matter=matter).select_related("user").order_by("user__username")


def visible_audit_entries(user: Actor, matter: Matter) -> models.QuerySet[AuditEntry]:
    if not may_administer(user, matter):
        return AuditEntry.objects.none()
    return AuditEntry.objects.filter(matter=matter).select_related("user")


# From an id to an object.


def access_matter_by_id(user: Actor, matter_id: UUID | str, *, may: Rule = may_view) -> Matter:
    matter = _find(Matter.objects.all(), matter_id)
    return _allowed(matter, may(user, matter))


def access_batch_by_id(user: Actor, batch_id: UUID | str, *, may: Rule = may_view) -> Batch:
    batch = _find(Batch.objects.select_related("matter"), batch_id)
    return _allowed(batch, may(user, batch.matter))


def access_item_by_id(user: Actor, item_id: UUID | str, *, may: Rule = may_view) -> BatchItem:
    item = _find(BatchItem.objects.select_related("batch__matter"), item_id)
    return _allowed(item, may(user, item.batch.matter))


def access_document_by_id(user: Actor, document_id: UUID | str, *, may: Rule = may_view) -> Document:
    document = _find(Document.objects.select_related("matter"), document_id)
    return _allowed(document, may(user, document.matter))


def access_page_by_number(user: Actor, document_id: UUID | str, number: int) -> Page:
    document = access_document_by_id(user, document_id)
    page = Page.objects.filter(document=document, number=number).select_related("document__matter").first()
    if page is None:
        raise NotAvailable
    return page


def access_state_by_id(user: Actor, state_id: UUID | str, *, may: Rule = may_view) -> State:
    state = _find(State.objects.select_related("document__matter"), state_id)
    return _allowed(state, may(user, state.document.matter))


def access_question_by_id(user: Actor, question_id: UUID | str, *, may: Rule = may_view) -> Question:
    question = _find(Question.objects.select_related("matter", "asked_by", "answer"), question_id)
    return _allowed(question, may(user, question.matter))


def access_question_to_withdraw(user: Actor, question_id: UUID | str) -> Question:
    question = access_question_by_id(user, question_id)
    return _allowed(question, may_withdraw_question(user, question))


def access_citation_by_id(user: Actor, citation_id: UUID | str) -> Citation:
    found = Citation.objects.select_related("answer__question", "document__matter", "page")
    citation = _find(found, citation_id)
    return _allowed(citation, may_view(user, citation.document.matter))


def access_job_by_id(user: Actor, job_id: UUID | str, *, may: Rule = may_view) -> Job:
    job = _find(Job.objects.select_related("matter"), job_id)
    return _allowed(job, may(user, job.matter))


def access_membership_by_id(user: Actor, membership_id: UUID | str) -> Membership:
    membership = _find(Membership.objects.select_related("matter", "user"), membership_id)
    return _allowed(membership, may_manage_members(user, membership.matter))


# For workers.


def item_for_job(job: Job) -> BatchItem:
    items = BatchItem.objects.select_related("batch__matter")
    return _of_job(job, INGEST_ITEM, items.filter(batch__matter=job.matter_id, pk=job.subject_id))


def document_for_job(job: Job) -> Document:
    documents = Document.objects.select_related("matter")
    return _of_job(job, CONSOLIDATE, documents.filter(matter=job.matter_id, pk=job.subject_id))


def question_for_job(job: Job) -> Question:
    questions = Question.objects.select_related("matter", "asked_by", "answer")
    return _of_job(job, ANSWER, questions.filter(matter=job.matter_id, pk=job.subject_id))


def documents_in_scope(question: Question) -> models.QuerySet[Document]:
    """The documents an answer may draw on: those of the question's own matter, within its scope.

    Empty once the person who asked has left the matter.
    """
    if not may_view(question.asked_by, question.matter):
        return Document.objects.none()
    documents = Document.objects.filter(matter=question.matter_id)
    scope = question.scope.values_list("pk", flat=True)
    return documents.filter(pk__in=scope) if scope.exists() else documents


def answer_to(question: Question) -> Answer:
    answer = Answer.objects.filter(question=question).first()
    if answer is None:
        raise NotAvailable
    return answer


def _of_job(job: Job, kind: Kind, objects: models.QuerySet[Record]) -> Record:
    found = objects.first() if job.kind == kind.name else None
    if found is None:
        raise NotAvailable
    return found


def _find(objects: models.QuerySet[Record], key: UUID | str) -> Record:
    try:
        found = objects.filter(pk=key).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotAvailable
    return found


def _allowed(found: Record, allowed: bool) -> Record:
    if not allowed:
        raise NotAvailable
    return found
