"""A new version of a document: it takes the place of the text, and the document keeps its id."""

from collections.abc import Iterable

from django.utils import timezone

from reviewapp.documents.actions import lock_jobs
from reviewapp.documents.models import Document, Note, Page

#: What is a file's own, and goes with each version.
OF_THE_FILE = (
    "matter sha256 name received_as media_type size_bytes blob text_version text_sha256 page_count char_count"
).split()


def set_aside(document: Document) -> Document:
    """Make what the document is now an earlier version of it; in the caller's transaction, which writes the new text.

    Pages, with their pictures, and notes go with the earlier version, so that quotes out of it can be read on.
    """
    lock_jobs(document)
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    before = Document(**{name: getattr(document, name) for name in OF_THE_FILE})
    before.version_of, before.replaced_at = document, timezone.now()
    before.save(force_insert=True)
    Document.every.filter(pk=before.pk).update(created_at=document.created_at)
    Page.objects.filter(document=document).update(document=before)
    Note.objects.filter(document=document).update(document=before)
    return before


def become(document: Document, new: Document, names: Iterable[str] = OF_THE_FILE) -> None:
    """Give the document what the file of its new version is. Its name stays where somebody gave it one."""
    for name in names:
        if name not in ("name", "received_as"):
            setattr(document, name, getattr(new, name))
    if document.received_as:
        document.received_as = new.name
    else:
        document.name = new.name
    document.save()
