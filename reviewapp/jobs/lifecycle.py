"""The life of a job: created, sent on commit, claimed, finished once, swept when its worker dies.

    waiting -> running -> succeeded | failed | cancelled
    running -> waiting     after an attempt that did not succeed, up to `max_attempts`

The row is the truth and a message only says "look": its worker claims the best row that it can do. There is
a message for each row, so that one too many finds nothing to claim; one too few is sent again by `sweeping`. An
attempt is identified by (job, attempts, started_at); each write of a worker is conditional on it, so that of two
workers that believe they own a job only the newer one writes.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.jobs import queue
from reviewapp.jobs.kinds import Kind, Priority, kinds, kinds_of_task
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.matters.models import Matter

logger = logging.getLogger(__name__)

REASON_CHARACTERS = 500
CANCELLED = "Cancelled."
PATIENCE = timedelta(hours=6)
_ROWS_AT_ONCE = 500


def create_jobs(
    kind: Kind,
    subjects: Iterable[models.Model],
    *,
    matter: Matter,
    actor: Actor,
    trigger: str = "user",
    priority: Priority | None = None,
    not_before: datetime | None = None,
    memory: str = "",
) -> list[Job]:
    """Write a job for each subject and send their messages when the caller's transaction commits.

    Work that needs a model is done for `memory`, the site's own by default.
    Raises django.db.IntegrityError when a job of this kind is under way for one of them, and TypeError for a
    subject of another model than the kind's.
    """
    subjects = list(subjects)
    if not all(isinstance(subject, kind.subject) for subject in subjects):
        raise TypeError(f"A job of kind {kind.name} is about a {kind.subject.__name__}.")
    jobs = [
        Job(
            kind=kind.name,
            matter=matter,
            subject=subject,
            size=kind.size(subject),
            acting_user=actor.account,
            client=actor.client_name,
            trigger=trigger,
            unit=kind.unit,
            max_attempts=kind.max_attempts,
            priority=kind.priority if priority is None else priority,
            not_before=not_before,
            memory=(memory or settings.MEMORY) if kind.needs_model else "",
        )
        for subject in subjects
    ]
    Job.objects.bulk_create(jobs, batch_size=_ROWS_AT_ONCE)
    if not_before is None:
        transaction.on_commit(lambda: send_all(jobs))
    return jobs


def create_job(
    kind: Kind,
    subject: models.Model,
    *,
    matter: Matter,
    actor: Actor,
    trigger: str = "user",
    priority: Priority | None = None,
    not_before: datetime | None = None,
) -> Job:
    """One job; see `create_jobs`."""
    jobs = create_jobs(
        kind, [subject], matter=matter, actor=actor, trigger=trigger, priority=priority, not_before=not_before
    )
    return jobs[0]


def send(job: Job) -> bool:
    """Send the job's message; False when the broker cannot be reached, then the sweep sends it later."""
    return send_all([job]) == 1


def send_all(jobs: Iterable[Job]) -> int:
    """Send the jobs' messages; returns how many could be sent, the sweep sends the others later."""
    sent = [job.pk for job in jobs if queue.publish(job.registered_kind, str(job.pk), job.memory)]
    for start in range(0, len(sent), _ROWS_AT_ONCE):
        part = sent[start : start + _ROWS_AT_ONCE]
        Job.objects.filter(pk__in=part).update(sent_at=timezone.now())
    return len(sent)


def tell_follower(job: Job) -> None:
    """Tell the one who follows jobs of this kind; in the transaction of the change."""
    follower = job.registered_kind.on_change
    if follower is not None:
        follower(job)


def cancel(job: Job, *, actor: Actor) -> Job:
    """Cancel the job: at once when it waits, at its worker's next look when it runs; else nothing happens."""
    with transaction.atomic():
        job = Job.objects.select_for_update().select_related("matter").get(pk=job.pk)
        if job.status not in UNDER_WAY or job.cancel_requested:
            return job
        job.cancel_requested = True
        job.save(update_fields=["cancel_requested"])
        record(Happened.JOB_CANCELLED, job, actor=actor, matter=job.matter, kind=job.kind)
        if job.status == Status.WAITING:
            end(job, Status.CANCELLED, CANCELLED)
    return job


def cancel_all(jobs: QuerySet[Job], *, matter: Matter, actor: Actor) -> int:
    """Cancel those of the matter's given jobs that are under way, as `cancel` does, with one event for all.

    Returns how many records their work was about.
    """
    with transaction.atomic():
        wanted = jobs.filter(matter=matter, status__in=UNDER_WAY, cancel_requested=False)
        found = list(wanted.order_by("pk").select_for_update())
        waiting = [job for job in found if job.status == Status.WAITING]
        for start in range(0, len(found), _ROWS_AT_ONCE):
            part = Job.objects.filter(pk__in=[job.pk for job in found[start : start + _ROWS_AT_ONCE]])
            part.update(cancel_requested=True)
            part.filter(status=Status.WAITING).update(
                status=Status.CANCELLED, reason=CANCELLED, finished_at=timezone.now()
            )
        # NB: followers lock what the jobs are about, in one order too.
        for job in sorted(waiting, key=lambda one: one.subject_id):
            job.status, job.reason, job.cancel_requested = Status.CANCELLED, CANCELLED, True
            tell_follower(job)
        if found:
            record(Happened.JOBS_CANCELLED, matter, actor=actor, matter=matter, jobs=len(found))
    return len({job.subject_id for job in found})


def end(job: Job, status: Status, reason: str) -> None:
    """End a locked job that did not succeed and tell its follower; in the caller's transaction."""
    job.status = status
    job.reason = reason[:REASON_CHARACTERS]
    job.finished_at = timezone.now()
    job.save(update_fields=["status", "reason", "finished_at"])
    tell_follower(job)


