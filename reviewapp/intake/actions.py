"""Changes to what a matter has received."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from readers.archive import safe_name
from readers.filenames import as_text
from reviewapp.documents import storage
from reviewapp.documents.models import Document, Note
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.naming import read_name
from reviewapp.intake.jobs import INGEST_ITEM, RECOGNISE_ITEM
from reviewapp.intake.models import Batch, BatchItem, Disposition, Source, place_of
from reviewapp.intake.reading import reading_of
from reviewapp.intake.tallies import retryable_items
from reviewapp.jobs import lifecycle
from reviewapp.jobs.kinds import Kind
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter

MIB = 2**20
#: Files that are stored beside each other: each waits until the disk has it, and disks take many in one turn.
STORED_AT_ONCE = 8


class BatchError(ActionError):
    """A batch, or a file of it, that cannot be made or replaced."""


@dataclass(frozen=True)
class Incoming:
    """A file on its way in: its path as received and its bytes, in chunks, read once.

    `origin` and `external_id` are as in `BatchItem`.
    """

    name: str
    chunks: Iterable[bytes]
    origin: str = ""
    external_id: str = ""

    @classmethod
    def from_upload(cls, upload: "UploadedFile[Any]", name: str = "") -> "Incoming":
        """An uploaded file; `name` is its path when a folder was uploaded."""
        return cls(name or _unescaped(str(upload.name)), upload.chunks())

    @classmethod
    def from_path(cls, path: Path, name: str = "", origin: str = "") -> "Incoming":
        """A file of this machine, opened when its turn comes."""
        return cls(as_text(name or path.name), storage.read_chunks(path), origin)


def create_batch(
    *, actor: Actor, matter: Matter, files: Iterable[Incoming], source: Source, label: str = ""
) -> Batch:
    """Store the files, then write the batch, its items and a job for each of them.

    Bytes are on disk before a row names them. A file over the size limit becomes an item that says so.
    Raises BatchError without files, and OSError when the disk refuses.
    """
    items = store_files(matter, files)
    return create_batch_of(items, actor=actor, matter=matter, source=source, label=label)


def store_files(matter: Matter, files: Iterable[Incoming]) -> list[BatchItem]:
    """Store the files of a batch, whose items are returned and not written yet; again, it changes nothing.

    Raises OSError when the disk refuses.
    """
    return stored_items(matter, ((file, place_of(number)) for number, file in enumerate(files)))


def create_batch_of(
    items: Sequence[BatchItem], *, actor: Actor, matter: Matter, source: Source, label: str = ""
) -> Batch:
    """Write a batch of files that `store_files` stored. Raises BatchError without any, and like `hold_bytes`."""
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
        hold_bytes(items, matter)
        BatchItem.objects.bulk_create(items)
        record(Happened.BATCH_CREATED, batch, actor=actor, matter=matter, files=len(items), source=source)
        create_jobs(items, matter=matter, actor=actor)
    return batch


def hold_bytes(items: Iterable[BatchItem], matter: Matter) -> None:
    """See that the bytes of new items stay, which a withdrawn document had too; in the caller's transaction.

    Raises BatchError where they were removed since they were stored.
    """
    # NB: who removes bytes that nothing names holds the same lock, and so finds these items named.
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    if not all(storage.is_there(item.blob) for item in items if item.blob):
        raise BatchError(
            "file-removed-meanwhile",
            "A document of the same bytes was withdrawn as this file came in. Send it again.",
            409,
        )


def create_jobs(
    items: Sequence[BatchItem],
    *,
    matter: Matter,
    actor: Actor,
    trigger: str = "user",
    kind: Kind = INGEST_ITEM,
) -> list[Job]:
    """A job for each item that waits for one, to be read or recognised; in the caller's transaction."""
    pending = [item for item in items if item.disposition == Disposition.PENDING]
    return lifecycle.create_jobs(kind, pending, matter=matter, actor=actor, trigger=trigger)


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
            kind = RECOGNISE_ITEM if batch.source == Source.AGAIN else INGEST_ITEM
            create_jobs(retried, matter=batch.matter, actor=actor, kind=kind)
    return len(retried)


