"""Who may see and cancel work. Workers reach only the record that their job is about."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.kinds import Kind
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, NotAvailable, Record, allowed, find, is_admin, may_view, rule


@rule(Scope.MANAGE)
def may_cancel(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter)


def visible_jobs(actor: Actor, matter: Matter) -> models.QuerySet[Job]:
    return Job.objects.filter(matter=matter) if may_view(actor, matter) else Job.objects.none()


def access_job_by_id(actor: Actor, job_id: UUID | str, *, may: MatterRule = may_view) -> Job:
    job = find(Job.objects.select_related("matter"), job_id)
    return allowed(job, may(actor, job.matter))


def subject_of(job: Job, kind: Kind, of_matter: models.QuerySet[Record]) -> Record:
    """What the job is about, out of the records of its matter. Raises NotAvailable, also for another kind."""
    found = of_matter.filter(pk=job.subject_id).first() if job.kind == kind.name else None
    if found is None:
        raise NotAvailable
    return found
