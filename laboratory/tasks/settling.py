"""Passes that stop by themselves: how far states move, and which samples go on.

Shape suffixes: B samples.
"""

from __future__ import annotations

import torch
from torch import Tensor

#: What a layer keeps between windows.
State = tuple[Tensor, ...]


def change(before: list[State], after: list[State]) -> Tensor:
    """How far the fast weights of each sample moved, as a share of their size: the most of any layer, `[B]`."""
    shares = [
        (a[-1] - b[-1]).flatten(1).norm(dim=1) / a[-1].flatten(1).norm(dim=1).clamp(min=1e-9)
        for b, a in zip(before, after, strict=True)
    ]
    return torch.stack(shares).amax(0)


def where(of_B: Tensor, one: list[State], other: list[State]) -> list[State]:
    """The states of `one` for samples that are true in `of_B`, else of `other`."""
    return [
        tuple(
            torch.where(of_B.view(-1, *[1] * (a.ndim - 1)), a, b) for a, b in zip(pair, second, strict=True)
        )
        for pair, second in zip(one, other, strict=True)
    ]
