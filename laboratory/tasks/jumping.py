"""A stack of lookups that sleeps over edges: each pass can make the jumps that fast weights hold twice as long.

There is no attention: each layer asks its own fast weights once and says a word, as often in a pass as when it is
asked. The three tokens of an edge (a node, one after it, a mark) are seen together, as a short convolution would. A
pass reads what the passes before it left, and what its last layer says is written at its end: where the window says
"y is j steps after u", and fast weights where y leads, "2j steps" can be said. Nothing but words goes on to the next
pass. A question (k, v) is seen as an edge without its first node.

Shape suffixes: B samples, W windows, E edges, Q tokens asked, T edges or questions, D width of a word, S three of
these, H heads, V width of values, X vocabulary.
"""

from __future__ import annotations

from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.parts.embedded import delta
from consolidation.parts.embedded.blocks import heads
from laboratory.tasks.depo import EDGE, FIRST_HOP
from laboratory.tasks.model import FastWeights, Passes, Shape
from laboratory.tasks.samples import PAD
from laboratory.tasks.settling import State

#: How far open a gate begins for the mark of its head, and how far shut for others.
SHUT, OPEN = -3.0, 3.0


class Lookup(FastWeights):
    """Fast weights that are asked with words and answer with one; each head begins with the edges of one mark."""

    def __init__(self, shape: Shape, marks_HD: Tensor) -> None:
        super().__init__(shape)
        self.reads = nn.Linear(shape.width, shape.heads)
        self.holds = nn.Linear(shape.width, 1)
        self.out = nn.Linear(shape.heads * shape.value_width, shape.width // EDGE, bias=False)
        with torch.no_grad():
            self.k.weight.copy_(self.q.weight.roll(-shape.width // EDGE, 1))
            by_mark = torch.zeros(shape.heads, shape.width)
            # a word is of length one, and what is normalised some root of the width
            by_mark[:, -marks_HD.shape[1] :] = (OPEN - SHUT) * marks_HD / (shape.width / EDGE) ** 0.5
            self.reads.weight.copy_(by_mark)
            self.reads.bias.fill_(SHUT)
            self.gates.weight.copy_(torch.cat([torch.zeros_like(by_mark), by_mark]))
            self.gates.bias.copy_(torch.tensor([-8.0, SHUT]).repeat_interleave(shape.heads))

    def looked(self, x_BTS: Tensor, state: State) -> Tensor:
        """What is found for each edge's second node among the edges of its mark, or that node where it is held."""
        y = self.norm(x_BTS)
        q = F.normalize(heads(self.q(y), self.shape.heads), dim=-1)
        read_BHTV = self.read_norm(q @ state[0].transpose(-1, -2))
        found = torch.sigmoid(self.reads(y)).transpose(1, 2).unsqueeze(-1) * read_BHTV
        hold = torch.sigmoid(self.holds(y))
        node_BTD = x_BTS.unflatten(-1, (EDGE, -1))[..., 1, :]
        return hold * node_BTD + (1 - hold) * self.out(found.transpose(1, 2).flatten(2))

    def after(self, x_BTS: Tensor, state: State) -> State:
        """The fast weights after these edges were written."""
        y = self.norm(x_BTS)
        mask = torch.ones(y.shape[:2], dtype=torch.bool, device=y.device)
        return (delta.write(state[0], delta.prepare(*self.offered(y, mask)))[0],)


class Jumping(nn.Module):
    """Layers of lookups, each with fast weights of its own, that share their words."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width // EDGE
        self.words = nn.Embedding(shape.vocabulary, width)
        nn.init.orthogonal_(self.words.weight)
        marks = self.words.weight.detach()[FIRST_HOP : FIRST_HOP + shape.heads]
        self.layers = nn.ModuleList(Lookup(shape, marks) for _ in range(shape.layers))
        self.next_mark = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.sure = nn.Parameter(torch.tensor(2.0))

    def stack(self) -> list[nn.Parameter]:
        """The matrices of what a pass goes through, but for gates."""
        layers = [cast("Lookup", layer) for layer in self.layers]
        parts = (part for layer in layers for part in (layer.q, layer.k, layer.v, layer.out))
        return [cast("nn.Parameter", part.weight) for part in parts]

    def blank(self, batch: int) -> list[State]:
        """The fast weights of every layer before anything was read."""
        return [cast("Lookup", layer).blank(batch) for layer in self.layers]

    def says(self, x_D: Tensor) -> Tensor:
        """Scores of words."""
        return self.sure * F.linear(self.norm(x_D), self.words.weight)

    def edges(self, window_BL: Tensor) -> Tensor:
        """The words of each edge side by side."""
        return self.words(window_BL.unflatten(1, (-1, EDGE))).flatten(2)

    def once(self, x_BTS: Tensor, states: list[State], *, through: bool = False) -> tuple[Tensor, Tensor]:
        """Scores of the node that each layer says, `[layers, B, T, X]`, and the edges with the last one in them.

        Where not `through`, no layer is taught through the words that the one before it has said.
        """
        scores = []
        first, _, mark = x_BTS.unflatten(-1, (EDGE, -1)).unbind(-2)
        for layer, state in zip(self.layers, states, strict=True):
            scores.append(self.says(cast("Lookup", layer).looked(x_BTS, state)))
            said = scores[-1].softmax(-1) @ self.words.weight
            x_BTS = torch.cat([first, said if through else said.detach(), mark], -1)
        return torch.stack(scores), x_BTS

    def written(self, x_BTS: Tensor, states: list[State]) -> list[State]:
        """The fast weights of all layers after these edges."""
        pairs = zip(self.layers, states, strict=True)
        return [cast("Lookup", layer).after(x_BTS, state) for layer, state in pairs]

    def left(
        self, window_BL: Tensor, passes: int, states: list[State], *, through: bool = False
    ) -> tuple[Tensor, Tensor, list[State]]:
        """Scores of nodes, `[passes, layers, B, E, X]`, and of marks, `[passes, B, E, X]`, and the fast weights."""
        x_BES = self.edges(window_BL)
        nodes, marks = [], []
        for _ in range(passes):
            scores, x_BES = self.once(x_BES, states, through=through)
            nodes.append(scores)
            first, node, mark = x_BES.unflatten(-1, (EDGE, -1)).unbind(-2)
            marks.append(self.says(self.next_mark(mark)))
            said = marks[-1].softmax(-1) @ self.words.weight
            x_BES = torch.cat([first, node, said if through else said.detach()], -1)
            states = self.written(x_BES, states)
        return torch.stack(nodes), torch.stack(marks), states

    def sleep(
        self, windows_BWL: Tensor, passes: int, how: Passes = "recurrent", settle: float = 0.0
    ) -> tuple[list[State], float]:
        """The fast weights after all windows, each slept on before the next, and the passes that each took."""
        if how != "recurrent" or settle:
            raise ValueError("Passes over edges feed words back, as often as is said.")
        states = self.blank(len(windows_BWL))
        for window_BL in windows_BWL.unbind(1):
            states = self.left(window_BL, passes, states, through=True)[2]
        return states, passes

    def forward(
        self, windows_BWL: Tensor, asked_BQ: Tensor, passes: int, how: Passes = "recurrent"
    ) -> Tensor:
        """Scores of what is said at each place of the asked window, `[B, Q, X]`."""
        return self.awake(asked_BQ, self.sleep(windows_BWL, passes, how)[0])

    def awake(self, asked_BQ: Tensor, states: list[State]) -> Tensor:
        """What the last layer says, in one pass, of each question at both of its tokens."""
        return self.asked(asked_BQ, states, through=True)[-1].repeat_interleave(2, 1)

    def asked(self, asked_BQ: Tensor, states: list[State], *, through: bool = False) -> Tensor:
        """What each layer says of each question, `[layers, B, T, X]`."""
        hop, node = asked_BQ[:, 0::2], asked_BQ[:, 1::2]
        seen = torch.stack([torch.full_like(hop, PAD), node, hop], -1)
        return self.once(self.edges(seen.flatten(1)), states, through=through)[0]
