"""Text recognition in its own time: files of text do not wait for scans, and what is not recognised yet is said."""

import io

import pypdfium2
import pytest
from pytest_django.fixtures import Settings

from reviewapp.documents.models import Document, Note
from reviewapp.frame.actor import SYSTEM
from reviewapp.intake.jobs import INGEST_ITEM, RECOGNISE_ITEM
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job
from reviewapp.states.actions import start_consolidation
from reviewapp.states.jobs import CONSOLIDATE
from tests.intake.conftest import TASKS, Upload, item_named, run_jobs
from tests.readers import samples

pytestmark = pytest.mark.django_db
WORDS = "The Landlord leases to the Tenant the premises at 14 Harbour Street"
TYPED = "The rent is 900 euros a month"


def scan(*typed: str) -> bytes:
    """A PDF with a page of text for each line, and after them a page that is a picture."""
    picture = io.BytesIO()
    page = pypdfium2.PdfDocument(samples.pdf(WORDS))[0]
    page.render(scale=200 / 72).to_pil().save(picture, "PDF", resolution=200)
    if not typed:
        return picture.getvalue()
    whole = pypdfium2.PdfDocument(samples.pdf(*typed))
    whole.import_pages(pypdfium2.PdfDocument(picture.getvalue()))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def do(kind: str) -> None:
    TASKS[kind](str(Job.objects.get(kind=kind).pk))


def consolidations() -> int:
    return Job.objects.filter(kind=CONSOLIDATE.name).count()


def test_a_scan_waits_for_recognition_in_a_queue_of_its_own(upload: Upload) -> None:
    batch = upload({"scan.pdf": scan()})
    do(INGEST_ITEM.name)
    item = item_named(batch, "scan.pdf")
    assert (item.disposition, "recognition" in item.reason) == ("pending", True)
    assert RECOGNISE_ITEM.queue == "ocr"
    do(RECOGNISE_ITEM.name)
    item = item_named(batch, "scan.pdf")
    assert item.document is not None
    assert (item.disposition, item.document.text()) == ("accepted", WORDS)
    assert consolidations() == 1


def test_a_document_is_read_before_its_scans_are_and_consolidated_after(upload: Upload) -> None:
    batch = upload({"mixed.pdf": scan(TYPED)})
    do(INGEST_ITEM.name)
    document = Document.objects.get()
    assert document.text().strip() == TYPED
    assert document.notes.filter(kind=Note.Kind.UNREAD, text__contains="under way").exists()
    assert start_consolidation(batch.matter, actor=SYSTEM) == []
    do(RECOGNISE_ITEM.name)
    document.refresh_from_db()
    assert document.text() == f"{TYPED}\n{WORDS}"
    assert document.char_count == len(document.text())
    assert {note.kind for note in document.notes.all()} == {"ocr"}
    assert consolidations() == 1


def test_recognition_that_is_given_up_leaves_what_was_read(upload: Upload) -> None:
    batch = upload({"mixed.pdf": scan(TYPED)})
    do(INGEST_ITEM.name)
    lifecycle.cancel_all(Job.objects.filter(kind=RECOGNISE_ITEM.name), matter=batch.matter, actor=SYSTEM)
    document = Document.objects.get()
    assert document.text().strip() == TYPED
    assert document.notes.filter(kind=Note.Kind.UNREAD, text__contains="given up").exists()
    assert consolidations() == 1


def test_switched_off_a_scan_has_no_text(upload: Upload, settings: Settings) -> None:
    settings.OCR_SECONDS = 0
    batch = upload({"scan.pdf": scan()})
    run_jobs(batch)
    assert item_named(batch, "scan.pdf").disposition == "no_text"
