"""Concordance DAT: fields enclosed in thorns and separated by U+0014, line breaks inside them as registered signs.

Source: the published import rules of Relativity and Everlaw ("Concordance default delimiters": column 020, quote 254,
newline 174, multi-value 059). The format has no way to escape its own signs, so that a value that holds one cannot be
written as it is; the writer says which, and never does so in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from readers.loadfile.rows import Changed, LoadFileError, Row, Rows, Signs, checked_columns, row_of

CHUNK = 1 << 20
#: A row that is longer is no row: a quote is missing somewhere.
MOST_CHARACTERS = 1 << 26
DEFAULT = Signs()


def read_concordance(text: TextIO, signs: Signs = DEFAULT) -> Rows:
    """The table of a DAT file, read row by row in bounded memory.

    Line breaks inside enclosed values count as the value's, as do the signs that stand for them. Files that enclose
    nothing are read too. Raises LoadFileError for a file without names of columns.
    """
    lines = _lines(text)
    header = next(lines, "")
    enclosed = header.startswith(signs.quote)
    columns = checked_columns([name.strip() for name in _values(header, signs, enclosed)])
    return Rows(columns, _rows(lines, columns, signs, enclosed))


def _rows(lines: Iterator[str], columns: Sequence[str], signs: Signs, enclosed: bool) -> Iterator[Row]:
    number = 0
    for line in lines:
        if not line.strip("\r\n"):
            continue
        while enclosed and not _is_whole(line, columns, signs):
            more = next(lines, None)
            if more is None:
                break
            line += more
            if len(line) > MOST_CHARACTERS:
                raise LoadFileError("too-long", f"Row {number + 1} is never closed.", number + 1)
        number += 1
        values = [value.replace(signs.line_break, "\n") for value in _values(line, signs, enclosed)]
        yield row_of(number, columns, values)


def _lines(text: TextIO) -> Iterator[str]:
    """Lines with their ends: of CR LF, LF or CR, read in chunks. Other breaks of Unicode are part of a line."""
    kept = ""
    while chunk := text.read(CHUNK):
        parts = re.split(r"(?<=\n)|(?<=\r)(?!\n|\Z)", kept + chunk)
        kept = parts.pop()
        yield from parts
        if len(kept) > MOST_CHARACTERS:
            raise LoadFileError("too-long", "A line does not end: this is no load file.")
    if kept:
        yield kept


def _is_whole(line: str, columns: Sequence[str], signs: Signs) -> bool:
    """Whether a row has all its fields and its last one is closed."""
    body = line.rstrip("\r\n")
    edges = body.count(signs.quote + signs.separator + signs.quote)
    opened = signs.separator + signs.quote
    is_closed = len(body) > 1 and body.endswith(signs.quote) and not body.endswith(opened)
    return is_closed and edges >= len(columns) - 1


def _values(line: str, signs: Signs, enclosed: bool) -> list[str]:
    body = line.rstrip("\r\n")
    if not enclosed:
        return body.split(signs.separator)
    if body.endswith(signs.separator):  # some programs end each row with one
        body = body[: -len(signs.separator)]
    body = body.removeprefix(signs.quote).removesuffix(signs.quote)
    return body.split(signs.quote + signs.separator + signs.quote)


def write_concordance(
    out: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]], signs: Signs = DEFAULT
) -> Iterator[Changed]:
    """Write a DAT file as its changes are asked for: each value in which a sign of the format was left out.

    Line breaks of any kind are written as the sign for them; a row lacks a column's value where it has none.
    """
    own = signs.separator + signs.quote + signs.line_break
    found, line_end = re.compile(f"[{re.escape(own)}]"), "\r\n"
    edge = signs.quote + signs.separator + signs.quote
    out.write(signs.quote + edge.join(columns) + signs.quote + line_end)
    for number, row in enumerate(rows, 1):
        values = []
        for column in columns:
            value = row.get(column, "")
            if lost := "".join(sorted(set(found.findall(value)))):
                yield Changed(number, column, lost)
                value = found.sub("", value)
            values.append(re.sub(r"\r\n|\r|\n", signs.line_break, value))
        out.write(signs.quote + edge.join(values) + signs.quote + line_end)
