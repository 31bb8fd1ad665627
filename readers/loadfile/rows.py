"""What load files hold: rows of named fields, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "no-header", "repeated-column", "columns", "too-long", "undecodable", "not-a-number", "no-image"
]


class LoadFileError(Exception):
    """A load file or one of its rows cannot be used; `row` counts from 1 below the header, 0 is the file itself."""

    def __init__(self, code: Code, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.row = code, message, row


@dataclass(frozen=True, slots=True)
class Signs:
    """What separates, encloses and stands for line breaks; the defaults are Concordance's."""

    separator: str = "\x14"
    quote: str = "\xfe"
    line_break: str = "\xae"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number from 1, its fields by column, or why it cannot be used."""

    number: int
    fields: Mapping[str, str]
    error: LoadFileError | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of a table and its rows, which are read as they are asked for, once."""

    columns: Sequence[str]
    rows: Iterator[Row]

    def __iter__(self) -> Iterator[Row]:
        return self.rows


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that could not be written as it is, because the format has no way to say a sign of its own."""

    row: int
    column: str
    signs: str


def checked_columns(columns: Sequence[str]) -> Sequence[str]:
    """The columns. Raises LoadFileError where there are none, or two have one name."""
    if not any(columns):
        raise LoadFileError("no-header", "The first line holds no names of columns.")
    repeated = sorted({name for name in columns if columns.count(name) > 1})
    if repeated:
        raise LoadFileError("repeated-column", f"The column {repeated[0]!r} stands twice in the first line.")
    return columns


def row_of(number: int, columns: Sequence[str], values: Sequence[str]) -> Row:
    """A row, or its error where it has more or fewer values than there are columns."""
    if len(values) == len(columns):
        return Row(number, dict(zip(columns, values, strict=True)))
    message = f"Row {number} has {len(values)} values for {len(columns)} columns."
    fields = dict(zip(columns, values, strict=False))
    return Row(number, fields, LoadFileError("columns", message, number))
