"""A small hybrid that sleeps: attention inside a window, fast weights across windows.

The method of arXiv 2605.26099 with the product's own recurrence (`consolidation.parts.embedded.delta`): every window
that is only to be remembered goes N times through the whole stack, which writes fast weights; then nothing but these
is left. The asked window goes through once. Between passes hidden states are normalised, as in the product.

Shape suffixes: B samples, W windows, L tokens, D width, H heads, V value width, K key width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.parts.embedded import delta
from consolidation.parts.embedded.blocks import heads
from consolidation.parts.layers import Attention, Mlp
from laboratory.tasks.closed import ClosedForm
from laboratory.tasks.samples import PAD
from laboratory.tasks.settling import State, change, where

Writes = Literal["gated_delta", "additive", "closed_form"]
#: "recurrent" passes feed hidden states back; "replay" reads the window's tokens again.
Passes = Literal["recurrent", "replay"]


@dataclass(frozen=True, slots=True)
class Shape:
    """`layers` counts pairs of attention and fast weights; the state has `layers * heads * key * value` numbers.

    With `ring`, windows are rings of so many tokens: attention sees all of a remembered one by relative places, and
    each head begins at one of these. Each of `windows` windows then has a number, told anew in every pass, as places.
    With `marked`, the first pass over a ring is told that it is the first: it may have less to do than the others.
    With `sliding`, attention sees as many tokens back as a window has, into the window before; else it sees none of
    that (hard eviction).
    """

    vocabulary: int
    longest: int = 80
    width: int = 128
    layers: int = 2
    attention_heads: int = 4
    heads: int = 4
    key_width: int = 32
    value_width: int = 32
    writes: Writes = "gated_delta"
    ring: int = 0
    windows: int = 0
    marked: bool = False
    sliding: bool = False


class FastWeights(nn.Module):
    """A layer of fast weights: a window writes them by one of the rules, and reads them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        d, h = shape.width, shape.heads
        self.norm = nn.LayerNorm(d)
        self.k = nn.Linear(d, h * shape.key_width, bias=False)
        self.q = nn.Linear(d, h * shape.key_width, bias=False)
        self.v = nn.Linear(d, h * shape.value_width, bias=False)
        self.gates = nn.Linear(d, 2 * h)
        self.read_norm = nn.LayerNorm(shape.value_width)
        self.out = nn.Linear(h * shape.value_width, d, bias=False)
        with torch.no_grad():
            # little is forgotten at first, and half of what is offered is written; of a ring, whose cells have nearly
            # one key, less: what the first of them writes would be written over
            self.gates.bias[:h] = -6.0
            self.gates.bias[h:] = -4.0 if shape.ring else 0.0
        self.closed = ClosedForm(h) if shape.writes == "closed_form" else None

    def blank(self, batch: int) -> State:
        """Fast weights before anything was read."""
        s = self.shape
        if self.closed is not None:
            return self.closed.blank(batch, s.key_width, s.value_width)
        return (torch.zeros(batch, s.heads, s.value_width, s.key_width, device=self.gates.weight.device),)

    def forward(
        self, x_BLD: Tensor, mask_BL: Tensor, state: State, *, asked: bool, address: Tensor | float = 0.0
    ) -> tuple[Tensor, State]:
        """What the window reads, added to it, and the state after it; the closed form is not written when `asked`.

        `address` tells windows apart, whatever layers have made of them: where a window writes, or what is asked of.
        """
        count = self.shape.heads
        y = self.norm(x_BLD)
        q = F.normalize(heads(self.q(y + address if asked else y), count), dim=-1)
        k, v, log_a, b = self.offered(y, mask_BL, address)
        if self.closed is not None:
            after = state if asked else self.closed.write(state, k, v, b)
            read = self.closed.read(after, q)
        else:
            additive = self.shape.writes == "additive"
            writes = delta.prepare(k, v, log_a, b, additive=additive)
            written, u = delta.write(state[0], writes)
            read, after = delta.read(q, state[0], writes, u), (written,)
        return x_BLD + self.out(self.read_norm(read).transpose(1, 2).flatten(2)), after

    def offered(self, y_BLD: Tensor, mask_BL: Tensor, address: Tensor | float = 0.0) -> tuple[Tensor, ...]:
        """What normalised tokens would write: keys, values, log decays and strengths, none where masked."""
        count = self.shape.heads
        k = F.normalize(heads(self.k(y_BLD + address), count), dim=-1)
        decay, strength = self.gates(y_BLD).transpose(1, 2).chunk(2, dim=1)
        inside = mask_BL[:, None, :].float()
        return k, heads(self.v(y_BLD), count), -F.softplus(decay) * inside, torch.sigmoid(strength) * inside


