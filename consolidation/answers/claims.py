"""What the states say: claims decoded from routed states, with all that is known of each before any text is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consolidation.answers.route import Routed
from consolidation.engine import Engine
from consolidation.parts.confidence import signals_together
from consolidation.protocol import Claim, Signals
from consolidation.table.rows import Party, Row


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with the segment that made it, all its signals, and how sure it is."""

    routed: Routed
    claim: Claim
    signals: Signals
    confidence: float


def decode(
    engine: Engine, rows: Sequence[Row], on_text: Callable[[str], None] = lambda text: None
) -> list[Claim]:
    """Claims of all rows, decoded in one batch, or in parts where the device has no memory for all.

    Within its group, a row whose first signal, or whose claim's standing against one that has ended, is too far below
    the best is given up. `on_text` gets what the most promising row has said so far, after each token. At a table,
    rows of others are decoded beside them.

    Raises `DeviceFull`.
    """
    if not rows:
        return []
    party = Party(rows, engine.memory.signals[0], engine.confidence, engine.settings.prune, on_text)
    return engine.table.decode(party) if engine.table else party.alone(engine.memory)


def ask_states(
    engine: Engine,
    question: str,
    routed: Sequence[Routed],
    on_text: Callable[[str], None] = lambda text: None,
) -> tuple[Claimed, ...]:
    """A claim of each routed state, the surest first; all are decoded in one batch."""
    rows = [Row(one.source.bank.fast_weights(one.state, one.segment), question) for one in routed]
    claims = decode(engine, rows, on_text)
    known = signals_together(claims, [one.score for one in routed])
    claimed = [
        Claimed(one, claim, signals, engine.confidence.confidence(signals) if claim.text else 0.0)
        for one, claim, signals in zip(routed, claims, known, strict=True)
    ]
    return tuple(sorted(claimed, key=lambda one: -one.confidence))
