"""Changes to loads: adding one, saying what its columns are, taking it in."""

from collections.abc import Iterable
from collections.abc import Mapping as Given
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reviewapp.documents import storage
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.loads.fields import LoadError, checked_mapping, proposed
from reviewapp.loads.jobs import CHECK_LOAD, TAKE_LOAD
from reviewapp.loads.models import Load, Mapping
from reviewapp.loads.source import columns_of
from reviewapp.matters.models import Matter

MIB = 2**20
_NAME_CHARACTERS, _SOURCE_CHARACTERS = 300, 100


@dataclass(frozen=True)
class Sent:
    """A file of a load as it is sent: its name and its bytes, in chunks, read once."""

    name: str
    chunks: Iterable[bytes]


def create_load(
    matter: Matter,
    table: Sent,
    *,
    actor: Actor,
    images: Sent | None = None,
    files: Sent | None = None,
    source: str = "",
) -> Load:
    """Store a load file, perhaps an Opticon file and a ZIP of the files, and propose what the columns are.

    What was saved for the source goes before what the names of columns say. When that is enough the dry run begins.
    Raises LoadError for a table that cannot be read or a file that is too large, and OSError when the disk refuses.
    """
    source = " ".join(source.split())[:_SOURCE_CHARACTERS]
    load = Load(
        matter=matter, created_by=actor.account, source=source, table_name=table.name[:_NAME_CHARACTERS]
    )
    load.table_blob = _stored(matter, table)
    with storage.entry_of(load.table_blob).open() as file:
        load.columns = columns_of(file)
    if images is not None:
        load.images_name, load.images_blob = images.name[:_NAME_CHARACTERS], _stored(matter, images)
    if files is not None:
        load.files_name, load.files_blob = files.name[:_NAME_CHARACTERS], _stored(matter, files)
    load.mapping = _proposed(matter, source, load.columns)
    with transaction.atomic():
        load.save(force_insert=True)
        record(Happened.LOAD_CREATED, load, actor=actor, matter=matter, columns=len(load.columns))
        if _is_enough(load):
            lifecycle.create_job(CHECK_LOAD, load, matter=matter, actor=actor)
    return load


def map_columns(load: Load, mapping: Given[str, str], *, actor: Actor) -> Load:
    """Say what the columns are, keep that for the source, and begin the dry run.

    Raises LoadError when it cannot be so, and once the load was started or while it is looked at.
    """
    with transaction.atomic():
        load = _locked(load)
        kept = checked_mapping(mapping, load.columns)
        if load.started_at:
            raise LoadError("load-started", "The load was started; its columns stay as they are.", 409)
        load.mapping, load.checked_at, load.counts = kept, None, {}
        load.save(update_fields=["mapping", "checked_at", "counts"])
        if load.source:
            Mapping.objects.update_or_create(
                matter=load.matter, source=load.source, defaults={"columns": kept}
            )
        record(Happened.LOAD_MAPPED, load, actor=actor, matter=load.matter, columns=len(kept))
        lifecycle.create_job(CHECK_LOAD, load, matter=load.matter, actor=actor)
    return load


def start_load(load: Load, *, actor: Actor) -> Load:
    """Take the rows in that the dry run did not reject; or go on with a load that was cancelled or failed.

    Raises LoadError before the dry run is done, while the load runs, and when it is finished.
    """
    with transaction.atomic():
        load = _locked(load)
        if load.checked_at is None:
            raise LoadError("load-unchecked", "Let the dry run come to its end first.", 409)
        if load.finished_at is not None:
            raise LoadError("load-finished", "All rows of this load file were taken in.", 409)
        if not load.counts.get("documents"):
            raise LoadError("load-empty", "No row of this load file can be taken in.", 409)
        load.started_at = load.started_at or timezone.now()
        load.save(update_fields=["started_at"])
        record(Happened.LOAD_STARTED, load, actor=actor, matter=load.matter, rows=load.counts.get("rows", 0))
        lifecycle.create_job(TAKE_LOAD, load, matter=load.matter, actor=actor)
    return load


def _locked(load: Load) -> Load:
    """The load, so that two who change it follow one another. Raises LoadError while work on it is under way."""
    load = Load.objects.select_for_update(of=("self",)).select_related("matter").get(pk=load.pk)
    if any(job.is_under_way for job in load.jobs.all()):
        raise LoadError(
            "load-busy", "The load file is being worked on. Wait for the end, or cancel the job.", 409
        )
    return load


def _stored(matter: Matter, sent: Sent) -> str:
    try:
        return storage.store(matter.pk, sent.chunks, most_bytes=settings.ZIP_MIB * MIB).blob
    except storage.TooLargeError:
        message = f"{sent.name[:_NAME_CHARACTERS]} is larger than {settings.ZIP_MIB:,} MiB. Split the load."
        raise LoadError("load-too-large", message, 413) from None


def _proposed(matter: Matter, source: str, columns: list[str]) -> dict[str, str]:
    saved = Mapping.objects.filter(matter=matter, source=source).first() if source else None
    if saved is None:
        return proposed(columns)
    known = {column: saved.columns[column] for column in columns if column in saved.columns}
    rest = proposed(column for column in columns if column not in known)
    return known | {column: given for column, given in rest.items() if given not in known.values()}


def _is_enough(load: Load) -> bool:
    try:
        checked_mapping(load.mapping, load.columns)
    except LoadError:
        return False
    return True
