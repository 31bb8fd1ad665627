"""Tasks by name, at the scale of their publication and scaled down to what one core trains in minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from laboratory.tasks.depo import Depo
from laboratory.tasks.recall import Mqar, PhoneBook
from laboratory.tasks.rule110 import Rule110
from laboratory.tasks.samples import Task
from laboratory.tasks.sums import Sums


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the tasks, their model and their training are.

    `width`, `layers`, `heads` and `state` (width of keys and values) are the model's; `batch` samples a step. Rule
    110 climbs: `ladder` holds its steps of the rule, each with the training steps of its own; what was learned of one
    is where the next begins. `steps` are those of training on any other task.
    """

    rule110: Mapping[str, int]
    depo: Depo
    mqar: Mqar
    phonebook: PhoneBook
    sums: Mapping[str, object]
    width: int
    layers: int
    heads: int
    state: int
    batch: int
    ladder: Mapping[int, int]
    steps: int
    longest: int = 128
    others: Mapping[str, int] = field(default_factory=dict)

    def steps_of(self, name: str) -> int:
        """The training steps of a task, with those of the ladder below it."""
        if name.startswith("rule110_t"):
            top = int(name.removeprefix("rule110_t"))
            return sum(steps for rung, steps in self.ladder.items() if rung <= top)
        return self.others.get(name, self.steps)


SCALES: Mapping[str, Scale] = {
    "published": Scale(
        rule110={"strings": 4, "cells": 24},
        depo=Depo(windows=4, edges=25, hops=(1, 2, 4, 8, 16), questions=32),
        mqar=Mqar(pairs=64),
        phonebook=PhoneBook(),
        sums={},
        width=256,
        layers=2,
        heads=4,
        state=32,
        batch=512,
        # 5 billion tokens in all, as published
        ladder={4: 5_000, 8: 10_000, 16: 30_000, 32: 52_000},
        steps=30_000,
    ),
    "small": Scale(
        rule110={"strings": 2, "cells": 16},
        depo=Depo(windows=2, edges=4, hops=(1, 2, 4), questions=16),
        mqar=Mqar(pairs=32, windows=2, questions=16, keys=64, values=64),
        phonebook=PhoneBook(entries=8, windows=2, digits=3, names=16),
        sums={"operations": (1, 2), "distractors": 2, "names": 8, "modulus": 5, "windows": 2, "window": 20},
        width=32,
        layers=1,
        heads=4,
        state=16,
        batch=64,
        ladder={2: 200, 4: 400, 8: 600},
        steps=400,
    ),
    "tiny": Scale(
        rule110={"strings": 2, "cells": 6},
        depo=Depo(windows=2, edges=3, hops=(1, 2), questions=8),
        mqar=Mqar(pairs=8, windows=2, questions=4, keys=16, values=16),
        phonebook=PhoneBook(entries=4, windows=2, digits=2, names=8),
        sums={"operations": (1, 2), "distractors": 1, "names": 8, "modulus": 5, "windows": 2, "window": 20},
        width=32,
        layers=1,
        heads=4,
        state=8,
        batch=8,
        ladder={1: 1, 2: 1},
        steps=2,
    ),
}


def task(name: str, scale: Scale) -> Task:
    """A task by its name; of Rule 110 the steps are part of it (`rule110_t32`). Raises KeyError for others."""
    makers: dict[str, Callable[[], Task]] = {
        "depo": lambda: scale.depo,
        "mqar": lambda: scale.mqar,
        "phonebook": lambda: scale.phonebook,
        "gsm": lambda: Sums(**scale.sums),  # type: ignore[arg-type]
        "gsm_question_first": lambda: Sums(**scale.sums, question_first=True),  # type: ignore[arg-type]
    }
    if name.startswith("rule110_t"):
        return Rule110(int(name.removeprefix("rule110_t")), **scale.rule110)
    return makers[name]()
