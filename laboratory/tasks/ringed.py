"""A hybrid that sleeps over rings: what a pass computes, and the one block of fast weights that it ends in.

As `laboratory.tasks.model`, but for what strings on a ring want: attention by relative places, windows with
numbers, and fast weights that are written with the words that a pass says, not with what lies in its hidden states.
So what was learned of memory alone holds whatever layers compute. Nothing is computed when it is asked, but read.

Shape suffixes: B samples, W windows, L tokens of a ring, Q tokens of the asked window, D width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from consolidation.parts.layers import Attention, Mlp
from laboratory.tasks.around import Around
from laboratory.tasks.model import FastWeights, Passes, Shape
from laboratory.tasks.samples import PAD
from laboratory.tasks.settling import State

#: How much of what fast weights see of a ring's tokens the address of its window weighs.
ADDRESSED = 2.0


class Computing(nn.Module):
    """A layer over one ring: attention by relative places, each head begun at one of these, and two MLPs."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(shape.width) for _ in range(3))
        self.attention = Attention(shape.width, shape.attention_heads)
        self.around = Around(shape.ring, shape.attention_heads)
        self.mlps = nn.ModuleList(Mlp(shape.width, 4 * shape.width) for _ in range(2))

    def forward(self, x_BLD: Tensor) -> Tensor:
        y = self.norms[0](x_BLD)
        x_BLD = x_BLD + self.attention(y, y, self.around())
        x_BLD = x_BLD + self.mlps[0](self.norms[1](x_BLD))
        return x_BLD + self.mlps[1](self.norms[2](x_BLD))


class Ringed(nn.Module):
    """Layers that each pass goes through, and the fast weights at its end, which alone are left of a window."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.longest, shape.width)
        self.numbers = nn.Embedding(shape.windows, shape.width)
        self.first = nn.Parameter(0.5 * torch.randn(shape.width))
        self.layers = nn.ModuleList(Computing(shape) for _ in range(shape.layers))
        self.memory = FastWeights(shape)
        self.between = nn.LayerNorm(shape.width)
        self.norm = nn.LayerNorm(shape.width)
        self.said = nn.Linear(shape.width, shape.vocabulary)
        nn.init.normal_(self.places.weight, std=0.5)
        with torch.no_grad():
            # at first a window is written under what asks for it: its number, the last tokens of the vocabulary
            self.memory.k.weight.copy_(self.memory.q.weight)
            self.numbers.weight.copy_(0.5 * self.words.weight[-shape.windows :])

    def stack(self) -> list[nn.Parameter]:
        """The parameters of what a pass goes through."""
        return [*self.layers.parameters(), *self.memory.parameters()]

    def blank(self, batch: int) -> State:
        """The fast weights before anything was read."""
        return self.memory.blank(batch)

    def placed(self, x_BLD: Tensor, number: int) -> Tensor:
        """Words of a ring with their places and the number of their window."""
        return self.between(x_BLD) + self.places.weight[: x_BLD.shape[1]] + self.numbers.weight[number]

    def written(self, x_BLD: Tensor, state: State, number: int) -> State:
        """The fast weights after a window's words, placed, were written under its address."""
        mask_BL = torch.ones(x_BLD.shape[:2], dtype=torch.bool, device=x_BLD.device)
        address = 2 * ADDRESSED * self.numbers.weight[number]
        _, after = self.memory(x_BLD, mask_BL, state, asked=False, address=address)
        return after

    def once(self, x_BLD: Tensor, state: State, number: int) -> tuple[list[Tensor], Tensor, State]:
        """One pass over a window: what each layer leaves, what the next pass begins with, and the fast weights."""
        left = []
        for layer in self.layers:
            x_BLD = layer(x_BLD)
            left.append(x_BLD)
        again_BLD = self.placed(self.says(x_BLD).softmax(-1) @ self.words.weight, number)
        return left, again_BLD, self.written(again_BLD, state, number)

    def says(self, x: Tensor) -> Tensor:
        """Scores of words."""
        return self.said(self.norm(x))

    def left(self, windows_BWL: Tensor, passes: int, *, first: bool = True) -> tuple[Tensor, State]:
        """Scores of what each layer leaves in each pass, `[W, passes * layers, B, L, vocabulary]`, and fast weights.

        Where the first pass is marked and not `first`, the first of these passes is taken for a later one.
        """
        state, hidden = self.blank(len(windows_BWL)), []
        for number, ids_BL in enumerate(windows_BWL.unbind(1)):
            x = self.placed(self.words(ids_BL), number)
            x = x + self.first if self.shape.marked and first else x
            for _ in range(passes):
                each, x, state = self.once(x, state, number)
                hidden += each
        return self.says(torch.stack(hidden)).unflatten(0, (windows_BWL.shape[1], -1)), state

    def kept(self, windows_BWL: Tensor) -> State:
        """The fast weights after windows were written as they are, without any pass."""
        state = self.blank(len(windows_BWL))
        for number, ids_BL in enumerate(windows_BWL.unbind(1)):
            state = self.written(self.placed(self.words(ids_BL), number), state, number)
        return state

    def sleep(
        self, windows_BWL: Tensor, passes: int, how: Passes = "recurrent", settle: float = 0.0
    ) -> tuple[State, float]:
        """The fast weights after all windows, and the passes that each took. Rings neither replay nor settle."""
        if how != "recurrent" or settle:
            raise ValueError("Passes over rings feed words back, as often as is said.")
        return self.left(windows_BWL, passes)[1], passes

    def forward(
        self, windows_BWL: Tensor, asked_BQ: Tensor, passes: int, how: Passes = "recurrent"
    ) -> Tensor:
        """Scores of what is said at each place of the asked window, `[B, Q, vocabulary]`."""
        return self.awake(asked_BQ, self.sleep(windows_BWL, passes, how)[0])

    def awake(self, asked_BQ: Tensor, state: State) -> Tensor:
        """What is read for each token of the asked window, whose words are the addresses."""
        x_BQD = self.words(asked_BQ)
        read_BQD, _ = self.memory(x_BQD, asked_BQ != PAD, state, asked=True, address=ADDRESSED * x_BQD)
        return self.says(read_BQD)
