"""Questions whether a value is one that they say: "is it governed by Texas law", "does it expire in 2012".

The document is asked for the value, and whether it is so follows.
"""

from __future__ import annotations

import re

from consolidation.asking.condition import Asked, Condition
from consolidation.asking.conditions import condition
from consolidation.asking.document_words import THIS_DOCUMENT
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding, of_condition

_ASKS = re.compile(rf"^(?:is|was|does|did|will)\s+{THIS_DOCUMENT}\s+(?P<said>.+)$", re.IGNORECASE)
_STATES = re.compile(rf"^{THIS_DOCUMENT}\s+(?P<said>(?:is|was|will)\s+.+|\w+s\s+.+)$", re.IGNORECASE)
_LAW = re.compile(
    r"^(?i:is|does|will)\s+(?:the\s+)?(?P<law>[A-Z][\w\s.]*?)(?:['\u2019]s)?\s+(?:state\s+)?law\s+(?:(?:the\s+)?govern\w*(?:\s+law)?|appl(?:y|ies)|control\w*)\b[^?]{0,60}$"
    rf"|^(?i:is\s+the\s+governing\s+law(?:\s+of\s+{THIS_DOCUMENT})?\s+(?:that\s+of\s+)?(?:the\s+)?)(?P<law2>[A-Z][\w\s.]*?)(?:\s+law)?$",
)
_LENGTH = re.compile(
    rf"^is\s+(?P<what>(?:its|the)\s+(?:initial\s+|renewal\s+)?(?:term|notice\s+period|renewal\s+period)(?:\s+(?:of|under|in)\s+{THIS_DOCUMENT})?)"
    r"\s+(?P<length>[\w() -]{3,40})$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\bdated\s+(?=(?:the\s+)?(?:[A-Z]|\d))")
#: What is held to be so, without the words that ask for it.
_HELD = re.compile(r"^is\s+it\s+true\s+that\s+(?P<said>\S.+)$", re.IGNORECASE)
_LAW_STATED = re.compile(
    rf"^(?:(?i:the\s+)?(?P<law>[A-Z][\w\s.]*?)\s+(?i:state\s+)?(?i:laws?\s+(?:governs?|appl(?:y|ies)|controls?))\b(?:\s+(?i:{THIS_DOCUMENT}))?"
    rf"|(?i:the\s+governing\s+law(?:\s+of\s+{THIS_DOCUMENT})?\s+is\s+(?:the\s+law\s+of\s+|that\s+of\s+)?(?:the\s+)?)(?P<law2>[A-Z][\w\s.]*?)(?:\s+law)?)$"
)
_LENGTH_STATED = re.compile(
    rf"^(?P<what>(?:its|the)\s+(?:initial\s+|renewal\s+)?(?:term|notice\s+period|renewal\s+period)(?:\s+(?:of|under|in)\s+{THIS_DOCUMENT})?)"
    r"\s+is\s+(?P<length>[\w() -]{3,40})$",
    re.IGNORECASE,
)
#: An agreement that is called by a name alone: "Acme is governed by Texas law", "is Acme governed by Texas law".
_NAMED = re.compile(
    r"^(?:(?i:is)\s+(?P<asked>[A-Z][\w&.'-]*(?:,?\s+(?:[A-Z&][\w&.'-]*|and|of|the))*)\s+(?P<by>governed\s+by\s+.+)"
    r"|(?P<stated>[A-Z][\w&.'-]*(?:,?\s+(?:[A-Z&][\w&.'-]*|and|of|the))*)\s+is\s+(?P<said>(?:not\s+)?governed\s+by\s+.+))$"
)
#: A part of a document, or something else than it, may have a law of its own.
_PART = re.compile(
    r"\b(?:schedule|exhibit|annex|appendix|attachment|section|article|clause|part|all|any|each|every|disputes?|claims?|arbitration|title|this|that|these|such|everything)\b",
    re.IGNORECASE,
)
#: What is compared with the value that a document has.
_COMPARED = ("is", "is_not", "between", "outside")
#: More is asked than whether one value is so.
_MORE = re.compile(
    r"\b(?:if|when|unless|once|because|only|also|always|and|or|but|than|then|regardless|without|exclusive\w*|any|some)\b",
    re.IGNORECASE,
)


def value_supposed(asked: Understanding) -> Understanding | None:
    """The question for the value of which a question supposes something, with the condition that it meets if so.

    None where no single value of the document as a whole is supposed.
    """
    if not asked.yes_no or asked.over != "document" or _MORE.search(asked.each):
        return None
    supposed = _supposed(asked.each.strip(" ?."))
    if supposed is None or supposed.every or supposed.condition.test not in _COMPARED:
        return None
    return of_condition(supposed)


def _supposed(said: str) -> Asked | None:
    if held := _HELD.match(said):
        said = held["said"]
    if match := _LAW.match(said) or _LAW_STATED.match(said):
        return condition(f"governed by the law of {match['law'] or match['law2']}")
    if match := _LENGTH.match(said) or _LENGTH_STATED.match(said):
        length = normalise("duration", match["length"])
        return (
            Asked(Condition("is", "duration", match["length"], length), f"What is {match['what']}?")
            if length
            else None
        )
    if (named := _NAMED.match(said)) and not _PART.search(named["asked"] or named["stated"]):
        return condition(named["by"] or named["said"])
    match = _ASKS.match(said) or _STATES.match(said)
    return condition(_DATED.sub("dated on ", match["said"])) if match else None
