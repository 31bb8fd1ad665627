"""The life of a job: created, sent on commit, claimed, finished once, swept when its worker dies.

    waiting -> running -> succeeded | failed | cancelled
    running -> waiting     after an attempt that did not succeed, up to `max_attempts`

The row is the truth and a message only says "look at this row": a message too many finds nothing to claim,
a message too few is sent again by `sweep`. An attempt is identified by (job, attempts); each write of a
worker is conditional on it, so that of two workers that believe they own a job only the newer one writes.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import ChannelError, OperationalError

from reviewapp.audit.record import record
from reviewapp.documents.models import Document
from reviewapp.intake.models import BatchItem
from reviewapp.jobs.models import UNDER_WAY, Job, Kind, Status
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question
from reviewapp.site.celery import app

logger = logging.getLogger(__name__)

ROUTES = {
    Kind.INGEST_ITEM: ("reviewapp.intake.ingest_item", "ingest"),
    Kind.CONSOLIDATE: ("gpu_worker.consolidate", "consolidate"),
    Kind.ANSWER: ("gpu_worker.answer", "answer"),
}
REASON_CHARACTERS = 500
BROKER_PAUSE_SECONDS = 2.0

Follower = Callable[[Job], None]
_followers: dict[str, Follower] = {}
_broker_away_until = 0.0


def follow(kind: Kind, follower: Follower) -> None:
    """Have `follower(job)` called in the transaction of each change of status of a job of this kind.

    It is called for every status but succeeded: results are written by the work itself, in `completing`.
    """
    _followers[kind] = follower


def tell_follower(job: Job) -> None:
    """Tell the one who follows jobs of this kind; in the transaction of the change."""
    follower = _followers.get(job.kind)
    if follower is not None:
        follower(job)


def create_job(
    *,
    kind: Kind,
    matter: Matter,
    acting_user: User | None,
    item: BatchItem | None = None,
    document: Document | None = None,
    question: Question | None = None,
    trigger: str = "user",
    unit: str = "",
) -> Job:
    """Write a job and send its message when the caller's transaction commits.

    Raises django.db.IntegrityError when a job of the same object is under way.
    """
    job = Job.objects.create(
        kind=kind,
        matter=matter,
        item=item,
        document=document,
        question=question,
        acting_user=acting_user,
        trigger=trigger,
        unit=unit,
    )
    transaction.on_commit(lambda: send(job))
    return job


def send(job: Job) -> bool:
    """Send the job's message; False when the broker cannot be reached, then the sweep sends it later.

    For some seconds after a failure it is not tried again, so that a change with many jobs is not held up.
    """
    global _broker_away_until
    if time.monotonic() < _broker_away_until:
        return False
    task, queue = ROUTES[Kind(job.kind)]
    try:
        app.send_task(task, args=[str(job.pk)], queue=queue, retry=False)
    except OperationalError:
        _broker_away_until = time.monotonic() + BROKER_PAUSE_SECONDS
        logger.warning("broker not reachable, job %s stays waiting", job.pk)
        return False
    Job.objects.filter(pk=job.pk).update(sent_at=timezone.now())
    return True


def cancel(job: Job, *, acting_user: User) -> Job:
    """Cancel the job: at once when it waits, at its worker's next look when it runs; else nothing happens."""
    with transaction.atomic():
        job = Job.objects.select_for_update().select_related("matter").get(pk=job.pk)
        if job.status not in UNDER_WAY or job.cancel_requested:
            return job
        job.cancel_requested = True
        job.save(update_fields=["cancel_requested"])
        record("job.cancelled", job, acting_user=acting_user, matter=job.matter, kind=job.kind)
        if job.status == Status.WAITING:
            end(job, Status.CANCELLED, "Cancelled.")
    return job


def end(job: Job, status: Status, reason: str) -> None:
    """End a locked job that did not succeed and tell its follower; in the caller's transaction."""
    job.status = status
    job.reason = reason[:REASON_CHARACTERS]
    job.finished_at = timezone.now()
    job.save(update_fields=["status", "reason", "finished_at"])
    tell_follower(job)


def put_back(job: Job, reason: str, *, counted: bool = True) -> None:
    """Return a locked running job to waiting, or fail it after its last attempt; in the caller's transaction.

    An attempt that is not `counted` was stopped through no fault of the job.
    """
    if job.cancel_requested:
        end(job, Status.CANCELLED, "Cancelled.")
        return
    if counted and job.attempts >= job.max_attempts:
        end(job, Status.FAILED, _gave_up(job, reason))
        return
    job.status = Status.WAITING
    job.reason = reason[:REASON_CHARACTERS]
    job.attempts -= 0 if counted else 1
    job.sent_at = None
    job.save(update_fields=["status", "reason", "attempts", "sent_at"])
    tell_follower(job)


def sweep() -> int:
    """Put back the running jobs whose worker went silent and send the waiting ones whose message is missing.

    Returns how many jobs were touched. Any number of processes may sweep at the same time.
    """
    return sum(_sweep_silent(pk) for pk in _silent().values_list("pk", flat=True)) + _send_missing()


def _silent() -> QuerySet[Job]:
    limit = timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS)
    return Job.objects.filter(status=Status.RUNNING, heartbeat_at__lt=limit)


def _sweep_silent(pk: UUID) -> bool:
    with transaction.atomic():
        job = _silent().select_for_update(skip_locked=True).filter(pk=pk).first()
        if job is None:
            return False
        logger.warning("job %s: no heartbeat from %s in attempt %d", job.pk, job.worker, job.attempts)
        put_back(job, "The worker stopped without a word.")
    return True


def _send_missing() -> int:
    now = timezone.now()
    unsent = Q(sent_at=None, created_at__lt=now - timedelta(seconds=1)) | Q(sent_at=None, attempts__gt=0)
    waiting = Job.objects.filter(status=Status.WAITING).order_by("created_at")
    missing = list(waiting.filter(unsent))
    # NB: with messages still in the queue nothing shows that a job's own one was lost; an empty queue does.
    overdue = waiting.filter(sent_at__lt=now - timedelta(seconds=settings.JOB_RESEND_SECONDS))
    for kind in overdue.order_by().values_list("kind", flat=True).distinct():
        if _queue_is_empty(ROUTES[Kind(kind)][1]):
            missing.extend(overdue.filter(kind=kind))
    return sum(send(job) for job in missing)


def _queue_is_empty(queue: str) -> bool:
    try:
        with app.connection_for_read() as connection:
            channel: Any = connection.default_channel
            return not channel.queue_declare(queue=queue, passive=True).message_count
    except ChannelError:
        return True
    except OperationalError:
        return False


def _gave_up(job: Job, reason: str) -> str:
    return f"Tried {job.attempts} times without success. The last time: {reason}"


def claim(job_id: str, worker: str) -> Job | None:
    """Make a waiting job this worker's next attempt; None when it is not waiting (or does not exist)."""
    now = timezone.now()
    with transaction.atomic():
        claimed = Job.objects.filter(pk=job_id, status=Status.WAITING).update(
            status=Status.RUNNING,
            attempts=F("attempts") + 1,
            worker=worker[:200],
            started_at=now,
            heartbeat_at=now,
            progress_done=0,
        )
        if not claimed:
            return None
        job = Job.objects.select_related("matter").get(pk=job_id)
        tell_follower(job)
    return job
