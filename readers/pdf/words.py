"""The words of a page by pdfium, with their boxes, and the order they are read in.

Boxes are (left, bottom, right, top) in points of the page, the origin at its lower left before it is rotated.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]

#: pdfium's mark for a hyphen that ends a line inside a word.
LINE_HYPHEN = "\ufffe"
_WORD = re.compile(rf"[^\s{LINE_HYPHEN}]+")
_LEAST_COLUMN_LINES = 3
_LEAST_GUTTER = 8.0
_LEAST_PROSE = 0.55


class Word(NamedTuple):
    """Characters without a space between them: their range in the raw text of the page, and their box."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class RawPage:
    """What pdfium reads on a page: its text with line breaks, and the words of each line in its order."""

    text: str
    lines: tuple[tuple[Word, ...], ...]

    def words(self) -> Iterator[Word]:
        for line in self.lines:
            yield from line

    def of(self, word: Word) -> str:
        return self.text[word.start : word.end]


def raw_page(page: Any) -> RawPage:
    """The words of a page of pypdfium2. Raises `pypdfium2.PdfiumError`."""
    textpage = page.get_textpage()
    try:
        text = _characters(textpage.raw)
        breaks = [match.start() for match in re.finditer("\n", text)]
        lines, start = [], 0
        for end in [*breaks, len(text)]:
            words = (
                Word(m.start(), m.end(), _box(textpage.raw, m.start(), m.end()))
                for m in _WORD.finditer(text, start, end)
            )
            lines.append(tuple(words))
            start = end
        return RawPage(text, tuple(line for line in lines if line))
    finally:
        textpage.close()


def _characters(textpage: Any) -> str:
    """One character of the string for each of pdfium, so that their numbers agree."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if written - 1 == count == len(text):
        return text
    return "".join(_character(textpage, index) for index in range(count))


def _character(textpage: Any, index: int) -> str:
    if pdfium.FPDFText_IsHyphen(textpage, index) == 1:
        return LINE_HYPHEN
    point = pdfium.FPDFText_GetUnicode(textpage, index)
    return chr(point) if 0 < point < 0x110000 else "\ufffd"


def _box(textpage: Any, start: int, end: int) -> Box:
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, start, first)
    if end - start == 1:
        return first.left, first.bottom, first.right, first.top
    pdfium.FPDFText_GetLooseCharBox(textpage, end - 1, last)
    return (
        min(first.left, last.left),
        min(first.bottom, last.bottom),
        max(first.right, last.right),
        max(first.top, last.top),
    )


def in_reading_order(page: RawPage) -> list[tuple[Word, ...]]:
    """The lines of a page; where two columns of prose stand side by side, first those of the left one."""
    lines = _rejoined(page.lines)
    gutter = _gutter(page, lines)
    return list(page.lines) if gutter is None else _by_column(lines, gutter)


def _rejoined(lines: Sequence[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """Lines that stand at one height, from left to right, as one."""
    joined: list[tuple[Word, ...]] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and _same_height(last[-1].box, line[0].box) and last[-1].box[2] <= line[0].box[0]:
            joined[-1] = (*last, *line)
        else:
            joined.append(line)
    return joined


def _same_height(one: Box, other: Box) -> bool:
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    return overlap > 0.6 * min(one[3] - one[1], other[3] - other[1])


def _gutter(page: RawPage, lines: Sequence[tuple[Word, ...]]) -> float | None:
    """Where the white between two columns of prose runs; None where there are none.

    A table keeps its rows: its cells are short or hold figures, while lines of prose fill their column.
    """
    gaps = [
        (one.box[2], other.box[0])
        for line in lines
        for one, other in pairwise(line)
        if other.box[0] - one.box[2] >= _LEAST_GUTTER
    ]
    if len(gaps) < _LEAST_COLUMN_LINES:
        return None
    edges = {right - 1 for _, right in gaps}
    gutter = max(sorted(edges), key=lambda edge: sum(left < edge < right for left, right in gaps))
    both = [line for line in lines if _split(line, gutter)]
    crossing = sum(any(word.box[0] < gutter < word.box[2] for word in line) for line in lines)
    sides = [_split(line, gutter) for line in both]
    left = [side[0] for side in sides if side]
    right = [side[1] for side in sides if side]
    if len(both) < _LEAST_COLUMN_LINES or crossing > len(both):
        return None
    return gutter if _is_prose(page, left) and _is_prose(page, right) else None


def _split(line: tuple[Word, ...], gutter: float) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """A line's words left and right of the gutter; None unless it has both and white between them."""
    left = tuple(word for word in line if word.box[2] <= gutter)
    right = tuple(word for word in line if word.box[0] >= gutter)
    if len(left) + len(right) < len(line) or not left or not right:
        return None
    return (left, right) if right[0].box[0] - left[-1].box[2] >= _LEAST_GUTTER else None


def _is_prose(page: RawPage, parts: Sequence[tuple[Word, ...]]) -> bool:
    widths = [part[-1].box[2] - part[0].box[0] for part in parts]
    full = median(widths) >= _LEAST_PROSE * max(widths)
    words = [page.of(word) for part in parts for word in part]
    small = sum(word[:1].isalpha() and word.strip(".,;:()").islower() for word in words)
    return full and median(len(part) for part in parts) >= 3 and small >= 0.5 * len(words)


def _by_column(lines: Sequence[tuple[Word, ...]], gutter: float) -> list[tuple[Word, ...]]:
    ordered: list[tuple[Word, ...]] = []
    left: list[tuple[Word, ...]] = []
    right: list[tuple[Word, ...]] = []
    for line in lines:
        sides = _split(line, gutter)
        if sides:
            left.append(sides[0])
            right.append(sides[1])
        elif line[0].box[0] >= gutter:
            right.append(line)
        elif line[-1].box[2] <= gutter:
            left.append(line)
        else:
            ordered += [*left, *right, line]
            left, right = [], []
    return [*ordered, *left, *right]
