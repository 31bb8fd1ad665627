"""Text recognition in its own time: files of text do not wait for scans, and what is not recognised yet is said."""

import io

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from readers.result import Limits
from reviewapp.documents.models import Document, Note, Page
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.intake import recognise, slices
from reviewapp.intake.actions import Incoming, send_new_version
from reviewapp.intake.again import in_other_languages, read_again
from reviewapp.intake.jobs import INGEST_ITEM, RECOGNISE_ITEM
from reviewapp.intake.models import BatchItem
from reviewapp.intake.tasks import recognise_item
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import Job
from reviewapp.matters.actions import choose_languages
from reviewapp.matters.models import Matter
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


@pytest.mark.parametrize("when", ["before", "while"])
def test_recognition_never_takes_the_place_of_a_newer_version(
    upload: Upload, admin: User, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    batch = upload({"mixed.pdf": scan(TYPED)})
    do(INGEST_ITEM.name)
    document, recognition = Document.objects.get(), Job.objects.get(kind=RECOGNISE_ITEM.name)

    limits_for = slices.limits_for

    def replaced(item: BatchItem, *, recognising: bool) -> Limits:
        file = Incoming("signed.txt", [b"The rent is 950 euros."])
        run_jobs(send_new_version(actor=Actor(admin), document=document, file=file))
        return limits_for(item, recognising=recognising)

    if when == "before":
        replaced(item_named(batch, "mixed.pdf"), recognising=True)
    else:
        monkeypatch.setattr(recognise, "limits_for", replaced)
    recognise_item(str(recognition.pk))
    document.refresh_from_db()
    assert (document.name, document.text()) == ("signed.txt", "The rent is 950 euros.")
    assert (document.char_count, document.notes.count()) == (len(document.text()), 0)
    before = Document.every.get(version_of=document)
    assert before.text().strip() == TYPED
    assert before.notes.filter(kind=Note.Kind.UNREAD, text__contains="given up").exists()
    assert "Another version" in item_named(batch, "mixed.pdf").reason
    assert consolidations() == 1


def test_what_is_read_again_never_takes_the_place_of_a_newer_version(
    ingest: Upload, matter: Matter, admin: User
) -> None:
    ingest({"scan.pdf": scan(TYPED)})
    document = Document.objects.get()
    Document.objects.update(text_sha256="0" * 64)
    choose_languages(matter, ["eng", "deu"], actor=Actor(admin))
    again = read_again(Matter.objects.get(pk=matter.pk), actor=Actor(admin))
    assert again is not None
    file = Incoming("signed.txt", [b"The rent is 950 euros."])
    run_jobs(send_new_version(actor=Actor(admin), document=document, file=file))
    run_jobs(again)
    document.refresh_from_db()
    assert (document.name, document.text()) == ("signed.txt", "The rent is 950 euros.")
    item = again.items.get()
    assert (item.disposition, "another version" in item.reason) == ("duplicate", True)


def test_a_matter_is_read_in_its_languages_and_read_again_when_they_change(
    ingest: Upload, matter: Matter, admin: User, client: Client
) -> None:
    batch = ingest({"scan.pdf": scan(TYPED), "typed.pdf": samples.pdf(TYPED)})
    document = Document.objects.get(name="scan.pdf")
    assert list(document.pages.values_list("languages", flat=True)) == ["", "eng"]
    assert not in_other_languages(matter).exists()
    address = reverse("recognition", args=[matter.pk])
    client.force_login(admin)
    assert "Choose at least one" in client.post(address, {}).content.decode()
    assert "not installed" in client.post(address, {"language": "tlh"}).content.decode()
    client.post(address, {"language": ["eng", "deu"]})
    assert "German and English" in client.get(reverse("matter_settings", args=[matter.pk])).content.decode()
    assert "1 document was read in other languages" in " ".join(client.get(address).content.decode().split())
    Page.objects.filter(document=document, number=2).update(text="Misread", start=30, end=37)
    Document.objects.filter(pk=document.pk).update(text_sha256="0" * 64)
    client.post(reverse("read_again", args=[matter.pk]))
    again = matter.batches.get(source="again")
    assert not in_other_languages(Matter.objects.get(pk=matter.pk)).exists()
    run_jobs(again)
    document.refresh_from_db()
    assert document.pages.get(number=2).text == WORDS
    assert document.text_version.endswith(" deu+eng")
    assert list(document.pages.values_list("languages", flat=True)) == ["", "deu+eng"]
    before = Document.every.get(version_of=document)
    assert before.pages.get(number=2).text == "Misread"
    assert item_named(batch, "typed.pdf").document == Document.objects.get(name="typed.pdf")
    choose_languages(matter, ["eng"], actor=Actor(admin))
    same = read_again(matter, actor=Actor(admin))
    assert same is not None
    run_jobs(same)
    assert "same as before" in same.items.get().reason
    assert Document.every.filter(version_of=document).count() == 1
    assert read_again(matter, actor=Actor(admin)) is None


def test_switched_off_a_scan_has_no_text(upload: Upload, settings: Settings) -> None:
    settings.OCR_SECONDS = 0
    batch = upload({"scan.pdf": scan()})
    run_jobs(batch)
    assert item_named(batch, "scan.pdf").disposition == "no_text"
