"""Who may have documents consolidated."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import MatterRule, allowed, find, is_admin, may_view, rule
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State


@rule(Scope.CONSOLIDATE)
def may_consolidate(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter) and matter.archived_at is None


def visible_states(actor: Actor, matter: Matter) -> models.QuerySet[State]:
    if not may_view(actor, matter):
        return State.objects.none()
    return State.objects.filter(document__matter=matter)


def access_state_by_id(actor: Actor, state_id: UUID | str, *, may: MatterRule = may_view) -> State:
    state = find(State.objects.select_related("document__matter"), state_id)
    return allowed(state, may(actor, state.document.matter))


def document_for_job(job: Job) -> Document:
    return subject_of(
        job, CONSOLIDATE, Document.objects.filter(matter=job.matter_id).select_related("matter")
    )
