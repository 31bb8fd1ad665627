"""Days of the calendar as questions suppose them, and days counted from them."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from consolidation.text.lengths import Length
from consolidation.text.ranges import Range
from consolidation.text.values import MONTHS, month_number

_WEEKDAYS = tuple(calendar.day_name)
_WEEKDAY = "|".join(f"{name}|{name[:3]}" for name in _WEEKDAYS)
_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|Sept"
#: Months with a capital: "may 3 people" is no day.
_DAY = re.compile(
    rf"\b(?:(?P<w>{_WEEKDAY})\.?,?\s+(?:the\s+)?)?"
    rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m>{_MONTH})\b(?:\.(?=,?\s+\d))?|(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))"
    r"(?:,?\s+(?P<y>(?:19|20)\d\d)(?!\d))?"
)
#: Years by which a day without a year is counted: one with a leap day, one without, and others by their weekdays.
_PLAIN_YEARS, _YEARS = (2001, 2004), range(1990, 2046)
_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
_FRIDAY, _MONTHS_OF_A_QUARTER, _MONTHS_OF_A_YEAR = 4, 3, 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day: its year and its weekday (Monday is 0) where they are known, and whether the day is written first."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None
    day_first: bool = False

    @property
    def shown(self) -> str:
        """As the question writes days: "June 1, 2019", "Monday 3 June"."""
        month = MONTHS[self.month - 1]
        if self.day_first:
            words = f"{self.day} {month}" + (f" {self.year}" if self.year else "")
        else:
            words = f"{month} {self.day}" + (f", {self.year}" if self.year else "")
        if self.weekday is None:
            return words
        return _WEEKDAYS[self.weekday] + (" " if self.day_first else ", ") + words


def day_of(iso: str) -> Day | None:
    """The day of a whole ISO 8601 date; None of a part of one."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return None
    return Day(date.month, date.day, date.year)


def days_in(text: str) -> list[tuple[Day, Range]]:
    """The days that a question names, with or without a year, and where they stand in it."""
    found = []
    for match in _DAY.finditer(text):
        day, month = match["d"] or match["d2"], month_number(match["m"] or match["m2"])
        year = int(match["y"]) if match["y"] else None
        weekday = None
        if match["w"]:
            weekday = next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(match["w"][:3]))
        one = Day(month, int(day), year, weekday, bool(match["d"]))
        if _dates(one):
            found.append((one, match.span()))
    return found


def _dates(day: Day) -> list[datetime.date]:
    """The dates that a day may be, of some years where it has none."""
    years = (day.year,) if day.year else _PLAIN_YEARS if day.weekday is None else tuple(_YEARS)
    out = []
    for year in years:
        try:
            date = datetime.date(year, day.month, day.day)
        except ValueError:
            continue
        if day.year or day.weekday is None or date.weekday() == day.weekday:
            out.append(date)
    return out


def moved(day: Day, length: Length, *, earlier: bool = False) -> Day | None:
    """The day so long after another, or before it; of business days weekends are left out, and no holidays.

    None where that depends on a year or a weekday that is not known, where the length is a range or in parts of a
    day, or past the calendar's end.
    """
    if length.other is not None or length.many != int(length.many):
        return None
    if length.business and length.unit == "day" and day.year is None and day.weekday is None:
        return None
    found = {_step(date, length, -1 if earlier else 1) for date in _dates(day)}
    alike = {(one.month, one.day) if one and day.year is None else one for one in found}
    if len(alike) != 1 or None in found:
        return None
    date = next(one for one in found if one)
    weekdays = {one.weekday() for one in found if one}
    known = day.weekday is not None and len(weekdays) == 1
    return replace(
        day,
        month=date.month,
        day=date.day,
        year=date.year if day.year else None,
        weekday=date.weekday() if known else None,
    )


def _step(date: datetime.date, length: Length, sign: int) -> datetime.date | None:
    many, unit = int(length.many) * sign, length.unit
    try:
        if length.business and unit == "day":
            return _business(date, many)
        if unit == "quarter":
            return date + relativedelta(months=_MONTHS_OF_A_QUARTER * many)
        return date + relativedelta(**{_UNITS[unit]: many}) if unit in _UNITS else None
    except (ValueError, OverflowError):
        return None


def _business(date: datetime.date, many: int) -> datetime.date:
    step = datetime.timedelta(days=1 if many > 0 else -1)
    for _ in range(abs(many)):
        date += step
        while date.weekday() > _FRIDAY:
            date += step
    return date


def whole_months(start: str, end: str) -> int | None:
    """The months from one ISO 8601 date to another, the last day in or out; None where they are not whole."""
    try:
        first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
        spans = [relativedelta(last + datetime.timedelta(days=more), first) for more in (0, 1)]
    except (ValueError, OverflowError):
        return None
    months = [span.years * _MONTHS_OF_A_YEAR + span.months for span in spans if not span.days]
    return next((many for many in months if many > 0), None)
