"""Questions for a sum that follows from another: a share of one that is supposed, or a rate over a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from consolidation.asking.understand import Understanding
from consolidation.text.lengths import Length, first_length
from consolidation.text.money import written_amounts
from consolidation.text.numbers import numbers
from consolidation.text.stems import without_ending
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
    r"(?P<span>(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|twenty-four|thirty-six)\s+(?:years|months|quarters))\b",
    re.IGNORECASE,
)
#: So many of something, and what is none: times, ends of a list of names, parts of a document.
_THINGS = re.compile(
    r"(?<![\w.,$€£/-])(?P<n>\d{1,3}(?:,\d{3})+|(?!(?:19|20)\d\d\b)\d{1,5}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty)\s+"
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
_FOR_EACH = re.compile(
    r"^[^.;]{0,24}?(?:\beach\s*(?:[.,;)]|\Z)"
    r"|\b(?:per|each|every|an?|for\s+each|for\s+every)\s+(?P<units>[a-z][\w-]*(?:\s+[a-z][\w-]*)?))",
    re.IGNORECASE,
)
_FEWEST = 2
#: What an amount or a number is each time of, beside it in a sentence.
_PERIODS = {"week": Fraction(12, 52), "month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12)}
_EACH_BEHIND = re.compile(
    r"^[^.;]{0,40}?(?:\b(?:per|each|every|an?|for\s+each)\s+(?:(?:calendar|contract|successive|whole|full)\s+)?|/\s?)(?P<unit>week|month|quarter|year|annum)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?P<unit>week|month|quarter|annual|year)(?:ly)?\b", re.IGNORECASE)
_UNITS = {"annum": "year", "annual": "year"}
_TWELVE = 12
_STEPS = re.compile(
    r"%\)?\s+of\s+(?:the\s+)?(?:first|next|amounts?\s+(?:over|above|up\s+to|in\s+excess)|any\s+(?:amount\s+)?(?:over|above|excess))\b"
    r"|\b(?:next|first)\s+(?:US)?[$€£]\s?\d|\b(?:greater|lesser|higher|lower|larger|smaller)\s+of\b"
    r"|\b(?:not|no|never)\s+(?:be\s+)?(?:less|more|lower|higher|fewer)\s+than\b|\b(?:subject\s+to\s+an?\s+)?(?:minimum|maximum)\s+of\b",
    re.IGNORECASE,
)


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


def is_stepped(sentence: str) -> bool:
    """Whether a sentence gives shares of parts of a sum, or a bound, so that none is a share of the whole."""
    return _STEPS.search(sentence) is not None


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


def is_for_each(sentence: str, high: int, things: str) -> bool:
    """Whether a figure that ends at `high` of a sentence is given for each one of some things."""
    behind = _FOR_EACH.search(sentence[high:])
    if behind is None:
        return False
    units = {_one_of(word) for word in (behind["units"] or "").split()}
    return not units or not units.isdisjoint(_one_of(word) for word in things.split())


def _one_of(things: str) -> str:
    return without_ending(things.lower(), ("ies", "es", "s", "y", "e"))


def _months_said(span: re.Match[str]) -> int | None:
    length = first_length(span["span"])
    return months_of(length) if length else None


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


def share_of(base: Found, percent: Decimal, question: str) -> str:
    """So many percent of a sum, written as the question writes it."""
    return _multiplied(base, percent / 100, question)


def times(amount: Found, many: int, text: str) -> str:
    """So many times an amount, written as the document writes it."""
    return _multiplied(amount, Decimal(many), text)


def _multiplied(amount: Found, by: Decimal, text: str) -> str:
    currency, number = amount.value.split(" ", 1)
    sign = re.match(r"[^\d.]*", text[amount.start : amount.end])
    written = sign[0] if sign and sign[0].strip() else f"{currency} "
    return f"{written}{Decimal(number) * by:,.2f}".removesuffix(".00")


def period_of(sentence: str, low: int, high: int, question: str) -> Fraction | None:
    """The months of the period for which a figure at a place of a sentence is given, each time; None without one."""
    if behind := _EACH_BEHIND.search(sentence[high:]):
        return _months(behind["unit"])
    before = list(_EACH.finditer(sentence[max(0, low - 80) : low]))
    if before:
        return _months(before[-1]["unit"])
    return _months(said["unit"]) if (said := _EACH.search(question)) and "ly" in said[0] else None


def _months(unit: str) -> Fraction:
    unit = unit.lower()
    return _PERIODS[_UNITS.get(unit, unit)]


def periods_in(months: int, each: Fraction) -> int | None:
    """How many periods a stretch of months holds; None where the last of them is cut."""
    many = months / each
    return int(many) if many.denominator == 1 and many > 1 else None


def months_of(length: Length) -> int | None:
    """A length in whole months; None of days and ranges."""
    if length.other is not None or length.counted != "month" or length.total != int(length.total):
        return None
    return int(length.total)
