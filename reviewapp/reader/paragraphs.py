"""The text of a page as paragraphs that reflow: numbering hangs, headings stand out, lines that were broken join.

Rows of tables stay rows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reviewapp.frame.marking import Piece, Range, cut, within

_NUMBER = re.compile(
    r"(?:(?:article|section|schedule|exhibit|annex|appendix)\s+[0-9A-Z]{1,8}(?:\.\d+)*[.:]?|\d{1,3}(?:\.\d{1,3})*[.)]?"
    r"|\((?:[a-zA-Z]{1,2}|[ivxlc]{1,6}|\d{1,3})\)|[A-Za-z][.)]|[ivxIVX]{1,5}[.)]|[•▪◦*\u2013-])(?=\s)",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90
_LONGEST_WRAPPED = 120
_FULL = 0.72
_LEAST_WRAPPED = 4
#: Lines that are all shorter than this were not broken for want of room.
_SHORTEST_WRAPPED = 45
_DEEPEST = 3


class _Marks(NamedTuple):
    ranges: Sequence[Range]
    answer: Sequence[Range]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in pieces, marked or not. `number` is what its numbering begins with, `depth` how deep that is.

    `kind` is "heading", "numbered", "cells" or "plain". A row of a table has no pieces but those of its `cells`, each
    with the tab that ends it.
    """

    kind: str
    number: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    depth: int
    cells: tuple[tuple[Piece, ...], ...] = ()


def paragraphs_of(text: str, ranges: Sequence[Range], answer: Sequence[Range] = ()) -> list[Paragraph]:
    """The paragraphs of a page's text with ranges (in its characters) marked; together they hold all its words.

    The `answer`'s own words are marked and told apart.
    """
    # NB: some programs write every space as one that no line may break at.
    text = text.replace("\xa0", " ")
    extents, has_rows = _extents(text), any(map(_is_row, text.split("\n")))
    marks = _Marks(ranges, answer)
    return [
        _row(text, start, end, marks)
        if has_rows and (text[start] == "\t" or _is_row(text[start:end])) and "\n" not in text[start:end]
        else _paragraph(text, start, end, marks)
        for start, end in extents
    ]


def _extents(text: str) -> list[Range]:
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    lines = [(start, end) for start, end in lines if text[start:end].strip()]
    full = _full_width(text, lines)
    extents: list[Range] = []
    for start, end in lines:
        if extents and _goes_on(text, extents[-1], (start, end), full):
            extents[-1] = (extents[-1][0], end)
        else:
            extents.append((start, end))
    return extents


def _full_width(text: str, lines: Sequence[Range]) -> int:
    """How many characters a line has that was broken for want of room; 0 where lines are paragraphs."""
    lengths = sorted(len(text[start:end].strip()) for start, end in lines)
    if len(lengths) < _LEAST_WRAPPED or lengths[-1] > _LONGEST_WRAPPED:
        return 0
    # among short lines the longest alone tells how much room there was
    often = lengths[int(0.9 * (len(lengths) - 1))]
    return next((one for one in (often, lengths[-1]) if one >= _SHORTEST_WRAPPED), 0)


def _goes_on(text: str, before: Range, line: Range, full: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if not full or "\n" in text[before[1] : line[0]].replace("\n", "", 1):
        return False
    last = text[before[0] : before[1]].rpartition("\n")[2].strip()
    following = text[line[0] : line[1]].strip()
    if _is_row(last) or _is_row(following):
        return False
    return len(last) >= _FULL * full and not _NUMBER.match(following) and not _is_heading(last)


def _is_row(line: str) -> bool:
    """Whether a line holds cells apart by tabs; one after its number is that of a clause."""
    words = line.strip()
    number = _NUMBER.match(words)
    return "\t" in words[number.end() if number else 0 :].strip()


def _row(text: str, start: int, end: int, marks: _Marks) -> Paragraph:
    end = start + len(text[start:end].rstrip())
    ends = [match.end() for match in re.finditer("\t", text[start:end])]
    places = pairwise([start, *(start + at for at in ends), end])
    return Paragraph("cells", (), (), 0, tuple(_cut(text, *place, marks) for place in places))


def _paragraph(text: str, start: int, end: int, marks: _Marks) -> Paragraph:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    match = _NUMBER.match(text[start:end])
    split = start + (match.end() if match else 0)
    words = text[split:end].strip()
    kind = "heading" if _is_heading(text[start:end]) else "numbered" if match else "plain"
    depth = min(_DEEPEST, _depth(match[0]) if match else 0)
    return Paragraph(
        kind, _cut(text, start, split, marks), _cut(text, split, end, marks), depth if words else 0
    )


def _depth(number: str) -> int:
    if number.startswith("("):
        return 2
    return number.rstrip(".)").count(".")


def _is_heading(words: str) -> bool:
    """Short, and written as headings are: in capitals, or each word with one and no stop at the end."""
    words = words.strip()
    if len(words) > _LONGEST_HEADING or "\n" in words or not any(map(str.isalpha, words)):
        return False
    letters = [character for character in words if character.isalpha()]
    return len(letters) > 3 and all(map(str.isupper, letters))


def _cut(text: str, start: int, end: int, marks: _Marks) -> tuple[Piece, ...]:
    ranges, answer = (within(each, start, end) for each in marks)
    return tuple(cut(text[start:end], ranges, answer=answer)) if start < end else ()
