"""Lengths, shares and sums that a question supposes, beside those of a sentence: "may it end on 30 days' notice?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidation.asking.comparators import OF_SIZE
from consolidation.asking.typed import PERCENT
from consolidation.briefs.durations import comparable_duration
from consolidation.text.money import written_amounts
from consolidation.text.values import Found, find_durations

#: A question for a bound supposes no value: "at least 30 days".
_BOUND = re.compile(rf"(?:{OF_SIZE}|\b(?:minimum|maximum|about|around))\s*$", re.IGNORECASE)
_OF_NOTICE = re.compile(
    r"(?:['\u2019]s?|s['\u2019]?)?\s+(?:(?:prior|advance|advanced|previous|written|and|or|days)[\s,]+){0,4}notice\b",
    re.IGNORECASE,
)
_NOTICE_OF = re.compile(
    r"\bnotice\s+(?:\w+\s+){0,6}?(?:of|at\s+least|not\s+less\s+than)(?:\s+\w+){0,3}\s*$", re.IGNORECASE
)
_REACH = 60
_DAYS_OF = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (360, 366)}


def says_another_notice(question: str, sentence: str) -> bool:
    """Whether a question supposes how long a notice is, and a sentence says otherwise; a month is 28 to 31 days."""
    said = [found.value for found in _notices(sentence)]
    return bool(said) and _supposes_none_of(question, said)


def lacks_notice(question: str, passage: str) -> bool:
    """Whether a question supposes how long a notice is, and a passage says no time so long at all."""
    return _supposes_none_of(question, [found.value for found in find_durations(passage)])


def _supposes_none_of(question: str, said: Sequence[str]) -> bool:
    """Whether a question supposes how long a notice is, and no duration that is said may be as long."""
    asked = [found.value for found in _notices(question) if not _is_bound(question, found.start)]
    return bool(asked) and not any(_may_be_as_long(one, other) for one in asked for other in said)


def _may_be_as_long(one: str, other: str) -> bool:
    (low, high), (low_of_other, high_of_other) = _days(one), _days(other)
    return low <= high_of_other and low_of_other <= high


def _days(duration: str) -> tuple[int, int]:
    """The fewest and the most days of a duration."""
    n, unit = int(duration.split()[0]), duration.split()[1]
    fewest, most = _DAYS_OF[unit]
    return n * fewest, n * most


def lacks_measure(question: str, sentence: str) -> bool:
    """Whether a question supposes lengths of time, shares or sums of which a sentence says none."""
    asked = [value for value, start in _measures(question) if not _is_bound(question, start)]
    return bool(asked) and not {value for value, _ in _measures(sentence)} & set(asked)


def _notices(text: str) -> Iterator[Found]:
    for found in find_durations(text):
        before = text[max(0, found.start - _REACH) : found.start]
        if _OF_NOTICE.match(text, found.end) or _NOTICE_OF.search(before):
            yield found


def _is_bound(question: str, start: int) -> bool:
    return _BOUND.search(question[max(0, start - _REACH) : start]) is not None


def _measures(text: str) -> Iterator[tuple[str, int]]:
    for found in find_durations(text):
        yield comparable_duration(found.value), found.start
    for match in PERCENT.finditer(text):
        yield f"{float(match['n'])} %", match.start()
    for found in written_amounts(text):
        yield found.value, found.start
