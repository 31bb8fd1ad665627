"""Periods to cure: the one that is given first, and the longer one for what cannot be cured in it."""

from __future__ import annotations

import re

from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.shapes.figures import bounded
from consolidation.shapes.shaping import trimmed
from consolidation.text.ranges import Range
from consolidation.text.values import find_durations

_ASKS = re.compile(
    r"\b(?:cur(?:e|es|ed|ing|able)|remed(?:y|ies|ied)|grace|rectif\w+|correct\w*)\b", re.IGNORECASE
)
#: What cannot be cured in the period that is given first.
_NOT_IN_TIME = re.compile(
    r"\b(?:can(?:not|\s+not)|could\s+not|(?:is|are|be)\s+(?:not\s+capable|incapable)|not\s+(?:reasonably\s+)?(?:susceptible|capable)|not\s+curable|requires?\s+(?:more|longer))\b"
    r"[^.;]{0,60}?\b(?:cur|remed|rectif|correct|days|time|period)",
    re.IGNORECASE,
)
_FAR = 700


def periods_to_cure(asked: Understanding, passages: Passages, place: Range) -> tuple[Range, ...]:
    """The place of a period to cure and that of the other one, in order, where its sentence gives two.

    The sentence must say that the other is for what cannot be cured in the first.
    """
    if asked.value != "duration" or not _ASKS.search(asked.each):
        return (place,)
    text = passages.text
    low, high = next((one for one in passages.sentences if one[0] <= place[0] < one[1]), (place[0], place[1]))
    low, high = max(low, place[0] - _FAR), min(high, place[1] + _FAR)
    lengths = [trimmed(text, (low + one.start, low + one.end)) for one in find_durations(text[low:high])]
    own = [one for one in lengths if one[0] < place[1] and place[0] < one[1]]
    if len(own) != 1:
        return (place,)
    before = [one for one in lengths if one[1] <= own[0][0]][-1:]
    behind = [one for one in lengths if one[0] >= place[1]][:1]
    for first, second in ((before, own), (own, behind)):
        if not (first and second and _NOT_IN_TIME.search(text, first[0][1], second[0][0])):
            continue
        if _days(text, first[0]) == _days(text, second[0]):
            continue
        other = bounded(text, (second if first is own else first)[0], above=False)
        return tuple(sorted((place, other)))
    return (place,)


def _days(text: str, place: Range) -> str:
    length = normalise("duration", text[slice(*place)])
    return length.comparable if length else ""
