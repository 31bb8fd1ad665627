"""Sums over facts: a question that takes some operations, among facts that do not matter.

After the description of GSM-Infinite (Zhou et al., arXiv 2502.05252) in arXiv 2605.26099: quantities are given as
numbers or as sums and differences of others, in an order that does not follow the computation, with filler between.
Numbers are taken modulo `modulus`, so that an answer is one token.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laboratory.tasks.samples import NOT_ASKED, PAD, Ids, Samples

#: Tokens: padding, plus, minus, is, filler, question; then numbers, then names.
PLUS, MINUS, IS, FILLER, ASK = 1, 2, 3, 4, 5
FIRST_NUMBER = 6
#: A fact is a name, "is", and a number, or two names with a sign between them.
FACT = 5


@dataclass(frozen=True, slots=True)
class Sums:
    """A question of one of `operations` operations, `distractors` facts beside it, `filler` tokens.

    With `question_first` the question stands in the first window too, before what it is about.
    """

    operations: Sequence[int] = (2, 4, 6, 8)
    distractors: int = 6
    names: int = 32
    modulus: int = 23
    windows: int = 4
    window: int = 40
    question_first: bool = False

    @property
    def vocabulary(self) -> int:
        return FIRST_NUMBER + self.modulus + self.names

    def samples(self, count: int, random: np.random.Generator) -> Samples:
        made = [self._sample(random) for _ in range(count)]
        windows, names, results = zip(*made, strict=True)
        asked = np.stack([np.full(count, ASK), self._name(np.array(names))], 1)
        targets = np.stack([np.full(count, NOT_ASKED), FIRST_NUMBER + np.array(results)], 1)
        return Samples(np.stack(windows), asked, targets)

    def grades(self, said_BQ: Ids, samples: Samples) -> Mapping[str, NDArray[np.bool_]]:
        right = said_BQ[:, 1] == samples.targets_BQ[:, 1]
        counted = np.array(
            [operations(w, a[1]) for w, a in zip(samples.windows_BWL, samples.asked_BQ, strict=True)]
        )
        return {f"{number}ops": right[counted == number] for number in self.operations}

    def _name(self, name: NDArray[np.int64]) -> NDArray[np.int64]:
        return FIRST_NUMBER + self.modulus + name

    def _sample(self, random: np.random.Generator) -> tuple[Ids, int, int]:
        wanted = int(random.choice(self.operations))
        names = random.permutation(self.names)
        values = dict[int, int]()
        facts = list[list[int]]()
        chain = [int(name) for name in names[: 2 * wanted + 1]]
        self._given(chain[0], facts, values, random)
        reached = chain[0]
        for target, other in zip(chain[1::2], chain[2::2], strict=True):
            self._given(other, facts, values, random)
            self._computed(target, reached, other, facts, values, random)
            reached = target
        for name in names[2 * wanted + 1 : 2 * wanted + 1 + self.distractors]:
            if random.random() < 0.5:
                self._given(int(name), facts, values, random)
            else:
                one, two = random.choice(list(values), 2, replace=False)
                self._computed(int(name), int(one), int(two), facts, values, random)
        return self._laid(facts, reached, random), reached, values[reached]

    def _given(
        self, name: int, facts: list[list[int]], values: dict[int, int], random: np.random.Generator
    ) -> None:
        values[name] = int(random.integers(self.modulus))
        facts.append([int(self._name(np.array(name))), IS, FIRST_NUMBER + values[name], PAD, PAD])

    def _computed(
        self,
        name: int,
        one: int,
        two: int,
        facts: list[list[int]],
        values: dict[int, int],
        random: np.random.Generator,
    ) -> None:
        sign = int(random.choice([PLUS, MINUS]))
        values[name] = (values[one] + (values[two] if sign == PLUS else -values[two])) % self.modulus
        spoken = [int(self._name(np.array(each))) for each in (name, one, two)]
        facts.append([spoken[0], IS, spoken[1], sign, spoken[2]])

    def _laid(self, facts: list[list[int]], asked: int, random: np.random.Generator) -> Ids:
        """Facts in random places of the windows, never cut by an edge; the rest is filler."""
        laid = np.full((self.windows, self.window), FILLER)
        places = [(w, at) for w in range(self.windows) for at in range(0, self.window - FACT + 1, FACT)]
        if self.question_first:
            laid[0, :2] = ASK, int(self._name(np.array(asked)))
            places.remove((0, 0))
        chosen = random.choice(len(places), len(facts), replace=False)
        for fact, place in zip(facts, chosen, strict=True):
            window, at = places[place]
            laid[window, at : at + FACT] = fact
        return laid


def operations(windows_WL: Ids, asked: int) -> int:
    """How many operations lead to what is asked, read back from the windows."""
    facts = dict[int, tuple[int, ...]]()
    for window in windows_WL:
        for at in range(0, len(window) - FACT + 1, FACT):
            if window[at + 1] == IS:
                facts[int(window[at])] = tuple(int(token) for token in window[at + 2 : at + FACT])
    count, waiting = 0, [int(asked)]
    while waiting:
        fact = facts[waiting.pop()]
        if fact[1] != PAD:
            count += 1
            waiting += [fact[0], fact[2]]
    return count
