"""Lengths of time as people and contracts write them: "thirty (30) business days", "36 to 48 months"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consolidation.text.numbers import TENS, UNITS, Number, numbers
from consolidation.text.values import MONTHS

_MONTH_NAMES = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_UNIT = re.compile(
    r"\s?\)?[\s-]{0,3}(?:(?:of\s)?an?\s)?(?:(?:[a-z]{1,20}[\s-]{1,3})?(?P<business>business|working|banking)[\s-]{1,3}|(?:(?:calendar|full|additional"
    r"|consecutive|successive|further|more)[\s-]{1,3}){1,2})?(?P<unit>minute|hour|day|week|month|quarter|year)s?\b"
    r"(?!\sof\s(?:" + _MONTH_NAMES + r"))",
    re.IGNORECASE,
)
#: Between the ends of a range, or two that it may be: "thirty (30) to sixty", "not less than 30 nor more than 60".
_TO = re.compile(
    r"\s?\)?\s?(?:(?:to|through|[-\u2010-\u2015])|(?P<or>or)|(?P<and>and)|(?:(?:and|but|nor)\s)?(?:(?:not|no)\s)?more\sthan)\s?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s\Z", re.IGNORECASE)
_LEAD = len("between ") + 1
_FROM = re.compile(
    r"(?:\d|\b(?:"
    + "|".join((*UNITS, *TENS, "hundred"))
    + r"))\s?\)?(?:\s{1,3}(?:to|through)\s{1,3}|\s?[\u2010-\u2015]\s?|-)\Z",
    re.IGNORECASE,
)
#: How far before a number the one is looked for that it makes a range with, in characters.
_NEAR = 24
_AND = re.compile(r"\s?(?:,|and|,\sand)\s", re.IGNORECASE)
#: What a unit is counted in, and how many of those it holds; months and days do not convert into one another.
_COUNTED = {
    "minute": ("minute", 1), "hour": ("hour", 1), "day": ("day", 1), "week": ("day", 7), "month": ("month", 1),
    "quarter": ("month", 3), "year": ("month", 12),
}  # fmt: skip
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "month": 30.4375}
_HOURS = 24
#: Days that pass while a business day does: five of them are a week.
_OF_BUSINESS = 7 / 5
#: No duration of a contract is of more of its unit.
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: what is counted, business days or others, and as how many of which unit it is written.

    `other` is the end that a range begins with, or another length that it may be ("one or two years"): then `between`
    is "to" or "or".
    """

    many: float
    unit: str
    business: bool = False
    other: float | None = None
    between: str = "to"

    @property
    def counted(self) -> str:
        """What it is counted in: "day", "business day", "month"."""
        return "business " * self.business + _COUNTED[self.unit][0]

    @property
    def total(self) -> float:
        """How many of those it is, at its longest."""
        return self.many * _COUNTED[self.unit][1]

    @property
    def months(self) -> int | None:
        """How many whole months it is; None of days and ranges."""
        whole = self.other is None and self.counted == "month" and self.total == int(self.total)
        return int(self.total) if whole else None

    @property
    def comparable(self) -> str:
        """Equal where lengths are equal, as "12 month", "36 to 48 month"; 72 hours are "3 day"."""
        if self.counted == "hour" and self.other is None and self.total % _HOURS == 0:
            return f"{self.total / _HOURS:g} day"
        other = "" if self.other is None else f"{self.other * _COUNTED[self.unit][1]:g} {self.between} "
        return f"{other}{self.total:g} {self.counted}"

    @property
    def shown(self) -> str:
        """As it is written, as "1 year", "36 to 48 months"."""
        other = "" if self.other is None else f"{self.other:g} {self.between} "
        unit = "business " * self.business + self.unit
        return f"{other}{self.many:g} {unit}" + ("" if self.many == 1 else "s")

    @property
    def days(self) -> float | None:
        """Days of the calendar that it lasts, of a month 30.4375; None for a range."""
        times = _OF_BUSINESS if self.business and self.unit == "day" else 1.0
        return None if self.other is not None else self.total * _DAYS[_COUNTED[self.unit][0]] * times


@dataclass(frozen=True, slots=True)
class _Written:
    start: int
    end: int
    length: Length


def _written(text: str, read: Sequence[Number]) -> Iterator[tuple[int, _Written]]:
    """The lengths of time that numbers with a unit write, and which of the numbers each is of."""
    for at, number in enumerate(read):
        if number.value <= _MOST and (unit := _UNIT.match(text, number.end)):
            length = Length(float(number.value), unit["unit"].lower(), bool(unit["business"]))
            yield at, _Written(number.start, unit.end(), length)


def first_length(text: str) -> Length | None:
    """The first length of time in a text with single spaces; both ends where it is a range."""
    read = numbers(text, quarters=False)
    found = dict(_written(text, read))
    if not found:
        return None
    at, one = next(iter(found.items()))
    length, then = one.length, found.get(at + 1)
    if then and _adds(text, one, then):
        return replace(length, many=length.total + then.length.many, unit="month")
    to = _to(text, read[at].start, one.end, then.start) if then else ""
    if then and to and then.length.counted == length.counted:
        return _ranging(then.length, length.total / _COUNTED[then.length.unit][1], to)
    if at and (to := _to(text, read[at - 1].start, read[at - 1].end, one.start)):
        return _ranging(length, min(float(read[at - 1].value), float(_MOST)), to)
    return length


def _adds(text: str, one: _Written, then: _Written) -> bool:
    """Whether months go on from years: "four years and six months"."""
    units = one.length.unit, then.length.unit
    return units == ("year", "month") and _AND.fullmatch(text, one.end, then.start) is not None


def _ranging(length: Length, other: float, between: str) -> Length:
    return length if other == length.many else replace(length, other=other, between=between)


def _to(text: str, low: int, end: int, high: int) -> str:
    """The word that makes two numbers a range, the first of them from `low` to `end`; empty where none does."""
    to = _TO.fullmatch(text, end, high)
    if to is None or (to["and"] and not _BETWEEN.search(text, max(0, low - _LEAD), low)):
        return ""
    return "or" if to["or"] else "to"


def ends_range(text: str, start: int) -> bool:
    """Whether the number that begins at `start` is the upper end of a range ("36 to 48 months"), and so no value."""
    return _FROM.search(text, max(0, start - _NEAR), start) is not None
