"""The work of moving matters: writing an archive, making a matter of one, and removing what failed to become one."""

from django.urls import reverse

from reviewapp.jobs import lifecycle
from reviewapp.jobs.kinds import About, Kind, Priority, register
from reviewapp.jobs.models import Job, Status
from reviewapp.moving.models import Archive, Arrival


def about(arrival: Arrival) -> About:
    """The arrival, as the list of jobs names it."""
    return About(arrival.file_name, reverse("arrivals"))


def follow(job: Job) -> None:
    """An arrival that will come to nothing leaves nothing."""
    if job.status in (Status.FAILED, Status.CANCELLED) and isinstance(job.subject, Arrival):
        lifecycle.create_job(UNDO_ARRIVAL, job.subject, matter=job.matter, actor=job.actor, trigger="arrival")


WRITE_ARCHIVE = register(
    Kind(
        name="write_archive",
        task="reviewapp.moving.write_archive",
        queue="ingest",
        words="Writing an archive of the matter",
        subject=Archive,
        about=lambda archive: About("Archive", reverse("archives", args=[archive.matter_id])),
        unit="documents",
        pause_seconds=5.0,
    )
)
UNDO_ARRIVAL = register(
    Kind(
        name="undo_arrival",
        task="reviewapp.moving.undo_arrival",
        queue="ingest",
        words="Removing what was taken in of an archive",
        subject=Arrival,
        about=about,
        max_attempts=10,
        pause_seconds=30.0,
    )
)
TAKE_IN = register(
    Kind(
        name="take_in_matter",
        task="reviewapp.moving.take_in_matter",
        queue="ingest",
        words="Making a matter of an archive",
        subject=Arrival,
        about=about,
        on_change=follow,
        priority=Priority.GRID,
        max_attempts=6,
    )
)
