"""The worker's side of ingestion."""

from celery import shared_task
from django.conf import settings

from readers.protocol import SLOWEST
from reviewapp.intake.ingest import ingest
from reviewapp.intake.policy import item_for_job
from reviewapp.intake.recognise import recognise
from reviewapp.jobs.work import running

# NB: each part of a long file has its own limits of time, held by what reads it; these are for what hangs besides.
_PARTS = -(-settings.MAX_PAGES // settings.PAGES_AT_ONCE)
_READING = _PARTS * (SLOWEST + 3) * settings.PARSE_SECONDS
_RECOGNISING = _READING + _PARTS * SLOWEST * settings.OCR_SECONDS


@shared_task(name="reviewapp.intake.ingest_item", soft_time_limit=_READING + 60, time_limit=_READING + 90)
def ingest_item(job_id: str) -> None:
    """Give the job's item its disposition; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            ingest(run, item_for_job(run.job))


@shared_task(
    name="reviewapp.intake.recognise_item",
    soft_time_limit=_RECOGNISING + 60,
    time_limit=_RECOGNISING + 90,
)
def recognise_item(job_id: str) -> None:
    """Read the job's item with text recognition; nothing when the job is not waiting."""
    with running(job_id) as run:
        if run is not None:
            recognise(run, item_for_job(run.job))
