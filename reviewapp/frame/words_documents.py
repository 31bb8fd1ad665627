"""What documents, their pages and the columns of their list are called."""

import re
from typing import NamedTuple

_SECTION = re.compile(
    r"(?:section\s+)?(\d{1,3}(?:\.\d{1,3})*|\([a-z]\)|[A-Z](?=\.))(?=[\s.)]|$)", re.IGNORECASE
)


class FileKind(NamedTuple):
    """What a kind of file is called, and what the media types of such files begin with."""

    words: str
    begins: tuple[str, ...]


COLUMNS = {
    "name": "Document",
    "title": "Title",
    "parties": "Parties",
    "date": "Date",
    "law": "Law",
    "expiry": "Expires",
    "kind": "Kind of file",
    "pages": "Pages",
    "problems": "Problems",
    "copies": "Copies",
    "received": "Received",
    "state": "State",
}


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
FILE_KINDS = {
    "pdf": FileKind("PDF", ("application/pdf",)),
    "word": FileKind("Word", (f"{_OFFICE}wordprocessingml", "application/msword")),
    "sheet": FileKind(
        "Spreadsheet", (f"{_OFFICE}spreadsheetml", "application/vnd.ms-excel", f"{_OPEN}spreadsheet")
    ),
    "slides": FileKind("Presentation", (f"{_OFFICE}presentationml", f"{_OPEN}presentation")),
    "mail": FileKind(
        "Mail", ("message/", "application/vnd.ms-outlook", "application/mbox", "application/ms-tnef")
    ),
    "picture": FileKind("Picture", ("image/",)),
    "text": FileKind("Text", ("text/", "application/rtf", f"{_OPEN}text")),
}

#: What documents can be filtered by besides.
MARKS = {"problems": "With problems", "copies": "With copies", "thread": "In a thread of mail"}


def file_kind_words(media_type: str) -> str:
    """What a file of this media type is called; the media type where it has no other name."""
    return next(
        (kind.words for kind in FILE_KINDS.values() if media_type.startswith(kind.begins)), media_type
    )


def page_called(number: int, label: str) -> str:
    """What a page is called: its number, and the one that is printed on it where that is another."""
    return f"page {number:,} (printed: {label})" if label and label != str(number) else f"page {number:,}"


def place_words(heading: str, page: int) -> str:
    """Where in a document something stands: by the number of its section, where its heading has one."""
    number = _SECTION.match(heading)
    where = f"in section {number[1]}, " if number else f"under “{heading}”, " if heading else "on "
    return f"{where}page {page:,}"


def pages_cited(number: int, label: str, last: int) -> str:
    """A page, or the pages from one to another, as they are cited."""
    if last > number:
        return f"pp. {number}-{last}"
    return f"p. {label} (page {number} of the file)" if label and label != str(number) else f"p. {number}"
