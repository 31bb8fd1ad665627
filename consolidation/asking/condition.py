"""What a document has to be to count, and the question that tests it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consolidation.asking.typed import Typed, ValueType

Test = Literal["is", "is_not", "has", "lacks", "between", "outside", "titled", "untitled"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a document's value must be.

    `is` and `is_not` compare with `value` (a name or jurisdiction among the cell's counts); `has` and `lacks` look
    whether the cell says yes or no; `between` compares the cell's order with `low` and `high`, both included, and
    `outside` is met where that is not so; `titled` and `untitled` look whether a title is that of a kind of document.
    `words` says it for people.
    """

    test: Test
    kind: ValueType
    words: str
    value: Typed | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition and the question that is asked of each document to test it.

    `every` are the conditions that it is made of, each with a question of its own: all groups hold, and of each group
    at least one; empty where it is one condition. `each` is then the question for all of them at once.
    """

    condition: Condition
    each: str
    every: tuple[tuple[Asked, ...], ...] = ()
