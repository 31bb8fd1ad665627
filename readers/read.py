"""Reads one open file of any supported format."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import IO

from readers import detect
from readers.archive import Spool, read_zip
from readers.invitation import read_card, read_invitation
from readers.mail.mailbox import read_mailbox
from readers.mail.message import read_mail
from readers.mail.outlook import read_outlook
from readers.mail.signed import content_of, is_cut_off
from readers.mail.winmail import read_winmail
from readers.markup import MARKDOWN_TYPE, read_html, read_text, read_xml
from readers.open_text import read_open_text
from readers.package import unfolded
from readers.pdf.document import read_pdf
from readers.picture import read_picture
from readers.result import (
    DAMAGED,
    READING,
    UNREAD,
    WHOLE,
    Limits,
    Note,
    Parsed,
    Refused,
    told,
    too_big_in_memory,
)
from readers.rtf import read_rtf
from readers.sheets import read_sheets
from readers.slides import read_slides
from readers.structured import read_json
from readers.word.document import read_docx, read_word_xml


def read_file(file: IO[bytes], name: str, limits: Limits, spool_file: IO[bytes]) -> Parsed:
    """The outcome for `file`; the bytes of its members go to `spool_file`. Never raises for bad content."""
    try:
        parsed = _read(file, name, limits, Spool(spool_file, limits))
        return parsed if parsed.reason else replace(parsed, reason=told(parsed.notes))
    except Refused as refused:
        return Parsed(refused.disposition, refused.reason, wants_ocr=refused.wants_ocr)
    except MemoryError:
        return too_big_in_memory(limits)
    except RecursionError:
        return Parsed(
            DAMAGED, "The file is nested too deeply to be read. Save or print it again and upload that."
        )
    except Exception:  # noqa: BLE001  libraries fail on hostile bytes in ways nobody lists
        return Parsed(DAMAGED, "The file cannot be read. Save or print it again and upload that.")


def _read(file: IO[bytes], name: str, limits: Limits, spool: Spool) -> Parsed:
    kind = detect.kind_of(file, name)
    if kind == detect.FLAT:
        return _read(io.BytesIO(unfolded(file)), name, limits, spool)
    if kind == detect.SIGNED:
        content = content_of(file)
        try:
            inner = _read(io.BytesIO(content), name.removesuffix(".p7m"), limits, spool)
        except Refused as refused:
            raise Refused(DAMAGED, detect.INCOMPLETE) if is_cut_off(file) else refused from None
        notes = [*inner.notes, Note(READING, "The file is signed; who signed it is not checked.")]
        if is_cut_off(file):
            notes.append(Note(UNREAD, f"The end of the signed file is missing. {WHOLE}"))
        return replace(inner, notes=tuple(notes))
    if kind in _WITH_FILES:
        return _WITH_FILES[kind](file, limits, spool)
    return _ALONE[kind](file, limits)


_WITH_FILES: dict[str, Callable[[IO[bytes], Limits, Spool], Parsed]] = {
    detect.PDF: read_pdf,
    detect.DOCX: read_docx,
    detect.SHEETS: read_sheets,
    detect.SLIDES: read_slides,
    detect.MAIL: read_mail,
    detect.OUTLOOK: read_outlook,
    detect.WINMAIL: read_winmail,
    detect.MAILBOX: read_mailbox,
    detect.INVITATION: read_invitation,
    detect.CARD: read_card,
    detect.ZIP: read_zip,
}
_ALONE: dict[str, Callable[[IO[bytes], Limits], Parsed]] = {
    detect.WORD_XML: read_word_xml,
    detect.OPEN_TEXT: read_open_text,
    detect.RTF: read_rtf,
    detect.HTML: read_html,
    detect.XML: read_xml,
    detect.JSON: read_json,
    detect.PICTURE: read_picture,
    detect.TEXT: read_text,
    detect.MARKDOWN: partial(read_text, media_type=MARKDOWN_TYPE),
}
