"""A question that got no sure answer, asked again in other words: the trade's, or those of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from consolidation.answers.decide import Decision
from consolidation.answers.examination import Examination
from consolidation.answers.examine import examine
from consolidation.asking.natural import as_people_ask
from consolidation.asking.understand import Understanding
from consolidation.engine import Engine
from consolidation.passages.source import Source
from consolidation.proposals.trade_words import in_trade_words
from consolidation.states.file import StoredState

#: An answer that is at least so likely stays as it is; another one must be likelier by so much.
UNSURE, LIKELIER = 0.7, 0.05


def examine_again(
    engine: Engine, asked: Understanding, source: Source, state: StoredState, stage: Callable[..., None]
) -> Examination:
    """Examine one document, and once more in the trade's words, or people's, where that gave no sure answer.

    What only other words than were asked bring is to be checked, never sure. Where they bring nothing likelier, all
    stays as it was.
    """
    first = examine(engine, asked, source, state, stage)
    sure = first.decision.state != "not_found" and first.decision.probability >= UNSURE
    if sure or first.told or not first.read:
        return first
    words = in_trade_words(asked.each, source.text)
    if words == asked.each:
        words = next(iter(as_people_ask(asked.each)[1:]), "")
    if not words:
        return first
    again = examine(engine, replace(asked, each=words), source, state, stage)
    tokens = first.tokens + again.tokens
    if again.decision.answer is None or not _is_likelier(again.decision, first.decision):
        return replace(first, tokens=tokens)
    answer = again.candidates[again.decision.answer]
    others = [one for one in again.candidates if one is not answer]
    decision = Decision("check", again.decision.probability, 0)
    return replace(
        again,
        asked=asked,
        candidates=(answer, *others),
        decision=decision,
        tokens=tokens,
        told=True,
        read_as=words,
    )


def _is_likelier(again: Decision, first: Decision) -> bool:
    return first.state == "not_found" or again.probability >= first.probability + LIKELIER
