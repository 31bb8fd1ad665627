"""What is read of a file, as a document with its pages and notes."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from readers.result import Parsed
from reviewapp.documents.actions import lock_jobs
from reviewapp.documents.models import PAGE_SEPARATOR, Document, Note, Page, PageBoxes
from reviewapp.documents.signals import document_replaced
from reviewapp.documents.versions import become, set_aside
from reviewapp.frame.holding import Held, hold
from reviewapp.intake.models import BatchItem
from reviewapp.kin.minhash import Marks, marks_of
from reviewapp.kin.results import compare, join_thread, leave_kin

_ROWS_AT_ONCE = 500


def accept(item: BatchItem, parsed: Parsed, marks: Marks) -> tuple[Document, bool]:
    """The document with its pages; or, when another worker was first, the one it made and False.

    A new version takes the place of the document that it is one of.
    """
    text = PAGE_SEPARATOR.join(parsed.pages)
    document = Document(
        matter=item.batch.matter,
        sha256=item.sha256,
        name=item.name,
        media_type=parsed.media_type[:100],
        size_bytes=item.size_bytes,
        blob=item.blob,
        text_version=parsed.text_version[:100],
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        page_count=len(parsed.pages),
        char_count=len(text),
    )
    if item.new_version_of:
        before = set_aside(item.new_version_of)
        # NB: it may have been renamed while the file was read; from here on it is locked.
        item.new_version_of.refresh_from_db()
        become(item.new_version_of, document)
        document = item.new_version_of
        _write_pages(document, parsed)
        document_replaced.send(Document, document=document, before=before)
        _relate(document, parsed, marks)
        return document, True
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        return Document.objects.get(matter=item.batch.matter_id, sha256=item.sha256), False
    _write_pages(document, parsed)
    _relate(document, parsed, marks)
    return document, True


def hold_documents(item: BatchItem) -> None:
    """Hold the documents whose text or name elsewhere the item can change; before any other lock of a transaction."""
    touched = Q(pk=item.new_version_of_id) | Q(pk=item.document_id)
    if item.external_id:
        touched |= Q(external_id=item.external_id) | Q(sha256=item.sha256)
    documents = Document.objects.filter(touched, matter=item.batch.matter_id)
    hold(Held.DOCUMENTS, *documents.values_list("pk", flat=True))


def is_overtaken(item: BatchItem, document: Document) -> bool:
    """Whether the document has the text of another file by now, and keeps it until the caller's transaction ends."""
    lock_jobs(document)
    now = Document.objects.select_for_update(no_key=True).filter(pk=document.pk)
    return now.values_list("sha256", flat=True).first() != item.sha256


def is_same_text(item: BatchItem, parsed: Parsed) -> bool:
    """Whether a document that is read again has the text that it had."""
    text = PAGE_SEPARATOR.join(parsed.pages).encode()
    known = item.new_version_of.text_sha256 if item.new_version_of else ""
    return hashlib.sha256(text).hexdigest() == known


def note_languages(document: Document, parsed: Parsed) -> None:
    """Write down in which languages text of the document's pages was recognised."""
    pages = list(document.pages.order_by("number"))
    for page, languages in zip(pages, parsed.languages or ("",) * len(pages), strict=True):
        page.languages = languages
    Page.objects.bulk_update(pages, ["languages"], batch_size=_ROWS_AT_ONCE)


def tell_of_recognition(document: Document) -> None:
    """Say where people look that text recognition is still under way; goes with `replace_text`."""
    text = "Text recognition (OCR) is under way. What its pictures show is not searched or answered from yet."
    Note.objects.create(document=document, kind=Note.Kind.UNREAD, text=text)


def replace_text(document: Document, parsed: Parsed) -> None:
    """Put what was read with text recognition in the place of what was read without; in the caller's transaction.

    Nothing may rest on the text yet: its consolidation waits for this.
    """
    text = PAGE_SEPARATOR.join(parsed.pages)
    document.text_version = parsed.text_version[:100]
    document.text_sha256 = hashlib.sha256(text.encode()).hexdigest()
    document.page_count, document.char_count = len(parsed.pages), len(text)
    document.save(update_fields=["text_version", "text_sha256", "page_count", "char_count"])
    document.pages.all().delete()
    document.notes.all().delete()
    _write_pages(document, parsed)
    leave_kin(document)
    _relate(document, parsed, marks_of(text))


def _write_pages(document: Document, parsed: Parsed) -> None:
    pages = Page.objects.bulk_create(_pages(document, parsed), batch_size=_ROWS_AT_ONCE)
    PageBoxes.objects.bulk_create(_boxes(pages, parsed), batch_size=_ROWS_AT_ONCE)
    notes = (
        Note(document=document, kind=note.kind, page=note.page, text=note.text[:500]) for note in parsed.notes
    )
    Note.objects.bulk_create(notes, batch_size=_ROWS_AT_ONCE)


def _relate(document: Document, parsed: Parsed, marks: Marks) -> None:
    """Find the documents that belong to this one, by their text and as messages of a thread."""
    compare(document, marks)
    if parsed.ids:
        sent = datetime.fromisoformat(parsed.sent) if parsed.sent else None
        join_thread(document, parsed.ids[0], parsed.ids[1:], sent)


def _boxes(pages: list[Page], parsed: Parsed) -> Iterator[PageBoxes]:
    for page, packed in zip(pages, parsed.boxes, strict=False):
        if packed:
            yield PageBoxes(page=page, packed=base64.b64decode(packed))


def _pages(document: Document, parsed: Parsed) -> Iterator[Page]:
    none = ("",) * len(parsed.pages)
    read = zip(parsed.pages, parsed.labels or none, parsed.languages or none, strict=True)
    start = 0
    for number, (text, label, languages) in enumerate(read, start=1):
        end = start + len(text)
        yield Page(
            document=document,
            number=number,
            text=text,
            start=start,
            end=end,
            label=label[:20],
            languages=languages,
        )
        start = end + len(PAGE_SEPARATOR)
