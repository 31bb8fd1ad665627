"""Questions for a sum that follows from another: a share of one that is supposed, or a rate over a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consolidation.asking.understand import Understanding
from consolidation.text.lengths import first_length
from consolidation.text.money import written_amounts
from consolidation.text.numbers import TENS, UNITS, numbers
from consolidation.text.values import Found


@dataclass(frozen=True, slots=True)
class SumQuestion:
    """A sum that is counted from a share or a rate, which `ask` asks a document for.

    `base` is the sum of which a share is asked, as the question writes it; `many` the number of `things` for each of
    which a rate is asked. Without these a rate is asked for `months` or, where that is None, for the whole term.
    """

    ask: str
    base: Found | None = None
    months: int | None = None
    many: int = 0
    things: str = ""


#: Numbers in words, up to ninety-nine.
_WORDS = rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(UNITS[:9])}))?|{'|'.join(UNITS)})"
_SHARED = frozenset({"amount", "percent"})
_RATED = frozenset({"amount", "number", "duration"})
_TOTAL = re.compile(
    r"\b(?:how\s+(?:much|many)|add\s+up|come\s+to|in\s+total|altogether|cost|least|most)\b", re.IGNORECASE
)
_REST = re.compile(r"\b(?:left|remain\w*|exceed\w*|less|minus|credited|how\s+long)\b", re.IGNORECASE)
#: What asks for more than a share: a total with it, what is left, or a difference.
_MORE = re.compile(
    r"\b(?:in\s+total|in\s+all|altogether|after\s+(?:its|the|a)\s+\w+|left|remain\w*|become|exceed\w*|less|net\s+of|minus|plus|add(?:ed|ing)?\s+(?:up|to)"
    r"|both|each\s+of|who\s+gets)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"\bhow\s+much(?P<of>\s+of\s+(?:that|it|this|these))?\b", re.IGNORECASE)
_FEE = re.compile(
    r"\b(?P<what>what(?:\s+is\s+(?:the|its|his|her|their)|'s\s+(?:the|its))?\s+(?:annual\s+|yearly\s+|profit\s+)?"
    r"(?:fee|royalty|commission|share|trail|bonus))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\s*\b(?:over\s+(?:the\s+)?(?:year\s+one|(?:(?:full|whole|first|calendar|contract)\s+)*year)"
    r"|(?:(?:over|in|for|during)\s+)?(?:the|a|one)\s+(?:first\s+)?(?:full|whole)\s+(?:calendar\s+|first\s+)*year(?:'s)?)\b",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\s*\b(?:over|for|during|throughout)\s+(?:the\s+)?(?:(?:whole|full|entire|initial|first)\s+)+(?:term|period|stretch)\b"
    r"|\b(?:if\s+)?(?:the\s+)?(?:agreement|contract|deal|engagement|licen[cs]e|it|term)\s+runs\s+(?:for\s+)?(?:its|the)\s+(?:full|whole|entire)\s+(?:course|term|(?:first\s+)?stretch|length)\b,?\s*",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\s*\b(?:over|during|for|in)\s+(?:the\s+)?(?:(?:whole|full|first|next|last)\s+){0,2}"
    rf"(?P<span>(?:\d{{1,3}}|{_WORDS})\s+(?:years|months|quarters))\b",
    re.IGNORECASE,
)
#: So many of something, and what is none: times, ends of a list of names, parts of a document.
_THINGS = re.compile(
    r"(?<![\w.,$€£/-])(?P<n>\d{1,3}(?:,\d{3})+|(?!(?:19|20)\d\d\b)\d{1,5}|" + _WORDS + r")\s+"
    r"(?P<things>(?:[a-z][\w-]*\s+){0,2}?[a-z][a-z-]+s)\b(?!\s*['\u2019])"
)
_NO_THINGS = re.compile(
    r"\b(?:\w*(?:hours|days|weeks|months|quarters|years|minutes)|percents?|points|parties|times|sides|dollars|euros|pounds|cents|and|or|of|is|was|has|in|on)\b"
)
_THOSE = re.compile(
    r"\b(?:the|its|their|his|her|our|all|both|these|those|first|last|next)\s+\Z", re.IGNORECASE
)
_COSTS = re.compile(
    r"\b(?:how\s+much|what|cost|owe|owed|pay|paid|charge|charged|come\s+to|due|earn)\b", re.IGNORECASE
)
_FEWEST = 2
_TWELVE = 12


def sum_question(asked: Understanding) -> SumQuestion | None:
    """How a sum that is asked for can be counted; None where the question asks for no such sum."""
    if asked.yes_no or asked.questions:
        return None
    question, sums = asked.each, written_amounts(asked.each)
    if len(sums) == 1 and asked.value in _SHARED and not _MORE.search(question):
        if "percent" in question.lower() or "%" in question:
            return None
        return SumQuestion(_for_share(_without(question, sums[0])), base=sums[0])
    if sums or asked.value not in _RATED or _REST.search(question):
        return None
    for stretch in (_SPAN, _YEAR, _TERM) if _TOTAL.search(question) else ():
        if found := stretch.search(question):
            months = _TWELVE if stretch is _YEAR else _months_said(found) if stretch is _SPAN else None
            ask = " ".join(stretch.sub(" ", question).split()).lstrip(", ").replace(" ?", "?")
            return SumQuestion(ask[:1].upper() + ask[1:], months=months)
    return _counted_things(question) if asked.value == "amount" else None


def _counted_things(question: str) -> SumQuestion | None:
    """A question for what so many things cost, asked for what one does; None where not just one kind is counted."""
    found = [
        match
        for match in _THINGS.finditer(question)
        if not (_NO_THINGS.search(match["things"]) or _THOSE.search(question[: match.start()]))
    ]
    if len(found) != 1 or not _COSTS.search(question):
        return None
    (one,) = found
    number = numbers(one["n"])
    if not number or number[0].value != int(number[0].value) or number[0].value < _FEWEST:
        return None
    ask = " ".join((question[: one.start("n")] + question[one.end("n") :]).split())
    return SumQuestion(ask[:1].upper() + ask[1:], many=int(number[0].value), things=one["things"])


def _months_said(span: re.Match[str]) -> int | None:
    length = first_length(span["span"])
    return length.months if length else None


def _without(question: str, found: Found) -> str:
    """A question without a sum that it names: "brings in $2 million of proceeds" brings in proceeds."""
    before, behind = re.sub(r"\bof\s*\Z", "", question[: found.start]), question[found.end :]
    return (
        " ".join((before + re.sub(r"^\s*of\b(?:\s+the\b)?", "", behind)).split())
        .replace(" .", ".")
        .replace(" ,", ",")
    )


def _for_share(question: str) -> str:
    if _HOW_MUCH.search(question):
        return _HOW_MUCH.sub(lambda m: "what percentage" + (m["of"] or ""), question, count=1)
    return _FEE.sub(r"\g<what> percentage", question, count=1)
