"""The condition of a value: what limits it, and that it may be another one."""

from __future__ import annotations

import re

from consolidation.grammar.conditional import condition_of, whole, worded
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import sentence_around
from consolidation.text.ranges import Range

#: What is said with many values and limits few.
_GENERAL = re.compile(r"subject\b|without\b", re.IGNORECASE)
#: What says that a value may be another one, and how far behind the value that begins, and how long it is at most.
_BESIDE, _LONG = 90, 80
_ANOTHER = re.compile(
    r"\bor\s+(?:(?:for|at|by|on|in|to|until|within)\s+)?(?:such|any|an?|the)\s+(?:other\s+)?"
    r"(?:longer|shorter|later|earlier|greater|lesser|higher|lower|larger|smaller|additional|further|other|extended|different)\b"
    r"(?:\s+(?:or\s+)?[a-z]+){0,3}?\s+(?:periods?|dates?|days?|times?|terms?|amounts?|sums?|rates?|percentages?|numbers?|notice|extensions?|limits?)\b",
    re.IGNORECASE,
)
#: What stands between a value and what is said of another one.
_PARTED = re.compile(r";|\.\s|\n\s*\n|,\s+(?:and|but)\s", re.IGNORECASE)


def condition_of_value(question: str, passages: Passages, place: Range) -> str:
    """The condition of a value: "unless the option expires before", "or for such longer period as the law requires".

    To what else it is subject is not told.
    """
    if another := condition_of_day(passages, place):
        return another
    condition = condition_of(question, "", passages, place)
    return "" if _GENERAL.match(condition) else condition


def condition_of_day(passages: Passages, place: Range) -> str:
    """That a value may be another one, right behind it: "or such later date as the Bank may designate"."""
    text, (_, end) = passages.text, sentence_around(passages, place)
    another = _ANOTHER.search(text, place[1], min(end, place[1] + _BESIDE + _LONG))
    if another is None or another.start() > place[1] + _BESIDE:
        return ""
    if _PARTED.search(text, place[1], another.start()):
        return ""
    return worded(passages, whole(text, another.start(), end))
