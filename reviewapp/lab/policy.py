"""Who may compare ways to keep documents, and who sees what came of it."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.lab.jobs import COMPARE_WAYS
from reviewapp.lab.models import Comparison
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, allowed, find, is_admin, may_view, rule


@rule(Scope.MANAGE)
def may_compare(actor: Actor, matter: Matter) -> bool:
    """It takes much of the machine: whoever may have documents consolidated."""
    return is_admin(actor, matter) and matter.archived_at is None


def visible_comparisons(actor: Actor, matter: Matter) -> models.QuerySet[Comparison]:
    """The matter's comparisons, newest first; those that are not begun are for whoever may begin them."""
    if not may_view(actor, matter):
        return Comparison.objects.none()
    found = Comparison.objects.filter(matter=matter).select_related("made_by")
    return found if may_compare(actor, matter) else found.exclude(status=Comparison.Status.DRAFT)


def access_comparison_by_id(
    actor: Actor, comparison_id: UUID | str, *, may: MatterRule = may_view
) -> Comparison:
    comparison = find(Comparison.objects.select_related("matter", "made_by"), comparison_id)
    is_draft = comparison.status == Comparison.Status.DRAFT
    return allowed(comparison, (may_compare if is_draft else may)(actor, comparison.matter))


def comparison_for_job(job: Job) -> Comparison:
    comparisons = Comparison.objects.filter(matter=job.matter_id).select_related("matter")
    return subject_of(job, COMPARE_WAYS, comparisons)
