"""What the reading process may not do, tried in real processes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from readers.client import Parser
from readers.result import Limits, Parsed
from tests.readers import samples


@pytest.fixture
def parser(tmp_path: Path) -> Iterator[Parser]:
    with Parser(tmp_path) as parser:
        yield parser


def read(parser: Parser, folder: Path, data: bytes, name: str, limits: Limits | None = None) -> Parsed:
    path = folder / "file"
    path.write_bytes(data)
    with parser.read(path, name, limits or Limits()) as reading:
        return reading.parsed


def test_a_file_that_needs_too_much_memory(parser: Parser, tmp_path: Path) -> None:
    data = b"<p>" + b"<b>word</b>\n" * 2_000_000
    parsed = read(parser, tmp_path, data, "a.html", Limits(memory_mib=300))
    assert parsed.disposition == "too_large"
    assert "300 MiB of memory" in parsed.reason
    assert read(parser, tmp_path, b"still alive", "a.txt").disposition == "accepted"


@pytest.mark.parametrize("stalls", [False, True])
def test_a_file_that_takes_too_long_by_work_or_does_none(
    parser: Parser, tmp_path: Path, stalls: bool
) -> None:
    parser.start()
    server = reading_processes()[0]

    def stall() -> None:
        while not (children := server.children()):
            time.sleep(0.01)
        children[0].suspend()

    if stalls:
        threading.Thread(target=stall).start()
    limits = Limits(wall_seconds=1) if stalls else Limits(cpu_seconds=1, wall_seconds=1)
    parsed = read(parser, tmp_path, samples.slow_pdf(), "a.pdf", limits)
    assert parsed.disposition == "too_large"
    assert "seconds" in parsed.reason
    assert read(parser, tmp_path, b"still alive", "a.txt").disposition == "accepted"


def test_the_process_of_a_file_has_that_file_open_and_nothing_of_the_service(
    parser: Parser, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    with kept.open("wb") as open_here:
        os.set_inheritable(open_here.fileno(), True)
        parser.start()
        server = reading_processes()[0]
        found: list[str] = []

        def look() -> None:
            deadline = time.monotonic() + 20
            # NB: for a moment after it is forked it has all that the server has.
            while (not found or any("socket" in each for each in found)) and time.monotonic() < deadline:
                found[:] = [each for child in server.children() for each in opened_by(child)]
                time.sleep(0.01)

        looking = threading.Thread(target=look)
        looking.start()
        read(parser, tmp_path, samples.slow_pdf(), "a.pdf", Limits(cpu_seconds=30, wall_seconds=30))
        looking.join()
    assert str(kept) not in found + opened_by(server)
    own = [each for each in found if each != os.devnull]
    assert len(own) == 3 and str(tmp_path / "file") in own, own
    assert [each.partition(":")[0] for each in own if not each.startswith("/")] == ["pipe"], own


def opened_by(process: psutil.Process) -> list[str]:
    """What each descriptor of a process is of; none when it has ended."""
    found = []
    with suppress(OSError):
        for each in Path(f"/proc/{process.pid}/fd").iterdir():
            with suppress(OSError):
                found.append(str(each.readlink()))
    return found


def reading_processes() -> list[psutil.Process]:
    """The readers among this process's children; other tests' children may end while they are listed."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # a zombie is of this kind too
            if "readers" in child.cmdline():
                found.append(child)
    return found


def test_the_reading_process_dies_and_is_started_again(parser: Parser, tmp_path: Path) -> None:
    assert read(parser, tmp_path, b"one", "a.txt").disposition == "accepted"
    for child in reading_processes():
        child.kill()
        child.wait()
    assert read(parser, tmp_path, b"two", "a.txt").pages == ("two",)


def test_closing_ends_what_is_being_read(parser: Parser, tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_bytes(samples.slow_pdf())
    quick = tmp_path / "quick"
    quick.write_bytes(b"quick")
    with parser.read(quick, "a.txt", Limits()):
        parser.read_ahead(slow, "a.pdf", Limits())
    children = [process for child in reading_processes() for process in [child, *child.children()]]
    assert children
    parser.close()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def test_reading_ahead_gives_each_file_its_own_text(parser: Parser, tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(4)]
    for path in paths:
        path.write_bytes(f"text of {path.name}".encode())
    texts = []
    # The guesses: right, wrong, none.
    for path, guess in zip(paths, [paths[1], paths[3], None, None], strict=True):
        with parser.read(path, "a.txt", Limits()) as reading:
            if guess is not None:
                parser.read_ahead(guess, "a.txt", Limits())
            texts.append(reading.parsed.pages)
    assert texts == [(f"text of {number}",) for number in range(4)]


ATTEMPTS = {
    "connect": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "resolve": "import socket; socket.getaddrinfo('localhost', 80)",
    "listen": "import socket; socket.socket().bind(('127.0.0.1', 0))",
    "run a program": "import subprocess; subprocess.run(['true'])",
    "run a shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "write a file": "open('made', 'w')",
    "remove a file": "import os; os.remove('kept')",
    "load a library": "import ctypes; ctypes.CDLL(None)",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_what_is_refused_while_a_file_is_read(attempt: str, tmp_path: Path, repository: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    program = (
        "import ctypes, os, socket, subprocess\n"
        "from readers import confine\n"
        "from readers.result import Limits\n"
        "confine.limit(Limits())\n"
        "try:\n"
        f"    {attempt}\n"
        "except confine.NotAllowedError:\n"
        "    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "refused\n", done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept"]


def test_the_network_namespace_has_no_way_out(tmp_path: Path, repository: Path) -> None:
    with Parser(tmp_path) as parser:
        parser.start()
        if not parser.network_namespace:
            pytest.skip(
                "this system lets no process make a network namespace; the audit hook is tested above"
            )
    program = (
        "import socket\n"
        "from readers import confine\n"
        "assert confine.leave_network()\n"
        "try:\n"
        "    socket.create_connection(('127.0.0.1', 9), timeout=5)\n"
        "except OSError as error:\n"
        "    print(error.errno)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
    )
    # ENETUNREACH: not even the loopback interface is up.
    assert done.stdout == "101\n", done.stderr


def test_the_reader_imports_neither_django_nor_the_models(repository: Path) -> None:
    program = (
        "import sys, readers.serve\n"
        "print([name for name in sys.modules if name.split('.')[0] in {'django', 'celery', 'torch'}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=repository, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_workers_do_not_load_what_reads_files(repository: Path) -> None:
    program = (
        "import sys, django; django.setup()\n"
        "import reviewapp.intake.tasks\n"
        "print([name for name in ('pypdf', 'docx', 'bs4', 'lxml') if name in sys.modules])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
