"""Cases that a question supposes, and sentences that are about none of them, or about all others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.briefs.fields import Party
from consolidation.grammar.asked_words import asked_words, said_words
from consolidation.grammar.denying import stems
from consolidation.grammar.whom import compared

#: A default that is asked about in a case, and that none has happened, which says nothing of any case.
_ASKS_DEFAULT = re.compile(
    r"^(?:is|are|would|will|does|do|can|could)\b[^?]{0,120}\b(?:default|breach)\b", re.IGNORECASE
)
_NONE_NOW = re.compile(
    r"\bno\s+(?:(?:such|unmatured|potential|material|other)\s+)?(?:(?:event\s+of\s+)?(?:default|breach)\s*(?:,|and|or|nor)?\s*)+(?:\([^)]{0,80}\)\s*)?(?:[^.;:]{0,60}?\s)?"
    r"(?:exists?|existed|(?:has|have|shall\s+have)\s+occurred|(?:is|are|be)\s+continuing|will\s+result|would\s+result)\b",
    re.IGNORECASE,
)
_IS_DEFAULT = re.compile(
    r"\b(?:constitutes?|be\s+deemed|is|are|be|result\s+in)\s+(?:deemed\s+)?(?:an?\s+)?(?:immediate\s+|additional\s+)?(?:event\s+of\s+)?default\b",
    re.IGNORECASE,
)
#: A benefit that is asked for in a case, and words for such cases.
_BENEFIT = re.compile(
    r"^(?:does|do|will|is|are|must|shall)\b(?P<what>.{2,100}?(?:\b(?:get|receive|entitled|paid?|owed?|keep|collect|eligible|due|vest)\b).*?)\s(?:if|when|where|upon|after|following|on)\s(?P<case>.+)$",
    re.IGNORECASE,
)
_GRANTS = re.compile(
    r"\b(?:shall|will|must|is|are|agrees?\s+to)\s+(?:be\s+)?(?:[a-z]+ly\s+)?(?:pay|paid|receive|entitled|provide|continue|give|grant|owe|eligible)\b",
    re.IGNORECASE,
)
_FOR_CASE = r"(?:for|with|due\s+to|because\s+of|as\s+a\s+result\s+of|by\s+reason\s+of|on\s+account\s+of)\s+(?:an?\s+|his\s+|her\s+|their\s+|its\s+|the\s+)?"
_CASES = tuple(
    (
        re.compile(rf"(?<!other\sthan\s)(?<!except\s)(?<!not\s)\b{_FOR_CASE}{case}\b", re.IGNORECASE),
        re.compile(
            rf"\bwithout\s+{case}\b|\b(?:other\s+than|except|not)\s+{_FOR_CASE}{case}\b", re.IGNORECASE
        ),
    )
    for case in (r"cause", r"good\s+reason", r"(?:death|disability)")
)
_BENEFITS = stems("get receive entitled pay paid owe owed keep collect eligible due vest any full")
_DENIED = re.compile(r"\b(?:not|never|no)\b", re.IGNORECASE)


def tells_no_case(question: str, sentence: str) -> bool:
    """Whether a sentence says that there is no default, where a question asks what would be one."""
    return (
        _ASKS_DEFAULT.search(question) is not None
        and _NONE_NOW.search(sentence) is not None
        and not _IS_DEFAULT.search(sentence)
    )


def in_another_case(question: str, said: str, parties: Sequence[Party]) -> bool:
    """Whether a benefit that is asked for in a case is given in all but that."""
    asks = _BENEFIT.match(question.strip(" ?."))
    if asks is None or _DENIED.search(question) or not _GRANTS.search(said):
        return False
    wanted = set(asked_words(asks["what"], parties)) - _BENEFITS
    in_others = bool(wanted) and any(
        own.search(asks["case"])
        and other.search(said)
        and not own.search(said)
        and wanted <= said_words(said)
        for own, other in _CASES
    )
    return in_others and compared(question, said, (0, len(said)), parties) != "contradicts"
