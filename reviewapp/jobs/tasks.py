"""The sweep as a Celery task, and what a worker does at its start and end."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from reviewapp.jobs import lifecycle, work


@shared_task(name="reviewapp.jobs.sweep")
def sweep() -> None:
    """See `lifecycle.sweep`; run by every worker, whichever is free."""
    lifecycle.sweep()


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    """Find what earlier workers left behind."""
    lifecycle.sweep()


@worker_shutting_down.connect
def stop_running_jobs(**kwargs: Any) -> None:
    """Have running jobs stop at their next look and go back to waiting."""
    work.shutting_down.set()
