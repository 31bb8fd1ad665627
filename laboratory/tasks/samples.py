"""What a task makes: windows to be slept on, then one window that is asked, with what is to be said in it.

Shape suffixes: B samples, W windows, L tokens of a window, Q tokens of the asked window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
#: No loss, and no grade, where a target has this value.
NOT_ASKED = -100
#: Fills windows that are shorter than others. It is never written.
PAD = 0


@dataclass(frozen=True, slots=True)
class Samples:
    """Token ids of `windows_BWL` and `asked_BQ`, and the token to be said at each place of `targets_BQ`."""

    windows_BWL: Ids
    asked_BQ: Ids
    targets_BQ: Ids

    def __post_init__(self) -> None:
        if self.asked_BQ.shape != self.targets_BQ.shape or len(self.windows_BWL) != len(self.asked_BQ):
            raise ValueError("Windows, questions and targets are of different samples.")


class Task(Protocol):
    """A task: how many tokens it speaks of, and its samples."""

    @property
    def vocabulary(self) -> int: ...

    def samples(self, count: int, random: np.random.Generator) -> Samples: ...

    def grades(self, said_BQ: Ids, samples: Samples) -> Mapping[str, NDArray[np.bool_]]:
        """Exact grades by name, each with a flag for what was graded."""
        ...


def all_right(said_BQ: Ids, targets_BQ: Ids) -> NDArray[np.bool_]:
    """Whether everything that was asked of a sample is right."""
    return ((said_BQ == targets_BQ) | (targets_BQ == NOT_ASKED)).all(1)


def each_right(said_BQ: Ids, targets_BQ: Ids) -> NDArray[np.bool_]:
    """Whether each thing that was asked is right, over all samples."""
    asked = targets_BQ != NOT_ASKED
    return (said_BQ == targets_BQ)[asked]
