"""Load files with commas, semicolons or tabs (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from readers.loadfile.rows import LoadFileError, Row, Rows, checked_columns, row_of

SEPARATORS = ",;\t|"
MOST_CHARACTERS = 1 << 26


def read_separated(text: TextIO, separator: str | None = None) -> Rows:
    """The table of a CSV file, read row by row; the separator is the commonest one of the first line if not given.

    Raises LoadFileError for a file without names of columns.
    """
    csv.field_size_limit(MOST_CHARACTERS)
    beginning = text.readline()
    chosen = separator or max(SEPARATORS, key=beginning.count)
    reader = csv.reader(_again(beginning, text), delimiter=chosen, strict=True)
    try:
        columns = checked_columns([name.strip() for name in next(reader, [])])
    except csv.Error as error:
        raise LoadFileError("no-header", f"The first line cannot be read: {error}.") from None
    return Rows(columns, _rows(reader, columns))


def _again(beginning: str, text: TextIO) -> Iterator[str]:
    yield beginning
    yield from text


def _rows(reader: Iterator[list[str]], columns: Sequence[str]) -> Iterator[Row]:
    number = 0
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            message = f"Row {number} cannot be read: {error}."
            yield Row(number, {}, LoadFileError("columns", message, number))
            continue
        if values:
            number += 1
            yield row_of(number, columns, values)


def write_separated(out: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file; every value is kept as it is."""
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
