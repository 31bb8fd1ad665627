"""Who may read documents."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.documents.models import Document, Page
from reviewapp.frame.actor import Actor
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, NotAvailable, allowed, find, may_view


def visible_documents(actor: Actor, matter: Matter) -> models.QuerySet[Document]:
    return Document.objects.filter(matter=matter) if may_view(actor, matter) else Document.objects.none()


def visible_pages(actor: Actor, document: Document) -> models.QuerySet[Page]:
    return Page.objects.filter(document=document) if may_view(actor, document.matter) else Page.objects.none()


def access_document_by_id(actor: Actor, document_id: UUID | str, *, may: MatterRule = may_view) -> Document:
    document = find(Document.objects.select_related("matter"), document_id)
    return allowed(document, may(actor, document.matter))


def access_page_by_number(actor: Actor, document_id: UUID | str, number: int) -> Page:
    document = access_document_by_id(actor, document_id)
    page = Page.objects.filter(document=document, number=number).select_related("document__matter").first()
    if page is None:
        raise NotAvailable
    return page
