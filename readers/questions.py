"""Labelled questions from a CSV file.

Columns `document`, `question`, `answer` (empty: the document has no answer), and, where wanted, `category`, `page`
(counted from 1), `quote`, and `wording` ("trained" where the words are those that the model was taught, else
"natural"). A bad row is described and left out; only what concerns the whole file raises. No message holds what a
row says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

REQUIRED = ("document", "question", "answer")
OPTIONAL = ("category", "page", "quote", "wording")
WORDINGS = ("", "natural", "trained")
DELIMITERS = ",;\t"


class QuestionFileError(Exception):
    """The file of questions cannot be used at all; the message is for people."""


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
    trained: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a document with all its rows, that was left out, and why; `row` is 0 for a document."""

    where: str
    reason: str
    row: int = 0


def read_questions(path: Path) -> tuple[list[Labelled], list[Problem]]:
    """The rows of a CSV file, see `questions_of`. Raises `QuestionFileError`, also where it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise QuestionFileError(f"{path.name} cannot be read: {error.strerror}") from error
    return questions_of(path.name, content)


def questions_of(name: str, content: bytes) -> tuple[list[Labelled], list[Problem]]:
    """The rows of a file of this name (UTF-8; comma, semicolon or tab), and those that cannot be used.

    Raises `QuestionFileError` where it is no CSV, has no rows or lacks a column.
    """
    records = list(_records(name, content))
    if not records:
        raise QuestionFileError(f"{name} is empty")
    header = [cell.strip().lower() for cell in records[0]]
    absent = [column for column in REQUIRED if column not in header]
    if absent:
        raise QuestionFileError(f"{name} has no column {' and no column '.join(absent)}")
    double = [column for column in (*REQUIRED, *OPTIONAL) if header.count(column) > 1]
    if double:
        raise QuestionFileError(f"{name} has more than one column {double[0]}")
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
        raise QuestionFileError(f"{name} has a header and no questions")
    return rows, problems


def _records(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"byte {error.start} does not fit"
        raise QuestionFileError(f"{name} is not UTF-8 ({where}); save it as CSV UTF-8") from None
    first = text.partition("\n")[0].lower()
    delimiter = max(DELIMITERS, key=lambda d: len({*REQUIRED} & {c.strip(' "\r') for c in first.split(d)}))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise QuestionFileError(f"{name}, line {reader.line_num}: no CSV ({error})") from None


def _row(number: int, header: Sequence[str], cells: Sequence[str]) -> Labelled | Problem:
    def wrong(reason: str) -> Problem:
        return Problem(f"row {number}", reason, number)

    if len(cells) != len(header):
        absent = ", ".join(name for name in header[len(cells) :] if name in (*REQUIRED, *OPTIONAL))
        more = f": no {absent}" if absent else ""
        return wrong(f"has {len(cells)} cells, the header has {len(header)}{more}")
    value = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    for name in ("document", "question"):
        if not value[name]:
            return wrong(f"has no {name}")
    page = value.get("page", "")
    if page and not (page.isdecimal() and int(page) > 0):
        return wrong("has a page that is no number from 1 on")
    wording = value.get("wording", "").lower()
    if wording not in WORDINGS:
        return wrong("has a wording that is neither natural nor trained")
    return Labelled(
        number, value["document"], value["question"], value["answer"], value.get("category", ""),
        int(page) if page else None, value.get("quote", ""), wording == "trained",
    )  # fmt: skip
