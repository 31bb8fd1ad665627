"""The worker's side of Clio."""

from celery import shared_task

from reviewapp.clio import working
from reviewapp.clio.policy import connection_for_job, note_for_job
from reviewapp.jobs.work import running


@shared_task(name="reviewapp.clio.fetch")
def fetch(job_id: str) -> None:
    """Fetch the documents of the job's connection; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            working.fetch(run, connection_for_job(run.job))


@shared_task(name="reviewapp.clio.send")
def send(job_id: str) -> None:
    """Send the job's note; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            working.send(run, note_for_job(run.job))
