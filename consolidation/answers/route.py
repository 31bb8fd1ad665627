"""Which documents a question is put to first, and which segment states of one.

Shape suffixes: W windows of a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consolidation.engine import Engine
from consolidation.passages.source import Source
from consolidation.states.bank import Bank
from consolidation.states.file import StoredState


@dataclass(frozen=True, slots=True)
class Routed:
    """One segment state chosen for a question, with the router's score and those of the state's windows."""

    source: Source
    state: StoredState
    segment: int
    score: float
    scores_W: NDArray[np.float32]


def window_scores(engine: Engine, question: str, state: StoredState) -> NDArray[np.float32]:
    """The router's score of each window of a state for a question, `[W]`."""
    key_R = engine.question_keys([question])[0].float().cpu()
    return (state.window_keys_WR.float() @ key_R).numpy()


def route(
    engine: Engine, source: Source, state: StoredState, scores_W: NDArray[np.float32]
) -> tuple[Routed, ...]:
    """The segment states of a document that are asked: those with the best windows, best first."""
    best = [(max(float(scores_W[w]) for w in state.windows_of(s)), s) for s in range(state.segments)]
    best.sort(key=lambda one: (-one[0], one[1]))
    chosen = best[: engine.settings.routed_states]
    return tuple(Routed(source, state, segment, score, scores_W) for score, segment in chosen)


def likely_states(engine: Engine, question: str, bank: Bank, names: Sequence[str]) -> list[tuple[str, float]]:
    """States of a bank, the likeliest to answer first, with the score of the best window of each.

    From the bank's index alone: no state is loaded. States that are not in the bank are left out.
    """
    key_R = engine.question_keys([question])[0].float().cpu()
    best = {name: float(scores_W.max()) for name, scores_W in bank.scores(names, key_R).items()}
    return sorted(best.items(), key=lambda one: (-one[1], one[0]))
