"""Changes to what a matter has received."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from readers.archive import safe_name
from reviewapp.documents import storage
from reviewapp.documents.models import Note
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import UNUSABLE, Batch, BatchItem, Disposition, Source, place_of
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.matters.models import Matter

MIB = 2**20
RETRYABLE = UNUSABLE


class BatchError(ActionError):
    """A batch that cannot be made."""


@dataclass(frozen=True)
class Incoming:
    """A file on its way in: its path as received and its bytes, in chunks, read once."""

    name: str
    chunks: Iterable[bytes]

    @classmethod
    def from_upload(cls, upload: "UploadedFile[Any]", name: str = "") -> "Incoming":
        """An uploaded file; `name` is its path when a folder was uploaded."""
        return cls(name or str(upload.name), upload.chunks())

    @classmethod
    def from_path(cls, path: Path, name: str = "") -> "Incoming":
        """A file of this machine, opened when its turn comes."""
        return cls(name or path.name, storage.read_chunks(path))


def create_batch(
    *, actor: Actor, matter: Matter, files: Iterable[Incoming], source: Source, label: str = ""
) -> Batch:
    """Store the files, then write the batch, its items and a job for each of them.

    Bytes are on disk before a row names them. A file over the size limit becomes an item that says so.
    Raises BatchError without files, and OSError when the disk refuses.
    """
    items = list(_stored(matter, files))
    if not items:
        raise BatchError("batch-empty", "Choose at least one file.")
    with transaction.atomic():
        batch = Batch.objects.create(
            matter=matter,
            created_by=actor.account,
            label=(label or _label(items))[:200],
            source=source,
        )
        for item in items:
            item.batch = batch
        BatchItem.objects.bulk_create(items)
        record(Happened.BATCH_CREATED, batch, actor=actor, matter=matter, files=len(items), source=source)
        create_jobs(items, matter=matter, actor=actor)
    return batch


def create_jobs(
    items: Sequence[BatchItem], *, matter: Matter, actor: Actor, trigger: str = "user"
) -> list[Job]:
    """An ingestion job for each item that waits for one; in the caller's transaction."""
    pending = [item for item in items if item.disposition == Disposition.PENDING]
    return lifecycle.create_jobs(INGEST_ITEM, pending, matter=matter, actor=actor, trigger=trigger)


def retryable_items(batch: Batch) -> QuerySet[BatchItem]:
    """The batch's items that did not succeed, whose bytes are kept and that no job is at work on."""
    jobs = Job.objects.filter(kind=INGEST_ITEM.name, subject_id=OuterRef("pk"))
    ended = Q(disposition=Disposition.PENDING) & Exists(
        jobs.filter(status__in=(Status.FAILED, Status.CANCELLED))
    )
    failed = batch.items.filter(Q(disposition__in=RETRYABLE) | ended).exclude(blob="")
    return failed.exclude(Exists(jobs.filter(status__in=UNDER_WAY)))


@dataclass(frozen=True)
class ItemCounts:
    """How many files of a batch there are, and how many of them are what.

    `pending` are those that will still be read; `problems` could not be used, or were given up before they were
    read; `retryable` are the problems that can be tried again.
    """

    total: int
    pending: int
    accepted: int
    duplicates: int
    problems: int
    retryable: int

    @property
    def done(self) -> int:
        return self.total - self.pending


def count_items(batch: Batch) -> ItemCounts:
    """The batch's items, counted by the database: two queries."""
    by_disposition = batch.items.order_by().values("disposition").annotate(number=Count("pk"))
    count = dict(by_disposition.values_list("disposition", "number"))
    given_up = Count("pk", filter=Q(disposition=Disposition.PENDING))
    failed = retryable_items(batch).aggregate(number=Count("pk"), given_up=given_up)
    total = sum(count.values())
    pending = count.get(Disposition.PENDING, 0) - failed["given_up"]
    accepted, duplicates = count.get(Disposition.ACCEPTED, 0), count.get(Disposition.DUPLICATE, 0)
    opened = count.get(Disposition.EXPANDED, 0)
    problems = total - pending - accepted - opened - duplicates
    return ItemCounts(total, pending, accepted, duplicates, problems, failed["number"])


def retry_items(*, actor: Actor, batch: Batch, items: Iterable[BatchItem] | None = None) -> int:
    """Read again the batch's items that did not succeed, or those of the given ones; how many those are."""
    with transaction.atomic():
        # NB: the lock on the batch makes a second click wait, and then find the jobs of the first.
        batch = Batch.objects.select_for_update().select_related("matter").get(pk=batch.pk)
        chosen = retryable_items(batch)
        if items is not None:
            chosen = chosen.filter(pk__in=[item.pk for item in items])
        retried = list(chosen)
        for item in retried:
            item.disposition, item.reason, item.dismissed_at = Disposition.PENDING, "", None
        BatchItem.objects.bulk_update(retried, ["disposition", "reason", "dismissed_at"], batch_size=500)
        if retried:
            record(Happened.BATCH_RETRIED, batch, actor=actor, matter=batch.matter, files=len(retried))
            create_jobs(retried, matter=batch.matter, actor=actor)
    return len(retried)


def dismiss(*, actor: Actor, matter: Matter, problem: BatchItem | Note) -> None:
    """Take a problem from the open ones: somebody has seen it and lives with it. Doing it again changes nothing."""
    with transaction.atomic():
        open_one = type(problem)._default_manager.select_for_update().filter(pk=problem.pk, dismissed_at=None)
        if open_one.update(dismissed_at=timezone.now()):
            record(Happened.PROBLEM_DISMISSED, problem, actor=actor, matter=matter)


def _stored(matter: Matter, files: Iterable[Incoming]) -> Iterator[BatchItem]:
    for number, file in enumerate(files):
        item = BatchItem(name=safe_name(file.name) or "unnamed", place=place_of(number))
        try:
            stored = storage.store(matter.pk, file.chunks, most_bytes=settings.MAX_FILE_MIB * MIB)
        except storage.TooLargeError:
            item.disposition = Disposition.TOO_LARGE
            item.reason = (
                f"The file is larger than {settings.MAX_FILE_MIB} MiB and was not kept. Split it into "
                "smaller files and upload those."
            )
        else:
            item.sha256, item.size_bytes, item.blob = stored.sha256, stored.size_bytes, stored.blob
        yield item


def _label(items: Sequence[BatchItem]) -> str:
    more = len(items) - 1
    return items[0].name + (f" and {more} more" if more else "")
