"""What holds of values that one sentence writes together: "raised from $5 to $6", "the fee of $5, not over $9"."""

from __future__ import annotations

import re
from itertools import chain

from consolidation.asking.typed import ValueType, normalise
from consolidation.asking.understand import Understanding
from consolidation.text.ranges import Range

#: Values of which one may take the place of another; and those that words without a type may be.
_VALUES: tuple[ValueType, ...] = ("amount", "percent", "duration", "date", "number")
_BEFORE, _BEHIND = 320, 200
#: Any character of a sentence, and points of numbers.
_IN = r"(?:[^.;]|\.(?=\d))"
_CHANGED = re.compile(
    r"\b(?P<verb>(?:increas|rais|reduc|lower|decreas|chang|extend|amend|adjust|modif|reset|revis|postpon|accelerat|mov|cut|upgrad|convert|rise|rose)\w*)\b"
    rf"(?P<what>{_IN}{{0,160}}?)\bfrom\s+(?P<former>{_IN}{{1,90}}?)\s+to\s+(?=\S)",
    re.IGNORECASE,
)
#: What may never come to pass, or is left to somebody; before the verb, and behind the new value.
_UNSURE = re.compile(
    r"\b(?:if|(?-i:may)|might|can|could|would|should|unless|whenever|option|right|elects?|propos\w+|requests?)\b",
    re.IGNORECASE,
)
_UNSURE_BEHIND = re.compile(
    r"[\s,(]*(?:if|upon|in\s+(?:the\s+)?(?:event|case)|unless|provided|when(?:ever)?|so\s+long)\b",
    re.IGNORECASE,
)
#: Where a value ends.
_ENDS = re.compile(
    r"[;)\u201d\"]|,(?!\d{3}|\s*(?:19|20)\d\d\b)|\.(?!\d)|\s(?:on|effective|as|per|for|and|or|in|if|upon|with|from|commencing|beginning|starting|which|provided|by"
    r"|during|subject|at|unless|when|until|after|(?<!day\s)of)\b|\n\s*\n",
    re.IGNORECASE,
)
_ASKS_FORMER = re.compile(
    r"\b(?:former(?:ly)?|previous(?:ly)?|old|original(?:ly)?|initial(?:ly)?|earlier|past|before|used\s+to|prior(?!\s+(?:written\s+)?notice)|from\s+(?:what|which))\b",
    re.IGNORECASE,
)
_ASKS_CHANGE = re.compile(
    r"\b(?:increas|rais|reduc|decreas|chang|amend|adjust|modif|differ|extend|extension|revis|cut\b|rise\b)\w*|\bhow\s+much\s+(?:more|less)\b",
    re.IGNORECASE,
)
_ASKS_NOW = re.compile(
    r"\b(?:to\s+(?:what|which|when)|until\s+when|new|now|current(?:ly)?|after|(?:as|the)\s+(?:increased|amended|reduced|extended|revised|changed|adjusted|raised))\b",
    re.IGNORECASE,
)
_ASKS_MOST = re.compile(
    r"\b(?:cap(?:s|ped)?|maxim\w+|at\s+most|the\s+most|(?:upper\s+)?limit(?:s|ed|ation)?|ceiling|exceed\w*|up\s+to)\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\s*,?\s*(?:\b(?:shall|will|may|must|can|does|do)\s+(?:(?:not|never)|in\s+no\s+(?:event|case))|\bcannot|\bin\s+no\s+(?:event|case)\s+(?:shall|will|may))"
    r"\s+(?:exceed|be\s+(?:more|greater|higher)\s+than)\s+"
    r"|\s*,?\s*\bnot\s+(?:to\s+exceed|exceeding)\s+|\s*,?\s*\b(?:is|are|(?:shall|will)\s+be)\s+(?:limited\s+to|capped\s+at)\s+",
    re.IGNORECASE,
)


def holding(asked: Understanding, text: str, place: Range) -> Range:
    """The place of the value that holds and is asked for, where a place is one or both of two in a sentence.

    Of a value that is changed from one to another it is the later, unless the former is asked for; the place stays
    as it is where the change itself is asked for, or may not come to pass. Where the most is asked for, it is the
    value that is said to be the most.
    """
    if asked.value not in _VALUES and asked.value != "free":
        return place
    return _most(asked, text, place) or _later(asked, text, place) or place


def _kinds(asked: Understanding) -> tuple[ValueType, ...]:
    return _VALUES[:-1] if asked.value == "free" else (asked.value,)


def _has_value(asked: Understanding, words: str) -> bool:
    return any(normalise(kind, words) for kind in _kinds(asked))


def _most(asked: Understanding, text: str, place: Range) -> Range | None:
    """The value that another is not to exceed, in or right behind a place, where the most is asked for."""
    if not _ASKS_MOST.search(asked.each):
        return None
    inside = (match for match in (_AT_MOST.search(text, *place),) if match)
    behind = (match for match in (_AT_MOST.match(text, place[1]),) if match)
    for match in chain(inside, behind):
        high = place[1] if match.end() < place[1] else _value_end(text, match.end())
        before, most = text[place[0] : match.start()], text[match.end() : high]
        if _has_value(asked, before) and _has_value(asked, most):
            return match.end(), high
    return None


def _later(asked: Understanding, text: str, place: Range) -> Range | None:
    low, until = max(0, place[0] - _BEFORE), min(len(text), place[1] + _BEHIND)
    for match in _CHANGED.finditer(text, low, until):
        former, now = match.span("former"), (match.end(), _value_end(text, match.end()))
        if not (former[0] < place[1] and place[0] < now[1]):
            continue
        if not _are_two(asked, text[slice(*former)], text[slice(*now)]):
            continue
        lead = text[max(low, text.rfind(". ", low, match.start())) : match.start()]
        if _UNSURE.search(lead) or _UNSURE_BEHIND.match(text, now[1]):
            return None
        if _ASKS_FORMER.search(asked.each):
            return former
        if _ASKS_CHANGE.search(asked.each) and not _ASKS_NOW.search(asked.each):
            return None
        return place if place[0] >= now[0] else now
    return None


def _are_two(asked: Understanding, former: str, now: str) -> bool:
    """Whether two texts write different values of one kind, that which is asked for."""
    for kind in _kinds(asked):
        one, other = normalise(kind, former), normalise(kind, now)
        if one and other:
            return one.comparable != other.comparable
    return False


def _value_end(text: str, low: int) -> int:
    """Where a value ends that begins at a place; brackets that open in it are of it."""
    opened = 0
    for match in _ENDS.finditer(text, low, min(len(text), low + _BEHIND)):
        opened = text.count("(", low, match.start()) - text.count(")", low, match.start())
        if match[0] == ")" and opened > 0:
            continue
        if opened <= 0:
            return match.start()
    return min(len(text), low + _BEHIND)
