"""The demo as it is started by people, and the ten lines that they try on it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.ops.ports import free_port

BEGIN, END = "<!-- ten lines that are run", "<!-- end of ten lines -->"


@dataclass(frozen=True)
class Installation:
    """An installation that `manage.py demo --watch --api` calls ready, with what that showed in the terminal."""

    address: str
    shown: str
    documents: int


@contextmanager
def demo_running(
    data: Path, words: Sequence[str] = (), patience_seconds: float = 400
) -> Iterator[Installation]:
    """The demo with its processes, of the contracts whose names hold one of the words, or of all."""
    only = [part for word in words for part in ("--only", word)]
    port, redis_port = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTBRIEF_")}
    environment.pop("DATABASE_URL", None)
    environment |= {
        "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
        "NIGHTBRIEF_DATA": str(data),
        "NIGHTBRIEF_PORT": str(port),
        "NIGHTBRIEF_REDIS_PORT": str(redis_port),
    }
    manage = [sys.executable, str(REPOSITORY / "manage.py")]
    subprocess.run([*manage, "prepare"], env=environment, check=True, capture_output=True)
    with (data / "log").open("wb") as log:
        supervisor = subprocess.Popen([*manage, "run"], env=environment, stdout=log, stderr=log)
    try:
        watch = subprocess.run(
            [*manage, "demo", "--watch", "--api", "--supervisor", str(supervisor.pid), *only],
            env=environment,
            capture_output=True,
            text=True,
            timeout=patience_seconds,
        )
        assert watch.returncode == 0, watch.stderr + (data / "log").read_text()[-3000:]
        yield Installation(f"http://127.0.0.1:{port}/", watch.stdout, len(words) or 12)
    finally:
        supervisor.send_signal(signal.SIGINT)
        assert supervisor.wait(60) == 0
        assert not left_behind(data)


def left_behind(data: Path) -> list[str]:
    """Command lines of processes that still work on the data folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"NIGHTBRIEF_DATA={data}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it ended meanwhile
            continue
    return found


def ten_lines(address: str, folder: Path, *, to_first_answer: bool = False) -> str:
    """What the examples of docs/integrators.md print, run as they are written; `./nightbrief` is what it starts.

    With `to_first_answer` those alone that lead to the answer of the first question.
    """
    text = (REPOSITORY / "docs" / "integrators.md").read_text()
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```", text[text.index(BEGIN) : text.index(END)], re.M | re.S)
    assert sum(len([line for line in block.splitlines() if line]) for _, block in blocks) == 10
    key = re.findall(r"NIGHTBRIEF_TOKEN=(\S+)", blocks[0][1])[0]
    named = {
        "NIGHTBRIEF_ADDRESS": address.rstrip("/"),
        "NIGHTBRIEF_TOKEN": key,
        "PYTHONPATH": str(REPOSITORY),
    }
    said = ""
    if to_first_answer:
        lines = blocks[0][1].splitlines(keepends=True)
        asked = next(number for number, line in enumerate(lines, 1) if "/questions" in line)
        blocks = [(blocks[0][0], "".join(lines[:asked]))]
    for language, block in blocks:
        shell = "set -euo pipefail\n" + block.replace("./nightbrief", f"{sys.executable} -m reviewapp.client")
        command = ["bash", "-c", shell] if language == "sh" else [sys.executable, "-c", block]
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **named}, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said += done.stdout
    return said
