"""Serves requests to read files and to draw their pages: one warm process that forks a confined one for each file.

`protocol` says what goes over the inherited Unix socket.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import time
from dataclasses import asdict, dataclass
from typing import IO, Any, NoReturn, Self

import psutil

from readers import confine
from readers.draw import draw_file
from readers.protocol import KILLED, LENGTH, OUT_OF_TIME, READ, SLOWEST, Sight, Verdict
from readers.read import read_file
from readers.result import Limits, Parsed

_LINE_BYTES = 65_536
_BAD_END = 70
# NB: what the libraries import on first use; without this each forked process would import it again.
_LAZILY_IMPORTED = (
    "PIL.WebPImagePlugin",
    "bs4.builder._lxml",
    "cryptography.hazmat.primitives.ciphers",
    "encodings.charmap",
    "encodings.cp1252",
    "encodings.idna",
    "encodings.utf_16_be",
    "encodings.utf_16_le",
    "fontTools.cffLib",
    "pypdf._codecs._codecs",
    "pypdf._text_extraction",
    "pypdf.filters",
)


@dataclass(frozen=True)
class _Asked:
    name: str
    limits: Limits
    sight: Sight | None

    @classmethod
    def of(cls, request: dict[str, Any]) -> Self:
        sight = Sight(**request["sight"]) if request["sight"] else None
        return cls(request["name"], Limits(**request["limits"]), sight)

    def done(self, source: IO[bytes], target: IO[bytes]) -> Parsed:
        if self.sight is None:
            return read_file(source, self.name, self.limits, target)
        return draw_file(source, self.name, self.sight, self.limits, target)


def main(descriptor: int) -> None:
    """Serve until the other side closes the socket."""
    channel = socket.socket(fileno=descriptor)
    channel.setblocking(True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for module in _LAZILY_IMPORTED:
        importlib.import_module(module)
    alone = confine.leave_network()
    gc.collect()
    gc.freeze()
    channel.sendall(json.dumps({"network_namespace": alone}).encode() + b"\n")
    while (request := _receive(channel)) is not None:
        asked, file, spool = request
        verdict = _in_fork(channel, _Asked.of(asked), file, spool)
        os.close(file)
        os.close(spool)
        channel.sendall(json.dumps(asdict(verdict)).encode() + b"\n")


def _receive(channel: socket.socket) -> tuple[dict[str, Any], int, int] | None:
    line, descriptors, _, _ = socket.recv_fds(channel, _LINE_BYTES, 2)
    while line and not line.endswith(b"\n"):
        more = channel.recv(_LINE_BYTES)
        if not more:
            return None
        line += more
    if not line or len(descriptors) != 2:
        return None
    return json.loads(line), descriptors[0], descriptors[1]


def _in_fork(channel: socket.socket, asked: _Asked, file: int, spool: int) -> Verdict:
    # NB: the write end of `alive` is held by the forked process alone, so its end shows as a hang-up.
    alive, held = os.pipe()
    child = os.fork()
    if child == 0:
        # NB: whoever holds the channel could answer for this process; nothing closes it a second time.
        channel.detach()
        _child(asked, file, spool, held)
    os.close(held)
    in_time = _wait(channel, alive, child, asked)
    if not in_time:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    os.close(alive)
    return _verdict(status, in_time, used.ru_maxrss, used.ru_utime + used.ru_stime)


def _wait(channel: socket.socket, alive: int, child: int, asked: _Asked) -> bool:
    """True when the forked process ended by itself; False when it was given up or nobody waits any more.

    It is given up where it did no work for as long as `wall_seconds`, and where a picture takes longer than that.
    """
    limits = asked.limits
    poll = select.poll()
    poll.register(alive, 0)
    poll.register(channel, 0)
    deadline = time.monotonic() + limits.wall_seconds
    last, worked = deadline + SLOWEST * (limits.cpu_seconds + limits.ocr_seconds), 0.0
    while True:
        left = max(0.0, deadline - time.monotonic())
        ready = {descriptor for descriptor, _ in poll.poll(left * 1000)}
        if ready:
            return alive in ready
        now = _work_of(child)
        if asked.sight is not None or now == worked or time.monotonic() > last:
            return False
        deadline, worked = time.monotonic() + limits.wall_seconds, now


def _work_of(process: int) -> float:
    """The processor seconds that a process has used."""
    used = psutil.Process(process).cpu_times()
    return float(used.user + used.system)


def _verdict(status: int, in_time: bool, peak_kib: int, cpu_seconds: float) -> Verdict:
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        end = READ
    elif not in_time or number == signal.SIGXCPU:
        end = OUT_OF_TIME
    else:
        end = KILLED
    return Verdict(end, number, peak_kib, cpu_seconds)


def _child(asked: _Asked, file: int, spool: int, held: int) -> NoReturn:
    code = _BAD_END
    try:
        confine.keep_open((file, spool, held))
        confine.die_with_parent()
        with os.fdopen(file, "rb") as source, os.fdopen(spool, "wb") as target:
            confine.limit(asked.limits)
            parsed = asked.done(source, target)
            outcome = json.dumps(parsed.to_json()).encode()
            target.seek(0, os.SEEK_END)
            target.write(outcome)
            target.write(LENGTH.pack(len(outcome)))
            target.flush()
        code = 0
    except MemoryError:
        code = _BAD_END
    finally:
        os._exit(code)
