"""Amounts of a document added up, or the one taken from the other, and what such a sum cannot be made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from consolidation.asking.comparators import BEFORE_FIGURE
from consolidation.computing.adding import Adding
from consolidation.computing.counting import Counted
from consolidation.computing.sums import in_its_currency
from consolidation.grammar.denying import stems
from consolidation.grammar.letting import part_at
from consolidation.shapes.figures import bounded, is_summand
from consolidation.text.money import written_amounts
from consolidation.text.ranges import Range
from consolidation.text.values import Found

_PERIOD = r"(?:hour|day|week|month|quarter|year|annum)"
#: Behind an amount, that it is given each time or for each of some things.
_EACH_BEHIND = re.compile(
    rf"^\)?[^.;]{{0,30}}?(?:\b(?:per|each|every)\b|\b(?:annual|month|week|year|quarter|dai|hour)ly\b)|^\)?\s*(?:/|an?\s+{_PERIOD}\b)",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(
    rf"\b(?:monthly|annual(?:ly|i[sz]ed)?|yearly|quarterly|weekly|daily|hourly|(?:per|each|every)\s+(?:\w+\s+)?{_PERIOD})\b[^.;]*$",
    re.IGNORECASE,
)
#: Before an amount, that it is a bound, a step of a scale, or one of several of which one holds.
_NOT_ALONE = re.compile(
    r"\b(?:first|next|over|above|below|under|exceed\w*|excess\s+of|(?:more|less|greater|fewer)\s+than|between|from|minimum|maximum)\s+$"
    r"|\b(?:greater|lesser|higher|lower|larger|smaller)\s+of\b[^.;]*$",
    re.IGNORECASE,
)
_RANGE_BEHIND = re.compile(r"^\s*(?:to|-|\u2013|or)\s+(?:US)?[$\u20ac\xa3\d]", re.IGNORECASE)
_SHARE, _BOUND = re.compile(r"%|\bper\s?cent", re.IGNORECASE), re.compile(BEFORE_FIGURE, re.IGNORECASE)
_BEFORE = 80
#: That a sentence speaks of a sum of several, and how near to an amount.
_TOTAL = re.compile(
    r"\b(?:totals?|totall?ing|aggregate|combined|sum\s+of|altogether|collectively|in\s+all|all[\s-]in(?:clusive)?|together(?!\s+with))\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"\b(?:difference|excess\s+of|less(?!\s+than)|minus|net\s+of)\b", re.IGNORECASE)
_NEAR_BEFORE, _NEAR_BEHIND = 150, 60


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount at a place of the text, in its sentence, which begins at `start`."""

    sentence: str
    start: int
    place: Range


def counted_total(asked: Adding, stated: Sequence[Stated]) -> Counted | None:
    """What amounts come to that were found for each thing of a question; None where they make no sum.

    They are whole amounts of one currency at places of their own, none of them a rate, a bound or a share.
    """
    found = [_amount(one) for one in stated]
    amounts = [one for one in found if one]
    if not len(asked.asks) == len(found) == len(amounts):
        return None
    values = [amount.value for amount, _ in amounts]
    if len({value.split()[0] for value in values}) != 1:
        return None
    if any(_may_be_one(one, other) for one, other in combinations(zip(stated, values, strict=True), 2)):
        return None
    numbers = [Decimal(value.split()[1]) for value in values]
    written = [" ".join(words[amount.start : amount.end].split()) for amount, words in amounts]
    if asked.less and numbers[0] < numbers[1] and not asked.more:
        numbers.reverse()
        written.reverse()
    total = numbers[0] - numbers[1] if asked.less else sum(numbers, Decimal())
    if total <= 0:
        return None
    (first, words), how = amounts[0], (" - " if asked.less else " + ").join(written)
    return Counted(in_its_currency(first, total, words), how, tuple(one.place for one in stated))


def _may_be_one(one: tuple[Stated, str], other: tuple[Stated, str]) -> bool:
    """Whether two amounts stand at one place, or are one that is told in two sentences."""
    (here, value), (there, same) = one, other
    if here.place[0] < there.place[1] and there.place[0] < here.place[1]:
        return True
    return value == same and here.start != there.start


def _amount(one: Stated) -> tuple[Found, str] | None:
    """The amount of a place with the words in which it stands; None of a rate, a share, a bound or several."""
    low, high = one.place[0] - one.start, one.place[1] - one.start
    words = one.sentence[low:high]
    amounts = written_amounts(words)
    if len(amounts) != 1 or _SHARE.search(words) or _BOUND.search(words):
        return None
    inner = low + amounts[0].start, low + amounts[0].end
    before, behind = one.sentence[max(0, inner[0] - _BEFORE) : inner[0]], one.sentence[inner[1] :]
    if _EACH_BEHIND.search(behind) or _EACH_BEFORE.search(before):
        return None
    if _NOT_ALONE.search(before) or _RANGE_BEHIND.match(behind) or bounded(one.sentence, inner) != inner:
        return None
    return None if is_summand(one.sentence, inner) else (amounts[0], words)


def own_words(asks: Sequence[str]) -> list[set[str]]:
    """Stems of the words by which each of some questions is none of the others.

    Without the last, where it has more: an allowance for teeth is told by the teeth, for there may be others.
    """
    each = [[stem for word in ask.split() for stem in stems(word)] for ask in asks]
    common = set.intersection(*map(set, each)) if each else set[str]()
    own = [[stem for stem in words if stem not in common] for words in each]
    return [set(words[:-1] or words) for words in own]


def words_near(one: Stated) -> set[str]:
    """Stems of the words that are said of an amount: of its item, between the amounts before it and behind it."""
    place = one.place[0] - one.start, one.place[1] - one.start
    part = part_at(one.sentence, place)
    start = one.sentence.index(part)
    others = [(start + other.start, start + other.end) for other in written_amounts(part)]
    low = max((end for _, end in others if end <= place[0]), default=start)
    high = min((begin for begin, _ in others if begin >= place[1]), default=start + len(part))
    return stems(one.sentence[low:high])


def says_total(sentence: str, place: Range, asks: Sequence[str] = (), *, less: bool = False) -> bool:
    """Whether a sentence says of a figure at a place that it is what several come to, or a difference (`less`).

    Where it names some of the things that a question asks for (`asks`), and not all, it is a total of others.
    """
    near = sentence[max(0, place[0] - _NEAR_BEFORE) : place[1] + _NEAR_BEHIND]
    if not (_DIFFERENCE if less else _TOTAL).search(near):
        return False
    named = [not words.isdisjoint(stems(near)) for words in own_words(asks)]
    return all(named) or not any(named)
