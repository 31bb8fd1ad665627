"""The worker's side of coding."""

from celery import shared_task

from reviewapp.jobs.errors import FinalWorkError
from reviewapp.jobs.work import running
from reviewapp.reviews.codes import CodingError
from reviewapp.reviews.coding import carry_out
from reviewapp.reviews.policy import coding_for_job


@shared_task(name="reviewapp.reviews.code_documents")
def code_documents(job_id: str) -> None:
    """Code the documents of the job's coding; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is None:
            return
        try:
            carry_out(run, coding_for_job(run.job))
        except CodingError as error:
            raise FinalWorkError(str(error)) from None
