"""Axes of plots: round numbers for their ticks, and where a value stands between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

#: What ticks are times a power of ten.
ROUND = (1.0, 2.0, 5.0)


@dataclass(frozen=True)
class Axis:
    """From the first tick to the last, drawn from `begin` to `end`; by the logarithm where `is_log`."""

    ticks: Sequence[float]
    begin: float
    end: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """Where a value stands in the drawing; at the ends those beyond them."""
        first, last, at = self.ticks[0], self.ticks[-1], min(max(value, self.ticks[0]), self.ticks[-1])
        if self.is_log:
            first, last, at = log10(first), log10(last), log10(at)
        return round(self.begin + (self.end - self.begin) * (at - first) / (last - first), 1)


def even_ticks(most: float, number: int) -> list[float]:
    """Round numbers from 0 to the first that `most` does not pass, at most about so many steps."""
    if most <= 0:
        return [0.0, 1.0]
    power = 10.0 ** floor(log10(most / number))
    step = next(each * power for each in (*ROUND, 10.0) if each * power * number >= most)
    return [round(at * step, 9) for at in range(ceil(most / step - 1e-9) + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """The numbers 1, 2, 5, 10, 20 and so on around two positive ones; at least two of them."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 2)
    every = [round(each * 10.0**power, 9) for power in powers for each in ROUND]
    first = max(at for at, tick in enumerate(every) if tick <= low)
    last = next(at for at, tick in enumerate(every) if tick >= high)
    return every[first : max(last, first + 1) + 1]
