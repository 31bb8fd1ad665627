"""Client of the process that reads files (`readers.serve`).

One `Parser` owns one such process, starts it when it is first needed and again when it dies. It serves one
file at a time; use one `Parser` for each worker.
"""

import json
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, Protocol, Self

from readers.protocol import KILLED, LENGTH, OUT_OF_TIME, SLOWEST, Sight, Verdict
from readers.result import (
    DAMAGED,
    Limits,
    Member,
    Parsed,
    too_big_in_memory,
    too_long_in_time,
)

_ROOT = Path(__file__).resolve().parents[1]
# NB: a process that dies is noticed at once; one on a busy machine may take long to begin.
_START_SECONDS = 600.0
_GRACE_SECONDS = 15.0
_WRONG_GUESS_SECONDS = 0.5
_SIGKILL = 9
# NB: the libraries of numbers and of text recognition would each start a thread for every core.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}


class Readable(Protocol):
    """A file to be read: a path, or bytes of a vault. Equal ones hold the same bytes."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """The bytes. Raises OSError."""


class ParserError(Exception):
    """The reading process could not be started or died twice; says nothing about the file."""


@dataclass(frozen=True)
class Reading:
    """The outcome for one file, with what reading it used. Valid inside `Parser.read` only."""

    parsed: Parsed
    peak_kib: int
    cpu_seconds: float
    spool: IO[bytes]

    def member(self, member: Member) -> Iterator[bytes]:
        """The bytes of a member, in chunks."""
        self.spool.seek(member.offset)
        left = member.size
        while left > 0 and (chunk := self.spool.read(min(left, 2**20))):
            left -= len(chunk)
            yield chunk


class Key(NamedTuple):
    """What is asked of which file: to read it, or to draw one of its pages."""

    source: Readable
    name: str
    limits: Limits
    sight: Sight | None = None


@dataclass
class _Asked:
    """A request, with the open file and the spool it goes to; `sent` when its answer is to be expected."""

    key: Key
    file: IO[bytes]
    spool: IO[bytes]
    sent: bool = False

    @classmethod
    def open(cls, key: Key, spool_folder: Path) -> Self:
        """Raises OSError."""
        file = key.source.open("rb")
        try:
            return cls(key, file, tempfile.TemporaryFile(dir=spool_folder))
        except OSError:
            file.close()
            raise

    def close(self) -> None:
        self.file.close()
        self.spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class Parser:
    """Reads files in a process of their own. `spool_folder` takes unnamed temporary files."""

    def __init__(self, spool_folder: Path) -> None:
        self._spool_folder = spool_folder
        self._lock = threading.RLock()
        self._ahead: _Asked | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self.network_namespace = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the reading process unless it runs. Raises ParserError."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "readers", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=_ROOT,
                env={
                    "PATH": "/usr/bin:/bin",
                    "LANG": "C.UTF-8",
                    "PYTHONDONTWRITEBYTECODE": "1",
                    **_ONE_THREAD,
                },
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._channel = ours
        ready = self._line(_START_SECONDS)
        if ready is None:
            self.close()
            raise ParserError("The process that reads files did not start.")
        self.network_namespace = bool(ready["network_namespace"])

    def close(self) -> None:
        """End the reading process and whatever it is reading."""
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            # NB: the closed socket makes it kill the file's process and leave; `kill` is for one that hangs.
            try:
                self._process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._ahead is not None:
            self._ahead.close()
        self._channel = self._process = self._ahead = None

    @contextmanager
    def read(self, source: Readable, name: str, limits: Limits) -> Iterator[Reading]:
        """Read the bytes of `source`, called `name`. Raises ParserError and OSError (the file, the spool)."""
        with self._asked(Key(source, name, limits)) as reading:
            yield reading

    @contextmanager
    def draw(self, source: Readable, name: str, sight: Sight, limits: Limits) -> Iterator[Reading]:
        """Draw a page, as `readers.draw.draw_file` says. Raises ParserError and OSError (the file, the spool)."""
        with self._asked(Key(source, name, limits, sight)) as reading:
            yield reading

    @contextmanager
    def _asked(self, key: Key) -> Iterator[Reading]:
        with self._lock, self._take_ahead(key) or _Asked.open(key, self._spool_folder) as asked:
            verdict = self._verdict(asked) or self._verdict(asked)
            if verdict is None:
                raise ParserError("The process that reads files died twice.")
            outcome = _outcome(verdict, key.limits, asked.spool)
            yield Reading(outcome, verdict.peak_kib, verdict.cpu_seconds, asked.spool)

    def read_ahead(self, source: Readable, name: str, limits: Limits) -> None:
        """Start reading the file that is probably read next; nothing when that cannot be done now.

        Call it inside `read`. When another file is read next, this one's reading was in vain.
        """
        with self._lock:
            if self._ahead is not None:
                return
            try:
                asked = _Asked.open(Key(source, name, limits), self._spool_folder)
            except OSError:
                return
            self._send(asked)
            self._ahead = asked

    def _take_ahead(self, key: Key) -> "_Asked | None":
        ahead, self._ahead = self._ahead, None
        if ahead is None or ahead.key == key:
            return ahead
        # NB: the wrong guess ends soon, as most files do, or with the reading process.
        if ahead.sent and self._line(_WRONG_GUESS_SECONDS) is None:
            self.close()
        ahead.close()
        return None

    def _verdict(self, asked: "_Asked") -> Verdict | None:
        """None when the reading process died without a verdict."""
        if not asked.sent:
            self.start()
            self._send(asked)
        answer = self._line(_patience(asked.key)) if asked.sent else None
        if answer is None:
            asked.sent = False
            self.close()
            return None
        return Verdict(**answer)

    def _send(self, asked: "_Asked") -> None:
        key = asked.key
        sight = asdict(key.sight) if key.sight else None
        request = (
            json.dumps({"name": key.name, "limits": asdict(key.limits), "sight": sight}).encode() + b"\n"
        )
        try:
            if self._channel is not None:
                socket.send_fds(self._channel, [request], [asked.file.fileno(), asked.spool.fileno()])
                asked.sent = True
        except OSError:
            asked.sent = False

    def _line(self, seconds: float) -> dict[str, Any] | None:
        if self._channel is None:
            return None
        self._channel.settimeout(seconds)
        line = b""
        try:
            while not line.endswith(b"\n"):
                more = self._channel.recv(65_536)
                if not more:
                    return None
                line += more
        except OSError:
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer


def _patience(key: Key) -> float:
    # NB: the reading process gives a file up by itself; this is for when it hangs.
    work = 0 if key.sight else SLOWEST * (key.limits.cpu_seconds + key.limits.ocr_seconds)
    return 2 * key.limits.wall_seconds + work + _GRACE_SECONDS


def _outcome(verdict: Verdict, limits: Limits, spool: IO[bytes]) -> Parsed:
    if verdict.end == OUT_OF_TIME:
        return too_long_in_time(limits)
    if verdict.end == KILLED and verdict.signal in {0, _SIGKILL}:
        return too_big_in_memory(limits)
    if verdict.end == KILLED:
        return Parsed(
            DAMAGED,
            f"Reading the file stopped its process (signal {verdict.signal}). Print it to a new PDF and "
            "upload that.",
        )
    return _trailer(spool)


def _trailer(spool: IO[bytes]) -> Parsed:
    """The outcome a reading process left; what it wrote is checked, since the file may have taken it over."""
    try:
        end = spool.seek(-LENGTH.size, 2)
        (length,) = LENGTH.unpack(spool.read(LENGTH.size))
        spool.seek(end - length)
        parsed = Parsed.from_json(json.loads(spool.read(length)))
        if any(member.offset < 0 or member.offset + member.size > end - length for member in parsed.members):
            raise ValueError("member outside the spool")
    except (OSError, ValueError, KeyError, TypeError):
        return Parsed(
            DAMAGED, "Reading the file gave no usable result. Save or print it again and upload that."
        )
    return parsed
