"""Answers that are one of several things of which a question asks the sum, the difference, or what is left."""

from __future__ import annotations

import re

from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding
from consolidation.computing.adding import adding, asks_difference, asks_of_several
from consolidation.computing.totals import says_total
from consolidation.objections.fitting import FIGURES, is_figure
from consolidation.text.money import written_amounts
from consolidation.text.ranges import Range

_LEFT = re.compile(
    r"\b(?:left(?!\s+(?:the|his|her|hand))|remain(?:s|ing|der)?|still\s+(?:draw|borrow|available|owed|due)|how\s+much\s+more|headroom|balance)\b",
    re.IGNORECASE,
)

#: A question that offers several figures, of which one may be right.
_OFFERS = re.compile(r"\b(?:or|versus|vs)\b|\bbetween\b", re.IGNORECASE)


def asks_what_is_left(question: str) -> bool:
    """Whether a sum is supposed and it is asked what then is left, which is a difference that stands nowhere."""
    return bool(_LEFT.search(question) and written_amounts(question))


def says_again(asked: Understanding, said: str) -> bool:
    """Whether a figure is asked for and an answer is the only such figure that the question itself states.

    "How much of the $100 million is lent in euros?" is not answered by $100,000,000.
    """
    if asked.value not in ("amount", "percent", "date") or _OFFERS.search(asked.each):
        return False
    stated, value = normalise(asked.value, asked.each), normalise(asked.value, said)
    return bool(stated and value and stated.comparable == value.comparable)


def is_one_of_several(asked: Understanding, said: str, sentence: str, place: Range) -> bool:
    """Whether it is asked what several things come to, and an answer is a figure that its sentence calls no such sum.

    `place` is where it stands in its sentence.
    """
    question = asked.each
    if asks_what_is_left(question):
        return asked.value in FIGURES and not _LEFT.search(sentence)
    if not asks_of_several(question):
        return False
    is_value = asked.value in FIGURES or is_figure(said) or normalise("amount", said) is not None
    named = adding(asked)
    asks = named.asks if named else ()
    return is_value and not says_total(sentence, place, asks, less=asks_difference(question))


#: What makes one answer of two sums, and what asks for several.
_OF_TWO = re.compile(
    r"\b(?:greater|lesser|higher|lower|larger|smaller|more|less|plus|between|from|to|or|up|range|each|respectively|per)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:amounts|sums|each|both|respectively|two|payments|fees|prices|installments|limits)\b", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(r"\s*(?:,|;|and|&)\s*(?:and\s+)?(?:\w+\s+){0,2}")
_TWO = 2


def says_two_sums(asked: Understanding, said: str) -> bool:
    """Whether one sum is asked for and an answer gives two side by side, of which one is not it."""
    if asked.value != "amount" or _MANY.search(asked.each) or _OF_TWO.search(said):
        return False
    sums = written_amounts(said)
    if len({found.value for found in sums}) < _TWO:
        return False
    return _SIDE_BY_SIDE.fullmatch(said[sums[0].end : sums[1].start]) is not None


#: A case that a question supposes, and another value for a case, in brackets behind a value.
_SUPPOSES = re.compile(
    r"\b(?:if|suppos\w+|assum\w+|unless|never|without|in\s+case)\b|n['\u2019]t\b", re.IGNORECASE
)
_OR_IN_CASE = re.compile(
    r"[\s,]*\(\s*or\b[^)]{3,200}\b(?:if|in\s+case|where|unless|in\s+the\s+event|to\s+the\s+extent)\b",
    re.IGNORECASE,
)


def has_another_for_a_case(asked: Understanding, sentence: str, place: Range) -> bool:
    """Whether a question supposes a case, and behind an answer stands another for one: "X (or Y, if none is)"."""
    return bool(_SUPPOSES.search(asked.each)) and _OR_IN_CASE.match(sentence, place[1]) is not None
