"""`manage.py run`: everything starts, what dies comes back, everything stops."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import psutil
import pytest
from django.conf import settings

from tests.jobs.conftest import free_port, port_open, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

PROGRAMS = {
    "redis-server": 1,
    "uvicorn": 1,
    "ingest@": 1,
    "ocr@": 1,
    "consolidate@": 1,
    "answer@": 1,
    "deliver@": 1,
    " beat ": 1,
}


class Machine:
    """A data folder of its own, on which `manage.py` commands run."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NIGHTBRIEF_")},
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
            "DATABASE_URL": "",
            "NIGHTBRIEF_DATA": str(data),
            "NIGHTBRIEF_PORT": str(self.port),
            "NIGHTBRIEF_REDIS_PORT": str(free_port()),
        }
        self.log = data / "log"

    def manage(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            env=self.environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def run(self) -> psutil.Popen:
        """Start the supervisor and wait until the pages answer."""
        with self.log.open("ab") as log:
            process = psutil.Popen(
                [sys.executable, "manage.py", "run"],
                env=self.environment,
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: self.answers() or process.poll() is not None, what="the pages answer")
        assert process.poll() is None, self.log.read_text()
        return process

    def answers(self) -> bool:
        """Whether the web server answers at the address that it is given."""
        host = self.environment.get("NIGHTBRIEF_BIND", "127.0.0.1")
        asked = urllib.request.Request(f"http://{host}:{self.port}/health", headers={"Host": "localhost"})
        try:
            urllib.request.urlopen(asked, timeout=2)
        except (URLError, ConnectionError, TimeoutError):
            return False
        return True


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database and the static files."""
    folder = tmp_path_factory.mktemp("prepared")
    for command in (["migrate", "-v", "0"], ["collectstatic", "--noinput", "-v", "0"]):
        done = Machine(folder).manage(*command)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def machine(prepared: Path, tmp_path: Path) -> Iterator[Machine]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    yield Machine(tmp_path)
    for process in psutil.process_iter():
        try:
            if process.environ().get("NIGHTBRIEF_DATA") == str(tmp_path):
                process.kill()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def programs(supervisor: psutil.Popen) -> dict[str, psutil.Process]:
    """The supervisor's own children by the word that tells them apart."""
    found = {}
    for child in supervisor.children():
        try:
            line = " ".join(child.cmdline())
        except psutil.NoSuchProcess:
            continue
        for word in PROGRAMS:
            if word in line:
                found[word] = child
    return found


@pytest.mark.slow
def test_all_programs_start_come_back_and_stop(machine: Machine) -> None:
    machine.environment["NIGHTBRIEF_BIND"] = "127.0.0.2"  # one address of several that this machine has
    supervisor = machine.run()
    wait_until(lambda: len(programs(supervisor)) == len(PROGRAMS), what="all programs run")
    started = programs(supervisor)
    everything = supervisor.children(recursive=True)

    killed = ("ingest@", "redis-server", "uvicorn")
    for word in killed:
        started[word].kill()

    def are_back() -> bool:
        now = programs(supervisor)
        return all(word in now and now[word].pid != started[word].pid for word in killed)

    wait_until(are_back, what="what was killed comes back")
    wait_until(machine.answers, what="the pages answer again")
    assert programs(supervisor)["answer@"].pid == started["answer@"].pid

    second = machine.manage("run")
    assert second.returncode != 0 and "running already" in second.stderr

    everything += supervisor.children(recursive=True)
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(60) == 0, machine.log.read_text()
    assert not [process for process in everything if process.is_running()]
    assert not machine.answers()


@pytest.mark.slow
def test_nothing_outlives_a_supervisor_that_is_killed(machine: Machine) -> None:
    supervisor = machine.run()
    wait_until(lambda: len(programs(supervisor)) == len(PROGRAMS), what="all programs run")
    everything = supervisor.children(recursive=True)
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: not [p for p in everything if p.is_running()], what="all programs end")


def test_it_refuses_a_database_that_is_not_up_to_date(tmp_path: Path) -> None:
    done = Machine(tmp_path).manage("run")
    assert done.returncode != 0 and "manage.py migrate" in done.stderr


def test_it_refuses_a_port_in_use(machine: Machine) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", str(machine.port), "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as taken:
        wait_until(lambda: port_open(machine.port), what="the port is taken")
        done = machine.manage("run")
        taken.kill()
    assert done.returncode != 0 and f"Port {machine.port} is in use" in done.stderr
