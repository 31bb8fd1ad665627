"""What states add to answers: questions in the words that the memory was taught, with and without what it says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch

from consolidation.answers.decide import Known, decide
from consolidation.answers.examination import Examination
from consolidation.answers.examine import examine, signals_of
from consolidation.asking.understand import understand
from consolidation.engine import Engine, load_engine
from consolidation.proposals.candidates import Candidate, comparable, together
from consolidation.text.values import exact_match
from laboratory.answers.banked import consolidated
from laboratory.data.facts import SHORT_CATEGORIES, Contract
from laboratory.data.wordings import paraphrases


@dataclass(frozen=True, slots=True)
class Share:
    """One question: whether the answer is right with and without what states propose, and by states alone."""

    contract: str
    category: str
    right: bool
    without: bool
    state: bool

    @property
    def added(self) -> int:
        return self.right - self.without


def shares_of(contracts: Sequence[Contract]) -> list[Share]:
    """All short questions about some contracts; everything is read, so that one table tells both."""
    torch.set_num_threads(1)
    engine = load_engine()
    return list(
        _shares(
            replace(engine, settings=replace(engine.settings, supported=2.0, supported_polarity=2.0)),
            contracts,
        )
    )


def _shares(engine: Engine, contracts: Sequence[Contract]) -> Iterator[Share]:
    for contract in contracts:
        with consolidated(engine, [contract]) as ((_, source),), torch.inference_mode():
            state = source.bank.load(str(source.state_name))
            facts = {(f.category, f.subject): f for f in contract.facts if f.category in SHORT_CATEGORIES}
            for fact in facts.values():
                asked = random.Random(contract.id + fact.category).choice(
                    paraphrases(fact.category, fact.subject, training=False)
                )
                known = examine(engine, understand(asked), source, state, lambda *stage: None)
                others = [one for one in known.candidates if one.maker != "state"]
                own = [one for one in known.candidates if one.maker == "state"]
                right = [_right(engine, known, c, fact.gold) for c in (known.candidates, others, own)]
                yield Share(contract.id, fact.category, *right)


def _right(engine: Engine, known: Examination, candidates: Sequence[Candidate], gold: str) -> bool:
    """Whether what would be answered of some candidates is right; nothing answered is wrong."""
    left = together(known.asked, candidates)
    told = [Known(signals_of(known, one), comparable(known.asked, one)) for one in left]
    chosen = decide(told, engine.confidence, engine.settings).answer
    return chosen is not None and exact_match(left[chosen].said, gold)
