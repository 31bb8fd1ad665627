"""What the reading process and its client say to each other.

One JSON line each way over a Unix socket, answered in order. A request is `{"name", "limits", "sight"}`, the last
null where the file is to be read and a `Sight` where one of its pages is to be drawn. It passes two descriptors:
the file, open for reading, and an empty spool, open for writing. The process that reads the file writes the bytes of
members to the spool, then the outcome as JSON, then the length of that JSON (`LENGTH`).
The reply is a `Verdict`. Before the first request the reading process says `{"network_namespace": bool}`.
"""

import struct
from dataclasses import dataclass

READ = "read"
OUT_OF_TIME = "out_of_time"
KILLED = "killed"

#: How many seconds by the clock a second of reading may take: a busy machine gives a fraction of a processor.
SLOWEST = 30

LENGTH = struct.Struct(">Q")

#: Kinds of file whose pages have a look of their own, as their media types begin.
DRAWN_TYPES = ("application/pdf", "image/")
#: Counts the ways in which pages were drawn; pictures of an earlier one are drawn anew.
DRAWING = 1


@dataclass(frozen=True)
class Sight:
    """Which page is to be drawn, from 1, how wide, in pixels, and as what: "WEBP", or "JPEG" for other programs."""

    page: int
    width: int
    form: str = "WEBP"


@dataclass(frozen=True)
class Verdict:
    """How reading ended: `end` is READ, OUT_OF_TIME or KILLED (then by `signal`, 0 for an exit).

    `peak_kib` is the largest resident set in KiB, `cpu_seconds` user and system time.
    """

    end: str
    signal: int
    peak_kib: int
    cpu_seconds: float
