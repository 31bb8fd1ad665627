"""Rows to be decoded, and those of one question from their beginning to their claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from consolidation.halving import halving
from consolidation.protocol import Claim, Confidence, Decoding, FastWeights, Memory


@dataclass(frozen=True, slots=True)
class Row:
    """One state to be decoded for a question; rows of a `group` are weighed against one another."""

    weights: FastWeights
    question: str
    group: int = 0

    @property
    def nbytes(self) -> int:
        """Bytes of the state, as it is decoded from."""
        return sum(tensor.nbytes for tensor in self.weights.values())


def begun(memory: Memory, rows: Sequence[Row]) -> Decoding:
    """The rows' answers, begun in one batch."""
    states = {name: torch.cat([row.weights[name] for row in rows]) for name in rows[0].weights}
    return memory.decoding(states, [row.question for row in rows])


class Party:
    """The rows of one question. Those that fall too far behind the best of their group are given up.

    Args:
        rows: what is decoded.
        first: the signal that ranks states before anything is said.
        confidence: how good a claim is by its signals.
        prune: how far below the best a row may be, by its first signal, or by its standing against one that ended.
        on_text: gets what the most promising row has said so far, after each token.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        first: str,
        confidence: Confidence,
        prune: float,
        on_text: Callable[[str], None],
    ) -> None:
        self.rows, self.claims = rows, list[Claim]()
        self._first, self._confidence, self._prune, self._on_text = first, confidence, prune, on_text

    def sit(self, decoding: Decoding) -> None:
        """Begin, with a decoding that has these rows and no others."""
        self._decoding, self._at = decoding, 0
        presence = [decoding.claim(i).signals[self._first] for i in range(len(self.rows))]
        best = self._best(dict(enumerate(presence)))
        low = [i for i, row in enumerate(self.rows) if presence[i] < best[row.group] - self._prune]
        decoding.drop(low)
        self._leading = max(range(len(self.rows)), key=presence.__getitem__)
        self._ended = dict[int, float]()
        self._open = set(decoding.open)

    def move(self, decoding: Decoding, first: int) -> None:
        """Go on in another decoding, where the rows' numbers begin at `first`."""
        self._decoding, self._at = decoding, first

    def sits_at(self, decoding: Decoding) -> bool:
        """Whether the rows are of this decoding."""
        return self._decoding is decoding

    @property
    def numbers(self) -> range:
        """The rows' numbers in their decoding."""
        return range(self._at, self._at + len(self.rows))

    def look(self) -> bool:
        """After a step: give up rows that can no longer lead. Says whether rows go on, else claims are there."""
        standing = {i: self._confidence.standing(self._claim(i).signals) for i in self._open}
        going = set(self._decoding.open)
        self._ended |= {i: value for i, value in standing.items() if self._at + i not in going}
        top = self._best(self._ended)
        least = {group: value - self._prune for group, value in top.items()}
        low = {
            i
            for i in self._open - self._ended.keys()
            if standing[i] < least.get(self.rows[i].group, standing[i])
        }
        self._decoding.drop([self._at + i for i in low])
        self._open -= low | self._ended.keys()
        if said := self._claim(self._leading).text:
            self._on_text(said)
        if not self._open:
            self.claims = [self._claim(i) for i in range(len(self.rows))]
        return bool(self._open)

    def alone(self, memory: Memory) -> list[Claim]:
        """The claims, decoded without company, in parts where the device has no memory for all.

        Raises `DeviceFull`.
        """
        parts = halving(lambda some: self._part(some)._decoded(memory), self.rows)
        return [claim for part in parts for claim in part]

    def _part(self, rows: Sequence[Row]) -> Party:
        return Party(rows, self._first, self._confidence, self._prune, self._on_text)

    def _decoded(self, memory: Memory) -> list[Claim]:
        decoding = begun(memory, self.rows)
        self.sit(decoding)
        while self._open:
            decoding.step()
            self.look()
        return self.claims or [decoding.claim(i) for i in range(len(self.rows))]

    def _claim(self, row: int) -> Claim:
        return self._decoding.claim(self._at + row)

    def _best(self, values: dict[int, float]) -> dict[int, float]:
        """The best value of each group."""
        best = dict[int, float]()
        for i, value in values.items():
            group = self.rows[i].group
            best[group] = max(best.get(group, float("-inf")), value)
        return best
