"""A hybrid made of a pretrained model: most layers write fast weights, a few keep attention inside the window.

Source of the recipe: "KL-guided layer selection", arXiv 2512.20569 (projections copied, keys and values repeated over
their groups, an output gate, no convolution), with keys and values of the attention that is left cleared after every
window (arXiv 2605.26099), so that only fast weights remember.

Shape suffixes: B sequences, T tokens, D width, H heads, K head width (of keys and of values), C chunks, L tokens of a
chunk, X vocabulary.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.parts.embedded import delta
from laboratory.convert.stack import Attention, Kept, Stack, joined, split

CHUNK = 64
#: Layers whose attention is left, as parts of the depth: those of 5, 11, 16, 20, 24 and 28 of 30 layers.
LEFT = (0.18, 0.37, 0.54, 0.67, 0.8, 0.94)
#: Of a write strength of 0.27 and a decay of 0.998 a token.
STRENGTH, DECAY = -1.0, -6.0
GATE = 64


@dataclass(frozen=True, slots=True)
class Window:
    """How many tokens of a window were read, and the keys and values of each layer that attends."""

    tokens: int
    kept: dict[int, Kept]


class DeltaMixer(nn.Module):
    """Fast weights in the place of a layer's attention, from its own projections."""

    def __init__(self, own: Attention) -> None:
        super().__init__()
        self.width = own.width
        groups = own.q.out_features // own.k.out_features
        self.q, self.o = copy.deepcopy(own.q), copy.deepcopy(own.o)
        self.k, self.v = (_repeated(linear, self.width, groups) for linear in (own.k, own.v))
        width, heads = own.q.in_features, own.q.out_features // self.width
        self.heads = heads
        self.gates = nn.Linear(width, 2 * heads)
        self.narrow, self.open = nn.Linear(width, GATE, bias=False), nn.Linear(GATE, heads * self.width)
        # the same in every run: a course that goes on makes its hybrid anew
        nn.init.normal_(self.narrow.weight, std=width**-0.5, generator=torch.Generator().manual_seed(0))
        nn.init.zeros_(self.gates.weight)
        nn.init.zeros_(self.open.weight)
        nn.init.zeros_(self.open.bias)
        with torch.no_grad():
            self.gates.bias[:heads], self.gates.bias[heads:] = DECAY, STRENGTH

    def blank(self, batch: int) -> Tensor:
        """Fast weights `[B, H, K, K]` before anything was read."""
        return torch.zeros(batch, self.heads, self.width, self.width, device=self.gates.weight.device)

    def forward(self, x_BTD: Tensor, state_BHKK: Tensor) -> tuple[Tensor, Tensor]:
        """What is added to the stream, and the fast weights after these tokens."""
        q, k = (F.normalize(split(linear(x_BTD), self.width), dim=-1) for linear in (self.q, self.k))
        decay, strength = self.gates(x_BTD).transpose(1, 2).float().chunk(2, 1)
        v = split(self.v(x_BTD), self.width)
        read, after = chunked(q, k, v, -F.softplus(decay), torch.sigmoid(strength), state_BHKK)
        gate = 2 * torch.sigmoid(self.open(self.narrow(x_BTD)))
        return self.o(joined(read).to(x_BTD.dtype) * gate), after


