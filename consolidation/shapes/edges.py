"""What does not belong to an answer at its edges: half a quotation, and what begins what follows it."""

from __future__ import annotations

import re

from consolidation.shapes.page_heads import pages_within
from consolidation.text.numbers import SCALES, TENS, UNITS
from consolidation.text.ranges import Range

#: The heading of the next clause, with its number, that a place runs into.
_HEADING_AFTER = re.compile(
    r"(?<=\S)\s*\n\s*(?:ARTICLE\s+|SECTION\s+)?\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z][A-Z &/-]{3,}$"
)
#: What only joins a place to what follows it: "12 people and a".
_GOES_ON_WITH = re.compile(r"(?<=\w)\s+(?:and|or)(?:\s+(?:an?|the|its|their))?$")

#: A part of a contract, or of a place, that is told by a letter or a number behind it.
_LABELLED = re.compile(
    r"(?i:\b(?:exhibits?|schedules?|sections?|articles?|annex|appendix|attachment|clause|paragraph|subsection|addendum|phase|lot|suite|tract|parcel|unit|building|room))$"
)
_LABEL = re.compile(
    r"\s+(?:[A-Z]{1,2}|[IVX]{1,5}|\d{1,5})(?:[-.]\d{1,3}|-[A-Z]|[A-Z])?(?:\([a-z0-9]{1,4}\))*(?![\w'\u2019])"
)
#: A thing of no name before the place where it is; courts are asked for themselves.
_THING_AT = re.compile(
    r"(?:an?|one|any|the)\s+(?=[\da-z])[^,;.]{1,120}?\s(?:at|in|on|near)\s+(?:the\s+)?(?=[A-Z\d])"
)
_TRIES = re.compile(r"\b(?:courts?|tribunals?|arbitrat\w+|panel|jurisdiction)\b", re.IGNORECASE)


_NUMBER_WORD = rf"(?:{'|'.join((*UNITS, *TENS, 'hundred', *SCALES))})"
_NUMBER_IN_WORDS = re.compile(rf"{_NUMBER_WORD}\b", re.IGNORECASE)
_NUMBER_WORDS_BEFORE = re.compile(
    rf"\b{_NUMBER_WORD}(?:[\s-]+(?:and\s+)?{_NUMBER_WORD}){{0,9}}[\s-]+(?:and\s+)?$", re.IGNORECASE
)
#: Initials before the last of a person's names; one letter alone may be that of an item.
_NAME, _INITIALS_BEFORE = re.compile(r"[A-Z][a-z]"), re.compile(r"(?<![\w.])(?:[A-Z]\.\s?){2,3}$")
_FAR = 90
#: Words before a figure that bound it; "no" and "not" turn them.
_BOUND = re.compile(
    r"(?:(?:less|more|greater|fewer|lower|higher)\s+than|below|above|in\s+excess\s+of|exceed(?:ing)?)\s+(?=\W{0,2}\d|"
    rf"{_NUMBER_WORD}\b|US\$|USD)",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\b(?:not|no)\s+$", re.IGNORECASE)
#: What is not to be so: "will not permit its cash to be (less than ...)", or so in a list of what is forbidden.
_NOT_TO_BE = re.compile(
    r"\b(?:not|never|neither|nor|no|(?-i:Permit|Suffer|Allow))\b[^;]*?\b(?:be|fall|falls|drop|drops|decline|declines|go|become|decrease|increase|rise)\s+$",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.;]\s+(?=[A-Z(])")
_SENTENCE = 600


def begun_whole(text: str, low: int) -> int:
    """Where a place begins, with the words of its number and the initials of its name that stand before it."""
    whole = None
    if _NUMBER_IN_WORDS.match(text, low):
        whole = _NUMBER_WORDS_BEFORE.search(text, max(0, low - _FAR), low)
    elif _NAME.match(text, low):
        whole = _INITIALS_BEFORE.search(text, max(0, low - _FAR), low)
    return whole.start() if whole else low


def bounded(text: str, low: int) -> int:
    """Where a place that begins with a bound of a figure begins, so that it does not say the opposite.

    "less than $5" of "not less than $5" takes its "not" in; of "will not permit cash to be less than $5" the figure
    alone is left.
    """
    bound = _BOUND.match(text, low)
    if bound is None:
        return low
    if turned := _TURNED.search(text, max(0, low - _FAR), low):
        return turned.start()
    before = _SENTENCE_ENDS.split(text[max(0, low - _SENTENCE) : low])[-1]
    return bound.end() if _NOT_TO_BE.search(before) else low


def without_pages(text: str, low: int, high: int) -> Range:
    """A place without the mark of a page, and what runs beside it, at its edges."""
    for start, end in pages_within(text, low, high):
        if not text[low : max(low, start)].strip():
            low = min(end, high)
        if not text[min(end, high) : high].strip():
            high = max(low, start)
    return low, high


def named_whole(text: str, low: int, high: int) -> int:
    """Where a place ends, with the letter or number of what it ends with: "Exhibit" of "Exhibit A"."""
    label = _LABEL.match(text, high) if _LABELLED.search(text, low, high) else None
    return label.end() if label else high


def place_alone(text: str, place: Range) -> Range:
    """A place without the thing that is there: of "a plant at Morris, Illinois" the town and the state."""
    thing = _THING_AT.match(text, *place)
    return place if thing is None or _TRIES.search(thing[0]) else (thing.end(), place[1])


def without_next(text: str, low: int, high: int) -> int:
    """Where a place ends, without the heading of the next clause and what only joins it to what follows."""
    for ending in (_HEADING_AFTER, _GOES_ON_WITH):
        if match := ending.search(text, low, high):
            high = match.start()
    return high


def unquoted(text: str, low: int, high: int) -> Range:
    """A place without the one mark of a quotation that opens or closes outside of it."""
    inside = text[low:high]
    if inside.endswith(("\u201d", '"')) and inside.count("\u201c") + inside.count('"') == (inside[-1] == '"'):
        return low, high - 1
    if inside.startswith(("\u201c", '"')) and inside.count("\u201d") + inside.count('"') == (
        inside[0] == '"'
    ):
        return low + 1, high
    return low, high
