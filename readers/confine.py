"""What a process that reads a file is kept from doing.

Enforced by the kernel: address space, CPU time, size of files written, no core dumps, and, where the system
lets this process make one, a network namespace without any interface; and nothing is open in it but the file, where
its text goes, and the pipe that tells its end. Enforced by the interpreter's audit
hook, which Python code cannot take back: no sockets, no other programs or processes, no file opened for
writing. The hook does not hold code that has taken over the interpreter through a fault in a C library;
against that stand the limits, the network namespace and whatever the whole worker is confined by.
"""

import ctypes
import gc
import os
import resource
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress

from readers.result import MIB, Limits

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED_PREFIXES = (
    "socket.",
    "subprocess.",
    "ctypes.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "pty.",
)
_REFUSED = frozenset(
    {
        "os.system",
        "os.startfile",
        "os.kill",
        "os.killpg",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.mkdir",
        "os.link",
        "os.symlink",
        "os.truncate",
        "os.chmod",
        "os.chown",
        "signal.pthread_kill",
    }
)


# NB: what PDFium is called with; it only allots memory.
_ALLOWED = frozenset({"ctypes.create_string_buffer", "ctypes.create_unicode_buffer"})


class NotAllowedError(PermissionError):
    """Something a file was read for is not allowed while reading it."""


def leave_network() -> bool:
    """Move this process to a network namespace of its own; False where the system does not allow it."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def keep_open(descriptors: Iterable[int]) -> None:
    """Close whatever this process was forked with, but for these descriptors and the standard streams."""
    for number in {int(name) for name in os.listdir("/proc/self/fd")} - {0, 1, 2, *descriptors}:  # noqa: PTH208
        with suppress(OSError):  # the one that the folder was listed by
            os.close(number)


def limit(limits: Limits) -> None:
    """Set the kernel's limits on this process and refuse what reading a file has no use for."""
    memory = limits.memory_mib * MIB
    written = (limits.expanded_mib + 8 * limits.text_mib) * MIB
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    most = limits.cpu_seconds + limits.ocr_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, most + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # NB: the process lives for one file, so collecting cycles often only costs time.
    gc.set_threshold(50_000, 20, 20)
    sys.addaudithook(_refuse)


def allow_more_time(limits: Limits) -> None:
    """Add the time of text recognition to what this process may use, where `limit` has set limits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft == limits.cpu_seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds + limits.ocr_seconds, hard))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        if isinstance(flags, int) and flags & _WRITING:
            raise NotAllowedError("a file is not opened for writing while another is read")
    elif event in _REFUSED or (event.startswith(_REFUSED_PREFIXES) and event not in _ALLOWED):
        raise NotAllowedError(f"{event} is not allowed while a file is read")
