"""Uploads of many files in many requests: begun, added to, gone on with after a lost connection, and completed.

Every request can be sent again: a file that the batch has already, by name and bytes, is not taken twice.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction

from readers.archive import safe_name
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import BatchError, Incoming, create_jobs, hold_bytes, stored_items
from reviewapp.intake.models import Batch, BatchItem, Source, place_of
from reviewapp.matters.models import Matter

#: Files of one upload.
MOST_FILES = 50_000


@dataclass(frozen=True)
class Sent:
    """A file as its sender knows it: its place in the upload, path, size in bytes, and SHA-256 in hex or nothing."""

    place: int
    name: str
    size: int
    sha256: str = ""


@dataclass(frozen=True)
class Added:
    """The places of the files that the batch has now, and of those whose bytes did not come as they were sent."""

    kept: list[int]
    damaged: list[int]


def begin_batch(*, actor: Actor, matter: Matter, expected: int, label: str) -> Batch:
    """A batch that files will be added to. Raises BatchError for none and for too many."""
    if not 0 < expected <= MOST_FILES:
        raise BatchError("batch-size-unfit", f"An upload has between 1 and {MOST_FILES:,} files.")
    with transaction.atomic():
        batch = Batch.objects.create(
            matter=matter,
            created_by=actor.account,
            label=label.strip()[:200] or "Upload",
            source=Source.BROWSER,
            receiving=True,
            expected=expected,
        )
        record(
            Happened.BATCH_CREATED, batch, actor=actor, matter=matter, files=expected, source=Source.BROWSER
        )
    return batch


def missing_of(batch: Batch, sent: Sequence[Sent]) -> list[int]:
    """The places of those files that the batch does not have: by name and bytes, or by size without a hash."""
    items = _received(batch).filter(name__in=[_name(one) for one in sent])
    known = Counter[tuple[str, object]]()
    for name, sha256, size in items.values_list("name", "sha256", "size_bytes"):
        known[name, sha256] += 1
        known[name, size] += 1
    missing = []
    for one in sent:
        key = (_name(one), one.sha256 or one.size)
        if known[key]:
            known[key] -= 1
        else:
            missing.append(one.place)
    return missing


def add_files(*, actor: Actor, batch: Batch, sent: Sequence[Sent], files: Sequence[Incoming]) -> Added:
    """Store files, and add those to the batch that came as they were sent and that it does not have.

    Raises BatchError for a batch that is complete, and OSError when the disk refuses.
    """
    items: dict[int, BatchItem] = {}
    placed = ((file, place_of(one.place)) for one, file in zip(sent, files, strict=True))
    for one, item in zip(sent, stored_items(batch.matter, placed), strict=True):
        if not item.sha256 or one.sha256 in ("", item.sha256):
            item.size_bytes = item.size_bytes or one.size
            items[one.place] = item
    with transaction.atomic():
        batch = _locked(batch)
        whole = [
            Sent(one.place, one.name, one.size, items[one.place].sha256) for one in sent if one.place in items
        ]
        added = [items[place] for place in missing_of(batch, whole)]
        for item in added:
            item.batch = batch
        hold_bytes(added, batch.matter)
        BatchItem.objects.bulk_create(added)
        if added:
            record(Happened.BATCH_FILES_ADDED, batch, actor=actor, matter=batch.matter, files=len(added))
            create_jobs(added, matter=batch.matter, actor=actor)
    return Added(sorted(items), [one.place for one in sent if one.place not in items])


def complete_batch(*, actor: Actor, batch: Batch) -> Batch:
    """Say that no more files come. Doing it again changes nothing. Raises BatchError where none has come."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).select_related("matter").get(pk=batch.pk)
        files = _received(batch).count()
        if not files:
            raise BatchError("batch-empty", "No file of this upload has arrived.")
        if batch.receiving:
            batch.receiving, batch.expected = False, files
            batch.save(update_fields=["receiving", "expected"])
            record(Happened.BATCH_COMPLETED, batch, actor=actor, matter=batch.matter, files=files)
    return batch


def _received(batch: Batch) -> models.QuerySet[BatchItem]:
    return batch.items.filter(parent=None)


def _locked(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).select_related("matter").get(pk=batch.pk)
    if not batch.receiving:
        raise BatchError("batch-complete", "This upload is complete. Begin another one for more files.", 409)
    return batch


def _name(one: Sent) -> str:
    return safe_name(one.name) or "unnamed"
