"""Attention on a ring by relative places: what tells how far away a place is.

Shape suffixes: H heads, L tokens of the ring.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Around(nn.Module):
    """What is added to the scores of attention on a ring, by how far away a place is: a number for each head."""

    distance: Tensor

    def __init__(self, ring: int, count: int) -> None:
        super().__init__()
        far = torch.arange(count) - count // 2
        self.by_distance = nn.Parameter(8.0 * F.one_hot(far % ring, ring).float()[None])
        here = torch.arange(ring)
        self.register_buffer("distance", (here[None, :] - here[:, None]) % ring, persistent=False)

    def forward(self) -> Tensor:
        """Scores `[1, H, L, L]` for queries and keys of a whole ring."""
        return self.by_distance[:, :, self.distance]
