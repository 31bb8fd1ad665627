"""The layers of a small encoder, trained whole for one purpose: to read, judge, find passages or tag clauses.

Word embeddings are not part of a model: they are frozen and shared by all of them.

Shape suffixes: B sequences, T tokens, R rows of a table of tokens (at least B times T), E width, H heads, D width of
a head, L categories of clauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.asking.intents import FORMS, SLOTS, SUBJECT_NAMES
from consolidation.parts.tagger import CATEGORIES

Purpose = Literal["retriever", "reader", "judge", "tagger", "intents"]
CLS, SEP = 101, 102
#: What the reader says of a token: it starts or ends an answer; is outside, first or later in one of several; is
#: evidence.
TOKEN_OUTPUTS = ("start", "end", "outside", "first", "later", "evidence")
#: What the reader says of a passage: it answers, its answer is yes, is no; and of the question: its kind.
PASSAGE_OUTPUTS = ("answers", "yes", "no", "value", "list", "yes_no")
#: Outputs of each token and of a whole sequence; those of intents are forms, subjects twice, and "lacking".
OUTPUTS: dict[Purpose, tuple[int, int]] = {
    "retriever": (0, 0), "reader": (len(TOKEN_OUTPUTS), len(PASSAGE_OUTPUTS)), "judge": (0, 1),
    "tagger": (len(CATEGORIES), 0), "intents": (len(SLOTS), len(FORMS) + 2 * len(SUBJECT_NAMES) + 1),
}  # fmt: skip
#: Length of the means that intents are told from: outputs of unit vectors are learned slower than the layers.
LOUDER = 10.0
#: Parts of a sequence, by which tokens are told apart; marked is what of the passage is the answer.
PARTS = 6
NOTHING, QUESTION, TITLE, PASSAGE, ANSWER, MARKED = range(PARTS)


#: Heights of tables of tokens are multiples of this, and there are at most so many of them from one to its double.
LOWEST, HEIGHTS_EACH = 32, 4


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder: all-MiniLM-L6-v2's (Wang et al., arXiv 2002.10957)."""

    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


def attend(query_BHTD: Tensor, key_BHTD: Tensor, value_BHTD: Tensor, mask_B11T: Tensor) -> Tensor:
    """Attention `[B, H, T, D]` to the tokens of the mask.

    On a processor the fused kernel's backward pass takes three times as long as that of plain products.
    """
    if query_BHTD.is_cuda or not query_BHTD.requires_grad:
        return F.scaled_dot_product_attention(query_BHTD, key_BHTD, value_BHTD, attn_mask=mask_B11T)
    scores = torch.matmul(query_BHTD / query_BHTD.shape[-1] ** 0.5, key_BHTD.transpose(-1, -2))
    with torch.autocast("cpu", enabled=False):
        shares = scores.masked_fill(~mask_B11T, -1e4).softmax(-1)
    return torch.matmul(shares, value_BHTD)


