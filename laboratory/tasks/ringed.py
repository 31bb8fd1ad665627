"""A hybrid that sleeps over rings: what a pass computes, and the one block of fast weights that it ends in.

As `laboratory.tasks.model`, but for what strings on a ring want: attention by relative places, windows with
numbers, and fast weights that are written with the words that a pass says, not with what lies in its hidden states.
So what was learned of memory alone holds whatever layers compute. Nothing is computed when it is asked, but read.

Shape suffixes: B samples, P passes, W windows, L tokens of a ring, Q tokens asked, D width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from consolidation.parts.embedded import delta
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

    def placed(self, x_BWLD: Tensor) -> Tensor:
        """Words of rings with their places and the numbers of their windows."""
        return self.between(x_BWLD) + self.places.weight[: x_BWLD.shape[2]] + self.numbers.weight[:, None]

    def says(self, x: Tensor) -> Tensor:
        """Scores of words."""
        return self.said(self.norm(x))

    def left(self, windows_BWL: Tensor, passes: int, *, first: bool = True) -> tuple[Tensor, State]:
        """Scores of what each layer leaves in each pass, `[passes * layers, B, W, L, vocabulary]`, and fast weights.

        Layers do not read fast weights, so all windows go through a pass at once, and are written afterwards in the
        order of the method: every pass over a window before the next window. Where the first pass is marked and not
        `first`, the first of these passes is taken for a later one.
        """
        x_BWLD = self.placed(self.words(windows_BWL))
        x_BWLD = x_BWLD + self.first if self.shape.marked and first else x_BWLD
        hidden, said = [], []
        for _ in range(passes):
            x = x_BWLD.flatten(0, 1)
            for layer in self.layers:
                x = layer(x)
                hidden.append(x)
            words = self.says(x).softmax(-1) @ self.words.weight
            said.append(self.placed(words.view_as(x_BWLD)))
            # every pass is told what to leave, so none is taught through the next: that came apart with four
            x_BWLD = said[-1].detach()
        scores = self.says(torch.stack(hidden)).unflatten(1, windows_BWL.shape[:2])
        return scores, self.written(torch.stack(said, 1))

    def kept(self, windows_BWL: Tensor) -> State:
        """The fast weights after windows were written as they are, without any pass."""
        return self.written(self.placed(self.words(windows_BWL))[:, None])

    def written(self, said_BPWLD: Tensor) -> State:
        """The fast weights after what each pass says of each window was written under the window's address."""
        count, passes, windows = said_BPWLD.shape[:3]
        y = self.memory.norm(said_BPWLD.permute(2, 1, 0, 3, 4).flatten(0, 2))
        address = (2 * ADDRESSED * self.numbers.weight).repeat_interleave(passes * count, 0)[:, None]
        mask = torch.ones(y.shape[:2], dtype=torch.bool, device=y.device)
        writes = delta.prepare(*self.memory.offered(y, mask, address))
        state = self.blank(count)[0]
        for each in zip(*(part.unflatten(0, (windows * passes, count)) for part in writes), strict=True):
            state, _ = delta.write(state, delta.Writes(*each))
        return (state,)

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
