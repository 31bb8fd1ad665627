"""What each phase of a conversion is trained towards.

Shape suffixes: B sequences, T tokens, A tokens of prompt and answer, D width, X vocabulary, Y the likeliest of it.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from laboratory.convert.batches import NOT_SAID, Asked
from laboratory.convert.hybrid import Hybrid
from laboratory.convert.stack import Stack

#: The likeliest tokens of the teacher that are learned from, and how much they count beside the answer itself.
LIKELIEST, TAUGHT = 64, 0.5


def answered(stack: Stack, batch: Asked) -> Tensor:
    """Cross-entropy of answers with the segment in view."""
    return _entropy(_in_view(stack, batch), batch)


def slept(stack: Stack, hybrid: Hybrid, batch: Asked, window: int, passes: int) -> Tensor:
    """Answers from fast weights alone, and as the teacher gives them that has the segment in view."""
    states = hybrid.sleep(batch.segments_BT.split(window, 1), passes)
    got = hybrid(batch.asked_BA, states)
    with torch.no_grad():
        wanted = _in_view(stack, batch)
    asked_BA = batch.targets_BA != NOT_SAID
    return _entropy(got, batch) + TAUGHT * _divergence(got[asked_BA], wanted[asked_BA]).mean()


def _in_view(stack: Stack, batch: Asked) -> Tensor:
    """Logits of prompt and answer after the segment."""
    both = torch.cat([batch.segments_BT, batch.asked_BA], 1)
    return stack.read(both, skip=batch.segments_BT.shape[1])[0]


def _entropy(logits_BAX: Tensor, batch: Asked) -> Tensor:
    flat = logits_BAX.flatten(0, 1).float()
    return F.cross_entropy(flat, batch.targets_BA.flatten(), ignore_index=NOT_SAID)


def _divergence(got: Tensor, wanted: Tensor) -> Tensor:
    """Kullback-Leibler divergence over the teacher's likeliest tokens and all others as one."""
    best = wanted.float().log_softmax(-1).topk(min(LIKELIEST, wanted.shape[-1] - 1), -1)
    own = got.float().log_softmax(-1).gather(-1, best.indices)
    rest_wanted, rest_own = (_rest(x) for x in (best.values, own))
    wanted_all, own_all = torch.cat([best.values, rest_wanted], -1), torch.cat([own, rest_own], -1)
    return (wanted_all.exp() * (wanted_all - own_all)).sum(-1)


def _rest(log_shares: Tensor) -> Tensor:
    """The logarithm of what is left of one."""
    return torch.log1p(-log_shares.exp().sum(-1, keepdim=True).clamp(max=1 - 1e-6))
