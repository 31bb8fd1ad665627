"""How long a training goes on: for so many seconds of work, or for so many steps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """`steps`, where given, are made whatever time they take; else `seconds` are worked."""

    seconds: float
    steps: int | None = None

    def done(self, step: int, spent: float) -> float:
        """The share of the training that is done, 1 or more at its end."""
        if self.steps is not None:
            return step / self.steps if self.steps else 1.0
        return spent / self.seconds if self.seconds else 1.0
