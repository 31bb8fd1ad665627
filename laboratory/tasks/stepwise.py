"""Rule 110 taught by its steps: every layer of every pass is told the cells that it should leave.

The published runs were taught answers alone, and fed hidden states back. Here each pass has its share of the steps,
each layer its share of the pass, and a pass begins with the words that the one before said, by their odds. Weights
are shared by passes, so all passes but the first have equal shares, rounded up. Answers are read from the fast
weights alone, as in any other training.

Shape suffixes: P layers of all passes, B samples, W windows, L cells.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from laboratory.tasks.model import Sleeper
from laboratory.tasks.rule110 import ASK, ZERO, Rule110, after
from laboratory.tasks.samples import Samples

#: What answers weigh beside cells, which are many more.
ANSWERED = 0.3


def shares(steps: int, passes: int, layers: int) -> list[int]:
    """How many steps of the rule each layer of each pass makes, `passes * layers` numbers whose sum is `steps`."""
    most = -(-steps // passes)
    pass_shares = [most // layers + (layer < most % layers) for layer in range(layers)]
    made = pass_shares * passes
    over = most * passes - steps
    for layer in range(layers):
        less = min(over, made[layer])
        made[layer] -= less
        over -= less
    return made


def told(
    model: Sleeper,
    of: Rule110,
    count: int,
    trained: int,
    passes: int,
    alone: bool,
    random: np.random.Generator,
) -> tuple[Tensor, Samples]:
    """The loss of a training step that makes `passes` of `trained` passes, and the samples that it was made with.

    Half of the strings have been evolved by some steps, since later passes meet what earlier ones have left. Windows
    that are `alone` stand beside one another, each with fast weights of its own and asked of it alone: that is fast.
    """
    layers = model.shape.layers
    made = shares(of.steps, trained, layers)[: passes * layers]
    bits_BWL = random.integers(0, 2, (count, of.strings, of.cells))
    bits_BWL[: count // 2] = after(bits_BWL[: count // 2], int(random.integers(0, of.steps)))
    start, left = bits_BWL, []
    for steps in made:
        bits_BWL = after(bits_BWL, steps)
        left.append(bits_BWL)
    asked_BQ = np.broadcast_to(ASK + np.arange(of.strings), (count, of.strings)).copy()
    samples = Samples(ZERO + start, asked_BQ, ZERO + bits_BWL[..., 0])
    device = model.words.weight.device
    windows, asked, answers, cells_PBWL = (
        torch.from_numpy(ids).to(device)
        for ids in (samples.windows_BWL, asked_BQ, samples.targets_BQ, ZERO + np.stack(left))
    )
    if alone:
        windows, cells_PBWL = windows.reshape(-1, 1, of.cells), cells_PBWL.reshape(len(made), -1, 1, of.cells)
        asked = asked.reshape(-1, 1)
    scores_WPBLX, states = model.left(windows, passes, [asked - ASK] if alone else None)
    said = F.cross_entropy(scores_WPBLX.flatten(0, 3), cells_PBWL.permute(2, 0, 1, 3).flatten())
    answered = F.cross_entropy(model.awake(asked, states).flatten(0, 1), answers.flatten())
    return said + ANSWERED * answered, samples
