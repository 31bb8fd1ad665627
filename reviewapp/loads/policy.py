"""Who may take in load files, and who sees what they said of documents."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor, Scope
from reviewapp.grids.policy import documents_of
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.loads.bates import bates_of
from reviewapp.loads.jobs import CHECK_LOAD, TAKE_LOAD, WRITE_PRODUCTION
from reviewapp.loads.models import Load, LoadedFields, LoadProblem, Production
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, allowed, find, is_admin, may_view, rule

MOST_FOUND = 20


@rule(Scope.UPLOAD)
def may_load(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


@rule(Scope.UPLOAD)
def may_see_loads(actor: Actor, matter: Matter) -> bool:
    """Also in a closed matter, where nothing is taken in any more."""
    return is_admin(actor, matter)


def visible_loads(actor: Actor, matter: Matter) -> models.QuerySet[Load]:
    return Load.objects.filter(matter=matter) if may_see_loads(actor, matter) else Load.objects.none()


def visible_load_problems(actor: Actor, load: Load) -> models.QuerySet[LoadProblem]:
    """What the load found; what the dry run found as long as nobody started the load."""
    if not may_see_loads(actor, load.matter):
        return LoadProblem.objects.none()
    return LoadProblem.objects.filter(load=load, dry=load.started_at is None)


def visible_loaded_fields(actor: Actor, document: Document) -> models.QuerySet[LoadedFields]:
    """What load files said of the document, once for each row that brought its bytes."""
    if not may_view(actor, document.matter):
        return LoadedFields.objects.none()
    return LoadedFields.objects.filter(matter=document.matter_id, item__document=document)


def visible_by_bates(actor: Actor, matter: Matter, written: str) -> models.QuerySet[LoadedFields]:
    """The documents that have this number, or within whose Bates numbers it is; those that could be read."""
    if not may_view(actor, matter):
        return LoadedFields.objects.none()
    wanted = models.Q(begin__iexact=written.strip())
    if (bates := bates_of(written)) is not None:
        wanted |= models.Q(prefix=bates.prefix, first__lte=bates.number, last__gte=bates.number)
    found = LoadedFields.objects.filter(wanted, matter=matter).exclude(item__document=None)
    return found.select_related("item__document").order_by("row")[:MOST_FOUND]


def access_load_by_id(actor: Actor, load_id: UUID | str, *, may: MatterRule = may_see_loads) -> Load:
    load = find(Load.objects.select_related("matter", "batch"), load_id)
    return allowed(load, may(actor, load.matter))


def load_for_job(job: Job) -> Load:
    loads = Load.objects.filter(matter=job.matter_id).select_related("matter", "batch", "created_by")
    return subject_of(job, CHECK_LOAD if job.kind == CHECK_LOAD.name else TAKE_LOAD, loads)


@rule(Scope.MANAGE)
def may_produce(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter)


def visible_productions(actor: Actor, matter: Matter) -> models.QuerySet[Production]:
    return (
        Production.objects.filter(matter=matter) if may_produce(actor, matter) else Production.objects.none()
    )


def access_production_by_id(actor: Actor, production_id: UUID | str) -> Production:
    production = find(Production.objects.select_related("matter"), production_id)
    return allowed(production, may_produce(actor, production.matter))


def production_for_job(job: Job) -> Production:
    return subject_of(
        job,
        WRITE_PRODUCTION,
        Production.objects.filter(matter=job.matter_id).select_related("matter", "grid"),
    )


def documents_to_production(production: Production) -> models.QuerySet[Document]:
    """All documents of the matter, or those of the grid's rows."""
    if production.grid is None:
        return Document.objects.filter(matter=production.matter_id)
    return documents_of(production.grid)
