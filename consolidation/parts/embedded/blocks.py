"""The layers of the embedded model: what a window is mixed with, written to and read by.

Shape suffixes: B documents, T tokens of a window, D model width, H heads, N vocabulary, Y and Z widths.
"""

from __future__ import annotations

from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.layers import Attention, Mlp


class Embed(nn.Module):
    """Token features to the model's width: encoder layers, clause tags, own and previous token's embedding."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        e = config.encoder_width
        self.norms = nn.ModuleList(nn.LayerNorm(e) for _ in range(config.feature_layers))
        self.features = nn.Linear(config.feature_layers * e, config.width)
        self.tags = nn.Linear(config.tags, config.width, bias=False)
        self.words = nn.Linear(2 * e, config.width, bias=False)

    def forward(self, features_BTF: Tensor, words_BTD: Tensor) -> Tensor:
        """`words_BTD` is what `words` makes of a token's and its predecessor's embedding."""
        layers, tags = features_BTF.split([self.features.in_features, self.tags.in_features], dim=-1)
        parts = layers.chunk(len(self.norms), dim=-1)
        normed = [norm(part) for norm, part in zip(self.norms, parts, strict=True)]
        return self.features(torch.cat(normed, dim=-1)) + self.tags(tags) + words_BTD


class Mixer(nn.Module):
    """One more layer of attention and MLP inside the window; does nothing until trained."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(config.width) for _ in range(2))
        self.attention = Attention(config.width, config.attention_heads)
        self.mlp = Mlp(config.width, config.hidden)

    def initialise(self) -> None:
        """Outputs of zero, so that a deeper model starts as the one it was made from."""
        nn.init.zeros_(self.attention.out.weight)
        nn.init.zeros_(cast("nn.Linear", self.mlp[2]).weight)

    def forward(self, x_BTD: Tensor, mask_BT: Tensor) -> Tensor:
        y = self.norms[0](x_BTD)
        x_BTD = x_BTD + self.attention(y, y, mask_BT[:, None, None, :])
        return x_BTD + self.mlp(self.norms[1](x_BTD))


class Block(nn.Module):
    """Attention and MLP inside the window, then fast weights: write the window, read it back."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        d, h = config.width, config.heads
        self.config = config
        self.norm_attention, self.norm_mlp, self.norm_memory = (
            nn.LayerNorm(d),
            nn.LayerNorm(d),
            nn.LayerNorm(d),
        )
        self.attention = Attention(d, config.attention_heads)
        self.mlp = Mlp(d, config.hidden)
        self.deeper = nn.ModuleList(Mixer(config) for _ in range(config.depth - 1))
        self.k = nn.Linear(d, h * config.key_width, bias=False)
        self.q = nn.Linear(d, h * config.key_width, bias=False)
        self.v = nn.Linear(d, h * config.value_width, bias=False)
        self.gates = nn.Linear(d, 2 * h)
        self.out = nn.Linear(h * config.value_width, d)

    def mix(self, x_BTD: Tensor, mask_BT: Tensor) -> Tensor:
        """The part that only sees the window."""
        y = self.norm_attention(x_BTD)
        x_BTD = x_BTD + self.attention(y, y, mask_BT[:, None, None, :])
        x_BTD = x_BTD + self.mlp(self.norm_mlp(x_BTD))
        for mixer in self.deeper:
            x_BTD = mixer(x_BTD, mask_BT)
        return x_BTD


def heads(x_BTX: Tensor, count: int) -> Tensor:
    """`[B, T, H*X]` to `[B, H, T, X]`."""
    return x_BTX.unflatten(-1, (count, -1)).transpose(1, 2)


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the question, a read of the state, an MLP."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        d = config.width
        self.norms = nn.ModuleList(nn.LayerNorm(d) for _ in range(4))
        self.self_attention = Attention(d, config.attention_heads)
        self.question_attention = Attention(d, config.attention_heads)
        self.q = nn.Linear(d, config.heads * config.key_width, bias=False)
        self.out = nn.Linear(config.heads * config.value_width, d)
        self.mlp = Mlp(d, config.hidden)


def projected(table_NY: Tensor, ids_BT: Tensor, weight_ZY: Tensor) -> Tensor:
    """The tokens' rows of a table times a matrix, `[B, T, Z]`, computed once for each different token."""
    different, inverse_BT = ids_BT.unique(return_inverse=True)
    return F.embedding(inverse_BT, F.linear(table_NY[different], weight_ZY))


def of_before(table_NY: Tensor, ids_BT: Tensor, weight_ZY: Tensor) -> Tensor:
    """`projected` of each token's predecessor, zero at the start of the window."""
    return F.pad(projected(table_NY, ids_BT[:, :-1], weight_ZY), (0, 0, 1, 0))
