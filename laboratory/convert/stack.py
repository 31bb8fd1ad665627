"""A pretrained causal model of attention alone, run layer by layer, so that what mixes tokens can be exchanged.

Shape suffixes: B sequences, T tokens, S tokens attended to, D width, H heads, G groups of heads, K head width, X
vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: What stands in the way of attention where it must not look.
NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Kept:
    """Keys and values `[B, G, S, K]` of what was read, turned to their places, with a weight for each in logits."""

    keys: Tensor
    values: Tensor
    bias_BGS: Tensor

    def after(self, before: Kept | None) -> Kept:
        """These behind others."""
        if before is None:
            return self
        pairs = zip(before.parts(), self.parts(), strict=True)
        return Kept(*(torch.cat(pair, 2) for pair in pairs))

    def parts(self) -> tuple[Tensor, Tensor, Tensor]:
        return self.keys, self.values, self.bias_BGS

    @property
    def numbers(self) -> int:
        """How many numbers are kept of one sequence."""
        return (self.keys.numel() + self.values.numel() + self.bias_BGS.numel()) // len(self.keys)


class Attention(nn.Module):
    """The attention of one layer: its four projections, causal, with what was kept of an earlier text before it."""

    def __init__(self, own: Any) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = own.q_proj, own.k_proj, own.v_proj, own.o_proj
        self.width: int = own.head_dim

    def projected(self, x_BTD: Tensor, places: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values, the first two turned to their places."""
        q, k, v = (split(linear(x_BTD), self.width) for linear in (self.q, self.k, self.v))
        return turned(q, places), turned(k, places), v

    def forward(
        self, x_BTD: Tensor, places: tuple[Tensor, Tensor], kept: Kept | None = None
    ) -> tuple[Tensor, Kept]:
        """What is added to the stream, and the keys and values of these tokens."""
        q, k, v = self.projected(x_BTD, places)
        own = Kept(k, v, torch.zeros(k.shape[:3], device=k.device, dtype=k.dtype))
        mask = None
        if kept is not None:
            k, v = torch.cat([kept.keys, k], 2), torch.cat([kept.values, v], 2)
            tokens = q.shape[2]
            future = torch.full((tokens, tokens), NEVER, device=q.device, dtype=q.dtype).triu(1)
            bias = kept.bias_BGS.repeat_interleave(q.shape[1] // k.shape[1], 1)
            past = bias[:, :, None, :].expand(-1, -1, tokens, -1)
            mask = torch.cat([past, future.expand(*past.shape[:2], -1, -1)], -1)
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None, enable_gqa=True)
        return self.o(joined(out)), own


class Stack(nn.Module):
    """Embedding, layers and head of a Llama of transformers, whose mixers are called by the caller's way.

    Args:
        model: a `LlamaForCausalLM`.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.words, self.head, self.norm = model.model.embed_tokens, model.lm_head, model.model.norm
        self.turns = model.model.rotary_emb
        self.blocks = nn.ModuleList(model.model.layers)
        self.mixers = nn.ModuleList(Attention(block.self_attn) for block in model.model.layers)

    def places(self, x_BTD: Tensor, first: int = 0) -> tuple[Tensor, Tensor]:
        """Cosines and sines of the places from `first` on."""
        at = torch.arange(first, first + x_BTD.shape[1], device=x_BTD.device)
        cosines, sines = self.turns(x_BTD, at[None])
        return cosines[:, None], sines[:, None]

    def through(self, ids_BT: Tensor, mix: Callable[[int, Tensor], Tensor]) -> Tensor:
        """Hidden states at the end of the stack, where `mix` gives what each layer's mixer adds."""
        x_BTD: Tensor = self.words(ids_BT)
        blocks: list[Any] = list(self.blocks)
        for number, block in enumerate(blocks):
            x_BTD = x_BTD + mix(number, block.input_layernorm(x_BTD))
            x_BTD = x_BTD + block.mlp(block.post_attention_layernorm(x_BTD))
        normed: Tensor = self.norm(x_BTD)
        return normed

    def read(
        self, ids_BT: Tensor, kept: list[Kept] | None = None, first: int = 0, skip: int = 0
    ) -> tuple[Tensor, list[Kept]]:
        """Logits `[B, T - skip, X]` with attention everywhere, and the keys and values of all these tokens."""
        places, own = self.places(self.words(ids_BT), first), list[Kept]()

        def mix(number: int, x_BTD: Tensor) -> Tensor:
            added, one = self.mixers[number](x_BTD, places, kept[number] if kept else None)
            own.append(one)
            return cast("Tensor", added)

        return self.head(self.through(ids_BT, mix)[:, skip:]), own


def split(x_BTD: Tensor, width: int) -> Tensor:
    """`[B, T, H * K]` as `[B, H, T, K]`."""
    return x_BTD.unflatten(-1, (-1, width)).transpose(1, 2)


def joined(x_BHTK: Tensor) -> Tensor:
    """`[B, H, T, K]` as `[B, T, H * K]`."""
    return x_BHTK.transpose(1, 2).flatten(2)


def turned(x_BHTK: Tensor, places: tuple[Tensor, Tensor]) -> Tensor:
    """Queries or keys turned to their places (rotary embedding, arXiv 2104.09864, halves paired)."""
    cosines, sines = places
    one, other = x_BHTK.chunk(2, -1)
    return x_BHTK * cosines + torch.cat([-other, one], -1) * sines
