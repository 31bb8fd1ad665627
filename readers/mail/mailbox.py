"""Collections of messages in one file (mbox, RFC 4155): each message becomes a member."""

import re
from collections.abc import Iterator
from typing import IO

from readers.archive import Spool, safe_name
from readers.mail.parts import decoded, parsed
from readers.result import EXPANDED, TOO_LARGE, Limits, Member, Parsed, Refused

MEDIA_TYPE = "application/mbox"
TEXT_VERSION = "mbox-1"
# NB: the line before each message says who sent it and when; some programs leave out either, or the blank line.
_START = re.compile(
    rb"(?:\A(?:\xef\xbb\xbf)?\s*|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\d:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:)"
    rb"|(?<=\n)From [^\s]+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +\d+ \d+:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:)"
    rb"|(?:\A(?:\xef\xbb\xbf)?\s*|(?<=\n\n)|(?<=\n\r\n))From [^\s]* *\r?\n"
    rb"(?=(?:Return-Path|Received|Delivered-To|Date|From|To|Subject|Message-I[Dd]|MIME-Version|X-[!-9;-~]+):)"
)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_NAME_CHARACTERS = 80


def is_mailbox(head: bytes) -> bool:
    """Whether a file begins as a collection of messages does."""
    return bool(_START.match(head))


def read_mailbox(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with too_large."""
    if limits.container_depth < 1:
        raise Refused(
            TOO_LARGE, "The mailbox lies too deep inside other files. Take it out and upload it by itself."
        )
    data = file.read()
    starts = list(_START.finditer(data))
    if len(starts) > limits.member_count:
        raise Refused(
            TOO_LARGE,
            f"The mailbox holds {len(starts):,} messages; at most {limits.member_count:,} are taken. "
            "Export it in several smaller ones.",
        )
    members = tuple(_members(data, starts, spool))
    reason = f"Opened: {len(members)} message{'s' if len(members) != 1 else ''} inside."
    return Parsed(EXPANDED, reason, MEDIA_TYPE, TEXT_VERSION, members=members)


def _members(data: bytes, starts: list[re.Match[bytes]], spool: Spool) -> Iterator[Member]:
    ends = [start.start() for start in starts[1:]] + [len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        message = _QUOTED.sub(rb"\1", data[start.end() : end])
        subject = safe_name(decoded(parsed(message)["Subject"] or "").replace("/", " "))
        yield spool.add(f"{number:04d} {subject[:_NAME_CHARACTERS]}".strip() + ".eml", message)
