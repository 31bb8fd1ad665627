"""Reads one open file of any supported format."""

from dataclasses import replace
from typing import IO

from readers import detect
from readers.archive import Spool, read_zip
from readers.mail import read_mail
from readers.markup import MARKDOWN_TYPE, read_html, read_text
from readers.pdf.document import read_pdf
from readers.result import DAMAGED, Limits, Parsed, Refused, told, too_big_in_memory
from readers.word.document import read_docx


def read_file(file: IO[bytes], name: str, limits: Limits, spool_file: IO[bytes]) -> Parsed:
    """The outcome for `file`; the bytes of its members go to `spool_file`. Never raises for bad content."""
    try:
        parsed = _read(file, name, limits, Spool(spool_file, limits))
        return parsed if parsed.reason else replace(parsed, reason=told(parsed.notes))
    except Refused as refused:
        return Parsed(refused.disposition, refused.reason)
    except MemoryError:
        return too_big_in_memory(limits)
    except RecursionError:
        return Parsed(
            DAMAGED, "The file is nested too deeply to be read. Save or print it again and upload that."
        )
    except Exception as error:  # noqa: BLE001  libraries fail on hostile bytes in ways nobody lists
        reason = f"The file cannot be read ({type(error).__name__}). Save or print it again and upload that."
        return Parsed(DAMAGED, reason)


def _read(file: IO[bytes], name: str, limits: Limits, spool: Spool) -> Parsed:
    kind = detect.kind_of(file, name)
    if kind == detect.PDF:
        return read_pdf(file, limits, spool)
    if kind == detect.DOCX:
        return read_docx(file, limits, spool)
    if kind == detect.HTML:
        return read_html(file, limits)
    if kind == detect.MAIL:
        return read_mail(file, limits, spool)
    if kind == detect.ZIP:
        return read_zip(file, limits, spool)
    parsed = read_text(file, limits)
    return replace(parsed, media_type=MARKDOWN_TYPE) if kind == detect.MARKDOWN else parsed
