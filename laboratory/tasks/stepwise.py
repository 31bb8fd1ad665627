"""Rule 110 taught by its steps: every layer of every pass is told the cells that it should leave.

The published runs were taught answers alone, and fed hidden states back. Here each pass has its share of the steps,
each layer its share of the pass, and a pass begins with the words that the one before said, by their odds. Weights
are shared by passes, so all passes but the first have equal shares, rounded up. Answers are read from the fast
weights alone, as in any other training.

Shape suffixes: P layers of all passes, B samples, W windows, L cells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from laboratory.tasks.ringed import Ringed
from laboratory.tasks.rule110 import ASK, ZERO, Rule110, after
from laboratory.tasks.samples import Ids, Samples

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
    model: Ringed, of: Rule110, count: int, trained: int, passes: int, random: np.random.Generator
) -> tuple[Tensor, Samples]:
    """The loss of a training step that makes `passes` of `trained` passes, and the samples that it was made with.

    Half of the strings have been evolved by some steps, since later passes meet what earlier ones have left. Where
    passes have unequal shares and one is taught alone, it is the first or a later one by lot.
    """
    layers = model.shape.layers
    made = shares(of.steps, trained, layers)
    first = not model.shape.marked or passes > 1 or bool(random.integers(2))
    made = made[: passes * layers] if first else made[-layers:]
    bits_BWL = random.integers(0, 2, (count, of.strings, of.cells))
    bits_BWL[: count // 2] = after(bits_BWL[: count // 2], int(random.integers(0, of.steps)))
    samples = _samples(of, bits_BWL, after(bits_BWL, sum(made)))
    windows, asked, _ = _tensors(samples, model.words.weight.device)
    scores_PBWLX, state = model.left(windows, passes, first=first)
    cells_PBWL = to_leave(bits_BWL, made, layers, scores_PBWLX)
    said = F.cross_entropy(scores_PBWLX.flatten(0, 3), cells_PBWL.flatten())
    answered = F.cross_entropy(model.awake(asked, state).flatten(0, 1), cells_PBWL[-1, ..., 0].flatten())
    return said + ANSWERED * answered, samples


def to_leave(bits_BWL: Ids, made: Sequence[int], layers: int, scores_PBWLX: Tensor) -> Tensor:
    """The cells that each layer should leave, where a pass goes on from what the one before has said.

    Were it told to go on from the truth, what it cannot know would be most of its loss as long as any cell is wrong,
    and every step of Muon is of one size: that unlearned the rule as soon as four passes were made.
    """
    said_PBWL = (scores_PBWLX[..., ZERO + 1] > scores_PBWLX[..., ZERO]).long().cpu().numpy()
    left = []
    for index, steps in enumerate(made):
        if index and index % layers == 0:
            bits_BWL = said_PBWL[index - 1]
        bits_BWL = after(bits_BWL, steps)
        left.append(bits_BWL)
    return torch.from_numpy(ZERO + np.stack(left)).to(scores_PBWLX.device)


def kept(model: Ringed, of: Rule110, count: int, random: np.random.Generator) -> tuple[Tensor, Samples]:
    """The loss of a training step of memory alone: strings are written as they are, and no layer is gone through."""
    bits_BWL = random.integers(0, 2, (count, of.strings, of.cells))
    samples = _samples(of, bits_BWL, bits_BWL)
    windows, asked, answers = _tensors(samples, model.words.weight.device)
    scores_BQX = model.awake(asked, model.kept(windows))
    return F.cross_entropy(scores_BQX.flatten(0, 1), answers.flatten()), samples


def _samples(of: Rule110, start_BWL: Ids, end_BWL: Ids) -> Samples:
    """Strings and what is asked of each: the first cell that it ends with."""
    asked_BQ = np.broadcast_to(ASK + np.arange(of.strings), start_BWL.shape[:2]).copy()
    return Samples(ZERO + start_BWL, asked_BQ, ZERO + end_BWL[..., 0])


def _tensors(samples: Samples, device: torch.device) -> tuple[Tensor, ...]:
    arrays = samples.windows_BWL, samples.asked_BQ, samples.targets_BQ
    return tuple(torch.from_numpy(array).to(device) for array in arrays)
