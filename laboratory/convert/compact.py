"""Fewer keys and values that stand for all of a text: compaction in closed form, without training.

After "Attention matching", arXiv 2602.16284: keys are chosen by the attention that they get from queries of the same
text, read once more; a weight of each in logits makes up for the mass of those left out; values are least squares to
what the queries read of all.

Shape suffixes: B sequences, G groups of heads, Q queries, S keys of all, E keys that are chosen, K head width.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor

from laboratory.convert.stack import Attention, Kept, Stack

RIDGE, ROUNDS = 1e-3, 30
#: The least and the most of what a chosen key may stand for.
LEAST, MOST = 1e-2, 1e3


@torch.no_grad()
def compacted(stack: Stack, ids_BT: Tensor, entries: int) -> list[Kept]:
    """`entries` keys and values of each layer and group, for a text of the model's own tokens."""
    _, whole = stack.read(ids_BT)
    queries: list[Tensor] = []
    places = stack.places(stack.words(ids_BT), ids_BT.shape[1])

    def mix(number: int, x_BTD: Tensor) -> Tensor:
        mixer = cast("Attention", stack.mixers[number])
        queries.append(mixer.projected(x_BTD, places)[0])
        added: Tensor = mixer(x_BTD, places, whole[number])[0]
        return added

    stack.through(ids_BT, mix)
    if entries >= ids_BT.shape[1]:
        return whole
    return [matched(kept, query, entries) for kept, query in zip(whole, queries, strict=True)]


def matched(kept: Kept, q_BHQK: Tensor, entries: int) -> Kept:
    """Keys and values of one layer that give its queries what all of them gave."""
    keys, values = kept.keys.float(), kept.values.float()
    # the heads of a group share their keys: their queries count together
    q = q_BHQK.float().unflatten(1, (keys.shape[1], -1)).flatten(2, 3) * keys.shape[-1] ** -0.5
    logits_BGQS = q @ keys.transpose(-1, -2)
    weights = logits_BGQS.softmax(-1)
    chosen_BGE = weights.pow(2).sum(2).topk(entries, -1).indices.sort(-1).values
    few_BGQE = logits_BGQS.gather(-1, chosen_BGE[:, :, None].expand(-1, -1, q.shape[2], -1))
    highest = logits_BGQS.amax(-1, keepdim=True)
    stands_BGE = _standing((few_BGQE - highest).exp(), (logits_BGQS - highest).exp().sum(-1))
    bias = stands_BGE.log()
    seen = (few_BGQE + bias[:, :, None]).softmax(-1)
    gram = seen.transpose(-1, -2) @ seen
    ridge = RIDGE * gram.diagonal(dim1=-2, dim2=-1).mean(-1)[..., None, None]
    gram = gram + ridge * torch.eye(entries, device=gram.device)
    # drawn towards the values as they were, not to zero
    of = chosen_BGE[..., None].expand(-1, -1, -1, keys.shape[-1])
    own = values.gather(2, of)
    fitted = torch.linalg.solve(gram, seen.transpose(-1, -2) @ (weights @ values) + ridge * own)
    dtype = kept.keys.dtype
    return Kept(kept.keys.gather(2, of), fitted.to(dtype), bias.to(dtype))


def _standing(few_BGQE: Tensor, mass_BGQ: Tensor) -> Tensor:
    """How many keys each chosen one stands for: least squares of the mass by steps that never go below zero."""
    # every query counts alike, whatever its mass
    scaled = few_BGQE / mass_BGQ.unsqueeze(-1)
    stands = torch.ones_like(scaled[:, :, 0])
    wanted = scaled.sum(2)
    gram = scaled.transpose(-1, -2) @ scaled
    for _ in range(ROUNDS):
        has = (gram @ stands.unsqueeze(-1)).squeeze(-1)
        stands = (stands * wanted / has.clamp(min=1e-12)).clamp(LEAST, MOST)
    return stands
