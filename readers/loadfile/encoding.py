"""Encodings of load files: UTF-8, UTF-16 and Windows-1252, told by mark or by what can be decoded."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Literal, TextIO

from readers.loadfile.rows import LoadFileError

Encoding = Literal["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]
MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHUNK = 1 << 20


def encoding_of(handle: BinaryIO) -> Encoding:
    """The encoding of a whole file, left at its beginning; a file that is no UTF-8 anywhere is Windows-1252."""
    handle.seek(0)
    beginning = handle.read(4)
    for mark, encoding in MARKS:
        if beginning.startswith(mark):
            return encoding
    if len(beginning) >= 2 and beginning[1] == 0:
        return "utf-16-le"
    if len(beginning) >= 2 and beginning[0] == 0:
        return "utf-16-be"
    handle.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := handle.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        handle.seek(0)
    return "utf-8"


@contextmanager
def decoded(handle: BinaryIO, encoding: Encoding | None = None) -> Iterator[TextIO]:
    """The file as text, its mark left out and line ends as they are; the handle stays open.

    Raises LoadFileError where a byte cannot be decoded.
    """
    chosen = encoding or encoding_of(handle)
    handle.seek(0)
    # five bytes of Windows-1252 mean nothing; they are kept as the control characters that they are elsewhere
    errors = "nightbrief-controls" if chosen == "cp1252" else "strict"
    text = io.TextIOWrapper(handle, encoding=chosen, errors=errors, newline="")
    if chosen.startswith("utf-16") and text.read(1) != "\ufeff":
        text.seek(0)
    try:
        yield text
    except UnicodeDecodeError as error:
        message = f"A byte at {error.start:,} is not of the encoding {chosen}. Choose another encoding."
        raise LoadFileError("undecodable", message) from None
    finally:
        text.detach()


def _as_control(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return chr(error.object[error.start]), error.start + 1
    raise error


codecs.register_error("nightbrief-controls", _as_control)
