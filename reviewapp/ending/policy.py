"""Who may delete a matter, and who sees which were deleted and has their removal tried again."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Subquery

from reviewapp.ending.jobs import REMOVE_MATTER
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import find, is_admin, rule


@rule(Scope.MANAGE)
def may_delete_matter(actor: Actor, matter: Matter) -> bool:
    # NB: never a client; it could not have read the name aloud to anyone before it wrote it.
    return actor.client is None and is_admin(actor, matter)


def visible_deleted_matters(actor: Actor) -> models.QuerySet[Matter]:
    """Their names and dates, for those who may make matters: nothing else is left of them."""
    if actor.client is not None or actor.person is None or not actor.person.is_staff:
        return Matter.objects.none()
    job = Job.objects.filter(matter=OuterRef("pk"), kind=REMOVE_MATTER.name).order_by("-created_at")
    matters = Matter.objects.exclude(deleted_at=None).select_related("deleted_by")
    names = ("status", "progress_done", "progress_total", "reason")
    return matters.annotate(**{f"job_{name}": Subquery(job.values(name)[:1]) for name in names}).order_by(
        "-deleted_at"
    )


def access_deleted_matter_by_id(actor: Actor, matter_id: UUID | str) -> Matter:
    return find(visible_deleted_matters(actor), matter_id)


def matter_for_job(job: Job) -> Matter:
    return subject_of(job, REMOVE_MATTER, Matter.objects.exclude(deleted_at=None).filter(pk=job.matter_id))