def height_of(rows: int) -> int:
    """The lowest of the few heights that so many rows fit in."""
    step = max(LOWEST, 2 ** (rows - 1).bit_length() // (2 * HEIGHTS_EACH))
    return -(-rows // step) * step


def heightened(x_RE: Tensor) -> Tensor:
    """The table, in bfloat16 on a processor with rows of zeros below it up to one of few heights.

    There oneDNN compiles each product anew for each height, and its caches keep some 5 MiB for each height of these
    layers, of a thousand products for the process and a thousand more for each thread. No row depends on another.
    """
    if x_RE.is_cuda or x_RE.dtype != torch.bfloat16 or x_RE.requires_grad:
        return x_RE
    return F.pad(x_RE, (0, 0, 0, height_of(len(x_RE)) - len(x_RE)))


def each_row(layer: nn.Linear, x: Tensor) -> Tensor:
    """What a linear layer makes of the last axis of `x`."""
    flat_RE = x.flatten(0, -2)
    out: Tensor = layer(heightened(flat_RE))[: len(flat_RE)]
    return out.view(*x.shape[:-1], layer.out_features)


class Layer(nn.Module):
    """A transformer layer as in BERT: attention, then two linear layers, each with a residual and a norm after it."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.mix = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.rise = nn.Linear(shape.width, shape.inner)
        self.fall = nn.Linear(shape.inner, shape.width)
        self.last_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x_RE: Tensor, mask_B11T: Tensor) -> Tensor:
        """The next hidden states `[R, E]`; the first rows are the tokens of the mask, sequence after sequence."""
        (batch, _, _, length), (rows, width) = mask_B11T.shape, x_RE.shape
        three = self.query_key_value(x_RE)[: batch * length].view(
            batch, length, 3, self.heads, width // self.heads
        )
        query, key, value = three.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = attend(query, key, value, mask_B11T).transpose(1, 2).reshape(batch * length, width)
        mixed = F.pad(mixed, (0, 0, 0, rows - len(mixed)))
        x = self.norm(x_RE + self.drop(self.mix(mixed)))
        return self.last_norm(x + self.drop(self.fall(F.gelu(self.rise(x)))))


class Transformer(nn.Module):
    """The encoder's layers over given word embeddings, with the outputs of one purpose on top."""

    def __init__(self, purpose: Purpose, shape: Shape | None = None, dropout: float = 0.0) -> None:
        super().__init__()
        shape = shape or Shape()
        self.purpose, self.shape = purpose, shape
        self.position = nn.Embedding(shape.positions, shape.width)
        self.part = nn.Embedding(PARTS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        of_tokens, of_all = OUTPUTS[purpose]
        if of_tokens:
            self.token_outputs = nn.Linear(shape.width, of_tokens)
        if of_all and purpose != "intents":
            self.join = nn.Linear(2 * shape.width, shape.width)
        if of_all:
            self.passage_outputs = nn.Linear(shape.width, of_all)

    def encode(self, words_BTE: Tensor, part_BT: Tensor, mask_BT: Tensor) -> Tensor:
        """Hidden states `[B, T, E]` of word embeddings, the part of each token, and the mask of tokens."""
        places = torch.arange(words_BTE.shape[1], device=words_BTE.device)
        x = self.drop(self.norm(words_BTE + self.position(places) + self.part(part_BT)))
        mask, rows = mask_BT[:, None, None, :], heightened(x.flatten(0, 1))
        for layer in self.layers:
            rows = layer(rows, mask)
        return rows[: mask_BT.numel()].view_as(x)

    def flops(self, tokens: int) -> float:
        """Multiply-adds x 2 of the layers on one sequence of so many tokens; outputs on top are left out."""
        width, inner = self.shape.width, self.shape.inner
        layer = 4 * width**2 + 2 * width * inner + 2 * tokens * width
        return 2.0 * self.shape.layers * tokens * layer

    def embed(self, words_BTE: Tensor, part_BT: Tensor, mask_BT: Tensor) -> Tensor:
        """Unit vectors `[B, E]`: the mean of the hidden states."""
        return _mean(self.encode(words_BTE, part_BT, mask_BT).float(), mask_BT)

    def read(self, words_BTE: Tensor, part_BT: Tensor, mask_BT: Tensor) -> tuple[Tensor, Tensor]:
        """The reader's outputs of tokens `[B, T, TOKEN_OUTPUTS]` and of passages `[B, PASSAGE_OUTPUTS]`.

        The outputs of a passage see its first hidden state and the mean of all, weighed by how much each is evidence.
        """
        x = self.encode(words_BTE, part_BT, mask_BT)
        tokens = each_row(self.token_outputs, x).float()
        evidence = tokens[..., -1].masked_fill(part_BT != PASSAGE, -1e4).softmax(-1).to(x.dtype)
        return tokens, self._passage(x, evidence)

    def judge(self, words_BTE: Tensor, part_BT: Tensor, mask_BT: Tensor) -> Tensor:
        """Log odds `[B]` that the answer marked in the passage is right."""
        x = self.encode(words_BTE, part_BT, mask_BT)
        marked = ((part_BT == MARKED) | (part_BT == ANSWER)).to(x.dtype)
        return self._passage(x, marked / marked.sum(1, keepdim=True).clamp(min=1))[:, 0]

    def tag(self, words_BTE: Tensor, part_BT: Tensor, mask_BT: Tensor) -> Tensor:
        """Log odds `[B, T, L]` of each token to belong to a clause of each category, in the order of `CATEGORIES`."""
        x = self.drop(self.encode(words_BTE, part_BT, mask_BT))
        return each_row(self.token_outputs, x).float()

    def intend(self, words_BTE: Tensor, part_BT: Tensor, mask_BT: Tensor) -> tuple[Tensor, Tensor]:
        """Log odds of the slots of each token `[B, T, S]`, and the outputs of the question `[B, X]`: `OUTPUTS`."""
        x = self.encode(words_BTE, part_BT, mask_BT)
        tokens = each_row(self.token_outputs, self.drop(x)).float()
        return tokens, each_row(self.passage_outputs, self.drop(LOUDER * _mean(x, mask_BT))).float()

    def _passage(self, x_BTE: Tensor, weights_BT: Tensor) -> Tensor:
        pooled = (x_BTE * weights_BT.unsqueeze(-1)).sum(1)
        joined = torch.tanh(each_row(self.join, torch.cat([x_BTE[:, 0], pooled], -1)))
        return each_row(self.passage_outputs, self.drop(joined)).float()


def _mean(x_BTE: Tensor, mask_BT: Tensor) -> Tensor:
    """The directions `[B, E]` of the means of hidden states."""
    weights = mask_BT.unsqueeze(-1).to(x_BTE.dtype)
    return F.normalize((x_BTE * weights).sum(1) / weights.sum(1), dim=-1)


def quantised(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as int8 with a float16 scale for each row (`<name>.scale`); the rest as float16."""
    out: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.ndim < 2:
            out[name] = tensor.detach().cpu().half().contiguous()
            continue
        full = tensor.detach().cpu().float()
        scale = (full.abs().amax(1, keepdim=True) / 127).clamp(min=1e-6).half()
        out[name] = (full / scale.float()).round().clamp(-127, 127).to(torch.int8).contiguous()
        out[f"{name}.scale"] = scale.contiguous()
    return out


def dequantised(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Float32 tensors from what `quantised` made."""
    scales = {name: tensors[name] for name in tensors if name.endswith(".scale")}
    return {
        name: tensor.float() * scales[f"{name}.scale"].float()
        if f"{name}.scale" in scales
        else tensor.float()
        for name, tensor in tensors.items()
        if name not in scales
    }


def from_bert(state: dict[str, Tensor], shape: Shape | None = None) -> dict[str, Tensor]:
    """This module's tensors from those of a BERT encoder of the same shape (names as transformers gives them).

    Each part of a sequence starts as the first token type, on which the encoder was trained alone.
    """
    shape = shape or Shape()
    get = state.__getitem__
    out = {
        "position.weight": get("embeddings.position_embeddings.weight"),
        "part.weight": get("embeddings.token_type_embeddings.weight")[:1].repeat(PARTS, 1),
        "norm.weight": get("embeddings.LayerNorm.weight"),
        "norm.bias": get("embeddings.LayerNorm.bias"),
    }
    names = {
        "mix": "attention.output.dense", "norm": "attention.output.LayerNorm", "rise": "intermediate.dense",
        "fall": "output.dense", "last_norm": "output.LayerNorm",
    }  # fmt: skip
    for i in range(shape.layers):
        old = f"encoder.layer.{i}."
        for kind in ("weight", "bias"):
            three = [get(f"{old}attention.self.{part}.{kind}") for part in ("query", "key", "value")]
            out[f"layers.{i}.query_key_value.{kind}"] = torch.cat(three)
            for new, name in names.items():
                out[f"layers.{i}.{new}.{kind}"] = get(f"{old}{name}.{kind}")
    return out
