"""Rule 110: bit strings, a window each; asked is the first bit of each after a number of steps.

Source: arXiv 2605.26099, where four strings of 24 bits are slept on and a sample is right when all four bits are. A
string is taken as a ring. Every step looks three neighbours up, so many steps are a deep computation, which the sleep
can spread over its passes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laboratory.tasks.samples import Ids, Samples, all_right, each_right

RULE = 110
#: Tokens: padding, the two bits, then one that asks for each string.
ZERO = 1
ASK = 3


def after(bits_X: NDArray[np.int64], steps: int) -> NDArray[np.int64]:
    """Rows of cells, `[..., cells]`, after so many steps of Rule 110 on a ring."""
    table = np.array([RULE >> neighbours & 1 for neighbours in range(8)])
    for _ in range(steps):
        left, right = np.roll(bits_X, 1, -1), np.roll(bits_X, -1, -1)
        bits_X = table[4 * left + 2 * bits_X + right]
    return bits_X


@dataclass(frozen=True, slots=True)
class Rule110:
    """`strings` rows of `cells` cells, `steps` steps."""

    steps: int = 32
    strings: int = 4
    cells: int = 24

    @property
    def vocabulary(self) -> int:
        return ASK + self.strings

    def samples(self, count: int, random: np.random.Generator) -> Samples:
        bits_BWL = random.integers(0, 2, (count, self.strings, self.cells))
        first_BW = after(bits_BWL, self.steps)[..., 0]
        asked_BQ = np.broadcast_to(ASK + np.arange(self.strings), (count, self.strings))
        return Samples(ZERO + bits_BWL, asked_BQ.copy(), ZERO + first_BW)

    def grades(self, said_BQ: Ids, samples: Samples) -> Mapping[str, NDArray[np.bool_]]:
        return {
            "all": all_right(said_BQ, samples.targets_BQ),
            "each": each_right(said_BQ, samples.targets_BQ),
        }
