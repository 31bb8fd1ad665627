"""Who may take a whole matter out, and who may bring one in."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import NotAvailable, allowed, find, is_admin, may_create_matters, rule
from reviewapp.moving.jobs import TAKE_IN, UNDO_ARRIVAL, WRITE_ARCHIVE
from reviewapp.moving.models import Archive, Arrival


@rule(Scope.MANAGE)
def may_take_out(actor: Actor, matter: Matter) -> bool:
    """An archive has the audit and all decisions: what only admins see. A closed matter can be taken out too."""
    return is_admin(actor, matter)


@rule(Scope.MANAGE)
def may_bring_in(actor: Actor) -> bool:
    return may_create_matters(actor)


def visible_archives(actor: Actor, matter: Matter) -> models.QuerySet[Archive]:
    return Archive.objects.filter(matter=matter) if may_take_out(actor, matter) else Archive.objects.none()


def access_archive_by_id(actor: Actor, archive_id: UUID | str) -> Archive:
    archive = find(Archive.objects.select_related("matter", "made_by"), archive_id)
    return allowed(archive, may_take_out(actor, archive.matter))


def visible_arrivals(actor: Actor) -> models.QuerySet[Arrival]:
    """One's own. Raises NotAvailable for those who may bring nothing in: the page is not there for them."""
    if not may_bring_in(actor):
        raise NotAvailable
    return Arrival.objects.filter(brought_by=actor.person).select_related("matter").prefetch_related("jobs")


def access_arrival_by_id(actor: Actor, arrival_id: UUID | str) -> Arrival:
    return find(visible_arrivals(actor), arrival_id)


def archive_for_job(job: Job) -> Archive:
    return subject_of(
        job, WRITE_ARCHIVE, Archive.objects.filter(matter=job.matter_id).select_related("matter")
    )


def arrival_for_job(job: Job) -> Arrival:
    arrivals = Arrival.objects.filter(matter=job.matter_id).select_related("matter", "brought_by")
    return subject_of(job, TAKE_IN if job.kind == TAKE_IN.name else UNDO_ARRIVAL, arrivals)
