"""The sweep: jobs whose worker died go back, and messages that are missing are sent again."""

import logging
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reviewapp.jobs import queue
from reviewapp.jobs.kinds import queue_of
from reviewapp.jobs.lifecycle import known, put_back, ready, send_all
from reviewapp.jobs.models import Job, Status

logger = logging.getLogger(__name__)

SILENT = "The worker stopped without a word."
BESIDE = "The worker stopped without a word while other work was beside this. It is tried alone next."


def sweep() -> int:
    """Put back the running jobs whose worker went silent and send the waiting ones whose message is missing.

    Returns how many jobs were touched. Any number of processes may sweep at the same time.
    """
    workers = set(_silent_for(settings.JOB_STALE_SECONDS).values_list("worker", flat=True))
    return sum(map(_sweep_worker, sorted(workers))) + _send_missing()


def _silent_for(seconds: float) -> QuerySet[Job]:
    limit = timezone.now() - timedelta(seconds=seconds)
    return known().filter(status=Status.RUNNING, heartbeat_at__lt=limit)


def _sweep_worker(worker: str) -> int:
    """Put back what a silent worker was at.

    Of several jobs nobody knows which one it died of: none is counted, and each is tried apart. One alone is.
    """
    with transaction.atomic():
        if not _silent_for(settings.JOB_STALE_SECONDS).filter(worker=worker).exists():
            return 0
        # NB: heartbeats of one process are some seconds apart; by half the time the others have missed theirs too.
        silent = _silent_for(settings.JOB_STALE_SECONDS / 2).filter(worker=worker).order_by("pk")
        jobs = list(silent.select_for_update(skip_locked=True))
        together = len(jobs) > 1
        for job in sorted(jobs, key=lambda one: one.subject_id):  # as `cancel_all`
            logger.warning("job %s: no heartbeat from %s in attempt %d", job.pk, job.worker, job.attempts)
            put_back(job, BESIDE if together else SILENT, counted=not together, apart=True)
    return len(jobs)


def _send_missing() -> int:
    now = timezone.now()
    waiting = ready(now).order_by("priority", "created_at")
    unsent = Q(created_at__lt=now - timedelta(seconds=1)) | Q(attempts__gt=0)
    missing = list(waiting.filter(unsent, sent_at=None))
    # NB: with messages still in the queue nothing shows that a job's own one was lost; an empty queue does.
    overdue = waiting.filter(sent_at__lt=now - timedelta(seconds=settings.JOB_RESEND_SECONDS))
    late = defaultdict[str, list[Job]](list)
    for job in overdue:
        late[queue_of(job.registered_kind.queue, job.memory)].append(job)
    for name, jobs in sorted(late.items()):
        if queue.is_empty(name):
            missing.extend(jobs)
    return send_all(missing)
