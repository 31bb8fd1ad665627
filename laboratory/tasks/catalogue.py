"""Tasks by name, at the scale of their publication and scaled down to what two cores train in minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from laboratory.tasks.depo import Depo
from laboratory.tasks.recall import Mqar, PhoneBook
from laboratory.tasks.rule110 import Rule110
from laboratory.tasks.samples import Task
from laboratory.tasks.sums import Sums


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a task and its model are. `hops` are those of Depo, `cells` those of Rule 110."""

    cells: int
    strings: int
    edges: int
    hops: tuple[int, ...]
    pairs: int
    width: int
    layers: int
    longest: int


SCALES: Mapping[str, Scale] = {
    "published": Scale(24, 4, 25, (1, 2, 4, 8, 16), 64, 256, 2, 128),
    "small": Scale(16, 2, 6, (1, 2, 4, 8, 16), 64, 64, 2, 64),
    "tiny": Scale(6, 2, 3, (1, 2, 4), 8, 32, 1, 64),
}


def task(name: str, scale: Scale) -> Task:
    """A task by its name; of Rule 110 the steps are part of it (`rule110_t32`). Raises KeyError for others."""
    makers: dict[str, Callable[[], Task]] = {
        "depo": lambda: Depo(edges=scale.edges, hops=scale.hops),
        "mqar": lambda: Mqar(pairs=scale.pairs),
        "phonebook": PhoneBook,
        "gsm": Sums,
        "gsm_question_first": lambda: Sums(question_first=True),
    }
    if name.startswith("rule110_t"):
        steps = int(name.removeprefix("rule110_t"))
        return Rule110(steps, scale.strings, scale.cells)
    return makers[name]()
