"""Days that a question names: "before 2012", "between 2010 and 2012", "in the next 90 days", "this year"."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from consolidation.asking.typed import normalise
from consolidation.text.values import MONTHS


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that is meant (proleptic ordinals, both included, None: none), and the words for it."""

    low: float | None
    high: float | None
    words: str


_MONTH = "|".join(MONTHS)
_UNIT = r"(?:day|week|month|quarter|year)"
_WHEN = re.compile(
    rf"(?:(?P<how>before|prior\s+to|earlier\s+than|by|until|after|later\s+than|since|from|in|during|on|over|within|between)\s+(?P<the>the\s+)?|\b(?=(?:this|next|last)\s+(?:(?:\d+\s+)?{_UNIT})s?\b))"
    rf"(?P<what>(?:end\s+of\s+)?(?:(?:(?P<month>{_MONTH})\s+)?(?P<year>(?:19|20)\d\d)(?!\d|-)|(?P<next>next|coming|past|last)\s+(?P<n>\d+|(?!(?:year|month|quarter|week|day)\b)\w+)\s+(?P<unit>{_UNIT})s?|"
    rf"(?P<this>this|next|coming|last)\s+(?P<span>year|quarter|month|week)|(?P<now>today|now)\b|(?P<n2>\d+)\s+(?P<unit2>{_UNIT})s?\b(?!['’]?\s+(?:\w+\s+)?notice)|(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|[^,?]+))",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
#: The second date of "between ... and ...".
_AND_DATE = re.compile(r"\s+(?:and|to|until|through|-|–)\s+(?P<what>[^?]+)", re.IGNORECASE)
#: What may be ended on some notice has no end by that.
_CAN_END = re.compile(r"\b(?:can|may|could)\s+(?:be\s+)?terminat\w+|\bterminable\b|\bnotice\b", re.IGNORECASE)
_AFTER = frozenset(("after", "later than", "since", "from"))
_BEFORE = frozenset(("before", "prior to", "earlier than", "by", "until"))
_WITHIN = frozenset(("in", "within", "during", "over"))


def may_be_ended(words: str) -> bool:
    """Whether words say that something may be ended, and no day on which it ends."""
    return bool(_CAN_END.search(words))


def _calendar(span: str, step: int, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The week, month, quarter or year of today, or the one `step` after it: its first and last day."""
    if span == "week":
        first = today - datetime.timedelta(days=today.weekday()) + datetime.timedelta(weeks=step)
        return first, first + datetime.timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[span]
    index = (today.year * 12 + today.month - 1) // months * months + step * months
    last = index + months - 1
    end = calendar.monthrange(last // 12, last % 12 + 1)[1]
    return datetime.date(index // 12, index % 12 + 1, 1), datetime.date(last // 12, last % 12 + 1, end)


def _span(match: re.Match[str], today: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day that a match names: a day, a month, a year or a stretch from today."""
    if match["year"]:
        year = int(match["year"])
        if not match["month"]:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        month = next(i for i, name in enumerate(MONTHS, 1) if name.lower() == match["month"].lower())
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    if match["now"]:
        return (today, today) if today is not None else None
    number, unit = match["n"] or match["n2"], (match["unit"] or match["unit2"] or "").lower()
    said, span = (match["this"] or "").lower(), (match["span"] or "").lower()
    # NB: "in the next year" is a year from today, "next year" the one that begins in January.
    if said in ("next", "coming", "last") and match["the"] and (match["how"] or "").lower() in _WITHIN:
        number, unit, span = "1", span, ""
    if unit and today is not None:
        length = normalise("duration", f"{number} {unit}s")
        days = round(length.order) if length and length.order else _DAYS[unit]
        past = "last" in (said, (match["next"] or "").lower()) or (match["next"] or "").lower() == "past"
        other = today + datetime.timedelta(days=-days if past else days)
        return min(today, other), max(today, other)
    if span and today is not None:
        return _calendar(span, {"this": 0, "next": 1, "coming": 1, "last": -1}[said], today)
    day = normalise("date", match["what"])
    exact = datetime.date.fromisoformat(day.comparable) if day else None
    return (exact, exact) if exact else None


def days_in(text: str, today: datetime.date | None) -> Days | None:
    """The days that a text names; None where it names none that can be told.

    `today` resolves "this year" and "in the next 90 days"; without it these cannot be told.
    """
    match = _WHEN.search(text)
    span = _span(match, today) if match else None
    if match is None or span is None:
        return None
    how, (first, last) = " ".join((match["how"] or "in").lower().split()), span
    words = " ".join(match[0].split())
    if how in ("between", "from") and (other := _AND_DATE.search(text, match.start("what"))):
        until = _WHEN.match(f"in {other['what']}")
        end = _span(until, today) if until else None
        if end is None:
            return None
        words = f"{how} {text[match.start('what') :].strip(' ?.')}"
        return Days(float(first.toordinal()), float(end[1].toordinal()), words)
    low: float | None = float(first.toordinal())
    high: float | None = float(last.toordinal())
    ends = match["what"].lower().startswith("end of")
    if how in _AFTER:
        low, high = (low if how in ("since", "from") else float(last.toordinal() + 1)), None
    elif how in _BEFORE:
        reached = how in ("by", "until") or ends
        low, high = None, (high if reached and (ends or first == last) else float(first.toordinal() - 1))
    return Days(low, high, words[:1].lower() + words[1:])
