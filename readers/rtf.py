"""RTF by striprtf."""

import re
from collections.abc import Callable
from importlib.metadata import version
from typing import IO

from striprtf.striprtf import rtf_to_text

from readers.result import ACCEPTED, CHANGES, DAMAGED, HIDDEN, READING, UNREAD, Limits, Note, Parsed, Refused
from readers.text import check_pages, clean, paginate

_rtf_to_text: Callable[..., str] = rtf_to_text
MEDIA_TYPE = "application/rtf"
TEXT_VERSION = f"rtf-1 striprtf-{version('striprtf')}"


def rtf_text(data: bytes) -> str:
    """The text of RTF. Raises Refused when it is none."""
    try:
        return clean(_rtf_to_text(data.decode("latin-1"), errors="replace"))
    except (ValueError, LookupError, IndexError, TypeError, UnicodeError):
        raise Refused(DAMAGED, "The RTF file is broken. Save it as .docx or PDF and upload that.") from None


def read_rtf(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    data = file.read()
    pages = paginate(rtf_text(data).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty="The file holds no text. Upload the file that does.")
    notes = []
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