def dismiss(*, actor: Actor, matter: Matter, problem: BatchItem | Note) -> None:
    """Take a problem from the open ones: somebody has seen it and lives with it. Doing it again changes nothing."""
    with transaction.atomic():
        open_one = type(problem)._default_manager.select_for_update().filter(pk=problem.pk, dismissed_at=None)
        if open_one.update(dismissed_at=timezone.now()):
            record(Happened.PROBLEM_DISMISSED, problem, actor=actor, matter=matter)


def replace_file(*, actor: Actor, item: BatchItem, file: Incoming) -> BatchItem:
    """Take another file in the place of one that could not be used; the old one stays on record, as replaced.

    Raises BatchError for a file that was used, or replaced already, and OSError when the disk refuses.
    """
    matter = item.batch.matter
    new = stored_item(matter, file, item.place)
    new.batch, new.parent = item.batch, item.parent
    with transaction.atomic():
        old = BatchItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if old.replaced_by_id or not old.is_unusable:
            raise BatchError(
                "file-not-replaceable",
                "Only a file that could not be used can be replaced, and only once.",
                409,
            )
        hold_bytes([new], matter)
        new.save(force_insert=True)
        old.replaced_by = new
        old.save(update_fields=["replaced_by"])
        record(Happened.FILE_REPLACED, new, actor=actor, matter=matter, replaced=str(old.pk))
        create_jobs([new], matter=matter, actor=actor)
    return new


def send_new_version(
    *, actor: Actor, document: Document, file: Incoming | BatchItem, source: Source = Source.BROWSER
) -> Batch:
    """Have a file read and put in the place of a document's text; the document keeps its id, and its text of now as
    an earlier version. Nothing changes where the file cannot be used. A file that `store_files` stored is not stored
    again. Raises OSError when the disk refuses.
    """
    matter = document.matter
    item = file if isinstance(file, BatchItem) else stored_item(matter, file, place_of(0))
    item.new_version_of = document
    with transaction.atomic():
        item.batch = Batch.objects.create(
            matter=matter,
            created_by=actor.account,
            label=f"New version of {document.name}"[:200],
            source=source,
        )
        hold_bytes([item], matter)
        item.save(force_insert=True)
        record(Happened.BATCH_CREATED, item.batch, actor=actor, matter=matter, files=1, source=source)
        create_jobs([item], matter=matter, actor=actor)
    return item.batch


def stored_items(matter: Matter, files: Iterable[tuple[Incoming, str]]) -> list[BatchItem]:
    """As `stored_item`, of many files and their places."""
    with ThreadPoolExecutor(STORED_AT_ONCE) as pool:
        return list(pool.map(lambda one: stored_item(matter, *one), files))


def stored_item(matter: Matter, file: Incoming, place: str) -> BatchItem:
    """An item of the file, its bytes stored; or one that says that it is too large. Raises OSError."""
    item = BatchItem(
        **names_of(safe_name(file.name) or "unnamed"),
        place=place,
        origin=file.origin,
        external_id=file.external_id,
    )
    try:
        stored = storage.store(matter.pk, file.chunks, most_bytes=settings.MAX_FILE_MIB * MIB)
    except storage.TooLargeError:
        item.disposition = Disposition.TOO_LARGE
        item.read_with = reading_of(item.disposition, matter.languages())
        item.reason = (
            f"The file is larger than {settings.MAX_FILE_MIB} MiB and was not kept. Split it into "
            "smaller files and upload those."
        )
    else:
        item.sha256, item.size_bytes, item.blob = stored.sha256, stored.size_bytes, stored.blob
    return item


def names_of(sent: str) -> dict[str, str]:
    """The names of an item that was sent under this one."""
    name = read_name(sent)
    return {"name": name, "sent_as": "" if name == sent else sent}


def _unescaped(name: str) -> str:
    """A file's name as it was before a form was sent: there, browsers write these three signs so."""
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


def _label(items: Sequence[BatchItem]) -> str:
    more = len(items) - 1
    return items[0].name + (f" and {more} more" if more else "")
