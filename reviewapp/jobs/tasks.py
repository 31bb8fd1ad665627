"""The sweep as a Celery task, and what a worker does at its start and end."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from reviewapp.jobs import sweeping, work


@shared_task(name="reviewapp.jobs.sweep")
def sweep() -> None:
    """See `sweeping.sweep`; run by every worker, whichever is free."""
    sweeping.sweep()


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    """Find what earlier workers left behind."""
    sweeping.sweep()


@worker_shutting_down.connect
def stop_running_jobs(**kwargs: Any) -> None:
    """Have running jobs stop at their next look and go back to waiting."""
    work.shutting_down.set()
