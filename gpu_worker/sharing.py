"""How jobs share this process's model: so many questions at once, people who wait first, documents abreast."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from threading import BoundedSemaphore, Lock
from typing import TypeVar

from django.conf import settings

from consolidation import Engine, hurried
from gpu_worker.engine import memory_name, on_card
from reviewapp.jobs.kinds import Priority
from reviewapp.jobs.work import Run, running, shutting_down
from reviewapp.questions.selectors import is_waited_for

#: Documents of one question that are asked at the same time, where their rows fill a batch.
ABREAST = 16
#: How often consolidation looks whether somebody waits for an answer, and how long it lets them go first at a time.
LOOK_SECONDS, LONGEST_SECONDS = 0.5, 30.0

#: Half of the threads are kept for questions that somebody waits for.
_grids = BoundedSemaphore(max(1, settings.QUESTIONS_AT_ONCE // 2))
Given = TypeVar("Given")
Made = TypeVar("Made")


def work_on(job_id: str, work: Callable[[Run], None]) -> None:
    """Do what the message invites to, and go on with what else waits for this worker.

    A message whose job has no room now is not sent again: who has room looks by itself.
    """
    while not shutting_down.is_set() and _next(job_id, work):
        pass


def _next(job_id: str, work: Callable[[Run], None]) -> bool:
    """Whether there was a job, and perhaps another one."""
    roomy = _grids.acquire(blocking=False)
    try:
        least = Priority.BULK if roomy else Priority.INTERACTIVE
        with running(job_id, least=least) as run:
            if run is None:
                return False
            if roomy and run.job.priority <= Priority.INTERACTIVE:
                _grids.release()
                roomy = False
            with hurried(run.job.priority):
                work(run)
    finally:
        if roomy:
            _grids.release()
    return True


class Room:
    """Work that `most` threads of this process do at once, so that its others are left for questions."""

    def __init__(self, most: int) -> None:
        self._most, self._busy, self._lock = most, 0, Lock()
        self._refused = dict[Callable[[Run], None], str]()

    def work_on(self, job_id: str, work: Callable[[Run], None]) -> None:
        """Do what the message invites to, and then what others invited to that found no room.

        Their messages are not sent again: one of a kind stands for all of them, until nothing waits.
        """
        with self._lock:
            if self._busy >= self._most:
                self._refused[work] = job_id
                return
            self._busy += 1
        is_left = False
        try:
            _claimed(job_id, work)
            while (given := self._next()) is not None:
                if _claimed(*given):
                    with self._lock:
                        self._refused.setdefault(given[1], given[0])
            is_left = True
        finally:
            # what fails leaves the room too; else that nothing waits and that there is room are one step
            if not is_left:
                with self._lock:
                    self._busy -= 1

    def _next(self) -> tuple[str, Callable[[Run], None]] | None:
        """A message that found no room, of each kind in turn; without one there is room again."""
        with self._lock:
            if self._refused and not shutting_down.is_set():
                work = next(iter(self._refused))
                return self._refused.pop(work), work
            self._busy -= 1
            return None


def _claimed(job_id: str, work: Callable[[Run], None]) -> bool:
    with running(job_id) as run:
        if run is not None:
            work(run)
    return run is not None


#: Documents that are read and compared at once, beside the questions of a process that does both.
room_for_documents = Room(settings.CONSOLIDATED_AT_ONCE)


def abreast(engine: Engine, work: Callable[[Given], Made], given: Sequence[Given]) -> Iterator[Made]:
    """What the work makes of each, in order; several at a time where that fills the model's batches."""
    if len(given) < 2 or not (on_card() or engine.memory.any_question):
        yield from map(work, given)
        return
    with ThreadPoolExecutor(min(ABREAST, len(given)), thread_name_prefix="abreast") as threads:
        yield from [
            one.result() for one in [threads.submit(copy_context().run, work, each) for each in given]
        ]


@contextmanager
def giving_way(run: Run) -> Iterator[Callable[[], None]]:
    """What consolidation calls between windows: it lets questions go first that somebody waits for."""
    looked = time.monotonic()

    def give_way() -> None:
        nonlocal looked
        began = time.monotonic()
        if began - looked < LOOK_SECONDS:
            return
        while not run.should_stop() and time.monotonic() - began < LONGEST_SECONDS:
            if not is_waited_for(memory_name()):
                break
            time.sleep(LOOK_SECONDS / 2)
        looked = time.monotonic()

    with hurried(run.job.priority):
        yield give_way
