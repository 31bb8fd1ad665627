"""The messages of jobs. They carry job ids only; the rows in the database are the truth."""

import logging
import os
import time
from typing import Any

from celery import Celery
from django.conf import settings
from kombu.exceptions import ChannelError, OperationalError

from reviewapp.jobs.kinds import Kind, queue_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.site.settings")

logger = logging.getLogger(__name__)

SWEEP_QUEUE = "sweep"
BROKER_PAUSE_SECONDS = 2.0
HOUR = 3600.0
#: The task that makes the briefs that documents lack, and the seconds after which the clock has it begin again.
BRIEFS_TASK, BRIEFS_SECONDS = "gpu_worker.make_briefs", 600.0

_broker_away_until = 0.0

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
    beat_schedule={
        "sweep": {
            "task": "reviewapp.jobs.sweep",
            "schedule": settings.JOB_SWEEP_SECONDS,
            "options": {"queue": SWEEP_QUEUE, "expires": settings.JOB_SWEEP_SECONDS},
        },
        "drafts": {
            "task": "reviewapp.documents.remove_drafts",
            "schedule": HOUR,
            "options": {"queue": SWEEP_QUEUE, "expires": HOUR},
        },
        "unfinished": {
            "task": "reviewapp.states.remove_unfinished",
            "schedule": HOUR,
            "options": {"queue": SWEEP_QUEUE, "expires": HOUR},
        },
        "sessions": {
            "task": "reviewapp.people.forget_ended_sessions",
            "schedule": HOUR,
            "options": {"queue": SWEEP_QUEUE, "expires": HOUR},
        },
        "nights": {
            "task": "reviewapp.grids.nights",
            "schedule": settings.NIGHT_SECONDS,
            "options": {"queue": SWEEP_QUEUE, "expires": settings.NIGHT_SECONDS},
        },
        "webhooks": {
            "task": "reviewapp.webhooks.deliver",
            "schedule": settings.WEBHOOK_SECONDS,
            "options": {"queue": "deliver", "expires": settings.WEBHOOK_SECONDS},
        },
        "notices": {
            "task": "reviewapp.notices.tell",
            "schedule": settings.NOTICE_SECONDS,
            "options": {"queue": "deliver", "expires": settings.NOTICE_SECONDS},
        },
        **{
            f"briefs of {memory}": {
                "task": BRIEFS_TASK,
                "schedule": BRIEFS_SECONDS,
                "options": {"queue": queue_of("consolidate", memory), "expires": BRIEFS_SECONDS},
            }
            for memory in settings.MEMORIES
        },
    },
)
app.autodiscover_tasks()


def publish(kind: Kind, job_id: str, memory: str = "") -> bool:
    """Send one message, to the workers of the memory; False when the broker cannot be reached.

    For some seconds after a failure it is not tried again, so that a change with many jobs is not held up.
    """
    return _send(kind.task, kind.queue_for(memory), job_id)


def begin_briefs() -> None:
    """Have the workers make the briefs that documents lack; where the broker is away, the clock does that later."""
    for memory in settings.MEMORIES:
        _send(BRIEFS_TASK, queue_of("consolidate", memory))


def _send(task: str, queue: str, *args: str) -> bool:
    global _broker_away_until
    if time.monotonic() < _broker_away_until:
        return False
    try:
        app.send_task(task, args=args, queue=queue, retry=False)
    except OperationalError:
        _broker_away_until = time.monotonic() + BROKER_PAUSE_SECONDS
        logger.warning("broker not reachable, %s is sent later", task)
        return False
    return True


def is_empty(queue: str) -> bool:
    """Whether no message waits in the queue; False when the broker cannot be asked."""
    try:
        with app.connection_for_read() as connection:
            channel: Any = connection.default_channel
            return not channel.queue_declare(queue=queue, passive=True).message_count
    except ChannelError:
        return True
    except OperationalError:
        return False
