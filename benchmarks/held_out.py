"""Every question about the held-out contracts, put in several processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

import torch

from consolidation import load_engine
from laboratory.answers.banked import consolidated, in_processes
from laboratory.data.facts import Contract
from laboratory.measure.answers import (
    ClauseScore,
    Score,
    clause_scores,
    state_scores,
    whole_scores,
)
from laboratory.measure.controls import shuffled_scores, zeroed_scores
from laboratory.measure.engines import remembering

WINDOWS = (4, 8, 16, 32)


@dataclass(slots=True)
class Answers:
    """Scores from one state, by its windows; with two controls for it; of whole contracts; of yes/no questions."""

    by_windows: dict[int, list[Score]] = field(default_factory=lambda: {count: [] for count in WINDOWS})
    zeroed: list[Score] = field(default_factory=list)
    shuffled: list[Score] = field(default_factory=list)
    states: list[Score] = field(default_factory=list)
    evidence: list[Score] = field(default_factory=list)
    clauses: list[ClauseScore] = field(default_factory=list)

    def add(self, other: Answers) -> None:
        for name in (f.name for f in fields(self) if f.name != "by_windows"):
            getattr(self, name).extend(getattr(other, name))
        for count, scores in other.by_windows.items():
            self.by_windows[count] += scores


def ask(contracts: Sequence[Contract], weights: Path | None, controls: int) -> Answers:
    """All answers about some contracts; the controls are for states of so many windows (0: none)."""
    torch.set_num_threads(1)
    engine, answers = remembering(load_engine(weights)), Answers()
    for count in WINDOWS:
        answers.by_windows[count] += state_scores(engine, contracts, count)
    if controls:
        answers.zeroed += zeroed_scores(engine, contracts, controls)
        answers.shuffled += shuffled_scores(engine, contracts, controls)
    with consolidated(engine, contracts) as banked:
        for state, evidence in whole_scores(engine, banked):
            answers.states.append(state)
            answers.evidence.append(evidence)
        answers.clauses += clause_scores(engine, banked)
    return answers


def ask_all(contracts: Sequence[Contract], weights: Path | None = None, controls: int = 0) -> Answers:
    """`ask` in several processes."""
    answers = Answers()
    for found in in_processes(partial(ask, weights=weights, controls=controls), contracts):
        answers.add(found)
    return answers
