"""Days of another paper, or of its signing, where the day of one is asked for."""

from __future__ import annotations

import re

from consolidation.asking.dates_asked import asks_signing
from consolidation.asking.understand import Understanding
from consolidation.grammar.denying import stems
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import sentence_around
from consolidation.text.values import find_dates
from consolidation.text.windows import Range

#: The name of a paper before the day that it bears: "Construction Loan Agreement, dated as of".
_DATED = re.compile(
    r"(?P<name>(?:[A-Z][\w&'\u2019-]*)(?:\s+(?:(?:of|to|and|for|the|in)\s+)*[A-Z][\w&'\u2019-]*){0,8})[\s,]+"
    r"(?:(?:is|was)\s+)?(?:dated|made|entered\s+into)\s+(?:(?:as\s+of|on|the)\s+)*$"
)
#: A paper that changes another, or what it changes, by the words of a question; and the title of one.
_OF_CHANGES = re.compile(
    r"\b(?:amendment|addendum|supplement|changes|(?:new|changed|amended)\s+terms)\b(?!\s+(?:in|of)\s+control)",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"\b(?:amend|addend|modif|supplement|change|waiver|extension)", re.IGNORECASE)
_BESIDE = frozenset(("beside a signature", "over the signatures"))


def is_of_another_paper(asked: Understanding, passages: Passages, place: Range) -> bool:
    """Whether a day may be that of another paper than is asked about, or only that of a signature.

    Where a sentence dates several papers, that is asked about of whose name the question says the most.
    """
    if asked.value != "date":
        return False
    if not asks_signing(asked.each) and _is_of_signature(passages, place):
        return True
    if _OF_CHANGES.search(asked.each) and not _CHANGES.search(passages.title):
        return True
    low, high = sentence_around(passages, place)
    said = stems(asked.each)
    own, others = 0.0, [0.0]
    for day in find_dates(passages.text[low:high]):
        before = _DATED.search(passages.text[low : low + day.start])
        share = _share(before["name"], said) if before else 0.0
        if low + day.start < place[1] and place[0] < low + day.end:
            own = max(own, share)
        else:
            others.append(share)
    return max(others) > own


def _share(name: str, said: set[str]) -> float:
    words = stems(name)
    return len(words & said) / len(words) if words else 0.0


def _is_of_signature(passages: Passages, place: Range) -> bool:
    """Whether a day is one that stands beside a signature, and the document bears another."""
    own = passages.brief.first("agreement_date")
    beside = {one.value for one in (own.alternatives if own else ()) if one.rule in _BESIDE}
    return any(day.value in beside for day in find_dates(passages.text[slice(*place)]))
