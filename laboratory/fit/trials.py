"""Questions whose answers are known, as they look when it is decided about them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch

from consolidation.answers.decide import Decision, Known
from consolidation.answers.inquire import Inquiry, known_of, with_places, with_reading
from consolidation.engine import Engine
from consolidation.parts.confidence import Fitted
from consolidation.protocol import Signals
from consolidation.text.values import exact_match
from laboratory.data.facts import Contract, Fact
from laboratory.data.wordings import UNRELATED
from laboratory.measure.answers import Banked, claims_of, questions, quote_right

UNRELATED_EACH = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """One question: what is known of it; of each placed claim its signals, and whether it and its quote are right.

    `answerable` is whether the contract has an answer; `read_right` and `read_quoted` are about the marked passage.
    """

    contract: str
    answerable: bool
    known: Known
    signals: list[Signals]
    right: list[bool]
    quoted: list[bool]
    read_right: bool
    read_quoted: bool

    @property
    def read(self) -> float:
        """The reader's probability."""
        return self.known.reading or 0.0


def trials(engine: Engine, banked: Banked) -> Iterator[Trial]:
    """Put every question to the states and to the reader."""
    for contract, source in banked:
        asked = [(question, fact) for _, question, fact in questions(contract)]
        asked += [
            (question, None) for question in random.Random(contract.id).sample(UNRELATED, UNRELATED_EACH)
        ]
        for question, fact in asked:
            with torch.inference_mode():
                inquiry = with_places(engine, Inquiry(*claims_of(engine, source, question)))
                inquiry = with_reading(engine, inquiry)
            yield _trial(engine, contract, fact, inquiry)


def _trial(engine: Engine, contract: Contract, fact: Fact | None, inquiry: Inquiry) -> Trial:
    passage = inquiry.reading.passage if inquiry.reading else None
    gold = fact.gold if fact else ""
    read = contract.text[slice(*passage.place)] if passage else ""
    return Trial(
        contract.id,
        bool(fact),
        replace(known_of(engine, inquiry), yes_no=False),
        [one.claimed.signals for one in inquiry.placed],
        [bool(gold) and exact_match(one.claimed.claim.text, gold) for one in inquiry.placed],
        [
            fact is not None and quote_right(contract, fact, one.places[0].start, one.places[0].end)
            for one in inquiry.placed
        ],
        bool(gold) and exact_match(read, gold),
        fact is not None and passage is not None and quote_right(contract, fact, *passage.place),
    )


def weighed(trial: Trial, fitted: Fitted) -> Trial:
    """The trial with its claims weighed by other constants, the surest first."""
    scores = [fitted.confidence(signals) for signals in trial.signals]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    known = replace(
        trial.known, claims=[scores[i] for i in order], agreement=[trial.known.agreement[i] for i in order]
    )
    return replace(
        trial,
        known=known,
        signals=[trial.signals[i] for i in order],
        right=[trial.right[i] for i in order],
        quoted=[trial.quoted[i] for i in order],
    )


def outcome(trial: Trial, decision: Decision) -> tuple[float, bool, bool]:
    """What is answered: its confidence (0: nothing), and whether it and its quote are right."""
    if decision.outcome == "not_found":
        return 0.0, False, False
    if decision.claim is None:
        return decision.confidence, trial.read_right, trial.read_quoted
    return decision.confidence, trial.right[decision.claim], trial.quoted[decision.claim]
