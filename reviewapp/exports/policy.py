"""Who may take answers out, and what they see of what was taken."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.exports.jobs import MAKE_EXPORT
from reviewapp.exports.models import Export
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, allowed, find, may_view, role_of, rule


@rule(Scope.READ)
def may_export(actor: Actor, matter: Matter) -> bool:
    """Who may read may take out, also from a closed matter: it is written down each time."""
    return role_of(actor, matter) is not None


def visible_exports(actor: Actor, matter: Matter) -> models.QuerySet[Export]:
    """The matter's exports, newest first."""
    if not may_view(actor, matter):
        return Export.objects.none()
    return Export.objects.filter(matter=matter).defer("documents")


def access_export_by_id(actor: Actor, export_id: UUID | str, *, may: MatterRule = may_view) -> Export:
    export = find(Export.objects.select_related("matter", "made_by").defer("documents"), export_id)
    return allowed(export, may(actor, export.matter))


def export_for_job(job: Job) -> Export:
    exports = Export.objects.filter(matter=job.matter_id)
    return subject_of(
        job, MAKE_EXPORT, exports.select_related("matter", "made_by", "grid__made_of__set", "question")
    )
