from typing import Any

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from reviewapp.jobs import lifecycle, work


@shared_task(name="reviewapp.jobs.sweep")
def sweep() -> None:
    lifecycle.sweep()


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    lifecycle.sweep()


@worker_shutting_down.connect
def stop_running_jobs(**kwargs: Any) -> None:
    work.shutting_down.set()
