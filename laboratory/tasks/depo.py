"""Depo: the edges of a directed cycle in random order over several windows; asked is what stands k steps after v.

Source: arXiv 2605.26099 (four windows of 75 tokens, k of 1 to 16), after the multi-hop task of Allen-Zhu's "Physics
of Language Models", part 4. An edge is three tokens, so that windows of 75 tokens hold 25 edges. A question is two
tokens, k and v, and its answer is said at the second one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laboratory.tasks.samples import NOT_ASKED, Ids, Samples

#: Tokens of an edge, and the first of the tokens that ask for steps.
EDGE, FIRST_HOP = 3, 2


@dataclass(frozen=True, slots=True)
class Depo:
    """A cycle of `windows * edges` nodes; `questions` of each sample, their k drawn from `hops` up to `most`.

    `hops` rise. Tokens: padding, the end of an edge, a token for each k, a token for each node. With `in_turn`, k is
    not drawn: a sample asks for each in turn.
    """

    windows: int = 4
    edges: int = 25
    hops: Sequence[int] = (1, 2, 4, 8, 16)
    questions: int = 32
    most: int = 16
    in_turn: bool = False

    @property
    def asked(self) -> int:
        """How many of `hops` are asked."""
        return sum(hop <= self.most for hop in self.hops)

    @property
    def nodes(self) -> int:
        return self.windows * self.edges

    @property
    def first_node(self) -> int:
        """The token of the first node."""
        return FIRST_HOP + len(self.hops)

    @property
    def vocabulary(self) -> int:
        return self.first_node + self.nodes

    def samples(self, count: int, random: np.random.Generator) -> Samples:
        cycle_BN = random.permuted(np.broadcast_to(np.arange(self.nodes), (count, self.nodes)), axis=1)
        place_BN = cycle_BN.argsort(1)
        order_BN = random.permuted(np.broadcast_to(np.arange(self.nodes), (count, self.nodes)), axis=1)
        first = self.first_node
        start = np.take_along_axis(cycle_BN, order_BN, 1)
        end = np.take_along_axis(cycle_BN, (order_BN + 1) % self.nodes, 1)
        edges_BNE = np.stack([first + start, first + end, np.ones_like(start)], -1)
        of_B1 = np.arange(count)[:, None]
        hop_BQ = random.integers(0, self.asked, (count, self.questions))
        if self.in_turn:
            hop_BQ = np.broadcast_to(np.arange(self.questions) % self.asked, hop_BQ.shape)
        node_BQ = random.integers(0, self.nodes, (count, self.questions))
        steps_BQ = np.asarray(self.hops)[hop_BQ]
        reached_BQ = cycle_BN[of_B1, (place_BN[of_B1, node_BQ] + steps_BQ) % self.nodes]
        asked = np.stack([FIRST_HOP + hop_BQ, first + node_BQ], -1).reshape(count, -1)
        targets = np.stack([np.full_like(reached_BQ, NOT_ASKED), first + reached_BQ], -1).reshape(count, -1)
        return Samples(edges_BNE.reshape(count, self.windows, EDGE * self.edges), asked, targets)

    def grades(self, said_BQ: Ids, samples: Samples) -> Mapping[str, NDArray[np.bool_]]:
        right = said_BQ[:, 1::2] == samples.targets_BQ[:, 1::2]
        hop_BQ = samples.asked_BQ[:, 0::2] - FIRST_HOP
        return {f"k{hop}": right[hop_BQ == index] for index, hop in enumerate(self.hops[: self.asked])}
