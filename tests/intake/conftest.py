"""A matter, its admin, and ingestion run to its end in the test's own process."""

import csv
import io
from collections.abc import Callable, Mapping

import pytest
from django.contrib.auth.models import User

from reviewapp.frame.actor import Actor
from reviewapp.frame.tables import csv_parts
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.jobs import INGEST_ITEM, RECOGNISE_ITEM
from reviewapp.intake.manifest import manifest_rows
from reviewapp.intake.models import Batch, BatchItem, Source
from reviewapp.intake.tasks import ingest_item, recognise_item
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter

TASKS = {INGEST_ITEM.name: ingest_item, RECOGNISE_ITEM.name: recognise_item}
Upload = Callable[[Mapping[str, bytes]], Batch]


def run_jobs(batch: Batch) -> None:
    """Do what a worker does, until no job of the batch waits."""
    waiting = Job.objects.filter(item__batch=batch, kind__in=TASKS, status=Status.WAITING)
    while job := waiting.order_by("created_at").first():
        TASKS[job.kind](str(job.pk))


def item_named(batch: Batch, name: str) -> BatchItem:
    """The batch's only item of this name."""
    return batch.items.select_related("document").get(name=name)


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_user("admin", is_staff=True)


@pytest.fixture
def matter(admin: User) -> Matter:
    return create_matter("Lease", actor=Actor(admin))


@pytest.fixture
def upload(admin: User, matter: Matter) -> Upload:
    """Upload files to the matter; nothing is read yet."""

    def do(files: Mapping[str, bytes]) -> Batch:
        incoming = [Incoming(name, [data]) for name, data in files.items()]
        return create_batch(actor=Actor(admin), matter=matter, files=incoming, source=Source.BROWSER)

    return do


@pytest.fixture
def ingest(upload: Upload) -> Upload:
    """Upload files to the matter and read them."""

    def do(files: Mapping[str, bytes]) -> Batch:
        batch = upload(files)
        run_jobs(batch)
        return batch

    return do


def manifest_of(batch: Batch) -> list[dict[str, str]]:
    """The lines of the batch's manifest, as its CSV file has them."""
    text = b"".join(csv_parts(manifest_rows(batch))).decode()
    return list(csv.DictReader(io.StringIO(text)))
