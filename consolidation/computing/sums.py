"""Sums counted from a share, from a rate over a time, or from the price of one."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from consolidation.asking.typed import normalise
from consolidation.briefs.fields import Brief
from consolidation.computing.counting import Counted
from consolidation.computing.days import whole_months
from consolidation.computing.sum_questions import SumQuestion
from consolidation.text.lengths import first_length
from consolidation.text.money import written_amounts
from consolidation.text.ranges import Range
from consolidation.text.stems import without_ending
from consolidation.text.values import Found

_FOR_EACH = re.compile(
    r"^[^.;]{0,24}?(?:\beach\s*(?:[.,;)]|\Z)"
    r"|\b(?:per|each|every|an?|for\s+each|for\s+every)\s+(?P<units>[a-z][\w-]*(?:\s+[a-z][\w-]*)?))",
    re.IGNORECASE,
)
#: What an amount or a number is each time of, beside it in a sentence.
_PERIODS = {"week": Fraction(12, 52), "month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12)}
_EACH_BEHIND = re.compile(
    r"^[^.;]{0,40}?(?:\b(?:per|each|every|an?|for\s+each)\s+(?:(?:calendar|contract|successive|whole|full)\s+)?|/\s?)(?P<unit>week|month|quarter|year|annum)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?P<unit>week|month|quarter|annual|year)(?:ly)?\b", re.IGNORECASE)
_UNITS = {"annum": "year", "annual": "year"}
_STEPS = re.compile(
    r"%\)?\s+of\s+(?:the\s+)?(?:first|next|amounts?\s+(?:over|above|up\s+to|in\s+excess)|any\s+(?:amount\s+)?(?:over|above|excess))\b"
    r"|\b(?:next|first)\s+(?:US)?[$€£]\s?\d|\b(?:greater|lesser|higher|lower|larger|smaller)\s+of\b"
    r"|\b(?:not|no|never)\s+(?:be\s+)?(?:less|more|lower|higher|fewer)\s+than\b|\b(?:subject\s+to\s+an?\s+)?(?:minimum|maximum)\s+of\b",
    re.IGNORECASE,
)


def counted_sum(
    asked: SumQuestion, question: str, brief: Brief, sentence: str, start: int, place: Range
) -> Counted | None:
    """The sum to which a share or a rate leads that stands at a place of a sentence, which begins at `start`.

    None where it leads to none.
    """
    low, high = place[0] - start, place[1] - start
    words = sentence[low:high]
    if asked.base:
        share = normalise("percent", words)
        if share is None or is_stepped(sentence):
            return None
        said = share_of(asked.base, Decimal(share.comparable.rstrip("%")), question)
        return Counted(said, f"{share.shown} of {question[asked.base.start : asked.base.end]}", (place,))
    rates = written_amounts(words)
    end = low + rates[0].end if rates else high
    if asked.many:
        many, further = asked.many, list[Range]()
        if len(rates) != 1 or not is_for_each(sentence, end, asked.things):
            return None
    else:
        each = period_of(sentence, low, end, question)
        months, where = (asked.months, ()) if asked.months else _term(brief)
        found = periods_in(months, each) if months and each else None
        if found is None:
            return None
        many, further = found, list(where)
    return _times(many, rates, words, (place, *further))


def _times(many: int, rates: list[Found], words: str, places: tuple[Range, ...]) -> Counted | None:
    """So many times the first rate of some words, or the number that they are."""
    if rates:
        rate = " ".join(words[rates[0].start : rates[0].end].split())
        return Counted(times(rates[0], many, words), f"{many:,} times {rate}", places)
    number = normalise("number", words)
    if number is None or number.order is None:
        return None
    return Counted(f"{number.order * many:,.0f}", f"{many:,} times {number.shown}", places)


def _term(brief: Brief) -> tuple[int | None, tuple[Range, ...]]:
    """The months for which an agreement runs at first, by its term or its start and end, and where they stand."""
    term, start, end = (brief.first(kind) for kind in ("term", "effective_date", "expiry"))
    length = first_length(term.value) if term else None
    if term and length:
        return length.months, term.places
    if start and end and (months := whole_months(start.value, end.value)):
        return months, (*start.places, *end.places)
    return None, ()


def is_stepped(sentence: str) -> bool:
    """Whether a sentence gives shares of parts of a sum, or a bound, so that none is a share of the whole."""
    return _STEPS.search(sentence) is not None


def is_for_each(sentence: str, high: int, things: str) -> bool:
    """Whether a figure that ends at `high` of a sentence is given for each one of some things."""
    behind = _FOR_EACH.search(sentence[high:])
    if behind is None:
        return False
    units = {_one_of(word) for word in (behind["units"] or "").split()}
    return not units or not units.isdisjoint(_one_of(word) for word in things.split())


def _one_of(things: str) -> str:
    return without_ending(things.lower(), ("ies", "es", "s", "y", "e"))


def share_of(base: Found, percent: Decimal, question: str) -> str:
    """So many percent of a sum, written as the question writes it."""
    return _multiplied(base, percent / 100, question)


def times(amount: Found, many: int, text: str) -> str:
    """So many times an amount, written as the document writes it."""
    return _multiplied(amount, Decimal(many), text)


def _multiplied(amount: Found, by: Decimal, text: str) -> str:
    return in_its_currency(amount, Decimal(amount.value.split(" ", 1)[1]) * by, text)


def in_its_currency(amount: Found, number: Decimal, text: str) -> str:
    """A number as an amount in the currency of another one, written as the text writes that."""
    currency = amount.value.split(" ", 1)[0]
    sign = re.match(r"[^\d.]*", text[amount.start : amount.end])
    written = sign[0] if sign and sign[0].strip() else f"{currency} "
    return f"{written}{number:,.2f}".removesuffix(".00")


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
