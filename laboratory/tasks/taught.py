"""Which model a run trains, and the loss of a training step that is told more than answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, cast

import numpy as np
from torch import Tensor

from laboratory.tasks import doubling, resolving, stepwise
from laboratory.tasks.depo import Depo
from laboratory.tasks.jumping import Jumping
from laboratory.tasks.model import Shape, Sleeper
from laboratory.tasks.reckoning import Reckoning
from laboratory.tasks.ringed import Ringed
from laboratory.tasks.rule110 import Rule110
from laboratory.tasks.samples import Samples, Task
from laboratory.tasks.sums import Sums

#: What is told in training beside the samples.
Taught = Literal["answers", "steps", "keeping"]
Model = Sleeper | Ringed | Jumping | Reckoning


def model_of(shape: Shape, *, lookups: bool = False, facts: bool = False) -> Model:
    """The model of a shape: lookups alone, operations of facts, layers over rings, or the hybrid of other scales."""
    if facts:
        return Reckoning(shape)
    made: Callable[[Shape], Model] = Jumping if lookups else Ringed if shape.ring else Sleeper
    return made(shape)


def told(
    model: Model, of: Task, taught: Taught, count: int, trained: int, passes: int, random: np.random.Generator
) -> tuple[Tensor, Samples]:
    """The loss of a step that makes `passes` of `trained` passes, and its samples; `taught` is not answers alone."""
    if isinstance(of, Depo):
        jumping = cast("Jumping", model)
        if taught == "keeping":
            return doubling.kept(jumping, of, count, random)
        return doubling.told(jumping, of, count, passes, random)
    if isinstance(of, Sums):
        return resolving.told(cast("Reckoning", model), of, count, passes, random)
    ringed, rule = cast("Ringed", model), cast("Rule110", of)
    if taught == "keeping":
        return stepwise.kept(ringed, rule, count, random)
    return stepwise.told(ringed, rule, count, trained, passes, random)


def graded(of: Task) -> Task:
    """The task as it is graded: where k is asked in turn, once of each sample, so that no two answers share one."""
    return replace(of, questions=of.asked) if isinstance(of, Depo) and of.in_turn else of


def in_windows(of: Task, windows: int) -> Task:
    """The same edges over more windows. Raises ValueError for other tasks, and where they do not come out."""
    if not isinstance(of, Depo) or of.nodes % windows:
        raise ValueError("Edges are shared out evenly, and only Depo has any.")
    return replace(of, windows=windows, edges=of.nodes // windows)
