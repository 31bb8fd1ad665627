"""What is not in what people search and ask stays in sight until it is resolved or dismissed."""

import pytest
from django.contrib.auth.models import User

from readers.boxes import unpack
from readers.result import NOTE_KINDS
from reviewapp.documents.models import Note
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.frame.words import NOTES
from reviewapp.intake.actions import dismiss
from reviewapp.intake.problems import count_problems, open_files, open_notes
from reviewapp.matters.models import Matter
from tests.intake.conftest import Upload, item_named, manifest_of
from tests.readers.building import line, pdf

pytestmark = pytest.mark.django_db

COVERED = pdf(line("The Buyer is Marlowe.") + line("The price is 40,000.", y=660) + "70 695 300 20 re f")


def test_the_kinds_of_notes_are_those_of_the_readers() -> None:
    assert tuple(Note.Kind.values) == tuple(sorted(NOTE_KINDS, key=Note.Kind.values.index))
    assert set(Note.Kind.values) == set(NOTE_KINDS) == set(NOTES)


def test_a_note_is_with_its_document_its_item_and_the_manifest(ingest: Upload) -> None:
    batch = ingest({"a.pdf": COVERED})
    item = item_named(batch, "a.pdf")
    assert item.document is not None
    (note,) = item.document.notes.all()
    assert (note.kind, note.page) == ("covered", 1)
    assert "Marlowe" not in item.document.text()
    assert note.text in item.reason
    assert sum(" ".join(row.values()).count(note.text) for row in manifest_of(batch)) == 2


def test_labels_of_pages_are_kept(ingest: Upload) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r /St 4 >>] >>"
    batch = ingest({"a.pdf": pdf(line("The preface of the prospectus."), catalog=labels)})
    document = item_named(batch, "a.pdf").document
    assert document is not None
    assert document.pages.get().label == "iv"


def test_the_places_of_words_are_kept(ingest: Upload) -> None:
    document = item_named(ingest({"a.pdf": COVERED}), "a.pdf").document
    assert document is not None
    page = document.pages.select_related("boxes").get()
    words = {page.text[word.start : word.end]: word.box for word in unpack(bytes(page.boxes.packed))}
    left, top, right, bottom = words["price"]
    assert 72 / 612 < left < right < 0.25
    assert (792 - 660 - 12) / 792 < top < (792 - 660) / 792 < bottom
    assert "Marlowe" not in words


def test_problems_of_every_batch_are_open_until_dismissed_or_replaced(
    ingest: Upload, matter: Matter, admin: User
) -> None:
    actor = Actor(admin)
    ingest(
        {
            "bad.pdf": b"%PDF-1.4 no",
            "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "a.pdf": COVERED,
        }
    )
    ingest({"fine.txt": b"The second batch has no problems."})
    assert {item.name for item in open_files(matter)} == {"bad.pdf", "old.doc"}
    assert count_problems(matter) == 3
    dismiss(actor=actor, matter=matter, problem=open_notes(matter).get())
    dismiss(actor=actor, matter=matter, problem=open_files(matter).get(name="old.doc"))
    assert [item.name for item in open_files(matter)] == ["bad.pdf"]
    assert Event.objects.filter(action="problem.dismissed").count() == 2
    ingest({"bad.pdf": pdf(line("The contents, sent again."))})
    assert count_problems(matter) == 0


def test_a_dismissal_is_written_down_once(ingest: Upload, matter: Matter, admin: User) -> None:
    ingest({"a.pdf": COVERED})
    note = open_notes(matter).get()
    for _ in range(2):
        dismiss(actor=Actor(admin), matter=matter, problem=note)
    assert Event.objects.filter(action="problem.dismissed").count() == 1
