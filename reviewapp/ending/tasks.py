"""The worker's side of deleted matters."""

from celery import shared_task

from reviewapp.ending.policy import matter_for_job
from reviewapp.ending.removing import remove_matter as remove
from reviewapp.jobs.work import running


@shared_task(name="reviewapp.ending.remove_matter")
def remove_matter(job_id: str) -> None:
    """Remove what the job's matter held; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            remove(run, matter_for_job(run.job))
