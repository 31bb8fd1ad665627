"""The worker's side of exports."""

from celery import shared_task

from reviewapp.exports.making import make
from reviewapp.exports.policy import export_for_job
from reviewapp.jobs.work import running


@shared_task(name="reviewapp.exports.make_export")
def make_export(job_id: str) -> None:
    """Make the file of the job's export; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            make(run, export_for_job(run.job))
