"""Figures of merit and their uncertainty, on plain numbers. Rates are fractions, 0 to 1.

Questions about one document are not independent, so intervals resample documents where there are enough of them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import TypeVar

Item = TypeVar("Item")
Interval = tuple[float, float]

BINS = 10
RESAMPLES = 1000
SEED = 0
#: With fewer documents than this a bootstrap over them says little.
BOOTSTRAP_DOCUMENTS = 10
#: Half of the normal distribution's central 95 % in standard deviations.
_Z = 1.959964


def mean(values: Sequence[float]) -> float:
    """Arithmetic mean; 0 for none."""
    return fmean(values) if values else 0.0


def auroc(yes: Sequence[float], no: Sequence[float]) -> float:
    """Probability that a random score of `yes` is above one of `no`, ties counted half; 0 where one is empty.

    By ranks (Mann and Whitney, 1947): ties share their mean rank.
    """
    if not yes or not no:
        return 0.0
    pairs = sorted([*((score, True) for score in yes), *((score, False) for score in no)])
    ranks, at = 0.0, 0
    while at < len(pairs):
        stop = at
        while stop < len(pairs) and pairs[stop][0] == pairs[at][0]:
            stop += 1
        ranks += sum(is_yes for _, is_yes in pairs[at:stop]) * (at + 1 + stop) / 2
        at = stop
    return (ranks - len(yes) * (len(yes) + 1) / 2) / (len(yes) * len(no))


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> float:
    """Expected calibration error: |mean confidence - share right| in equal bins, weighed by their size.

    Guo et al., arXiv 1706.04599, equation 3. 0 for no values.
    """
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, is_right in zip(confidences, right, strict=True):
        groups[min(bins - 1, max(0, int(confidence * bins)))].append((confidence, is_right))
    gaps = (abs(sum(c for c, _ in group) - sum(r for _, r in group)) for group in groups)
    return sum(gaps) / max(1, len(confidences))


def wilson(successes: float, count: int) -> Interval:
    """Wilson's 95 % score interval of a rate (Wilson, 1927); everything where nothing was seen."""
    if not count:
        return 0.0, 1.0
    rate, z2 = successes / count, _Z * _Z
    centre = (rate + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z / (1 + z2 / count) * math.sqrt(rate * (1 - rate) / count + z2 / (4 * count * count))
    return max(0.0, centre - half), min(1.0, centre + half)


def bootstrap(
    groups: Sequence[Sequence[Item]],
    figure: Callable[[list[Item]], float | None],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Interval | None:
    """95 % percentile interval of a figure when whole groups (documents) are drawn with replacement.

    `figure` gives None where a draw has nothing to measure; such draws do not count. None where no draw counts.
    """
    dice, drawn = random.Random(seed), list[float]()  # noqa: S311 -- statistics, no secrets
    for _ in range(resamples if groups else 0):
        value = figure([item for group in dice.choices(groups, k=len(groups)) for item in group])
        if value is not None:
            drawn.append(value)
    if not drawn:
        return None
    drawn.sort()
    return drawn[int(0.025 * len(drawn))], drawn[min(len(drawn) - 1, int(0.975 * len(drawn)))]
