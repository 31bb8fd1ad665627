"""Labelled questions from a CSV file, and the documents that they are about.

Columns `document`, `question`, `answer` (empty: the document has no answer), and, where wanted, `category`, `page`
(counted from 1) and `quote`. A bad row is described and left out; only what concerns the whole file raises. No
message holds a document's text.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path, PurePosixPath

from consolidation.errors import ConsolidationError
from consolidation.text.windows import Range
from readers.client import Parser, ParserError
from readers.result import ACCEPTED, Limits

REQUIRED = ("document", "question", "answer")
OPTIONAL = ("category", "page", "quote")
DELIMITERS = ",;\t"


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
    """A document's text; `page_starts` are character offsets of the pages it was read in."""

    name: str
    sha256: str
    text: str
    page_starts: tuple[int, ...] = (0,)
    text_version: str = ""

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


def read_document(path: Path, parser: Parser) -> Document:
    """The text of a file as the product reads it; pages joined by a newline. Raises `DocumentError`."""
    try:
        sha256 = _sha256(path)
        with parser.read(path, path.name, Limits(container_depth=0)) as reading:
            parsed = reading.parsed
    except OSError as error:
        raise DocumentError(f"the file cannot be read: {error.strerror}") from error
    except ParserError as error:
        raise DocumentError(str(error)) from error
    if parsed.disposition != ACCEPTED:
        raise DocumentError(f"{parsed.disposition.replace('_', ' ')}: {parsed.reason}")
    starts = accumulate((len(page) + 1 for page in parsed.pages[:-1]), initial=0)
    return Document(path.name, sha256, "\n".join(parsed.pages), tuple(starts), parsed.text_version)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
