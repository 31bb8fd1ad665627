"""What an XLS (MS-XLS) holds beside the values of its cells: comments, text boxes, uncounted formulas, files."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import olefile

from readers.archive import Spool
from readers.embedded import in_old_workbook
from readers.result import COMMENTS, Member, Note
from readers.shown_cells import Shown, of_old_sheets, old_book
from readers.workbook import commented, hidden_notes, uncounted_notes

_STREAMS = ("Workbook", "Book")
_FORMULAS, _STRING = (0x0006, 0x0206, 0x0406), 0x0207
#: Stand between a formula and the text that it results in.
_BETWEEN = frozenset({0x04BC, 0x0221, 0x0236})
_TEXT_BOX, _CONTINUED = 0x01B6, 0x003C
_NO_NUMBER = b"\xff\xff"
_IS_TEXT, _IS_EMPTY = 0, 3
_TO_BE_COUNTED = 0x3


@dataclass
class OldBeside:
    """Lines to be read, what people have to know, the files inside, and what cells show (None where not known)."""

    lines: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    shown: Shown | None = None


def beside_old(data: bytes, spool: Spool) -> OldBeside:
    """Looks through a workbook. Raises Refused past the limits."""
    found, book = OldBeside(), old_book(data)
    found.shown = None if book is None else of_old_sheets(book)
    comments, hidden = _said(book)
    found.lines = [commented(author, text) for author, text in comments]
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            stream = next((ole.openstream(name).read() for name in _STREAMS if ole.exists(name)), b"")
            found.members, found.notes = in_old_workbook(ole, spool)
    except (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError):
        stream = b""
    records = list(_records(stream))
    texts = {" ".join(text.split()) for _, text in comments}
    found.lines += [text for text in dict.fromkeys(_boxes(records)) if text and text not in texts]
    found.notes += [*uncounted_notes(_uncounted(records)), *hidden_notes(hidden)]
    if found.lines:
        text = "Comments and text boxes of the workbook stand at the end of the text."
        found.notes.append(Note(COMMENTS, text))
    return found


def _said(book: Any) -> tuple[list[tuple[str, str]], int]:
    """Comments with their authors, and how many rows and columns are not shown."""
    comments, hidden = [], 0
    for sheet in () if book is None else book.sheets():
        comments += [(str(note.author or ""), str(note.text or "")) for note in sheet.cell_note_map.values()]
        hidden += sum(bool(one.hidden) for row, one in sheet.rowinfo_map.items() if row < sheet.nrows)
        hidden += sum(bool(one.hidden) for column, one in sheet.colinfo_map.items() if column < sheet.ncols)
    return comments, hidden


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _uncounted(records: list[tuple[int, bytes]]) -> int:
    """How many formulas have no result in the file (MS-XLS, sections 2.4.127 and 2.5.133).

    Programs that count nothing write an empty one for all; where only some are empty, these show nothing.
    """
    lacking = empty = formulas = 0
    for at, (kind, data) in enumerate(records):
        if kind not in _FORMULAS or len(data) < 16:
            continue
        formulas += 1
        (flags,) = struct.unpack_from("<H", data, 14)
        if data[12:14] != _NO_NUMBER:
            continue
        if data[6] == _IS_TEXT:
            following = (other for other, _ in records[at + 1 : at + 4] if other not in _BETWEEN)
            lacking += next(following, None) != _STRING
        elif data[6] == _IS_EMPTY:
            lacking += bool(flags & _TO_BE_COUNTED)
            empty += not flags & _TO_BE_COUNTED
    return lacking + (empty if lacking + empty == formulas else 0)


def _boxes(records: list[tuple[int, bytes]]) -> Iterator[str]:
    """The texts of text boxes and comments (MS-XLS, section 2.4.329)."""
    for at, (kind, data) in enumerate(records):
        if kind != _TEXT_BOX or len(data) < 12:
            continue
        (left,) = struct.unpack_from("<H", data, 10)
        text = ""
        for following, more in records[at + 1 :]:
            if following != _CONTINUED or len(text) >= left or not more:
                break
            text += more[1:].decode("utf-16-le" if more[0] & 1 else "latin-1", "replace")
        yield " ".join(text[:left].split())