class Layer(nn.Module):
    """Attention and MLP inside the window, then fast weights and another MLP."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(shape.width) for _ in range(3))
        self.attention = Attention(shape.width, shape.attention_heads)
        self.mlps = nn.ModuleList(Mlp(shape.width, 4 * shape.width) for _ in range(2))
        self.memory = FastWeights(shape)
        #: What tells a token of the window before from one at the same place of this one.
        self.earlier = nn.Parameter(torch.randn(shape.width) / 4) if shape.sliding else None

    def blank(self, batch: int) -> State:
        """Fast weights before anything was read; with a sliding window before them two that are still empty."""
        state = self.memory.blank(batch)
        if self.earlier is None:
            return state
        none = state[0].new_zeros(batch, 0, len(self.earlier))
        return (none, none, *state)

    def forward(self, x_BLD: Tensor, mask_BL: Tensor, state: State, *, asked: bool) -> tuple[Tensor, State]:
        y = self.norms[0](x_BLD)
        if self.earlier is None:
            x_BLD = x_BLD + self.attention(y, y, causal=True)
        else:
            x_BLD = x_BLD + self._slid(y, state[0])
            kept, state = (state[0], y), state[2:]
        x_BLD = x_BLD + self.mlps[0](self.norms[1](x_BLD))
        x_BLD, state = self.memory(x_BLD, mask_BL, state, asked=asked)
        x_BLD = x_BLD + self.mlps[1](self.norms[2](x_BLD))
        return x_BLD, state if self.earlier is None else (*kept, *state)

    def _slid(self, y_BLD: Tensor, before_BLD: Tensor) -> Tensor:
        """Attention of each token to itself and to as many tokens before it as the window before has."""
        seen = torch.cat([before_BLD + cast("Tensor", self.earlier), y_BLD], 1)
        at = torch.arange(y_BLD.shape[1], device=y_BLD.device)[:, None] + before_BLD.shape[1]
        back = at - torch.arange(seen.shape[1], device=y_BLD.device)
        width = before_BLD.shape[1] or y_BLD.shape[1]
        attended: Tensor = self.attention(y_BLD, seen, (back >= 0) & (back < width))
        return attended


class Sleeper(nn.Module):
    """The stack, which sleeps over windows and answers in the one that is asked."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.before = nn.Linear(shape.width, shape.width, bias=False)
        self.places = nn.Embedding(shape.longest, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.between = nn.LayerNorm(shape.width)
        self.norm = nn.LayerNorm(shape.width)
        self.said = nn.Linear(shape.width, shape.vocabulary)
        nn.init.normal_(self.words.weight, std=0.5)
        nn.init.normal_(self.places.weight, std=0.25)
        nn.init.orthogonal_(self.before.weight)
        with torch.no_grad():
            # at first a token is written under what asks for the one before it, as in the product
            for layer in self.layers:
                memory = cast("Layer", layer).memory
                memory.k.weight.copy_(memory.q.weight @ self.before.weight.T)

    def stack(self) -> list[nn.Parameter]:
        """The parameters of what a pass goes through."""
        return list(self.layers.parameters())

    def blank(self, batch: int) -> list[State]:
        """The state of every layer before anything was read."""
        return [cast("Layer", layer).blank(batch) for layer in self.layers]

    def embedded(self, ids_BL: Tensor) -> Tensor:
        """Each token with the one before it, as in the product: what is written under a key has the key in it."""
        own_BLD = self.words(ids_BL)
        before_BLD = F.pad(self.before(own_BLD[:, :-1]), (0, 0, 1, 0))
        return own_BLD + before_BLD + self.places.weight[: ids_BL.shape[1]]

    def once(
        self, x_BLD: Tensor, mask_BL: Tensor, states: list[State], *, asked: bool = False
    ) -> tuple[Tensor, list[State]]:
        """One pass of the whole stack over a window: `h, S <- Blocks(h, S)`."""
        after = []
        for layer, state in zip(self.layers, states, strict=True):
            x_BLD, kept = layer(x_BLD, mask_BL, state, asked=asked)
            after.append(kept)
        return x_BLD, after

    def sleep(
        self,
        windows_BWL: Tensor,
        passes: int,
        how: Passes = "recurrent",
        settle: float = 0.0,
        states: list[State] | None = None,
    ) -> tuple[list[State], float]:
        """The states after all windows, and the mean of the passes that a sample's window took.

        With `settle`, the passes of a sample over a window end before `passes` once its states change by less than
        this share of their size from one pass to the next.
        """
        states, made = states or self.blank(len(windows_BWL)), 0
        for ids_BL in windows_BWL.unbind(1):
            mask = ids_BL != PAD
            first = x = self.embedded(ids_BL)
            going_B = torch.ones(len(ids_BL), dtype=torch.bool, device=ids_BL.device)
            for _ in range(passes):
                x, after = self.once(x, mask, states)
                x = self.between(x) if how == "recurrent" else first
                if not settle:
                    states, made = after, made + len(ids_BL)
                    continue
                made += int(going_B.sum())
                moved_B = change(states, after)
                states = after if going_B.all() else where(going_B, after, states)
                going_B = going_B & (moved_B >= settle)
                if not going_B.any():
                    break
            if self.shape.sliding:
                # a window is seen as its last pass left it, and not before the next one begins
                states = [(kept[1], *kept[1:]) for kept in states]
        return states, made / (windows_BWL.shape[0] * windows_BWL.shape[1])

    def forward(
        self, windows_BWL: Tensor, asked_BQ: Tensor, passes: int, how: Passes = "recurrent"
    ) -> Tensor:
        """Scores of what is said at each place of the asked window, `[B, Q, vocabulary]`."""
        states, _ = self.sleep(windows_BWL, passes, how)
        return self.awake(asked_BQ, states)

    def awake(self, asked_BQ: Tensor, states: list[State]) -> Tensor:
        """One single pass over the asked window, from the states."""
        x, _ = self.once(self.embedded(asked_BQ), asked_BQ != PAD, states, asked=True)
        return self.said(self.norm(x))
