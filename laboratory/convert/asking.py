"""Greedy answers token by token, from fast weights or from keys and values.

Shape suffixes: B sequences (one here), T tokens, X vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import torch
from torch import Tensor

from laboratory.convert.hybrid import Hybrid, Window
from laboratory.convert.stack import Kept, Stack

#: Reads tokens `[1, T]` after all that it has read, and gives the logits of the next one, `[X]`.
Reading = Callable[[Tensor], Tensor]


def from_kept(stack: Stack, kept: Sequence[Kept] | None, tokens: int) -> Reading:
    """After a text of `tokens` tokens of which some keys and values were kept."""
    so_far, first = list(kept) if kept else None, tokens

    def read(ids_BT: Tensor) -> Tensor:
        nonlocal so_far, first
        logits, own = stack.read(ids_BT, so_far, first)
        so_far = [one.after(so_far[at] if so_far else None) for at, one in enumerate(own)]
        first += ids_BT.shape[1]
        return logits[0, -1]

    return read


def from_states(hybrid: Hybrid, states: Sequence[Tensor]) -> Reading:
    """After a sleep: a copy of the states goes on, what was kept of a window is gone."""
    now, window = list(states), Window(0, {})

    def read(ids_BT: Tensor) -> Tensor:
        nonlocal now, window
        hidden, now, window = hybrid.once(ids_BT, now, window)
        logits: Tensor = hybrid.stack.head(hidden[:, -1])
        return logits[0]

    return read


@torch.inference_mode()
def answer(
    read: Reading, prompt: Sequence[int], ends: Collection[int], device: torch.device | str, most: int = 24
) -> list[int]:
    """The likeliest tokens one by one, until an end or `most` of them."""
    said = list[int]()
    logits = read(torch.tensor([list(prompt)], device=device))
    while len(said) < most and (best := int(logits.argmax())) not in ends:
        said.append(best)
        logits = read(torch.tensor([[best]], device=device))
    return said
