"""Finding the texts of documents."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from reviewapp.documents.models import PAGE_SEPARATOR, Document, Page


def texts_of(documents: Iterable[Document]) -> dict[UUID, str]:
    """The whole text of each document, as `Document.text` gives it, by document id; one query for all."""
    pages: dict[UUID, list[str]] = {document.pk: [] for document in documents}
    found = Page.objects.filter(document__in=list(pages)).order_by("document", "number")
    for document, text in found.values_list("document_id", "text"):
        pages[document].append(text)
    return {document: PAGE_SEPARATOR.join(texts) for document, texts in pages.items()}


def as_known(document: Document) -> QuerySet[Document]:
    """The document, as long as it is of the file and has the text that the caller knows of; nothing after that."""
    return Document.objects.filter(pk=document.pk, sha256=document.sha256, text_sha256=document.text_sha256)
