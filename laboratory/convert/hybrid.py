"""A hybrid made of a pretrained model: attention inside a window, and fast weights beside it in every second layer.

Fast weights begin as the attention of their layer: its projections copied, keys and values repeated over their
groups, an output gate, no convolution ("KL-guided layer selection", arXiv 2512.20569). Both add to one stream
(parallel heads, arXiv 2411.13676): the model is what it was where nothing was written, and need not learn anew. Keys
and values of attention are cleared after every window (arXiv 2605.26099): only fast weights remember, and only they
are trained.

Shape suffixes: B sequences, T tokens, D width, H heads, K head width (of keys and of values), C chunks, L tokens of a
chunk, X vocabulary.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from consolidation.parts.embedded import delta
from laboratory.convert.stack import Attention, Kept, Stack, joined, split

CHUNK = 64
#: The part of what the copied projections give that is added at first.
ADDED = 0.1
#: Of a write strength of 0.27 and a decay of 0.998 a token.
STRENGTH, DECAY = -1.0, -6.0
GATE = 64


@dataclass(frozen=True, slots=True)
class Window:
    """How many tokens of a window were read, and the keys and values of each layer that attends."""

    tokens: int
    kept: dict[int, Kept]


class DeltaMixer(nn.Module):
    """Fast weights beside a layer's attention, from its own projections."""

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
            self.o.weight.mul_(ADDED)
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
    """A stack with fast weights beside the attention of some layers; of the stack, nothing is copied or changed.

    Args:
        stack: a pretrained model.
        layers: which layers have fast weights; every second one by default.
    """

    def __init__(self, stack: Stack, layers: Sequence[int] | None = None) -> None:
        super().__init__()
        self.layers = list(range(1, len(stack.mixers), 2)) if layers is None else sorted(layers)
        self.stack = stack
        attentions = cast("list[Attention]", list(stack.mixers))
        self.mixers = nn.ModuleList(DeltaMixer(attentions[number]) for number in self.layers)

    def blank(self, batch: int) -> list[Tensor]:
        """The fast weights of all layers that have them, before anything was read."""
        return [cast("DeltaMixer", mixer).blank(batch) for mixer in self.mixers]

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
        seen, after = window or Window(0, {}), list[Tensor]()
        places = self.stack.places(self.stack.words(ids_BT), seen.tokens)
        beside = dict(zip(self.layers, zip(self.mixers, states, strict=True), strict=True))
        kept: dict[int, Kept] = {}

        def mix(number: int, x_BTD: Tensor) -> Tensor:
            added, own = self.stack.mixers[number](x_BTD, places, seen.kept.get(number))
            kept[number] = own.after(seen.kept.get(number))
            if number in beside:
                mixer, before = beside[number]
                more, state = mixer(x_BTD, before)
                after.append(state)
                added = added + more
            return cast("Tensor", added)

        hidden = self.stack.through(ids_BT, mix)
        return hidden, after, Window(seen.tokens + ids_BT.shape[1], kept)

    def sleep(self, windows: Sequence[Tensor], passes: int) -> list[Tensor]:
        """Fast weights after all windows `[B, T]`, each read `passes` times."""
        states = self.blank(len(windows[0]))
        for ids_BT in windows:
            for _ in range(passes):
                # a pass is computed again for its gradient: many of them would not fit beside one another
                states = list(checkpoint(self._pass, ids_BT, *states, use_reentrant=False))
        return states

    def _pass(self, ids_BT: Tensor, *states: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.once(ids_BT, list(states))[1])

    def forward(self, ids_BT: Tensor, states: list[Tensor] | None = None) -> Tensor:
        """Logits `[B, T, X]` of a window that is read once, from some fast weights or none."""
        hidden, _, _ = self.once(ids_BT, self.blank(len(ids_BT)) if states is None else states)
        logits: Tensor = self.stack.head(hidden)
        return logits


def chunked(
    q_BHTK: Tensor, k_BHTK: Tensor, v_BHTK: Tensor, log_a_BHT: Tensor, b_BHT: Tensor, state_BHKK: Tensor
) -> tuple[Tensor, Tensor]:
    """What all tokens read and the state after them, by the delta rule, chunk by chunk, in single precision."""
    rule = _compiled.get(q_BHTK.shape[2], _chunked)
    with torch.autocast(q_BHTK.device.type, enabled=False):
        out: tuple[Tensor, Tensor] = rule(q_BHTK, k_BHTK, v_BHTK, log_a_BHT, b_BHT, state_BHKK)
    return out


#: The rule compiled for sequences of some length.
_compiled: dict[int, Callable[..., tuple[Tensor, Tensor]]] = {}


def compile_for(tokens: int) -> None:
    """From now on, so many tokens go through the rule as `torch.compile` makes it, which pays on a card alone."""
    _compiled[tokens] = torch.compile(_chunked, dynamic=False)


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
