"""Whether an agreement is renewed by itself, told from the sentences that renew it."""

from __future__ import annotations

import re

from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.text.windows import Range

_RENEW = r"(?:renew\w*|exten(?:d|ds|ded|sion|sions)|roll\w*\s+over|prolong\w*)"
_ASKED = re.compile(
    rf"\bautomatic\w*\b.{{0,25}}\b{_RENEW}|\b{_RENEW}\b.{{0,25}}\bautomatic\w*|\bauto-?\s?renew\w*|\bevergreen\b|\b{_RENEW}\s+(?:by\s+)?(?:itself|themselves)\b"
    rf"|\b{_RENEW}\s+(?:all\s+)?(?:on|of)\s+(?:its|their)\s+own\b|\bkeeps?\s+(?:on\s+)?(?:rolling|renewing)\b(?:\s+over)?",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"\b(?:not|never|no|without|unless|if|when|(?:and|but)\s+(?:is|does|was|has|can)\s+it)\b|n['’]t\b",
    re.IGNORECASE,
)
_BY_ITSELF = re.compile(
    rf"(?<!any\s)(?<!no\s)(?<!not\s)\bautomatic\w*\s+(?:\w+\s+){{0,4}}?{_RENEW}|\b{_RENEW}\s+(?:\w+\s+)?automatically\b"
    rf"|\b(?:shall|will)\s+(?:\w+\s+){{0,2}}?{_RENEW}\b(?=[^.;]{{0,200}}\bunless\b)"
    rf"|\bunless\b[^.;]{{0,200}}\b(?:shall|will)\s+(?:be\s+)?{_RENEW}\b"
    rf"|\b(?:agreement|contract|lease|form|term|it)\s+{_RENEW}\s+for\b(?=[^.;]{{0,200}}\bunless\b)"
    r"|\bautomatically\s+continues?\s+in\b|\bcontinues?\s+(?:on|from)\s+(?:a\s+)?year[\s-]to[\s-]year\b",
    re.IGNORECASE,
)
_BY_CHOICE = re.compile(
    rf"\b(?:mutual\w*|option|elects?|election|right|consent)\b[^.;]{{0,80}}?\b{_RENEW}|\b{_RENEW}[^.;]{{0,80}}?\b(?:mutual\w*|option|written\s+agreement|consent)\b",
    re.IGNORECASE,
)
_OF_AGREEMENT = re.compile(
    r"\b(?:agreements?|contract|lease|terms?|periods?|licen[cs]es?|it|years?|months?|year-to-year|month-to-month)\b",
    re.IGNORECASE,
)
#: Right before what renews, or in it: it does not.
_DENIED = re.compile(r"\b(?:not|never|nor|neither|in\s+no\s+event)\b|n['\u2019]t\b", re.IGNORECASE)
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:not|never)\s+(?:be\s+)?(?:\w+\s+)?|\bin\s+no\s+event\s+(?:shall|will)\s+(?:\w+\s+){0,3}?)$",
    re.IGNORECASE,
)
#: Something else that is renewed: "shall renew the insurance".
_ANOTHER = re.compile(
    r"\s+(?:the|its|such|any|all|each|his|their|a)\s+(?!(?:\w+\s+)?(?:terms?|agreements?|lease|contract|licen[cs]e|periods?)\b)",
    re.IGNORECASE,
)
#: How often such an answer was right where the rules were made.
_SURE = 0.9


def asks_renewal(asked: Understanding) -> bool:
    """Whether it is asked if the agreement is renewed by itself."""
    return asked.yes_no and bool(_ASKED.search(asked.each)) and not _TURNED.search(asked.each)


def from_renewals(asked: Understanding, passages: Passages) -> Candidate | None:
    """Yes where a sentence renews the agreement by itself; No where it says that it does not, or by choice alone.

    No without a place where nothing renews it, and None where something else is asked. That there is some renewal, as a tagger tells, is no answer to it.
    """
    if not asks_renewal(asked):
        return None
    if place := _first(passages, _BY_ITSELF):
        return Candidate("rules", "Yes", (place,), passages.holding(place), score=_SURE)
    if place := _first(passages, _BY_ITSELF, denied=True) or _first(passages, _BY_CHOICE, denied=None):
        return Candidate("rules", "No", (place,), passages.holding(place), score=_SURE)
    return Candidate("rules", "No", (), 0, score=_SURE)


def _first(passages: Passages, says: re.Pattern[str], *, denied: bool | None = False) -> Range | None:
    """The first place that says so of the agreement; None for `denied` takes what is denied as well."""
    for low, high in passages.sentences:
        sentence = passages.text[low:high]
        match = says.search(sentence)
        if not match or not _OF_AGREEMENT.search(sentence) or _ANOTHER.match(sentence, match.end()):
            continue
        if denied in (None, _is_denied(sentence, match)):
            return low + match.start(), low + match.end()
    return None


def _is_denied(sentence: str, match: re.Match[str]) -> bool:
    own = match[0]
    if own.lower().startswith("unless"):
        own = re.split(r"\b(?=(?:shall|will)\b)", own)[-1]
    return bool(_DENIED.search(own) or _DENIED_BEFORE.search(sentence[: match.start()]))
