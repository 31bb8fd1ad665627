"""What a worker does with a claimed job: heartbeat, progress, stopping, completing once."""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone

from reviewapp.jobs import lifecycle
from reviewapp.jobs.company import Company
from reviewapp.jobs.errors import ClaimLost, FinalWorkError, Stopped, WorkError
from reviewapp.jobs.kinds import Priority
from reviewapp.jobs.models import Job, Status

logger = logging.getLogger(__name__)

shutting_down = threading.Event()
_company = Company()


class Run:
    """One attempt at one job. `job` is the row as it was claimed."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._stop = threading.Event()
        self._over = threading.Event()
        self._progress: tuple[int, int] | None = None
        self._result: dict[str, Any] | None = None
        self._completing = False
        self._heart = threading.Thread(target=self._beat, name=f"heart-{job.pk}", daemon=True)

    def progress(self, done: int, total: int) -> None:
        """Note how far the work is; the heartbeat writes it. Cheap enough to call for every unit."""
        self._progress = (done, total)

    def should_stop(self) -> bool:
        """True once the job is cancelled, no longer this attempt's, or the worker shuts down."""
        return self._stop.is_set() or shutting_down.is_set()

    def is_withdrawn(self) -> bool:
        """True once the job is cancelled or taken away; a worker that shuts down ends its step first."""
        return self._stop.is_set()

    def stop_if_asked(self) -> None:
        """Raises Stopped when `should_stop`."""
        if self.should_stop():
            raise Stopped

    @contextmanager
    def writing(self, holding: Callable[[], None] | None = None) -> Iterator[Job]:
        """One transaction for a part of the results. Raises ClaimLost before anything is written.

        `holding` holds what is changed (`frame.holding`), before the job's row is locked.
        """
        with transaction.atomic():
            if holding is not None:
                holding()
            job = self._mine().select_for_update().filter(cancel_requested=False).first()
            if job is None:
                raise ClaimLost
            yield job

    @contextmanager
    def completing(
        self, result: dict[str, Any] | None = None, *, holding: Callable[[], None] | None = None
    ) -> Iterator[Job]:
        """One transaction for the results and the job's success. Raises ClaimLost before anything is written.

        Leaving it normally makes the job succeeded with `result`; an exception undoes both.
        `holding` as in `writing`.
        """
        with self.writing(holding) as job:
            self._result, self._completing = result, True
            try:
                yield job
            finally:
                self._completing = False
            job.status = Status.SUCCEEDED
            job.result = self._result or job.result
            job.reason = ""
            job.finished_at = timezone.now()
            if self._progress:
                job.progress_done, job.progress_total = self._progress
            job.save()
            lifecycle.tell_follower(job)

    def finish(self, result: dict[str, Any] | None = None) -> None:
        """Set the result inside `completing`, or complete a job that writes nothing else.

        Raises ClaimLost.
        """
        if self._completing:
            self._result = result
            return
        with self.completing(result):
            pass

    def _mine(self) -> Any:
        # NB: an attempt that is not counted has the number of the next one; no two begin at the same moment.
        return Job.objects.filter(
            pk=self.job.pk,
            status=Status.RUNNING,
            attempts=self.job.attempts,
            started_at=self.job.started_at,
        )

    def _start(self) -> None:
        self._heart.start()

    def _end(self) -> None:
        self._over.set()
        self._heart.join()

    def _beat(self) -> None:
        pause = min(1.0, settings.JOB_HEARTBEAT_SECONDS)
        since_beat = in_vain = 0.0
        written: tuple[int, int] | None = None
        while not self._over.wait(pause):
            since_beat += pause
            progress = self._progress
            due = since_beat >= settings.JOB_HEARTBEAT_SECONDS or progress != written
            try:
                self._look(progress, write=due)
            except Error as error:
                # NB: a database that stays away makes the claim stale, and then the sweep decides.
                logger.warning("job %s: heartbeat not written (%s)", self.job.pk, type(error).__name__)
                connection.close()
                continue
            except Exception as error:  # noqa: BLE001  told by its code; the heart goes on
                # NB: without a heart the work would go on unseen, and could not be cancelled. Where no beat comes
                # through for so long that the sweep gives the job to another, this attempt is in vain and stops.
                if not in_vain:
                    logger.error("job %s: heartbeat-defect: %s", self.job.pk, defect_of(error))
                in_vain += pause
                if in_vain >= settings.JOB_STALE_SECONDS:
                    self._stop.set()
                continue
            in_vain = 0.0
            if due:
                since_beat, written = 0.0, progress
        connection.close()

    def _look(self, progress: tuple[int, int] | None, *, write: bool) -> None:
        if write:
            values: dict[str, Any] = {"heartbeat_at": timezone.now()}
            if progress:
                values |= {"progress_done": progress[0], "progress_total": progress[1]}
            self._mine().update(**values)
        if not self._mine().filter(cancel_requested=False).exists():
            self._stop.set()


@contextmanager
def running(job_id: str, *, alone: bool = False, least: int = Priority.BULK) -> Iterator[Run | None]:
    """Claim a job and keep it alive while the body works; None when there is nothing to claim.

    The message of `job_id` is spent on the best job that its task can do now, see `lifecycle.claim_next`;
    with `alone` it is this job or none, and none is less urgent than `least`.
    The body ends the job by `completing` or `finish`. WorkError puts the job back (up to its attempts) with
    its message as reason, FinalWorkError fails it at once, Stopped follows the wish to stop. Any other
    exception is a defect: it is logged and shown by its type and place alone, because its message could
    quote a document, and it counts as an attempt.
    """
    worker = f"{socket.gethostname()}:{os.getpid()}"

    def claimed(idle: bool, closed: bool) -> Job | None:
        if closed:
            lifecycle.hand_back(job_id)
            return None
        if alone:
            return lifecycle.claim(job_id, worker, idle=idle)
        return lifecycle.claim_next(job_id, worker, least, idle=idle)

    with _company.joined(claimed) as job:
        if job is None:
            logger.info("job %s: nothing to claim", job_id)
            yield None
        else:
            with _alive(Run(job)) as run:
                yield run


@contextmanager
def _alive(run: Run) -> Iterator[Run]:
    """Keep the claimed job alive while the body works, and settle it by how that ended."""
    job = run.job
    run._start()
    logger.info("job %s: %s, attempt %d of %d", job.pk, job.kind, job.attempts, job.max_attempts)
    reason, final = "The work ended without a result.", False
    stopped = False
    try:
        yield run
    except Stopped:
        stopped = True
        reason = "Interrupted; it goes on by itself." if shutting_down.is_set() else "Stopped."
    except WorkError as error:
        reason, final = str(error), isinstance(error, FinalWorkError)
    except Exception as error:  # noqa: BLE001  recorded on the job, see above
        reason = defect_of(error)
    finally:
        run._end()
        _settle(run, reason, final=final, counted=not (stopped and shutting_down.is_set()))


def _settle(run: Run, reason: str, *, final: bool, counted: bool) -> None:
    with transaction.atomic():
        job = run._mine().select_for_update().first()
        if job is None:
            logger.info("job %s: over", run.job.pk)
            return
        logger.warning("job %s: %s", job.pk, reason)
        if final and not job.cancel_requested:
            lifecycle.end(job, Status.FAILED, reason)
        else:
            lifecycle.put_back(job, reason, counted=counted)


def defect_of(error: Exception) -> str:
    """The type of an error and the line of ours it came out of; its message could quote a document."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    place = f" in {Path(ours[-1].filename).name} line {ours[-1].lineno}" if ours else ""
    return f"Unexpected error {type(error).__name__}{place}."
