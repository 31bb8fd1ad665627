"""From which day a term runs."""

from __future__ import annotations

import re

from consolidation.briefs.dates import dates
from consolidation.briefs.fields import Field, Range
from consolidation.text.values import Found

#: Most years after which an agreement takes effect.
_SOON = 2
_START = re.compile(
    r"\b(?:commenc\w+|begin\w*|start\w*|from|effective|after|of|following)\b[^.;]{0,60}$", re.IGNORECASE
)
FROM_EFFECTIVE = re.compile(r"\b(?:effective\s+date|commencement\s+date|start\s+date)\b", re.IGNORECASE)
FROM_AGREEMENT = re.compile(
    r"\b(?:date\s+(?:hereof|first|of\s+this|of\s+the\s+agreement|above|of\s+(?:execution|signing"
    r"|signature))|execution|date\s+and\s+year\s+first|(?:day|date)\s+first|signing|signature)\b",
    re.IGNORECASE,
)
#: A beginning whose day nobody knows beforehand.
_ON_EVENT = re.compile(
    r"\b(?:commenc\w+|begin\w*|start\w*|effective|effect)\s+(?:on|upon|from|as\s+of|with|at|after|when)\s"
    r"(?:(?!\b(?:until|through|continu\w+|remain\w*|terminat\w+|expir\w+|effective|hereof|execution|sign\w+|and)\b)"
    r"[^.;,]){0,80}?\b(?:completion|deliver(?:y|ies)|approval|closing|acceptance|operations?|opening|launch|receipt"
    r"|installation|availability|satisfaction|shipment|first\s+(?:commercial\s+)?(?:sale|use))\b",
    re.IGNORECASE,
)


def shifted(found: Found, start: int) -> Range:
    """The range of what was found in a sentence that starts there."""
    return found.start + start, found.end + start


def begin(
    sentence: str, one: Found, start: int, effective: Field | None, agreement: Field | None
) -> tuple[str, Range, bool] | None:
    """The date from which a duration runs, where that is written, and whether the sentence says so.

    None where it runs from an event, of which no day is known.
    """
    of = sentence[one.end : one.end + 60] if "nniversary" in sentence[one.start : one.end + 14] else ""
    if agreement and FROM_AGREEMENT.search(of):
        return agreement.value, agreement.places[0], True
    for date in dates(sentence, partial=True) if not FROM_EFFECTIVE.search(of) else ():
        if _START.search(sentence[max(0, date.start - 80) : date.start]):
            return date.value, shifted(date, start), True
    if _ON_EVENT.search(sentence):
        return None
    says_effective, says_agreement = FROM_EFFECTIVE.search(sentence), FROM_AGREEMENT.search(sentence)
    if says_agreement and agreement and not says_effective:
        return agreement.value, agreement.places[0], True
    for known in (effective, agreement):
        if known and not (agreement and _long_after(known, agreement)):
            return known.value, known.places[0], bool(says_effective)
    return None


def _long_after(effective: Field, agreement: Field) -> bool:
    """Whether a day that some sentence names lies years after the agreement: then it is none on which that began."""
    years = int(effective.value[:4]) - int(agreement.value[:4])
    return effective.rule == "takes effect on" and years > _SOON
