"""Labelled questions from a CSV file, and the documents that they are about.

Columns `document`, `question`, `answer` (empty: the document has no answer), and, where wanted, `category`, `page`
(counted from 1) and `quote`. A bad row is described and left out; only what concerns the whole file raises. No
message holds a document's text.
"""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pypdf import PasswordType, PdfReader

from consolidation.errors import ConsolidationError
from consolidation.text.windows import Range

REQUIRED = ("document", "question", "answer")
OPTIONAL = ("category", "page", "quote")
DELIMITERS = ",;\t"
TEXT_ENDINGS = (".txt", ".md")
PDF_ENDING = ".pdf"

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


class QuestionFileError(ConsolidationError):
    """The file of questions cannot be used at all."""


class DocumentError(ConsolidationError):
    """A document cannot be found or read; the other documents are not concerned."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row: `row` counts as a spreadsheet does, the header being row 1; `answer` is empty for "none"."""

    row: int
    document: str
    question: str
    answer: str
    category: str = ""
    page: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a document with all its rows, that was left out, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text; `page_starts` are character offsets (one, 0, where the file has no pages)."""

    name: str
    sha256: str
    text: str
    page_starts: tuple[int, ...] = (0,)

    def part(self, start: int, end: int) -> str:
        return self.text[start:end]

    def page(self, offset: int) -> int:
        """The page, counted from 1, that holds a character."""
        return bisect_right(self.page_starts, offset)

    def places(self, quote: str) -> list[Range]:
        """Where a quote stands, whatever its line breaks and spaces."""
        words = quote.split()
        if not words:
            return []
        pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        return [match.span() for match in pattern.finditer(self.text)]


def read_questions(path: Path) -> tuple[list[Labelled], list[Problem]]:
    """The rows of a CSV file (UTF-8; comma, semicolon or tab), and those that cannot be used.

    Raises `QuestionFileError` where the file cannot be read, has no rows or lacks a column.
    """
    records = list(_records(path))
    if not records:
        raise QuestionFileError(f"{path.name} is empty")
    header = [name.strip().lower() for name in records[0]]
    absent = [name for name in REQUIRED if name not in header]
    if absent:
        raise QuestionFileError(f"{path.name} has no column {' and no column '.join(absent)}")
    double = [name for name in (*REQUIRED, *OPTIONAL) if header.count(name) > 1]
    if double:
        raise QuestionFileError(f"{path.name} has more than one column {double[0]}")
    rows, problems = list[Labelled](), list[Problem]()
    for number, cells in enumerate(records[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(number, header, cells)
        if isinstance(row, Problem):
            problems.append(row)
        else:
            rows.append(row)
    if not rows and not problems:
        raise QuestionFileError(f"{path.name} has a header and no questions")
    return rows, problems


def _records(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QuestionFileError(f"{path.name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        where = f"byte {error.start} does not fit"
        raise QuestionFileError(f"{path.name} is not UTF-8 ({where}); save it as CSV UTF-8") from None
    first = text.partition("\n")[0].lower()
    delimiter = max(DELIMITERS, key=lambda d: len({*REQUIRED} & {c.strip(' "\r') for c in first.split(d)}))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise QuestionFileError(f"{path.name}, line {reader.line_num}: no CSV ({error})") from None


def _row(number: int, header: Sequence[str], cells: Sequence[str]) -> Labelled | Problem:
    where = f"row {number}"
    if len(cells) != len(header):
        return Problem(where, f"has {len(cells)} cells, the header has {len(header)}")
    value = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    for name in ("document", "question"):
        if not value[name]:
            return Problem(where, f"has no {name}")
    page = value.get("page", "")
    if page and not (page.isdecimal() and int(page) > 0):
        return Problem(where, "has a page that is no number from 1 on")
    return Labelled(
        number, value["document"], value["question"], value["answer"], value.get("category", ""),
        int(page) if page else None, value.get("quote", ""),
    )  # fmt: skip


class Folder:
    """The documents of a folder, by path in it, by name, or by name without its ending where that is unique."""

    def __init__(self, folder: Path) -> None:
        """Raises `QuestionFileError` where there is no such folder."""
        if not folder.is_dir():
            raise QuestionFileError(f"there is no folder {folder}")
        found = sorted(p for p in folder.rglob("*") if p.is_file())
        self._paths = {p.relative_to(folder).as_posix(): p for p in found}
        names = Counter(alias for path in self._paths for alias in _aliases(path))
        self._aliases = {a: path for path in self._paths for a in _aliases(path) if names[a] == 1}
        self._several = {alias for alias, count in names.items() if count > 1}

    def path(self, name: str) -> Path:
        """The file that a row names. Raises `DocumentError`."""
        wanted = PurePosixPath(name.replace("\\", "/")).as_posix()
        if wanted in self._paths:
            return self._paths[wanted]
        if wanted in self._several:
            raise DocumentError("the folder has several files of this name; give the path in the folder")
        if wanted not in self._aliases:
            raise DocumentError("the folder has no such file")
        return self._paths[self._aliases[wanted]]


def _aliases(path: str) -> set[str]:
    pure = PurePosixPath(path)
    return {pure.name, pure.stem, pure.with_suffix("").as_posix()} - {path}


def read_document(path: Path) -> Document:
    """The text of a text or PDF file; pages joined by a newline. Raises `DocumentError`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"the file cannot be read: {error.strerror}") from error
    ending = path.suffix.lower()
    if ending == PDF_ENDING:
        pages = _pdf_pages(content)
    elif ending in TEXT_ENDINGS:
        pages = [_decoded(content)]
    else:
        raise DocumentError(
            f"files ending in {ending or 'nothing'} are not read; save it as PDF or plain text"
        )
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    text = "\n".join(pages)
    if not text.strip():
        raise DocumentError("the file holds no text; scanned pages need text recognition (OCR) first")
    return Document(path.name, hashlib.sha256(content).hexdigest(), text, tuple(starts))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"the text is not UTF-8 (byte {error.start} does not fit)") from None


def _pdf_pages(content: bytes) -> list[str]:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise DocumentError("the PDF is protected by a password")
        return [page.extract_text() for page in reader.pages]
    except DocumentError:
        raise
    except Exception as error:  # noqa: BLE001 -- pypdf raises whatever the broken place happens to cause
        raise DocumentError(f"the PDF cannot be read ({type(error).__name__})") from None
