"""Layers that several networks are made of.

Shape suffixes: B sequences, T tokens, S tokens attended to, D width.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn


class Attention(nn.Module):
    """Multi-head attention; queries may attend to another sequence."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(
        self, x_BTD: Tensor, y_BSD: Tensor, mask: Tensor | None = None, *, causal: bool = False
    ) -> Tensor:
        batch, tokens, width = x_BTD.shape
        q = self.q(x_BTD).view(batch, tokens, self.heads, -1).transpose(1, 2)
        k, v = self.kv(y_BSD).view(batch, y_BSD.shape[1], 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
        return self.out(out.transpose(1, 2).reshape(batch, tokens, width))


class Mlp(nn.Sequential):
    """Two linear layers with a GELU between."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width))
