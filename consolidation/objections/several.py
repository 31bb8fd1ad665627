"""Answers that are one of several things of which a question asks the sum or the difference."""

from __future__ import annotations

from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding
from consolidation.computing.adding import adding, asks_difference, asks_of_several
from consolidation.computing.totals import says_total
from consolidation.objections.fitting import FIGURES, is_figure
from consolidation.text.ranges import Range


def is_one_of_several(asked: Understanding, said: str, sentence: str, place: Range) -> bool:
    """Whether it is asked what several things come to, and an answer is a figure that its sentence calls no such sum.

    `place` is where it stands in its sentence.
    """
    question = asked.each
    if not asks_of_several(question):
        return False
    is_value = asked.value in FIGURES or is_figure(said) or normalise("amount", said) is not None
    named = adding(asked)
    asks = named.asks if named else ()
    return is_value and not says_total(sentence, place, asks, less=asks_difference(question))
