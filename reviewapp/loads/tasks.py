"""The worker's side of load files."""

from celery import shared_task

from reviewapp.jobs.errors import FinalWorkError
from reviewapp.jobs.work import Run, running
from reviewapp.loads.fields import LoadError
from reviewapp.loads.jobs import CHECK_LOAD
from reviewapp.loads.policy import documents_to_production, load_for_job, production_for_job
from reviewapp.loads.working import carry_out, check
from reviewapp.loads.writing import write_production as write


@shared_task(name="reviewapp.loads.check_load")
def check_load(job_id: str) -> None:
    """The dry run of the job's load; nothing when the job is not waiting."""
    _do(job_id)


@shared_task(name="reviewapp.loads.take_load")
def take_load(job_id: str) -> None:
    """Take the rows of the job's load in; nothing when the job is not waiting."""
    _do(job_id)


@shared_task(name="reviewapp.loads.write_production")
def write_production(job_id: str) -> None:
    """Write the job's production; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            production = production_for_job(run.job)
            write(run, production, documents_to_production(production))


def _do(job_id: str) -> None:
    with running(job_id) as run:
        if run is not None:
            work(run)


def work(run: Run) -> None:
    """What the claimed job is about, the dry run or the load. Raises WorkError."""
    load = load_for_job(run.job)
    try:
        if run.job.kind == CHECK_LOAD.name:
            check(run, load)
        else:
            carry_out(run, load)
    except LoadError as error:
        raise FinalWorkError(str(error)) from None
    except FileNotFoundError:
        raise FinalWorkError("A stored file of this load is missing. Add the load file again.") from None
