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


#: What is denied only of that which comes later, and a question that asks of it.
_LATER_ONLY = re.compile(
    r"\b(?:not|no|nor|neither|never)\b[^.;]{0,120}?\b(?:aris\w+|accru\w+|occur\w*)\b[^.;]{0,30}?\b(?:after|subsequent\w*|following|later|future)\b",
    re.IGNORECASE,
)
_ASKS_LATER = re.compile(
    r"\b(?:after\w*|later|future|subsequent\w*|following|aris\w+|new|once|post\w*|from\s+then)\b",
    re.IGNORECASE,
)


def denies_what_comes_later(question: str, sentence: str) -> bool:
    """Whether a sentence denies something of what arises later, of which a question says nothing."""
    return bool(_LATER_ONLY.search(sentence)) and not _ASKS_LATER.search(question)


_GOODS = r"(?:deliver\w*|goods|shipments?|shipped|products?|works?|project|completion|complet\w+|install\w*)"
_PAYMENT = r"(?:pays?|paid|payments?|payer|invoices?|fees?|rent|interest|amounts?|sums?|instal?lments?)"
_LATE = r"(?:late\w*|delay\w*|overdue|past\s+due|delinquen\w*|behind|not\s+(?:on|in)\s+time|when\s+due)"
_NEAR = r"\b[^.;?]{0,40}?\b"


def _of_late(what: str) -> re.Pattern[str]:
    return re.compile(rf"\b{what}{_NEAR}{_LATE}\b|\b{_LATE}{_NEAR}{what}\b", re.IGNORECASE)


_LATE_GOODS, _LATE_PAYMENT = _of_late(_GOODS), _of_late(_PAYMENT)


def is_late_otherwise(question: str, sentence: str) -> bool:
    """Whether it is asked about goods that come late and a sentence is about payments that do, or the other way."""
    goods, payment = bool(_LATE_GOODS.search(question)), bool(_LATE_PAYMENT.search(question))
    if goods == payment:
        return False
    said = " ".join(sentence.split())
    own, other = (_LATE_GOODS, _LATE_PAYMENT) if goods else (_LATE_PAYMENT, _LATE_GOODS)
    return bool(other.search(said)) and not own.search(said)
