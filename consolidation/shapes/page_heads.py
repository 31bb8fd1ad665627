"""Marks between pages in plain text, "<PAGE>", with what runs at the head and foot of pages: no part of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from consolidation.text.ranges import Range

MARK = re.compile(r"<PAGE>(?:[^\S\n]+(?:\d{1,4}|[ivxlc]{1,6})(?=[^\S\n]*(?:\n|\Z)))?")
_LINE = re.compile(r"[^\n]*\n?")
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
#: How many lines at the head and foot of a page may run, how long one is at most, and on how many pages it stands.
_HEAD, _FOOT, _LONGEST, _PAGES = 3, 2, 90, 3
#: How much of the text around a mark its lines are looked for in, in characters.
_AROUND = 600


def pages_within(text: str, low: int, high: int) -> tuple[Range, ...]:
    """Where marks between pages stand that touch a range, each with the lines that run beside it, in order."""
    if "<PAGE>" not in text[max(0, low - _AROUND) : high + _AROUND]:
        return ()
    marks = [match.span() for match in MARK.finditer(text)]
    running = Counter(line for mark in marks for line in {key for key, _ in _beside(text, mark)})
    often = {line for line, count in running.items() if count >= _PAGES}
    found = (
        _drawn_out(text, mark, often)
        for mark in marks
        if mark[0] < high + _AROUND and low < mark[1] + _AROUND
    )
    return tuple(one for one in found if one[0] < high and low < one[1])


def _drawn_out(text: str, mark: Range, often: set[str]) -> Range:
    """A mark with the lines next to it that run on other pages too."""
    low, high = mark
    for key, (_, end) in _below(text, high):
        if key not in often:
            break
        high = end
    for key, (start, _) in _above(text, low):
        if key not in often:
            break
        low = start
    return low, high


def _beside(text: str, mark: Range) -> Iterator[tuple[str, Range]]:
    yield from _below(text, mark[1])
    yield from _above(text, mark[0])


def _below(text: str, low: int) -> Iterator[tuple[str, Range]]:
    """The first lines of a page, with what they are on each page."""
    yield from _told(text, list(_LINE.finditer(text, low, min(len(text), low + _AROUND)))[:12], _HEAD)


def _above(text: str, high: int) -> Iterator[tuple[str, Range]]:
    """The last lines of a page, the last first."""
    low = max(0, high - _AROUND)
    yield from _told(text, list(reversed(list(_LINE.finditer(text, low, high))))[:12], _FOOT)


def _told(text: str, lines: list[re.Match[str]], most: int) -> Iterator[tuple[str, Range]]:
    told = 0
    for line in lines:
        words = " ".join(line[0].split())
        if not words:
            continue
        if told >= most or len(words) > _LONGEST:
            return
        told += 1
        yield _DIGITS.sub("#", words.lower()), line.span()
