"""The work of consolidating a document."""

from django.urls import reverse

from reviewapp.documents.actions import note_change
from reviewapp.documents.models import Document
from reviewapp.jobs.kinds import About, Kind, register
from reviewapp.jobs.models import Job, Status
from reviewapp.states.models import STATES_UNDER_WAY, State


def follow(job: Job) -> None:
    """Keep the state's status in step with the job that builds it; the built state is written by the work."""
    status = {
        Status.WAITING: State.Status.WAITING,
        Status.RUNNING: State.Status.CONSOLIDATING,
        Status.FAILED: State.Status.FAILED,
        Status.CANCELLED: State.Status.CANCELLED,
    }.get(Status(job.status))
    if status is not None:
        under_way = State.objects.filter(document=job.subject_id, status__in=STATES_UNDER_WAY)
        under_way.filter(memory=job.memory).update(status=status)
        note_change([job.subject_id])


def about(document: Document) -> About:
    """The document, as the list of jobs names it."""
    return About(document.name, reverse("document", args=[document.pk]))


def size(document: Document) -> int:
    """Characters of text to read."""
    return document.char_count


CONSOLIDATE = register(
    Kind(
        name="consolidate",
        task="gpu_worker.consolidate",
        queue="consolidate",
        words="Consolidating",
        subject=Document,
        about=about,
        size=size,
        on_change=follow,
        unit="windows",
        needs_model=True,
    )
)
