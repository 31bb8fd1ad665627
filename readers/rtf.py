"""RTF by striprtf."""

import re
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import IO

from striprtf.striprtf import rtf_to_text

from readers.result import (
    ACCEPTED,
    CHANGES,
    DAMAGED,
    HIDDEN,
    READING,
    UNREAD,
    WHOLE,
    Limits,
    Note,
    Parsed,
    Refused,
)
from readers.text import check_pages, clean, paginate

_rtf_to_text: Callable[..., str] = rtf_to_text
MEDIA_TYPE = "application/rtf"
_AROUND = re.compile(rb"\{\s*\\(?:header|footer)[lrf]?(?![a-z])")
_NOTES = re.compile(rb"\{\s*\\footnote(?![a-z])")
_BOXES = re.compile(rb"\{\s*\\shptxt(?![a-z])")
# NB: the library writes a bar after each cell; cells are apart by tabs in all texts.
_CELL = re.compile(rb"\\(?:nest)?cell(?![a-z])")
# NB: the numbers of lists as older programs write them; the library leaves them out.
_NUMBER = re.compile(rb"\{\s*\\pntext(?![a-z])")
_BRACE = re.compile(rb"\\[{}\\]|[{}]")
_BYTES = re.compile(rb"\\bin\d")
_HEAD = 200
TEXT_VERSION = f"rtf-3 striprtf-{version('striprtf')}"


def rtf_text(data: bytes) -> str:
    """The text of RTF. Raises Refused when it is none."""
    try:
        data = _CELL.sub(rb"\\tab", _NUMBER.sub(rb"{\\listtext", data))
        lines = clean(_rtf_to_text(data.decode("latin-1"), errors="replace")).split("\n")
        return "\n".join(line.rstrip("\t") for line in lines)
    except (ValueError, LookupError, IndexError, TypeError, UnicodeError):
        raise Refused(DAMAGED, "The RTF file is broken. Save it as .docx or PDF and upload that.") from None


def _beside(data: bytes) -> Iterator[tuple[str, str]]:
    """What stands at the edges of pages, in boxes and in notes, which the library leaves out, under a title each."""
    for title, kind in (("Headers and footers", _AROUND), ("Text boxes", _BOXES), ("Notes", _NOTES)):
        texts = (rtf_text(_head(data) + group + b"}").strip() for group in _groups(data, kind))
        found = list(dict.fromkeys(filter(None, texts)))
        if found:
            yield title, "\n\n".join(found)


def _head(data: bytes) -> bytes:
    """The beginning of the file, which names the encoding of its letters."""
    return data[: data.find(b"{", 1) if b"{" in data[1:_HEAD] else _HEAD]


def _groups(data: bytes, kind: re.Pattern[bytes]) -> Iterator[bytes]:
    """The groups of a destination, without its name, as plain groups."""
    for start in kind.finditer(data):
        depth = 1
        for brace in _BRACE.finditer(data, start.end()):
            depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
            if depth == 0:
                yield b"{" + data[start.end() : brace.end()]
                break


def _is_cut_off(data: bytes) -> bool:
    """Whether the group that holds all others has no end."""
    depth = 0
    # NB: in bytes that stand as they are, braces are none.
    for brace in () if _BYTES.search(data) else _BRACE.finditer(data):
        depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if depth == 0:
            return False
    return depth > 0


def read_rtf(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    data = file.read()
    around = [f"{title}\n\n{text}" for title, text in _beside(data)]
    pages = paginate("\n\n".join([rtf_text(data).strip("\n"), *around]).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty="The file holds no text. Upload the file that does.")
    notes = []
    if _is_cut_off(data):
        notes.append(Note(UNREAD, f"The end of the RTF file is missing. {WHOLE}"))
    if b"\\pict" in data or b"\\objdata" in data:
        notes.append(Note(READING, "Pictures and objects in the RTF file are not read. Save it as .docx."))
    if re.search(rb"\\v(?![a-z0-9])", data):
        notes.append(Note(HIDDEN, "The RTF file has hidden text, which is not shown. It is in the text."))
    if b"\\deleted" in data or b"\\revised" in data:
        text = "The RTF file has tracked changes that nobody has accepted yet. All of it is in the text."
        notes.append(Note(CHANGES, text))
    if b"\\annotation" in data:
        notes.append(Note(UNREAD, "The RTF file has comments, which are not read. Save it as .docx."))
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, pages, notes=tuple(notes))
