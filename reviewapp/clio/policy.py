"""Who may connect a matter with Clio: its admins, where the installation knows Clio."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.conf import settings
from django.db import models

from reviewapp.clio.jobs import FETCH_FROM_CLIO, SEND_TO_CLIO
from reviewapp.clio.models import Connection, SentNote
from reviewapp.frame.actor import Actor, Scope
from reviewapp.jobs.models import Job
from reviewapp.jobs.policy import subject_of
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import find, is_admin, rule
from reviewapp.questions.models import Question


@rule(Scope.MANAGE)
def may_connect_clio(actor: Actor, matter: Matter) -> bool:
    """A person in the browser, never a client: what leaves for elsewhere is decided by somebody who reads it."""
    return actor.client is None and is_admin(actor, matter) and bool(settings.CLIO_CLIENT_ID)


@rule(Scope.MANAGE)
def may_use_clio(actor: Actor, matter: Matter) -> bool:
    return may_connect_clio(actor, matter) and matter.archived_at is None


def visible_connection(actor: Actor, matter: Matter) -> Connection | None:
    if not may_connect_clio(actor, matter):
        return None
    return Connection.objects.filter(matter=matter).select_related("matter", "connected_by").first()


def visible_sent_notes(actor: Actor, matter: Matter) -> models.QuerySet[SentNote]:
    if not may_connect_clio(actor, matter):
        return SentNote.objects.none()
    return SentNote.objects.filter(matter=matter).select_related("question", "sent_by")


def visible_answered(actor: Actor, matter: Matter) -> models.QuerySet[Question]:
    """The questions whose answers may be sent."""
    if not may_use_clio(actor, matter):
        return Question.objects.none()
    return Question.objects.filter(matter=matter, status=Question.Status.DONE)


def access_answered_by_id(actor: Actor, matter: Matter, question_id: UUID | str) -> Question:
    return find(visible_answered(actor, matter), question_id)


def connection_for_job(job: Job) -> Connection:
    found = Connection.objects.filter(matter=job.matter_id).select_related("matter", "connected_by")
    return subject_of(job, FETCH_FROM_CLIO, found)


def note_for_job(job: Job) -> SentNote:
    found = SentNote.objects.filter(matter=job.matter_id).select_related("matter__clio", "question")
    return subject_of(job, SEND_TO_CLIO, found)
