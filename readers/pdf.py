"""PDF by pypdf, page by page."""

import logging
import re
from importlib.metadata import version
from typing import IO, Any

import pypdf._text_extraction
from pypdf import PasswordType, PdfReader
from pypdf import __version__ as pypdf_version
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import ContentStream

from readers.result import (
    ACCEPTED,
    DAMAGED,
    ENCRYPTED,
    Limits,
    Parsed,
    Refused,
    too_many_pages,
)
from readers.text import check_pages, clean

MEDIA_TYPE = "application/pdf"
# NB: pypdf reads the characters of some embedded fonts with fontTools.
TEXT_VERSION = f"pdf-1 pypdf-{pypdf_version} fonttools-{version('fonttools')}"
LEAST_CHARACTERS = 10
LISTED_PAGES = 10

_NEEDS_OCR = (
    "The pages hold no text or next to none, probably because they are scanned pictures. Run text "
    "recognition (OCR) over the file and upload the result."
)
_ENCRYPTED = "The file is protected by a password. Save a copy without the password and upload that."

# NB: some converters write tens of thousands of these into each page, and cost pypdf most of its time. A run
# this long is no part of a string that is meant to be read. The look-behind stands second for speed.
_EMPTY_PAIRS = re.compile(rb"q(?<=\sq)\s+Q\s+(?:q\s+Q\s+){15,}")

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


def read_pdf(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with encrypted, damaged, no_text or too_large."""
    reader = _open(file)
    pages = _count(reader, limits)
    texts = tuple(_page_text(reader, index, pages) for index in range(pages))
    check_pages(texts, limits, least=LEAST_CHARACTERS, when_empty=_NEEDS_OCR)
    return Parsed(ACCEPTED, _empty_pages(texts), MEDIA_TYPE, TEXT_VERSION, texts)


def _open(file: IO[bytes]) -> PdfReader:
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Refused(ENCRYPTED, _ENCRYPTED)
    except (FileNotDecryptedError, DependencyError, NotImplementedError):
        raise Refused(ENCRYPTED, _ENCRYPTED) from None
    except (Refused, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  pypdf raises whatever the broken place happens to cause
        raise _damaged("The file is not a complete PDF", error) from None
    return reader


def _count(reader: PdfReader, limits: Limits) -> int:
    try:
        count = len(reader.pages)
    except FileNotDecryptedError:
        raise Refused(ENCRYPTED, _ENCRYPTED) from None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  as above
        raise _damaged("The list of pages of this PDF is broken", error) from None
    if count > limits.max_pages:
        raise too_many_pages(count, limits)
    if not count:
        raise Refused(DAMAGED, "This PDF has no pages. Save or print it again and upload the new file.")
    return count


def _page_text(reader: PdfReader, index: int, count: int) -> str:
    try:
        return clean(reader.pages[index].extract_text())
    except FileNotDecryptedError:
        raise Refused(ENCRYPTED, _ENCRYPTED) from None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  as above
        raise _damaged(f"Page {index + 1} of {count} cannot be read", error) from None


def without_empty_pairs(content: bytes) -> bytes:
    """A content stream without its runs of empty save/restore pairs; they draw nothing."""
    return _EMPTY_PAIRS.sub(b"", content)


def _shorten_content() -> None:
    """Have pypdf take text from content without such runs, of pages and of the forms they show.

    NB: pypdf has no public place for this. Without it the text is the same, some files only take much longer.
    """
    open_content = pypdf._text_extraction._get_content_stream_for_text

    def open_shortened(*arguments: Any, **named: Any) -> ContentStream | None:
        content = open_content(*arguments, **named)
        if content is not None:
            data = content.get_data()
            shorter = without_empty_pairs(data)
            if len(shorter) < len(data):
                content.set_data(shorter)
        return content

    pypdf._text_extraction._get_content_stream_for_text = open_shortened


_shorten_content()


def _empty_pages(texts: tuple[str, ...]) -> str:
    empty = [number for number, text in enumerate(texts, start=1) if not text.strip()]
    if not empty:
        return ""
    listed = ", ".join(map(str, empty[:LISTED_PAGES])) + (", ..." if len(empty) > LISTED_PAGES else "")
    return f"{len(empty)} of {len(texts)} pages hold no text (page {listed}): blank, or in need of OCR."


def _damaged(what: str, error: Exception) -> Refused:
    return Refused(
        DAMAGED,
        f"{what} ({type(error).__name__}). Open it in a PDF program, print it to a new PDF and upload that.",
    )
