"""A day counted from another: what the document says of the time between, and from which day it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consolidation.briefs.dates import dates
from consolidation.briefs.durations import durations
from consolidation.briefs.fields import Brief, Field, Type
from consolidation.briefs.starts import FROM_AGREEMENT, FROM_EFFECTIVE, begin
from consolidation.computing.day_questions import DayQuestion
from consolidation.computing.days import Day, day_of, moved
from consolidation.text.lengths import first_length
from consolidation.text.ranges import Range
from consolidation.text.values import Found, find_dates

#: So many characters behind a length of time tell from when it runs.
REACH, _NEAR = 110, 60
#: What says how long the agreement runs, before the length of that.
_TERM = re.compile(
    r"\bterm\s+of\s+(?:this|the)\s+\w+\b|\b(?:agreement|contract|lease|term)\b[^.;]{0,60}\bshall\s+(?:be|commence|begin|continue|remain|run)\b",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"^[\s,)'\u2019]*(?:calendar\s+)?(?:(?:written|prior|advance)\s+){0,2}(?:notice\s+)?"
    r"(?:prior\s+to|before|preceding|in\s+advance\b)",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"^[\s,)'\u2019]*(?:(?:prior|advance|written)\s+){1,3}notice\b", re.IGNORECASE)
_FROM_END = re.compile(
    r"^[^.;]{0,40}?\b(?:after|from|following|of|beyond|upon)\b[^.;,]{0,50}?\b(?:expir\w+|terminat\w+|end(?:ing)?\b|conclusion|completion\s+of\s+the\s+term)",
    re.IGNORECASE,
)
_BEFORE_END = re.compile(r"^[^.;]{0,60}\b(?:expir\w+|end\b|renew\w*|term\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: the answer, from what, and where the document says so."""

    said: str
    how: str
    places: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class _From:
    day: Day
    places: tuple[Range, ...] = ()
    earlier: bool = False


def counted_day(asked: DayQuestion, brief: Brief, sentence: str, start: int, place: Range) -> Counted | None:
    """The day to which a length of time leads that stands at a place of a sentence, which begins at `start`.

    None where it leads to none.
    """
    inner = place[0] - start, place[1] - start
    length = first_length(" ".join(sentence[slice(*inner)].split()))
    said = durations(sentence[slice(*inner)])
    inner = inner[0], inner[0] + said[0].end if said else inner[1]
    origin = _origin(asked, brief, sentence, start, inner) if length else None
    if length is None or origin is None:
        return None
    day = moved(origin.day, length, earlier=origin.earlier)
    if day is None:
        return None
    how = f"{length.shown} {'before' if origin.earlier else 'after'} {origin.day.shown}"
    return Counted(day.shown, how, (place, *origin.places))


def _origin(asked: DayQuestion, brief: Brief, sentence: str, start: int, inner: Range) -> _From | None:
    tail = sentence[inner[1] : inner[1] + REACH]
    earlier = bool(EARLIER.search(tail))
    if asked.day and _runs_by_itself(sentence, inner, tail):
        return None
    if asked.day:
        noticed = bool(_NOTICE.search(tail)) and not asked.told
        return _From(asked.day, earlier=asked.last and (earlier or noticed))
    if earlier:
        return _of(brief, "expiry", earlier=True) if _BEFORE_END.search(tail) else None
    stated = stated_day(tail, start + inner[1])
    if stated or FROM_AGREEMENT.search(tail) or FROM_EFFECTIVE.search(tail):
        found = stated or borne_day(brief, tail)
        day = day_of(found[0]) if found else None
        return _From(day, found[1]) if found and day else None
    if asked.from_end or (_FROM_END.search(tail) and not asked.last):
        return _of(brief, "expiry")
    one = Found(inner[0], inner[1], "")
    begun = begin(sentence, one, start, brief.first("effective_date"), brief.first("agreement_date"))
    if begun and begun[2] and (day := day_of(begun[0])):
        return _From(day, (begun[1],))
    return None


def stated_day(tail: str, start: int) -> tuple[str, tuple[Range, ...]] | None:
    """The first whole day (ISO 8601) that is stated behind a time, in words that begin at `start`, and where."""
    found = next((one for one in dates(tail) if day_of(one.value)), None)
    return (found.value, ((found.start + start, found.end + start),)) if found else None


def borne_day(brief: Brief, tail: str) -> tuple[str, tuple[Range, ...]] | None:
    """The whole day (ISO 8601) that an agreement bears and a time runs from, by the words behind it, and where."""
    kinds: tuple[Type, ...] = ()
    if FROM_AGREEMENT.search(tail):
        kinds = ("agreement_date", "effective_date")
    elif FROM_EFFECTIVE.search(tail):
        kinds = ("effective_date", "agreement_date")
    known = (brief.first(kind) for kind in kinds)
    return next(((one.value, one.places) for one in known if one and day_of(one.value)), None)


def _runs_by_itself(sentence: str, inner: Range, tail: str) -> bool:
    """Whether a time is that of the agreement, or runs from a day of the document's own, and from no other."""
    near = tail[:_NEAR]
    stated = FROM_EFFECTIVE.search(near) or FROM_AGREEMENT.search(near) or next(find_dates(near), None)
    return stated is not None or _TERM.search(sentence[max(0, inner[0] - REACH) : inner[0]]) is not None


def _of(brief: Brief, kind: Type, *, earlier: bool = False) -> _From | None:
    known: Field | None = brief.first(kind)
    day = day_of(known.value) if known else None
    return _From(day, known.places, earlier) if known and day else None