def put_back(job: Job, reason: str, *, counted: bool = True, apart: bool = False) -> None:
    """Return a locked running job to waiting, or fail it after its last attempt; in the caller's transaction.

    An attempt that is not `counted` was stopped through no fault of the job, or perhaps so. The next is made `apart`
    where a process may have died of this one: nothing is beside it then.
    """
    if job.cancel_requested:
        end(job, Status.CANCELLED, CANCELLED)
        return
    if counted and job.attempts >= job.max_attempts:
        end(job, Status.FAILED, f"Tried {job.attempts} times without success. The last time: {reason}")
        return
    job.status = Status.WAITING
    job.reason = reason[:REASON_CHARACTERS]
    pause = job.registered_kind.pause_after(job.attempts) if counted else 0.0
    job.not_before = timezone.now() + timedelta(seconds=pause) if pause else None
    job.attempts -= 0 if counted else 1
    job.sent_at, job.apart = None, apart
    job.save(update_fields=["status", "reason", "attempts", "sent_at", "not_before", "apart"])
    tell_follower(job)


def claim_next(job_id: str, worker: str, least: int = Priority.BULK, *, idle: bool = True) -> Job | None:
    """Make the best job that the message's worker can do now its next attempt; None when there is none.

    One that is tried apart needs a process that is `idle`, and lets nothing go before it that is less good: who is
    done last takes it. Work less urgent than `least`, or for another memory than this process's own, is left to who
    can do it.
    The message is an invitation to look: of the jobs that its task does, those of the most urgent priority come
    first, then those of the matter served longest ago, then the smallest; one that has waited for `PATIENCE` goes
    before smaller ones of its matter.
    """
    message = Job.objects.filter(pk=job_id).first()
    if message is None:
        return None
    able = kinds_of_task(message.registered_kind.task)
    # NB: who loses the race for a job looks again; each time around somebody has got one.
    while (best := _best(able, least)) is not None:
        if best.apart and not idle:
            hand_back(job_id)
            return None
        job = claim(str(best.pk), worker, idle=idle)
        if job is None:
            continue
        if best.sent_at is None and best.pk != message.pk:
            # NB: the message was spent on a job that had none of its own, so the other one needs a new one.
            hand_back(job_id)
        return job
    if message.memory not in _own():
        # NB: it came to the wrong worker (the site's memory has changed); the sweep sends another one
        hand_back(job_id)
    return None


def hand_back(job_id: str) -> None:
    """The job's message was spent on nothing: the sweep sends another one."""
    Job.objects.filter(pk=job_id, status=Status.WAITING).update(sent_at=None)


def _own() -> tuple[str, str]:
    """The memories of jobs that this process can do."""
    return ("", settings.MEMORY)


def ready(now: datetime) -> QuerySet[Job]:
    """The jobs that wait and may begin."""
    due = Q(not_before=None) | Q(not_before__lte=now)
    return known().filter(due, status=Status.WAITING)


def known() -> QuerySet[Job]:
    """The jobs of kinds that a room registers."""
    # NB: a job of a kind that no room registers any more is left alone, for a version that does.
    return Job.objects.filter(kind__in=[kind.name for kind in kinds()])


def _best(able: list[str], least: int = Priority.BULK) -> Job | None:
    now = timezone.now()
    able_now = ready(now).filter(kind__in=able, memory__in=_own())
    # NB: each of these is one look into an index, for some worker asks after every job, among thousands.
    waiting = able_now.filter(matter=OuterRef("pk"), priority__lte=least)
    begun = Job.objects.filter(matter=OuterRef("pk"), kind__in=able, started_at__isnull=False)
    matters = Matter.objects.filter(
        pk__in=Job.objects.filter(kind__in=able, status=Status.WAITING).values("matter")
    ).annotate(
        first=Subquery(waiting.order_by("priority", "size").values("priority")[:1]),
        oldest=Subquery(waiting.order_by("created_at").values("created_at")[:1]),
        served=Subquery(begun.order_by("-started_at").values("started_at")[:1]),
    )
    turn = matters.exclude(first=None).order_by("first", F("served").asc(nulls_first=True), "oldest").first()
    if turn is None:
        return None
    candidates = able_now.filter(matter=turn, priority=turn.first).order_by("size", "created_at")
    if turn.oldest < now - PATIENCE:
        # NB: only then, for this order no index holds: thousands are sorted for each claim.
        patience = Case(When(created_at__lt=now - PATIENCE, then=Value(0)), default=Value(1))
        candidates = candidates.order_by(patience, "size", "created_at")
    return candidates.first() or _best(able, least)


def before(job: Job) -> QuerySet[Job]:
    """The jobs of the same matter, kind and memory that are claimed before a waiting one, as things stand."""
    now = timezone.now()
    patient = Q(created_at__lt=now - PATIENCE)
    smaller = Q(size__lt=job.size) | Q(size=job.size, created_at__lt=job.created_at)
    sooner = patient & smaller if job.created_at < now - PATIENCE else patient | smaller
    same = ready(now).filter(matter=job.matter_id, kind=job.kind, memory=job.memory).exclude(pk=job.pk)
    return same.filter(Q(priority__lt=job.priority) | Q(sooner, priority=job.priority))


def claim(job_id: str, worker: str, *, idle: bool = True) -> Job | None:
    """Make this waiting job this worker's next attempt; None when it does not wait (or does not exist).

    Neither is one that is tried apart claimed by a process that is not `idle`.
    """
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, status=Status.WAITING)
    with transaction.atomic():
        claimed = (waiting if idle else waiting.filter(apart=False)).update(
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
