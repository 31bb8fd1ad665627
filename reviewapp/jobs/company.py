"""What this process works on at once: a job that is tried apart has the process to itself."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewapp.jobs.models import Job


class Company:
    """The jobs that threads of one process work on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._working = 0
        self._apart = False

    @contextmanager
    def joined(self, claim: "Callable[[bool, bool], Job | None]") -> "Iterator[Job | None]":
        """The job that `claim(idle, closed)` gives, counted while the body works; None where it gives none.

        The process is `idle` without a job, and `closed` while one is tried apart: then none is to be given. Claims
        of one process come one after the other.
        """
        with self._lock:
            job = claim(not self._working, self._apart)
            if job is not None:
                self._working += 1
                self._apart = job.apart
        try:
            yield job
        finally:
            if job is not None:
                with self._lock:
                    self._working -= 1
                    self._apart = False
