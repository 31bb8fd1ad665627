"""From uploaded bytes to dispositions, documents and pages, through the records."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from reviewapp.documents import storage
from reviewapp.documents.models import Document
from reviewapp.events.models import Event
from reviewapp.frame.actor import Actor
from reviewapp.intake import ingest as ingest_module
from reviewapp.intake.actions import (
    BatchError,
    Incoming,
    create_batch,
    retry_items,
)
from reviewapp.intake.models import Batch, BatchItem, Source
from reviewapp.intake.tallies import retryable_items
from reviewapp.intake.tasks import ingest_item
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from tests.intake.conftest import Upload, item_named, run_jobs
from tests.jobs.conftest import database_url
from tests.readers import samples
from tests.readers.samples import SAMPLES

pytestmark = pytest.mark.django_db

LEASE = b"The lease runs for ten years."


def dispositions(batch: Batch) -> dict[str, str]:
    return {item.name: item.disposition for item in batch.items.all()}


def test_every_disposition(ingest: Upload, settings: Settings) -> None:
    settings.MAX_FILE_MIB = 1
    batch = ingest(
        {
            "lease.txt": LEASE,
            "copy of lease.txt": LEASE,
            "sealed.pdf": (SAMPLES / "issue21579.pdf").read_bytes(),
            "scan.pdf": (SAMPLES / "gradientfill.pdf").read_bytes(),
            "sheet.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "broken.pdf": (SAMPLES / "bug1250079.pdf").read_bytes(),
            "huge.txt": b"x" * (2**20 + 1),
            "pack.zip": samples.archive({"inside.txt": b"Something else."}),
        }
    )
    assert dispositions(batch) == {
        "lease.txt": "accepted",
        "copy of lease.txt": "duplicate",
        "sealed.pdf": "encrypted",
        "scan.pdf": "no_text",
        "sheet.xls": "damaged",
        "broken.pdf": "damaged",
        "huge.txt": "too_large",
        "pack.zip": "expanded",
        "inside.txt": "accepted",
    }
    assert all(item.reason for item in batch.items.exclude(disposition="accepted"))
    assert set(Job.objects.filter(item__batch=batch).values_list("status", flat=True)) == {Status.SUCCEEDED}


def test_an_accepted_document_has_its_pages_and_is_to_be_consolidated(ingest: Upload) -> None:
    batch = ingest({"folder/two pages.pdf": samples.pdf("First page of it", "Second page of it")})
    document = item_named(batch, "folder/two pages.pdf").document
    assert document is not None
    assert document.text() == "First page of it\nSecond page of it"
    assert (document.page_count, document.char_count) == (2, len(document.text()))
    assert document.media_type == "application/pdf"
    assert Job.objects.filter(document=document, kind=CONSOLIDATE.name, status=Status.WAITING).count() == 1
    assert Event.objects.filter(action="document.accepted", object_id=str(document.pk)).count() == 1


def test_page_offsets_count_characters_of_the_text(ingest: Upload) -> None:
    parts = ["\U0001d538 naïve façade", "", "日本語の契約", "e\u0301nd \U0001f4c4"]
    batch = ingest({"a.txt": "\f".join(parts).encode()})
    document = item_named(batch, "a.txt").document
    assert document is not None
    text = document.text()
    pages = list(document.pages.all())
    assert [page.text for page in pages] == parts
    assert [text[page.start : page.end] for page in pages] == parts


def test_nul_and_lone_surrogates_are_storable(ingest: Upload) -> None:
    batch = ingest({"a.html": b"<p>a&#0;b&#xD800;c \x00d long enough</p>"})
    document = item_named(batch, "a.html").document
    assert document is not None
    assert "\0" not in document.text()
    document.text().encode()


def test_the_stored_bytes_are_the_received_ones(upload: Upload, matter: Matter) -> None:
    item = upload({"a.txt": LEASE}).items.get()
    with storage.entry_of(item.blob).open() as file:
        assert file.read() == LEASE
    assert str(matter.pk) in item.blob
    assert item.size_bytes == len(LEASE)


def test_nothing_is_recorded_when_storing_fails(admin: User, matter: Matter) -> None:
    def failing() -> Any:
        yield b"first"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        create_batch(
            actor=Actor(admin), matter=matter, files=[Incoming("a.txt", failing())], source=Source.BROWSER
        )
    assert not Batch.objects.exists()
    assert not [path for path in storage.temporary_folder().iterdir() if path.is_file()]


def test_a_batch_needs_a_file(admin: User, matter: Matter) -> None:
    with pytest.raises(BatchError):
        create_batch(actor=Actor(admin), matter=matter, files=[], source=Source.BROWSER)


def test_a_duplicate_names_the_document(ingest: Upload) -> None:
    first = ingest({"lease.txt": LEASE})
    second = item_named(ingest({"again.txt": LEASE}), "again.txt")
    assert second.disposition == "duplicate"
    assert second.document == item_named(first, "lease.txt").document
    assert "lease.txt" in second.reason
    assert Document.objects.count() == 1


def test_the_same_file_in_another_matter_is_no_duplicate(ingest: Upload, admin: User) -> None:
    ingest({"lease.txt": LEASE})
    other = create_matter("Other", actor=Actor(admin))
    batch = create_batch(
        actor=Actor(admin), matter=other, files=[Incoming("lease.txt", [LEASE])], source=Source.BROWSER
    )
    run_jobs(batch)
    assert dispositions(batch) == {"lease.txt": "accepted"}
    assert "blobs/" + str(other.pk) in batch.items.get().blob


def test_containers_within_containers(ingest: Upload) -> None:
    letter = samples.mail("Please find the lease.", {"lease.txt": LEASE})
    batch = ingest(
        {
            "all.zip": samples.archive(
                {"mail/letter.eml": letter, "twice.txt": LEASE, "bad.pdf": b"%PDF-1.4 no"}
            )
        }
    )
    tree = {
        item.name: (item.parent.name if item.parent else "", item.disposition) for item in batch.items.all()
    }
    assert tree == {
        "all.zip": ("", "expanded"),
        "mail/letter.eml": ("all.zip", "accepted"),
        "twice.txt": ("all.zip", "accepted"),
        "bad.pdf": ("all.zip", "damaged"),
        "lease.txt": ("mail/letter.eml", "duplicate"),
    }


def test_a_zip_too_deep_is_refused_and_the_rest_read(ingest: Upload, settings: Settings) -> None:
    settings.ZIP_DEPTH = 2
    data = samples.archive({"deep.txt": b"deep"})
    for level in (3, 2, 1):
        data = samples.archive({f"level{level}.zip": data, f"beside{level}.txt": f"beside {level}".encode()})
    batch = ingest({"level0.zip": data})
    found = dispositions(batch)
    assert found["level1.zip"] == "expanded"
    assert found["level2.zip"] == "too_large"
    assert found["beside2.txt"] == "accepted"
    assert "deep.txt" not in found


def test_the_containers_of_one_upload_share_their_limit(ingest: Upload, settings: Settings) -> None:
    settings.ZIP_FILES = 5
    inner = [samples.archive({f"{n}{i}.txt": f"{n} {i}".encode() for i in range(3)}) for n in range(2)]
    batch = ingest({"all.zip": samples.archive({"0.zip": inner[0], "1.zip": inner[1]})})
    assert sorted(dispositions(batch)[name] for name in ("0.zip", "1.zip")) == ["expanded", "too_large"]


def test_only_what_failed_is_read_again(ingest: Upload, admin: User, settings: Settings) -> None:
    settings.MAX_PAGES = 1
    batch = ingest({"lease.txt": LEASE, "long.pdf": samples.pdf("Page one of it", "Page two of it")})
    assert dispositions(batch) == {"lease.txt": "accepted", "long.pdf": "too_large"}
    settings.MAX_PAGES = 10
    assert retry_items(actor=Actor(admin), batch=batch) == 1
    assert retry_items(actor=Actor(admin), batch=batch) == 0
    run_jobs(batch)
    assert dispositions(batch) == {"lease.txt": "accepted", "long.pdf": "accepted"}
    assert not retryable_items(batch).exists()


def test_a_file_that_was_not_kept_is_not_tried_again(ingest: Upload, admin: User, settings: Settings) -> None:
    settings.MAX_FILE_MIB = 1
    batch = ingest({"huge.txt": b"x" * (2**20 + 1)})
    assert retry_items(actor=Actor(admin), batch=batch) == 0


def test_a_lost_blob_fails_with_its_reason(upload: Upload, admin: User) -> None:
    batch = upload({"lease.txt": LEASE})
    entry = storage.entry_of(batch.items.get().blob)
    entry.vault.remove(entry.name)
    run_jobs(batch)
    item = batch.items.get()
    assert item.disposition == "not_read"
    assert "Upload it again" in item.reason
    assert list(retryable_items(batch)) == [item]


def test_a_job_run_again_changes_nothing(ingest: Upload) -> None:
    batch = ingest({"lease.txt": LEASE})
    job = Job.objects.get(item__batch=batch)
    ingest_item(str(job.pk))
    Job.objects.filter(pk=job.pk).update(status=Status.WAITING)
    ingest_item(str(job.pk))
    assert Document.objects.count() == 1
    assert dispositions(batch) == {"lease.txt": "accepted"}


def test_a_cancelled_job_leaves_no_document(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = upload({"lease.txt": LEASE})
    job = Job.objects.get(item__batch=batch)

    def cancel(item: BatchItem, parsed: Any) -> Any:
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)
        return parsed

    monkeypatch.setattr(ingest_module, "_within_upload", cancel)
    ingest_item(str(job.pk))
    job.refresh_from_db()
    assert job.status == Status.CANCELLED
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_race_with_the_same_file(
    upload: Upload, monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    first, second = upload({"one.txt": LEASE}), upload({"two.txt": LEASE})
    overtaken = _before_writing(monkeypatch, lambda: _in_another_process(second, repository))
    run_jobs(first)
    assert overtaken == [True]
    assert dispositions(first) == {"one.txt": "duplicate"}
    assert dispositions(second) == {"two.txt": "accepted"}
    assert Document.objects.get().page_count == 1


def _before_writing(monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]) -> list[bool]:
    """Have `work` done once between the reading of a file and the writing of its outcome."""
    done: list[bool] = []

    def within(item: BatchItem, parsed: Any) -> Any:
        done.append(True)
        work()
        return parsed

    monkeypatch.setattr(ingest_module, "_within_upload", within)
    return done


def _in_another_process(batch: Batch, repository: Path) -> None:
    program = (
        "import sys, django; django.setup()\n"
        "from reviewapp.intake.tasks import ingest_item; ingest_item(sys.argv[1])"
    )
    key = str(Job.objects.get(item__batch=batch).pk)
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
        "NIGHTBRIEF_DATA": str(configured.DATA),
    }
    subprocess.run([sys.executable, "-c", program, key], cwd=repository, env=environment, check=True)
