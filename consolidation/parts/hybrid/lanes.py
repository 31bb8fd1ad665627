"""Questions under way: each row goes on from its own state, and no row is ever padded in a state's sight.

Padding that a recurrence sees decays its state, mask or not. So prompts of one length are read together, and only
then are rows put side by side: keys and values padded on the left under a mask, which no recurrence sees.

Shape suffixes: B rows, X vocabulary, K keys of attention.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers.cache_utils import DynamicCache

from consolidation.parts.hybrid.cache import kept_rows, without_first_keys
from consolidation.parts.hybrid.model import CausalModel
from consolidation.protocol import FastWeights


@dataclass(slots=True)
class Lane:
    """Rows that share a cache. `rows` are their numbers; the first `_padded[b]` keys of a row are padding."""

    model: CausalModel
    cache: DynamicCache
    rows: list[int]
    lengths_B: Tensor
    longest: int
    logits_BX: Tensor

    def step(self, tokens_B: Tensor) -> None:
        """One more token on every row."""
        mask_BK = None
        if self.model.attends and int(self.lengths_B.min()) < self.longest:
            at_K = torch.arange(self.longest + 1, device=self.model.device)
            mask_BK = (at_K[None] >= (self.longest - self.lengths_B)[:, None]).long()
        self.logits_BX = self.model.step(self.cache, tokens_B[:, None], self.lengths_B, mask_BK)
        self.lengths_B = self.lengths_B + 1
        self.longest += 1

    def keep(self, at: Sequence[int]) -> None:
        """Go on with some rows alone."""
        kept_rows(self.cache, at, self.model.device)
        self.rows = [self.rows[i] for i in at]
        self.lengths_B, self.logits_BX = self.lengths_B[list(at)], self.logits_BX[list(at)]
        if self.model.attends and self.rows and (padding := self.longest - int(self.lengths_B.max())):
            without_first_keys(self.cache, padding)
            self.longest -= padding


class Lanes:
    """All rows of a batch: one lane, or one for each length of prompt where the model cannot have them together."""

    def __init__(self, lanes: list[Lane], *, together: bool) -> None:
        self.lanes, self._together = lanes, together

    @property
    def rows(self) -> list[int]:
        """The rows that go on, as their logits are ordered."""
        return [row for lane in self.lanes for row in lane.rows]

    @property
    def logits_BX(self) -> Tensor:
        """Logits of the token that follows each row."""
        return torch.cat([lane.logits_BX for lane in self.lanes])

    def step(self, tokens_B: Tensor) -> None:
        """One more token on every row."""
        for lane, tokens in zip(
            self.lanes, tokens_B.split([len(lane.rows) for lane in self.lanes]), strict=True
        ):
            lane.step(tokens)

    def keep(self, rows: set[int]) -> None:
        """Go on with some rows alone."""
        for lane in self.lanes:
            at = [i for i, row in enumerate(lane.rows) if row in rows]
            if at and len(at) < len(lane.rows):
                lane.keep(at)
        self.lanes = [lane for lane in self.lanes if any(row in rows for row in lane.rows)]

    def join(self, other: Lanes, first: int) -> None:
        """Go on with the rows of others too; their numbers begin at `first`."""
        for lane in other.lanes:
            lane.rows = [first + row for row in lane.rows]
        lanes = [*self.lanes, *other.lanes]
        self.lanes = [_side_by_side(lanes)] if self._together and len(lanes) > 1 else lanes


def begin(
    model: CausalModel, states: FastWeights, prompts: Sequence[Sequence[int]], *, together: bool
) -> Lanes:
    """Read a prompt from each row of `states`, which stay as they are."""
    lanes = [_lane(model, states, prompts, rows) for rows in _by_length(prompts)]
    if not together or len(lanes) == 1:
        return Lanes(lanes, together=together)
    one = _side_by_side(lanes)
    one.keep(sorted(range(len(one.rows)), key=one.rows.__getitem__))
    return Lanes([one], together=together)


def _side_by_side(lanes: Sequence[Lane]) -> Lane:
    """The rows of several lanes in one."""
    return Lane(
        lanes[0].model,
        lanes[0].model.merge([lane.cache for lane in lanes]),
        [row for lane in lanes for row in lane.rows],
        torch.cat([lane.lengths_B for lane in lanes]),
        max(lane.longest for lane in lanes),
        torch.cat([lane.logits_BX for lane in lanes]),
    )


def _by_length(prompts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows: dict[int, list[int]] = {}
    for row, prompt in enumerate(prompts):
        rows.setdefault(len(prompt), []).append(row)
    return [rows[length] for length in sorted(rows)]


def _lane(model: CausalModel, states: FastWeights, prompts: Sequence[Sequence[int]], rows: list[int]) -> Lane:
    ids_BT = torch.tensor([list(prompts[row]) for row in rows], dtype=torch.long, device=model.device)
    cache = model.inject({name: weights[rows] for name, weights in states.items()})
    length = ids_BT.shape[1]
    logits_BX = model.feed(cache, ids_BT)
    lengths_B = torch.full((len(rows),), length, dtype=torch.long, device=model.device)
    return Lane(model, cache, list(rows), lengths_B, length, logits_BX)
