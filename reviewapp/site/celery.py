"""The Celery application. Messages carry job ids only; the rows in the database are the truth."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.site.settings")

SWEEP_QUEUE = "sweep"

app = Celery("nightbrief")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    # NB: a message that comes back while its job still runs finds the job claimed and does nothing, so this
    # only bounds how long a message lost with its worker stays out of sight.
    broker_transport_options={
        "visibility_timeout": 3600,
        "socket_connect_timeout": 3,
        "socket_timeout": 30,
        "socket_keepalive": True,
        # How long a sender keeps a person waiting when the broker is away; the sweep sends it later.
        "connect_retries_timeout": 1,
        "interval_start": 0.2,
        "interval_step": 0.2,
        "interval_max": 0.5,
    },
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="ingest",
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    task_annotations={
        "reviewapp.intake.ingest_item": {
            "soft_time_limit": settings.PARSE_SECONDS + 60,
            "time_limit": settings.PARSE_SECONDS + 90,
        }
    },
    beat_schedule={
        "sweep": {
            "task": "reviewapp.jobs.sweep",
            "schedule": settings.JOB_SWEEP_SECONDS,
            "options": {"queue": SWEEP_QUEUE, "expires": settings.JOB_SWEEP_SECONDS},
        }
    },
)
app.autodiscover_tasks()
