"""Who may read documents."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.documents.jobs import FORGET
from reviewapp.documents.models import Document, Page, Withdrawal
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, NotAvailable, allowed, find, is_admin, may_view, rule


@rule(Scope.UPLOAD)
def may_rename(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


@rule(Scope.UPLOAD)
def may_replace(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


@rule(Scope.MANAGE)
def may_withdraw(actor: Actor, matter: Matter) -> bool:
    """Also in a closed matter: what must not be there has to go."""
    return is_admin(actor, matter)


def visible_withdrawals(actor: Actor, matter: Matter) -> models.QuerySet[Withdrawal]:
    return Withdrawal.objects.filter(matter=matter) if may_view(actor, matter) else Withdrawal.objects.none()


def withdrawal_for_job(job: Job) -> Withdrawal:
    withdrawals = Withdrawal.objects.filter(matter=job.matter_id).select_related("matter")
    return subject_of(job, FORGET, withdrawals)


def visible_documents(actor: Actor, matter: Matter) -> models.QuerySet[Document]:
    return Document.objects.filter(matter=matter) if may_view(actor, matter) else Document.objects.none()


def visible_pages(actor: Actor, document: Document) -> models.QuerySet[Page]:
    return Page.objects.filter(document=document) if may_view(actor, document.matter) else Page.objects.none()


def visible_versions(actor: Actor, document: Document) -> models.QuerySet[Document]:
    """What the document was before it was replaced, newest first."""
    if not may_view(actor, document.matter):
        return Document.every.none()
    return Document.every.filter(version_of=document).order_by("-replaced_at")


def earlier_page(actor: Actor, document: Document, number: int) -> Page | None:
    """The page of this number in the newest earlier version of the document that has one."""
    pages = Page.objects.filter(document__in=visible_versions(actor, document), number=number)
    return pages.select_related("document__matter").order_by("-document__replaced_at").first()


def access_document_by_id(actor: Actor, document_id: UUID | str, *, may: MatterRule = may_view) -> Document:
    """A document, or an earlier version of one."""
    document = find(Document.every.select_related("matter", "version_of"), document_id)
    return allowed(document, may(actor, document.matter))


def access_current_document(actor: Actor, document_id: UUID | str, *, may: MatterRule) -> Document:
    """A document to be changed: no earlier version of one."""
    document = find(Document.objects.select_related("matter"), document_id)
    return allowed(document, may(actor, document.matter))


def access_page_now(actor: Actor, page: Page) -> Page:
    """A page that was loaded before, in the version of the document that it belongs to by now."""
    found = find(Page.objects.select_related("document__matter"), page.pk)
    return allowed(found, may_view(actor, found.document.matter))


def access_page_by_number(actor: Actor, document_id: UUID | str, number: int) -> Page:
    document = access_document_by_id(actor, document_id)
    page = Page.objects.filter(document=document, number=number).select_related("document__matter").first()
    if page is None:
        raise NotAvailable
    return page
