"""The files of a batch as people see them: problems first, one count everywhere, and what can be done about each."""

import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django.fixtures import Settings

from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import BatchError, Incoming, dismiss, replace_file
from reviewapp.intake.models import BatchItem
from reviewapp.intake.pace import FEWEST
from reviewapp.intake.problems import open_files
from reviewapp.intake.tallies import count_items, items_of, listed, retryable_items
from reviewapp.intake.tasks import ingest_item
from reviewapp.jobs.lifecycle import cancel_all
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from tests.intake.conftest import Upload, item_named, manifest_of, run_jobs
from tests.intake.test_problems import COVERED

pytestmark = pytest.mark.django_db
FILES = {
    "fine.txt": b"The lease runs for ten years.",
    "covered.pdf": COVERED,
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bad.pdf": b"%PDF-1.4 no",
    "worse.pdf": b"%PDF-1.5 no",
}


def names(found: object) -> list[str]:
    return [item.name for item in found]  # type: ignore[attr-defined]


def test_problems_stand_first_and_are_counted_alike_everywhere(
    ingest: Upload, matter: Matter, admin: User
) -> None:
    batch = ingest(FILES)
    dismiss(actor=Actor(admin), matter=matter, problem=item_named(batch, "worse.pdf"))
    ordered = names(listed(batch, items_of(batch), "", ""))
    assert ordered == ["old.doc", "bad.pdf", "covered.pdf", "fine.txt", "worse.pdf"]
    assert names(listed(batch, items_of(batch), "problems", "")) == ["old.doc", "bad.pdf"]
    assert names(listed(batch, items_of(batch), "partly", "")) == ["covered.pdf"]
    assert names(listed(batch, items_of(batch), "damaged", "PDF bad")) == ["bad.pdf"]
    counts = count_items(batch)
    assert (counts.total, counts.problems, counts.settled, counts.partly) == (5, 2, 1, 1)
    assert open_files(matter).count() == 2
    rows = manifest_of(batch)
    assert [row["problem"] for row in rows] == ["", "", "open", "open", "dismissed"]
    client = Client()
    client.force_login(admin)
    for page in (reverse("batch", args=[batch.pk]), reverse("upload", args=[matter.pk])):
        assert "2 open problems" in client.get(page).content.decode()


def test_a_file_is_read_again_only_where_that_can_help(ingest: Upload, settings: Settings) -> None:
    settings.OCR_SECONDS = 0
    picture = io.BytesIO()
    Image.new("L", (80, 80), 255).save(picture, "PNG")
    batch = ingest({"scan.png": picture.getvalue(), "bad.pdf": b"%PDF-1.4 no"})
    assert set(items_of(batch).values_list("disposition", flat=True)) == {"unsupported", "damaged"}
    assert not retryable_items(batch).exists()
    settings.OCR_SECONDS = 60
    assert names(retryable_items(batch)) == ["scan.png"]
    BatchItem.objects.filter(name="bad.pdf").update(read_with="other readers")
    assert set(names(retryable_items(batch))) == {"scan.png", "bad.pdf"}


def test_what_was_cancelled_is_no_longer_waiting_and_can_be_read_again(
    upload: Upload, matter: Matter, admin: User
) -> None:
    batch = upload({"fine.txt": b"The lease runs for ten years."})
    cancel_all(Job.objects.all(), matter=matter, actor=Actor(admin))
    counts = count_items(batch)
    assert (counts.pending, counts.problems, counts.retryable) == (0, 1, 1)
    assert batch.items.get().disposition == "not_read"


def test_a_file_takes_the_place_of_another_that_stays_on_record(
    ingest: Upload, matter: Matter, admin: User
) -> None:
    batch = ingest({"bad.pdf": b"%PDF-1.4 no", "fine.txt": b"The lease runs for ten years."})
    old = item_named(batch, "bad.pdf")
    new = replace_file(actor=Actor(admin), item=old, file=Incoming("good.txt", [b"Ten more years."]))
    run_jobs(batch)
    assert names(items_of(batch).order_by("place")) == ["good.txt", "fine.txt"]
    assert not open_files(matter).exists()
    assert Event.objects.get(action="file.replaced").detail == {"replaced": str(old.pk)}
    rows = manifest_of(batch)
    assert [(row["name"], row["problem"]) for row in rows][:2] == [("bad.pdf", "replaced"), ("good.txt", "")]
    new.refresh_from_db()
    assert new.place == old.place
    for item in (old, new):
        with pytest.raises(BatchError):
            replace_file(actor=Actor(admin), item=item, file=Incoming("c.txt", [b"x"]))


def test_a_name_is_as_it_was_before_the_form_was_sent(matter: Matter, admin: User) -> None:
    client = Client()
    client.force_login(admin)
    body = (
        b'--x\r\nContent-Disposition: form-data; name="chosen"; filename="The %22Lease%22.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nTen years.\r\n--x--\r\n"
    )
    where = reverse("upload", args=[matter.pk])
    assert client.post(where, body, content_type="multipart/form-data; boundary=x").status_code == 302
    assert BatchItem.objects.get().name == 'The "Lease".txt'


def test_how_long_reading_takes_still_is_told_by_how_fast_it_was(
    upload: Upload, admin: User, client: Client
) -> None:
    batch = upload({f"{number}.txt": b"The lease of house %d." % number for number in range(8)})
    client.force_login(admin)
    address = reverse("batch", args=[batch.pk])
    for job in Job.objects.all()[: FEWEST - 1]:
        ingest_item(str(job.pk))
    assert "minute left" not in client.get(address).content.decode()
    ingest_item(str(Job.objects.filter(item__batch=batch, status="waiting")[0].pk))
    assert "5 accepted, 0 duplicates; less than a minute left" in " ".join(
        client.get(address).content.decode().split()
    )
    run_jobs(batch)
    assert "minute left" not in client.get(address).content.decode()
