"""Runs all processes of an installation on one machine, restarts what dies and stops them together."""

import ctypes
import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from django.conf import settings

from reviewapp.frame.address import address, connectable
from reviewapp.jobs.workers import CANNOT_BEGIN
from reviewapp.site import processes
from reviewapp.site.processes import Program

logger = logging.getLogger(__name__)

GRACE_SECONDS = 25.0
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 10.0
START_SECONDS = 90.0
PR_SET_PDEATHSIG = 1


class SupervisorError(Exception):
    """The processes cannot be started; the message is for people."""


@dataclass
class Child:
    """A program and its process; `pause` is the wait in seconds before its next restart."""

    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    restart_at: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.program.command,
            env=self.program.full_environment(),
            cwd=settings.BASE_DIR,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self.started = time.monotonic()

    def look(self) -> None:
        """Restart the process if it died, after a pause that grows while it keeps dying at once."""
        if self.process is None:
            if time.monotonic() >= self.restart_at:
                self.start()
        elif self.process.poll() is not None:
            began = self.process.returncode != CANNOT_BEGIN
            steady = began and time.monotonic() - self.started > STEADY_SECONDS
            self.pause = 1.0 if steady else min(2 * self.pause, LONGEST_PAUSE)
            logger.warning(
                "%s ended with status %s; again in %d s",
                self.program.name,
                self.process.returncode,
                self.pause,
            )
            self.kill_family()
            self.process, self.restart_at = None, time.monotonic() + self.pause

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_until(self, deadline: float) -> None:
        """Wait for the end of the process; kill it, and what it leaves behind, at the deadline."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("%s did not stop in time and is killed", self.program.name)
        self.kill_family()
        self.process.wait()

    def kill_family(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Runs the web server, the workers, the clock and, unless one is given by address, Redis."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._redis = None if settings.REDIS_URL_GIVEN else Child(processes.redis())
        readers = (processes.ingest(), *((processes.ocr(),) if settings.OCR_SECONDS else ()))
        models = (processes.consolidate(), processes.answer())
        watch = (processes.watch(),) if settings.WATCH else ()
        programs = (processes.web(), *readers, *models, processes.deliver(), processes.beat(), *watch)
        self._children = [Child(program) for program in programs]

    def run(self) -> None:
        """Run until SIGINT or SIGTERM. Raises SupervisorError when a port or the data folder is taken."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        with _alone():
            self._check_ports()
            try:
                self._start()
                while not self._stop.wait(0.5):
                    for child in self._all():
                        child.look()
            finally:
                self._end()

    def _start(self) -> None:
        if self._redis is not None:
            self._redis.start()
            self._wait_for_port("Redis", "127.0.0.1", settings.REDIS_PORT, self._redis)
        for child in self._children:
            child.start()
        self._wait_for_port("The web server", connectable(settings.BIND), settings.PORT, self._children[0])
        logger.info("Nightbrief answers at %s", address())

    def _end(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self._children:
            child.ask_to_stop()
        for child in self._children:
            child.wait_until(deadline)
        if self._redis is not None:
            self._redis.ask_to_stop()
            self._redis.wait_until(time.monotonic() + 5)
        logger.info("Nightbrief stopped")

    def _all(self) -> list[Child]:
        return self._children if self._redis is None else [self._redis, *self._children]

    def _check_ports(self) -> None:
        if self._redis is not None and _port_open("127.0.0.1", settings.REDIS_PORT):
            raise SupervisorError(
                f"Port {settings.REDIS_PORT} is in use; set NIGHTBRIEF_REDIS_PORT to another."
            )
        if _port_open(connectable(settings.BIND), settings.PORT):
            raise SupervisorError(f"Port {settings.PORT} is in use; set NIGHTBRIEF_PORT to another.")

    def _wait_for_port(self, what: str, host: str, port: int, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._stop.is_set() and not _port_open(host, port):
            if child.process is None or child.process.poll() is not None:
                raise SupervisorError(f"{what} ended at its start; see its messages above.")
            if time.monotonic() > deadline:
                raise SupervisorError(f"{what} did not answer within {START_SECONDS:.0f} seconds.")
            time.sleep(0.1)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()


@contextmanager
def _alone() -> Iterator[None]:
    path = processes.run_folder() / "supervisor.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SupervisorError("Nightbrief is running already on this data folder.") from None
        yield


def _port_open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def _die_with_parent() -> None:
    # NB: a supervisor that is killed leaves no process behind.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
