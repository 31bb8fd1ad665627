"""Sums taught by their operations: what each pass should leave of each fact, as far as it is known by then.

The published runs were taught answers alone. Here a pass is told the numbers of operands that earlier windows and
passes have made known, the value once both are numbers, and the fact to go on with: one that waits for a name whose
value is known. All that is told follows from what stands in the windows so far, never from what comes later.

Shape suffixes: B samples, W windows, N passes, S steps of a pass (as given, looked up, left, gone on with), T facts
of a window, P parts of a fact, X vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from laboratory.tasks.reckoning import PARTS, Reckoning
from laboratory.tasks.samples import NOT_ASKED, PAD, Ids, Samples
from laboratory.tasks.sums import FACT, FILLER, FIRST_NUMBER, PLUS, Sums

Fact = tuple[int, int, int, int]
#: Steps of a pass that are told, with what comes first.
STEPS = 4
#: What answers weigh beside what is left of facts: many cannot be known by the passes that are made.
ANSWERED = 0.1


@dataclass(slots=True)
class Known:
    """What fast weights should hold: facts of known value by name, others by an operand that is still a name."""

    modulus: int
    value: dict[int, int] = field(default_factory=dict)
    waiting: tuple[dict[int, Fact], dict[int, Fact]] = field(default_factory=lambda: ({}, {}))

    def found(self, fact: Fact) -> Fact:
        """The fact with numbers for operands of known value."""
        name, one, sign, two = fact
        return name, self.value.get(one, one), sign, self.value.get(two, two)

    def left(self, fact: Fact) -> Fact:
        """The fact as its value, where both operands are numbers."""
        name, one, sign, two = fact
        if not (self._number(one) and self._number(two)):
            return fact
        other = two - FIRST_NUMBER
        value = (one - FIRST_NUMBER + (other if sign == PLUS else -other)) % self.modulus
        return name, FIRST_NUMBER + value, PAD, PAD

    def following(self, fact: Fact) -> Fact:
        """The fact that waits for the name of a known one, by its first operand before its second, or the same."""
        name, one, _, two = fact
        if two != PAD or not self._number(one):
            return fact
        return self.waiting[0].get(name) or self.waiting[1].get(name) or fact

    def write(self, facts: list[Fact]) -> None:
        """Take facts as a pass has left them; of two under one key the later one stays."""
        for fact in facts:
            name, one, _, two = fact
            if self._number(one) and two == PAD:
                self.value[name] = one
            for waiting, operand in zip(self.waiting, (one, two), strict=True):
                if self._name(operand):
                    waiting[operand] = fact

    def _number(self, token: int) -> bool:
        return FIRST_NUMBER <= token < FIRST_NUMBER + self.modulus

    def _name(self, token: int) -> bool:
        return token >= FIRST_NUMBER + self.modulus


def steps(of: Sums, windows_WL: Ids, passes: int) -> tuple[Ids, Known]:
    """What each step of each pass should leave of the facts of a sample, `[W, N, S, T, P]`, and all that is known."""
    known, every = Known(of.modulus), []
    for window_L in windows_WL:
        rows = window_L.reshape(-1, FACT)[:, [0, 2, 3, 4]].tolist()
        facts: list[Fact] = [(row[0], row[1], row[2], row[3]) for row in rows]
        for _ in range(passes):
            real = [fact[0] != FILLER for fact in facts]
            found = [known.found(fact) if is_one else fact for fact, is_one in zip(facts, real, strict=True)]
            left = [known.left(fact) if is_one else fact for fact, is_one in zip(found, real, strict=True)]
            after = [
                known.following(fact) if is_one else fact for fact, is_one in zip(left, real, strict=True)
            ]
            every.append((facts, found, left, after))
            known.write([fact for fact, is_one in zip(left, real, strict=True) if is_one])
            facts = after
    return np.array(every).reshape(len(windows_WL), passes, STEPS, -1, PARTS), known


def told(
    model: Reckoning, of: Sums, count: int, passes: int, random: np.random.Generator
) -> tuple[Tensor, Samples]:
    """The loss of a training step, each step of each pass begun from what is true, and the samples."""
    samples = of.samples(count, random)
    device = model.words.weight.device
    told_BWNSTP = np.stack([steps(of, windows, passes)[0] for windows in samples.windows_BWL])
    told_WNSBTP = torch.from_numpy(told_BWNSTP).to(device).permute(1, 2, 3, 0, 4, 5)
    state, losses = model.blank(count), []
    for window in told_WNSBTP:
        mask_BT = window[0, 0, ..., 0] != FILLER
        for pass_SBTP in window:
            made, state = model.told(pass_SBTP, state, mask_BT)
            losses += [_said(each, right) for each, right in zip(made, pass_SBTP[1:], strict=True)]
    asked, targets = (torch.from_numpy(each).to(device) for each in (samples.asked_BQ, samples.targets_BQ))
    answered = F.cross_entropy(
        model.awake(asked, state).flatten(0, 1), targets.flatten(), ignore_index=NOT_ASKED
    )
    return 3 * torch.stack(losses).mean() + ANSWERED * answered, samples


def reached(of: Sums, passes: int, count: int, seed: int) -> dict[str, float]:
    """Percent of questions of each number of operations whose answer so many passes can make known, by the rule."""
    shares = {}
    for operations in of.operations:
        samples = replace(of, operations=(operations,)).samples(count, np.random.default_rng(seed))
        pairs = zip(samples.windows_BWL, samples.asked_BQ, strict=True)
        known = [int(asked[1]) in steps(of, windows, passes)[1].value for windows, asked in pairs]
        shares[f"{operations}ops"] = round(100 * float(np.mean(known)), 1)
    return shares


def _said(scores_BTPX: Tensor, right_BTP: Tensor) -> Tensor:
    return F.cross_entropy(scores_BTPX.flatten(0, 2), right_BTP.flatten())
