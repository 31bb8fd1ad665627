"""PDF by pypdf, page by page: for files and pages that pdfium does not read."""

import logging
import re
from typing import IO, Any

import pypdf._text_extraction
from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import ContentStream

from readers.result import DAMAGED, ENCRYPTED, Refused

_ENCRYPTED = "The file is protected by a password. Save a copy without the password and upload that."
_AGAIN = "Open it in a PDF program, print it to a new PDF and upload that."

# NB: some converters write tens of thousands of these into each page, and cost pypdf most of its time. A run
# this long is no part of a string that is meant to be read. The look-behind stands second for speed.
_EMPTY_PAIRS = re.compile(rb"q(?<=\sq)\s+Q\s+(?:q\s+Q\s+){15,}")

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


class PageError(Exception):
    """A page that cannot be read; says nothing about the others."""


class PlainPdf:
    """A PDF as pypdf reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        """Raises Refused with encrypted or damaged."""
        try:
            self.reader = PdfReader(file)
            if self.reader.is_encrypted and self.reader.decrypt("") == PasswordType.NOT_DECRYPTED:
                raise Refused(ENCRYPTED, _ENCRYPTED)
        except (FileNotDecryptedError, DependencyError, NotImplementedError):
            raise Refused(ENCRYPTED, _ENCRYPTED) from None
        except (Refused, MemoryError):
            raise
        except Exception:  # noqa: BLE001  pypdf raises whatever the broken place happens to cause
            raise Refused(DAMAGED, f"The file is not a complete PDF. {_AGAIN}") from None

    def count(self) -> int:
        """How many pages there are. Raises Refused with encrypted or damaged."""
        try:
            return len(self.reader.pages)
        except FileNotDecryptedError:
            raise Refused(ENCRYPTED, _ENCRYPTED) from None
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  as above
            raise Refused(DAMAGED, f"The list of pages of this PDF is broken. {_AGAIN}") from None

    def text(self, index: int) -> str:
        """The text of a page, not cleaned. Raises PageError, and Refused with encrypted."""
        try:
            return str(self.reader.pages[index].extract_text())
        except FileNotDecryptedError:
            raise Refused(ENCRYPTED, _ENCRYPTED) from None
        except MemoryError:
            raise
        except Exception as error:
            raise PageError from error


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
