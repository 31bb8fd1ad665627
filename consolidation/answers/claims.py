"""What the states say: claims decoded from routed states, with all that is known of each before any text is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from consolidation.answers.route import Routed
from consolidation.engine import Engine
from consolidation.halving import halving
from consolidation.parts.confidence import signals_together
from consolidation.protocol import Claim, Decoding, FastWeights, Signals


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with the segment that made it, all its signals, and how sure it is."""

    routed: Routed
    claim: Claim
    signals: Signals
    confidence: float


@dataclass(frozen=True, slots=True)
class Row:
    """One state to be decoded for a question; rows of a `group` are weighed against one another."""

    weights: FastWeights
    question: str
    group: int = 0


def decode(
    engine: Engine, rows: Sequence[Row], on_text: Callable[[str], None] = lambda text: None
) -> list[Claim]:
    """Claims of all rows, decoded in one batch, or in parts where the device has no memory for all.

    Within its group, a row whose first signal, or whose claim's standing against one that has ended, is too far below
    the best is given up. `on_text` gets what the most promising row has said so far, after each token.

    Raises `DeviceFull`.
    """
    if not rows:
        return []
    return [claim for part in halving(lambda some: _decoded(engine, some, on_text), rows) for claim in part]


def _decoded(engine: Engine, rows: Sequence[Row], on_text: Callable[[str], None]) -> list[Claim]:
    names = rows[0].weights.keys()
    states = {name: torch.cat([row.weights[name] for row in rows]) for name in names}
    decoding = engine.memory.decoding(states, [row.question for row in rows])
    first, prune = engine.memory.signals[0], engine.settings.prune
    presence = [decoding.claim(i).signals[first] for i in range(len(rows))]
    best = _best(rows, dict(enumerate(presence)))
    decoding.drop([i for i, row in enumerate(rows) if presence[i] < best[row.group] - prune])
    leading = max(range(len(rows)), key=presence.__getitem__)
    ended = dict[int, float]()
    while open_rows := decoding.open:
        decoding.step()
        _prune(engine, rows, decoding, open_rows, ended)
        if said := decoding.claim(leading).text:
            on_text(said)
    return [decoding.claim(i) for i in range(len(rows))]


def _best(rows: Sequence[Row], values: dict[int, float]) -> dict[int, float]:
    """The best value of each group."""
    best = dict[int, float]()
    for i, value in values.items():
        best[rows[i].group] = max(best.get(rows[i].group, float("-inf")), value)
    return best


def _prune(
    engine: Engine, rows: Sequence[Row], decoding: Decoding, stepped: Sequence[int], ended: dict[int, float]
) -> None:
    """After a step: drop rows that can no longer lead; `ended` keeps the standing of those that have ended."""
    standing = {i: engine.confidence.standing(decoding.claim(i).signals) for i in stepped}
    going = set(decoding.open)
    ended |= {i: value for i, value in standing.items() if i not in going}
    top = _best(rows, ended)
    decoding.drop(
        [i for i in going if standing[i] < top.get(rows[i].group, float("-inf")) - engine.settings.prune]
    )


def ask_states(
    engine: Engine,
    question: str,
    routed: Sequence[Routed],
    on_text: Callable[[str], None] = lambda text: None,
) -> tuple[Claimed, ...]:
    """A claim of each routed state, the surest first; all are decoded in one batch."""
    rows = [Row(one.state.fast_weights([one.segment]), question) for one in routed]
    claims = decode(engine, rows, on_text)
    known = signals_together(claims, [one.score for one in routed])
    claimed = [
        Claimed(one, claim, signals, engine.confidence.confidence(signals) if claim.text else 0.0)
        for one, claim, signals in zip(routed, claims, known, strict=True)
    ]
    return tuple(sorted(claimed, key=lambda one: -one.confidence))
