"""Figures of tables whose rows are periods: each stands before its period, or behind it, as all of its table do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate, written
from consolidation.text.values import find_dates
from consolidation.text.windows import Range

_DATE = r"[A-Z][a-z]{2,8}\.?\s{1,4}\d{1,2},?\s{1,4}\d{4}"
_CELL = re.compile(
    r"(?P<period>(?:\bfor\s{1,4})?(?:\b(?:the|each)\s{1,4})?(?:\b(?:fiscal|calendar|first|second|third|fourth|one|two|three|four|six|nine|twelve)\s{1,4}){0,3}"
    rf"\b(?:quarters?|months?|years?|periods?)\s{{1,4}}(?:ending|ended)\s{{1,4}}(?:on\s{{1,4}})?{_DATE})"
    r"|(?P<figure>(?:[$\u20ac\xa3]\s{0,4})?\d[\d,]{0,20}(?:\.\d{1,8})?(?:\s?(?::|to)\s?\d{1,3}(?:\.\d{1,4})?)?\s?%?)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s|\xa0_.-]{0,60}")
_ASKS_PERIOD = re.compile(r"\b(?:quarter|month|year|period|fiscal)", re.IGNORECASE)
_FIGURES = frozenset({"amount", "number", "percent"})
#: How far a table is read to both sides of a figure, in characters, and its fewest rows.
_REACH, _ROWS = 3_000, 3


def of_its_period(asked: Understanding, passages: Passages, candidate: Candidate) -> Candidate:
    """A figure of such a table as that of the period which is asked for; any other candidate as it is.

    Nothing is changed unless the whole table alternates, so that each figure has one period.
    """
    if asked.yes_no or asked.value not in _FIGURES or len(candidate.places) != 1 or candidate.value:
        return candidate
    days = {found.value for found in find_dates(asked.each)}
    if len(days) != 1 or not _ASKS_PERIOD.search(asked.each):
        return candidate
    rows = _table(passages.text, candidate.places[0])
    own = [figure for figure, period in rows if _day(passages.text, period) in days]
    if len(own) != 1 or own[0] == candidate.places[0]:
        return candidate
    low, high = own[0]
    if candidate.places[0][0] <= low and high <= candidate.places[0][1]:
        return candidate
    return replace(
        candidate,
        said=written(passages.text, own),
        places=(own[0],),
        passage=passages.holding(own[0]),
    )


def _day(text: str, period: Range) -> str:
    found = next(iter(find_dates(" ".join(text[slice(*period)].split()))), None)
    return found.value if found else ""


def _table(text: str, place: Range) -> list[tuple[Range, Range]]:
    """The figures of the table that a place is in, each with its period; none where that cannot be told."""
    low = max(0, place[0] - _REACH)
    run: list[tuple[str, Range]] = []
    for match in _CELL.finditer(text, low, place[1] + _REACH):
        if run and not _BETWEEN.fullmatch(text, run[-1][1][1], match.start()):
            if run[0][1][0] <= place[0] < run[-1][1][1]:
                break
            run = []
        run.append((match.lastgroup or "", match.span()))
    kinds = [kind for kind, _ in run]
    if not run or not run[0][1][0] <= place[0] < run[-1][1][1] or len(run) % 2 or len(run) < 2 * _ROWS:
        return []
    if kinds != kinds[:2] * (len(run) // 2) or kinds[0] == kinds[1]:
        return []
    places = [one for _, one in run]
    figures, periods = places[kinds.index("figure") :: 2], places[kinds.index("period") :: 2]
    return list(zip(figures, periods, strict=True)) if _alike(text, figures) else []


def _alike(text: str, figures: Sequence[Range]) -> bool:
    """Whether all figures are of one form: with a currency sign, shares, ratios, or bare."""
    return (
        len({"".join(sign for sign in "$\u20ac\xa3%:" if sign in text[slice(*one)]) for one in figures}) == 1
    )