class Hybrid(nn.Module):
    """A stack of which most mixers are fast weights, with the layers of `stack`, which it does not copy."""

    def __init__(self, stack: Stack, left: Sequence[int] | None = None) -> None:
        super().__init__()
        depth = len(stack.mixers)
        parts = LEFT[-max(1, depth // len(LEFT) + 1) :]
        self.left = sorted({int(part * depth) for part in parts} if left is None else set(left))
        self.stack = stack
        self.mixers = nn.ModuleList(
            copy.deepcopy(own) if number in self.left else DeltaMixer(own)  # type: ignore[arg-type]
            for number, own in enumerate(stack.mixers)
        )

    def blank(self, batch: int) -> list[Tensor]:
        """The fast weights of all layers that have them, before anything was read."""
        return [mixer.blank(batch) for mixer in self.mixers if isinstance(mixer, DeltaMixer)]

    @property
    def numbers(self) -> int:
        """How many numbers the state of one sequence has."""
        return sum(one.numel() for one in self.blank(1))

    def once(
        self, ids_BT: Tensor, states: list[Tensor], window: Window | None = None
    ) -> tuple[Tensor, list[Tensor], Window]:
        """Hidden states, fast weights after these tokens, and what attention has seen of the window.

        Attention sees the part of the window that was read before (`window`), and nothing before that.
        """
        seen = window or Window(0, {})
        places, before, after = (
            self.stack.places(self.stack.words(ids_BT), seen.tokens),
            iter(states),
            list[Tensor](),
        )
        kept: dict[int, Kept] = {}

        def mix(number: int, x_BTD: Tensor) -> Tensor:
            mixer = self.mixers[number]
            if not isinstance(mixer, DeltaMixer):
                added, own = mixer(x_BTD, places, seen.kept.get(number))
                kept[number] = own.after(seen.kept.get(number))
                return cast("Tensor", added)
            added, state = mixer(x_BTD, next(before))
            after.append(state)
            return cast("Tensor", added)

        hidden = self.stack.through(ids_BT, mix)
        return hidden, after, Window(seen.tokens + ids_BT.shape[1], kept)

    def sleep(self, windows: Sequence[Tensor], passes: int) -> list[Tensor]:
        """Fast weights after all windows `[B, T]`, each read `passes` times."""
        states = self.blank(len(windows[0]))
        for ids_BT in windows:
            for _ in range(passes):
                _, states, _ = self.once(ids_BT, states)
        return states

    def forward(self, ids_BT: Tensor, states: list[Tensor] | None = None) -> Tensor:
        """Logits `[B, T, X]` of a window that is read once, from some fast weights or none."""
        hidden, _, _ = self.once(ids_BT, self.blank(len(ids_BT)) if states is None else states)
        logits: Tensor = self.stack.head(hidden)
        return logits


def chunked(
    q_BHTK: Tensor, k_BHTK: Tensor, v_BHTK: Tensor, log_a_BHT: Tensor, b_BHT: Tensor, state_BHKK: Tensor
) -> tuple[Tensor, Tensor]:
    """What all tokens read and the state after them, by the delta rule, chunk by chunk, in single precision."""
    with torch.autocast(q_BHTK.device.type, enabled=False):
        return _chunked(q_BHTK, k_BHTK, v_BHTK, log_a_BHT, b_BHT, state_BHKK)


def _chunked(
    q_BHTK: Tensor, k_BHTK: Tensor, v_BHTK: Tensor, log_a_BHT: Tensor, b_BHT: Tensor, state_BHKK: Tensor
) -> tuple[Tensor, Tensor]:
    tokens = q_BHTK.shape[2]
    whole = -(-tokens // CHUNK) * CHUNK

    def chunks(x: Tensor) -> Tensor:
        """`[B, H, T, ...]` as `[B, H, C, L, ...]`, filled with zeros, which change no state."""
        fill = [0, 0] * (x.ndim - 3) + [0, whole - tokens]
        return F.pad(x.float(), fill).unflatten(2, (-1, CHUNK))

    q, k, v, log_a, b = map(chunks, (q_BHTK, k_BHTK, v_BHTK, log_a_BHT, b_BHT))
    writes, reads, state = delta.prepare(k, v, log_a, b), list[Tensor](), state_BHKK
    for number in range(q.shape[2]):
        one = delta.Writes(*(part[:, :, number] for part in writes))
        after, u = delta.write(state, one)
        reads.append(delta.read(q[:, :, number], state, one, u))
        state = after
    return torch.cat(reads, 2)[:, :, :tokens], state


def _repeated(linear: nn.Linear, width: int, groups: int) -> nn.Linear:
    """A projection of grouped heads as one for every head."""
    rows = linear.weight.detach().unflatten(0, (-1, width)).repeat_interleave(groups, 0).flatten(0, 1)
    out = nn.Linear(rows.shape[1], rows.shape[0], bias=False, device=rows.device, dtype=rows.dtype)
    out.weight = nn.Parameter(rows.clone())
    return out
