"""Who may feed a matter and see what became of each file."""

# ruff: noqa: D103  the names are the rules

from collections.abc import Iterable
from uuid import UUID

from django.db import models

from reviewapp.documents.models import Document, Note
from reviewapp.documents.ordering import by_name
from reviewapp.frame.actor import Actor, Scope
from reviewapp.intake.family import Family, family_of
from reviewapp.intake.jobs import CONSOLIDATE_BEGINNING, INGEST_ITEM, RECOGNISE_ITEM
from reviewapp.intake.models import Batch, BatchItem
from reviewapp.intake.problems import open_files, open_notes
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, allowed, find, is_admin, may_view, rule


@rule(Scope.UPLOAD)
def may_upload(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


@rule(Scope.UPLOAD)
def may_retry(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


@rule(Scope.UPLOAD)
def may_dismiss(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


@rule(Scope.READ)
def may_download_manifest(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter)


def visible_batches(actor: Actor, matter: Matter) -> models.QuerySet[Batch]:
    return Batch.objects.filter(matter=matter) if may_view(actor, matter) else Batch.objects.none()


def visible_items(actor: Actor, batch: Batch) -> models.QuerySet[BatchItem]:
    if not may_view(actor, batch.matter):
        return BatchItem.objects.none()
    return BatchItem.objects.filter(batch=batch)


def visible_family(actor: Actor, document: Document) -> Family:
    """What the document came out of, and what came out of it and beside it."""
    return family_of(document) if may_view(actor, document.matter) else Family()


def visible_problems(actor: Actor, matter: Matter) -> list[tuple[type[BatchItem | Note], UUID]]:
    if not may_view(actor, matter):
        return []
    files = open_files(matter).order_by("created_at", "place").values_list("pk", flat=True)
    notes = open_notes(matter).order_by(by_name("document__name"), "page").values_list("pk", flat=True)
    return [*((BatchItem, key) for key in files), *((Note, key) for key in notes)]


def visible_notes(actor: Actor, document: Document) -> models.QuerySet[Note]:
    return Note.objects.filter(document=document) if may_view(actor, document.matter) else Note.objects.none()


def problems_by_key(found: Iterable[tuple[type[BatchItem | Note], UUID]]) -> list[BatchItem | Note]:
    keys = list(found)
    items = BatchItem.objects.select_related("batch").in_bulk(
        [key for kind, key in keys if kind is BatchItem]
    )
    notes = Note.objects.select_related("document").in_bulk([key for kind, key in keys if kind is Note])
    both: dict[UUID, BatchItem | Note] = {**items, **notes}
    return [both[key] for _, key in keys if key in both]


def access_note_by_id(actor: Actor, note_id: UUID | str, *, may: MatterRule = may_view) -> Note:
    note = find(Note.objects.select_related("document__matter"), note_id)
    return allowed(note, may(actor, note.document.matter))


def access_batch_by_id(actor: Actor, batch_id: UUID | str, *, may: MatterRule = may_view) -> Batch:
    batch = find(Batch.objects.select_related("matter"), batch_id)
    return allowed(batch, may(actor, batch.matter))


def access_item_by_id(actor: Actor, item_id: UUID | str, *, may: MatterRule = may_view) -> BatchItem:
    item = find(BatchItem.objects.select_related("batch__matter"), item_id)
    return allowed(item, may(actor, item.batch.matter))


def item_for_job(job: Job) -> BatchItem:
    items = BatchItem.objects.filter(batch__matter=job.matter_id).select_related("batch__matter")
    others = {kind.name: kind for kind in (RECOGNISE_ITEM, CONSOLIDATE_BEGINNING)}
    return subject_of(job, others.get(job.kind, INGEST_ITEM), items)
