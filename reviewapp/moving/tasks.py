"""The worker's side of moving matters."""

from celery import shared_task

from reviewapp.jobs.work import running
from reviewapp.moving.arriving import take_in, undo
from reviewapp.moving.policy import archive_for_job, arrival_for_job
from reviewapp.moving.writing import make


@shared_task(name="reviewapp.moving.write_archive")
def write_archive(job_id: str) -> None:
    """Write the job's archive; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            make(run, archive_for_job(run.job))


@shared_task(name="reviewapp.moving.take_in_matter")
def take_in_matter(job_id: str) -> None:
    """Make the job's arrival a matter; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            take_in(run, arrival_for_job(run.job))


@shared_task(name="reviewapp.moving.undo_arrival")
def undo_arrival(job_id: str) -> None:
    """Remove what the job's arrival left; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            undo(run, arrival_for_job(run.job))
