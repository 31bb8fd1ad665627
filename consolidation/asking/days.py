"""Days that a question names: "before 2012", "between 2010 and 2012", "in the next 90 days", "this year"."""

from __future__ import annotations

import calendar
import datetime
import math
import re
from dataclasses import dataclass, replace

from consolidation.asking.comparators import OF_DAY, OF_SIZE, Comparator, of_day, of_size
from consolidation.asking.typed import normalise
from consolidation.text.values import MONTHS


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that is meant (proleptic ordinals, both included, None: none), and the words for it."""

    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class DaysSaid:
    """Stretches of days of which any is meant, in their order and apart, and the text without the words for them."""

    any_of: tuple[Days, ...]
    rest: str


_UNIT = r"(?:day|week|month|quarter|year)"
_NUMBER = rf"(?:\d{{1,9}}|(?!{_UNIT}s?\b)[a-z]+(?:-[a-z]+)?)"
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(month[:3] for month in MONTHS)}|Sept)\b\.?)"
_DAY = (
    rf"\d{{4}}-\d\d-\d\d|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?\s+{_MONTH}\s*,?\s+(?:of\s+)?\d{{4}}|\d{{1,2}}\s?[/-]\s?\d{{1,2}}\s?[/-]\s?(?:\d{{4}}|\d\d)(?!\d)"
)
_FROM_NOW = r"(?:from\s+(?:now|today)|hence)"
#: What is counted from another day than today, or is a part of another time: "the last quarter of 2012".
_OF_ANOTHER = r"(?!\s+(?:of|after|before|following|prior|from)\b)"
_SPAN = re.compile(
    rf"(?P<the>the\s+)?(?P<end>end\s+of\s+(?:the\s+)?)?(?:(?P<day>{_DAY})|(?:(?P<month>{_MONTH})\s*,?\s+(?:of\s+)?)?(?P<year>(?:19|20)\d\d)(?!\d|\s?[-–/]\s?\d)|"
    rf"(?P<next>next|coming|past|last|previous)\s+(?P<n>{_NUMBER})\s+(?P<unit>{_UNIT})s?\b{_OF_ANOTHER}|(?P<this>this|next|coming|past|last|previous)\s+(?P<span>year|quarter|month|week)\b{_OF_ANOTHER}|"
    rf"(?P<now>today|now)\b|(?P<n2>{_NUMBER})\s+(?P<unit2>{_UNIT})s?\b(?!['’]?s?\s+(?:\w+\s+)?notice){_OF_ANOTHER})",
    re.IGNORECASE,
)
_HOW = re.compile(
    rf"(?:{OF_DAY}|\b(?P<how>between|from|within|in|during|on|over))\s+|\b(?=(?:this|next|last)\s+(?:(?:\d+\s+)?{_UNIT})s?\b)",
    re.IGNORECASE,
)
#: How long ago, or from now: "more than 3 years ago", "within six months from now".
_AGO = re.compile(
    rf"(?:(?:(?P<day>{OF_DAY.replace('(?P<no>', '(?:').replace('(?P<than>', '(?:')})|{OF_SIZE}|\b(?P<within>within))\s+(?:the\s+)?)?\b(?P<n>{_NUMBER})\s+(?P<unit>{_UNIT})s?\s+(?:(?P<ago>ago|back)|{_FROM_NOW})\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
#: The second date of "between ... and ...", and of "2010 to 2012".
_AND_DATE = re.compile(r"\s+(?:and|to|until|through|-|–)\s+", re.IGNORECASE)
_TO_DATE = re.compile(r"\s*(?:\b(?:to|through|thru)\b|–)\s*", re.IGNORECASE)
#: Another day for the same words: "in 2010, 2011 or 2012".
_OR_DATE = re.compile(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?P<word>and|or)\s+", re.IGNORECASE)
#: All days from the one that is named, or up to it: "in 2012 or later".
_OR_LATER = re.compile(
    r"\s*,?\s+(?:or\s+(?:(?P<later>later|after|thereafter)|earlier|sooner|before)|at\s+the\s+(?:(?P<earliest>earliest)|latest))\b",
    re.IGNORECASE,
)
_MORE_SAID = re.compile(r"\s*,?\s+(?:and|or)\s", re.IGNORECASE)
#: A part alone of what is named: "later this year".
_PART = re.compile(r"\b(?:later|earlier|early|late|mid)(?:\s+in)?\s+$", re.IGNORECASE)
#: What may be ended on some notice has no end by that.
_CAN_END = re.compile(r"\b(?:can|may|could)\s+(?:be\s+)?terminat\w+|\bterminable\b|\bnotice\b", re.IGNORECASE)
_WITHIN = frozenset(("in", "within", "during", "over"))
#: What has happened did so in no stretch that begins today: "signed within 2 years".
_HAPPENED = re.compile(
    r"\b(?:signed|executed|dated|made|concluded|entered|expired|ended|lapsed|terminated|finished|started|began|begun|commenced|took|renewed)\b",
    re.IGNORECASE,
)


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


def _length(number: str, unit: str) -> int | None:
    """The days of a number of units, None where the number cannot be told: "few"."""
    length = normalise("duration", f"{'1' if number.lower() in ('a', 'an') else number} {unit}s")
    if length is None or length.order is None or not math.isfinite(length.order):
        return round(int(number) * _DAYS[unit]) if number.isdigit() else None
    return round(length.order)


def _moved(today: datetime.date, days: int) -> datetime.date | None:
    """The day so many days on, None where the calendar does not reach so far."""
    day = today.toordinal() + days
    return datetime.date.fromordinal(day) if 1 <= day <= datetime.date.max.toordinal() else None


_Span = tuple[datetime.date, datetime.date]


def _span(match: re.Match[str], how: str, today: datetime.date | None) -> _Span | None:
    """The first and last day that a match names: a day, a month, a year or a stretch from today."""
    if match["day"]:
        day = normalise("date", match["day"])
        exact = datetime.date.fromisoformat(day.comparable) if day else None
        return (exact, exact) if exact else None
    if match["year"]:
        year = int(match["year"])
        if not match["month"]:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        month = next(i for i, name in enumerate(MONTHS, 1) if name[:3].lower() == match["month"][:3].lower())
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    if today is None:
        return None
    return (today, today) if match["now"] else _from_today(match, how, today)


def _from_today(match: re.Match[str], how: str, today: datetime.date) -> _Span | None:
    """A stretch that begins or ends today, or one of the calendar: "the next 90 days", "next year"."""
    number, unit = match["n"], (match["unit"] or "").lower()
    side, span = (match["this"] or match["next"] or "").lower(), (match["span"] or "").lower()
    if match["unit2"]:
        happened = _HAPPENED.search(match.string[: match.start()])
        if how not in ("in", "within") or happened:
            return None
        number, unit = match["n2"], match["unit2"].lower()
    # NB: "in the next year" is a year from today, "next year" the one that begins in January.
    if span and (
        side == "past"
        or (side not in ("this", "previous") and match["the"] and not match["end"] and how in _WITHIN)
    ):
        number, unit, span = "1", span, ""
    if span:
        return _calendar(span, {"this": 0, "next": 1, "coming": 1}.get(side, -1), today)
    days = _length(number, unit)
    past = side in ("last", "past", "previous")
    other = _moved(today, -days if past else days) if days is not None else None
    return (min(today, other), max(today, other)) if other else None


def _ago(match: re.Match[str], today: datetime.date | None) -> Days | None:
    """The days at some distance from today; one alone is not meant to the day, and is not told."""
    length = _length(match["n"], match["unit"].lower())
    if today is None or length is None:
        return None
    past = bool(match["ago"])
    point = _moved(today, -length if past else length)
    if point is None:
        return None
    words, day, now = _tidied(match[0]), float(point.toordinal()), float(today.toordinal())
    if match["within"]:
        return Days(min(day, now), max(day, now), words)
    if match["day"]:
        said = re.fullmatch(OF_DAY, match["day"], re.IGNORECASE)
        return _bounded(of_day(said), (point, point), words) if said else None
    if not match["than"]:
        return None
    far = of_size(match)
    step = 0 if far.equal else 1
    if far.above:
        return Days(None, day - step, words) if past else Days(day + step, None, words)
    return Days(day + step, now, words) if past else Days(now, day - step, words)


def _bounded(than: Comparator, span: _Span, words: str) -> Days:
    first, last = (float(day.toordinal()) for day in span)
    if than.above:
        return Days(first if than.equal else last + 1, None, words)
    return Days(None, last if than.equal else first - 1, words)


def _tidied(words: str) -> str:
    said = " ".join(words.split())
    return said[:1].lower() + said[1:]


def _how(match: re.Match[str]) -> str:
    """The word before a date, of those that compare the last, and "in" where none is said."""
    return str(match["how"] or match["than"] or "in").lower().split()[-1]


def days_said(text: str, today: datetime.date | None) -> DaysSaid | None:
    """The days that a text names; None where it names none that can be told.

    `today` resolves "this year" and "in the next 90 days"; without it these cannot be told.
    """
    if ago := _AGO.search(text):
        days = _ago(ago, today)
        return DaysSaid((days,), _cut(text, ago.start(), ago.end())) if days else None
    how = _HOW.search(text)
    if how is None or _PART.search(text[: how.start()]):
        return None
    word = _how(how)
    found = _SPAN.match(text, how.end())
    span = _span(found, word, today) if found else None
    if found is None or span is None or (word == "over" and not (found["next"] or found["this"])):
        return None
    if word in ("between", "from") and (to := _AND_DATE.match(text, found.end())):
        return _range(text, how.start(), span, _SPAN.match(text, to.end()), today)
    if word == "between":
        return None
    if not how["than"] and (to := _TO_DATE.match(text, found.end())):
        return _range(text, how.start(), span, _SPAN.match(text, to.end()), today)
    every, end = _alternatives(text, how, found, span, today)
    if not every or _MORE_SAID.match(text, end):
        return None
    return DaysSaid(_together(every, _tidied(text[how.start() : end])), _cut(text, how.start(), end))


def _range(
    text: str, start: int, first: _Span, until: re.Match[str] | None, today: datetime.date | None
) -> DaysSaid | None:
    last = _span(until, "in", today) if until else None
    if until is None or last is None:
        return None
    words = _tidied(text[start : until.end()])
    days = Days(float(first[0].toordinal()), float(last[1].toordinal()), words)
    return DaysSaid((days,), _cut(text, start, until.end()))


def _alternatives(
    text: str, how: re.Match[str], found: re.Match[str], span: _Span, today: datetime.date | None
) -> tuple[list[Days], int]:
    """The days of each date that is named after the same words, and where these end; none where one cannot be told."""
    word = _how(how)
    every, at = [_days(how, found, span, text)], found.end()
    while (more := _OR_DATE.match(text, at)) and (other := _SPAN.match(text, more.end())):
        other_span = _span(other, word, today)
        open_ended = bool(how["than"]) or word == "from"
        if other_span is None or (open_ended and (more["word"] or "").lower() == "and"):
            return [], at
        every.append(_days(how, other, other_span, text))
        at = other.end()
    if (later := _OR_LATER.match(text, at)) and not how["than"] and len(every) == 1:
        at = later.end()
        only = replace(every[0], words=_tidied(text[how.start() : at]))
        above = later["later"] or later["earliest"]
        every = [replace(only, high=None) if above else replace(only, low=None)]
    return every, at


def _days(how: re.Match[str], found: re.Match[str], span: _Span, text: str) -> Days:
    """The days of one date after the words for how they lie to it."""
    lead, named = text[how.start() : how.end()], found[0]
    if not how["than"]:
        low, high = (float(day.toordinal()) for day in span)
        return Days(low, None if _how(how) == "from" else high, _tidied(lead + named))
    than = of_day(how)
    if found["end"]:
        # NB: the end of a year is its last day, on which "before the end of 2012" is met too.
        return _bounded(
            Comparator(than.above, than.equal or not than.above), (span[1], span[1]), _tidied(lead + named)
        )
    whole = not than.above and than.equal and span[0] != span[1] and not found["next"] and not found["unit2"]
    # People are told how "by 2012" is read.
    return _bounded(than, span, _tidied(f"{lead}{'the end of ' if whole and not how['no'] else ''}{named}"))


def _together(every: list[Days], words: str) -> tuple[Days, ...]:
    """Stretches without those that meet, in order."""
    joined: list[Days] = []
    for one in sorted(every, key=lambda days: -math.inf if days.low is None else days.low):
        last = joined[-1] if joined else None
        if last is None or (last.high is not None and one.low is not None and one.low > last.high + 1):
            joined.append(one)
            continue
        high = None if last.high is None or one.high is None else max(last.high, one.high)
        joined[-1] = replace(last, high=high)
    return (
        (replace(joined[0], words=words if len(every) > 1 else joined[0].words),)
        if len(joined) == 1
        else tuple(joined)
    )


def _cut(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"


def days_in(text: str, today: datetime.date | None) -> Days | None:
    """The days that a text names where these are one stretch, else None."""
    said = days_said(text, today)
    return said.any_of[0] if said and len(said.any_of) == 1 else None
