"""Stretches of tokens that are read in one call and do not attend to one another.

A recurrence goes through all stretches of a row one after the other, as it would in calls of their own; attention is
kept from looking past a stretch's beginning. Shape suffixes: B rows, T places of the longest row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence


class Stretches:
    """Where stretches stand: those of a row one after the other, rows padded at their ends to the longest.

    Args:
        lengths: tokens of each stretch, by row; a row may have none.
        device: where the model runs.
    """

    def __init__(self, lengths: Sequence[Sequence[int]], device: torch.device) -> None:
        self._lengths, self._device = lengths, device
        self._rows = [sum(row) for row in lengths]
        self.padded = min(self._rows) < max(self._rows)
        #: one token at once is another way through a model, in which rows end together
        self._width = max(*self._rows, 2) if self.padded else self._rows[0]
        self.single = not self.padded and all(len(row) == 1 for row in lengths)

    @cached_property
    def lengths_B(self) -> Tensor:
        """Tokens of each row."""
        return torch.tensor(self._rows, device=self._device)

    @cached_property
    def padding_BT(self) -> Tensor:
        """Which places are past the end of their row."""
        return torch.arange(self._width, device=self._device) >= self.lengths_B[:, None]

    @cached_property
    def positions_BT(self) -> Tensor:
        """Positions, from 0 in each stretch."""
        rows = [[place for length in row for place in range(length)] for row in self._lengths]
        return self.padded_to_longest(rows)

    def padded_to_longest(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """A number for each token, `[B, T]`, 0 at padding."""
        tensors = [torch.tensor(row, dtype=torch.long, device="cpu") for row in rows]
        numbers_BT = pad_sequence(tensors, batch_first=True)
        return F.pad(numbers_BT, (0, self._width - numbers_BT.shape[1])).to(self._device)

    def mask_B1TT(self, dtype: torch.dtype) -> Tensor:
        """What is added to scores of attention: a token sees those before it in its own stretch, and itself."""
        numbers = [[at for at, length in enumerate(row, 1) for _ in range(length)] for row in self._lengths]
        number_BT = self.padded_to_longest(numbers)
        seen_BTT = (number_BT[:, :, None] == number_BT[:, None]).tril()
        unseen = torch.zeros(seen_BTT.shape, dtype=dtype, device=self._device)
        return unseen.masked_fill_(~seen_BTT, torch.finfo(dtype).min)[:, None]
