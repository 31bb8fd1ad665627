"""Tasks by name, at the scale of their publication and scaled down to what one core trains in minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from laboratory.tasks.depo import Depo
from laboratory.tasks.recall import Mqar, PhoneBook
from laboratory.tasks.rule110 import Rule110
from laboratory.tasks.samples import Task
from laboratory.tasks.sums import Sums

#: How the rungs of tasks that climb are named: these, and a number.
RULE110, DEPO = "rule110_t", "depo_k"
#: What Rule 110 taught by its steps begins with: strings are remembered as they are.
KEEPING = "rule110_keeping"
#: What Depo taught by its jumps begins with: cycles that have nothing to do with one another are remembered.
KEEPING_EDGES = "depo_keeping"
#: Steps of Depo from there where answers alone are taught.
ANSWERED_EDGES = "depo_answers"


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the tasks, their model and their training are.

    `width`, `layers`, `heads` and `state` (width of keys and values) are the model's; `batch` samples a step. Two
    tasks climb: `ladders` holds the rungs of each (steps of the rule, the most hops asked) with the training steps of
    its own; what was learned of one is where the next begins. `steps` are those of training on any other task.
    With `rings` the model sees windows as rings, and is taught Rule 110 alone, by what its layers should leave. With
    `lookups` it looks up and does nothing else, as often as it has `layers`, and is taught Depo alone. With `alone`
    the hybrid is taught that task by answers, and its figures stand beside those of other scales. With `facts` it is
    no hybrid but does one operation of each fact in a pass, and is taught that alone task by operations too.
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
    ladders: Mapping[str, Mapping[int, int]]
    steps: int
    longest: int = 128
    attention_heads: int = 4
    rings: bool = False
    lookups: bool = False
    facts: bool = False
    alone: str = ""
    others: Mapping[str, int] = field(default_factory=dict)

    def steps_of(self, name: str) -> int:
        """The training steps of a task, with those of the rungs below it."""
        for family, ladder in self.ladders.items():
            if name.startswith(family):
                top = int(name.removeprefix(family))
                return sum(steps for rung, steps in ladder.items() if rung <= top)
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
        # 5 billion tokens of Rule 110 in all, as published
        ladders={
            RULE110: {4: 5_000, 8: 10_000, 16: 30_000, 32: 52_000},
            DEPO: {1: 2_000, 2: 4_000, 4: 8_000, 8: 8_000, 16: 8_000},
        },
        steps=30_000,
    ),
    "small": Scale(
        rule110={"strings": 2, "cells": 16},
        depo=Depo(windows=2, edges=4, hops=(1, 2, 4), questions=16),
        mqar=Mqar(pairs=16, windows=2, questions=16, keys=32, values=32),
        phonebook=PhoneBook(entries=8, windows=2, digits=3, names=16),
        sums={"operations": (1, 2), "distractors": 2, "names": 8, "modulus": 5, "windows": 2, "window": 20},
        width=32,
        layers=1,
        heads=4,
        state=16,
        batch=32,
        ladders={RULE110: {2: 200, 4: 300}, DEPO: {1: 150, 2: 200, 4: 200}},
        steps=300,
    ),
    # the strings as published, for a model that is taught the steps of the rule and trains in minutes on one core
    "rings": Scale(
        rule110={"strings": 4, "cells": 24},
        depo=Depo(windows=4, edges=25, hops=(1, 2, 4, 8, 16), questions=32),
        mqar=Mqar(pairs=64),
        phonebook=PhoneBook(),
        sums={},
        width=64,
        layers=4,
        heads=2,
        state=16,
        batch=8,
        ladders={},
        steps=600,
        longest=24,
        attention_heads=16,
        rings=True,
        others={KEEPING: 180},
    ),
    # one window of the published length, for a model of two lookups that is taught longer and longer jumps
    "lookups": Scale(
        rule110={"strings": 4, "cells": 24},
        depo=Depo(windows=1, edges=25, hops=(2, 4, 8, 16), questions=32, in_turn=True),
        mqar=Mqar(pairs=64),
        phonebook=PhoneBook(),
        sums={},
        # the three words of an edge side by side
        width=96,
        layers=2,
        heads=4,
        state=32,
        batch=16,
        ladders={},
        steps=200,
        longest=75,
        lookups=True,
        others={KEEPING_EDGES: 150, ANSWERED_EDGES: 400},
    ),
    # as many pairs as published of as many keys, in heads whose keys could all be told apart
    "pairs": Scale(
        rule110={"strings": 4, "cells": 24},
        depo=Depo(windows=4, edges=25, hops=(1, 2, 4, 8, 16), questions=32),
        mqar=Mqar(pairs=64, windows=4, questions=64, keys=64, values=32),
        phonebook=PhoneBook(),
        sums={},
        width=64,
        layers=1,
        heads=2,
        state=64,
        batch=16,
        ladders={},
        steps=300,
        longest=64,
        alone="mqar",
    ),
    # two to eight operations, of small numbers and few facts that do not matter; facts stand under three keys
    "sums": Scale(
        rule110={"strings": 4, "cells": 24},
        depo=Depo(windows=4, edges=25, hops=(1, 2, 4, 8, 16), questions=32),
        mqar=Mqar(pairs=64),
        phonebook=PhoneBook(),
        sums={
            "operations": (2, 4, 6, 8),
            "distractors": 2,
            "names": 20,
            "modulus": 5,
            "windows": 4,
            "window": 25,
        },
        width=32,
        layers=1,
        heads=3,
        state=32,
        batch=32,
        ladders={},
        steps=400,
        longest=25,
        alone="gsm",
        facts=True,
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
        ladders={RULE110: {1: 1, 2: 1}, DEPO: {1: 1, 2: 1}},
        steps=2,
    ),
}


def task(name: str, scale: Scale) -> Task:
    """A task by its name, with the rung of one that climbs (`rule110_t32`, `depo_k4`). Raises KeyError for others."""
    makers: dict[str, Callable[[], Task]] = {
        "mqar": lambda: scale.mqar,
        "phonebook": lambda: scale.phonebook,
        "gsm": lambda: Sums(**scale.sums),  # type: ignore[arg-type]
        "gsm_question_first": lambda: Sums(**scale.sums, question_first=True),  # type: ignore[arg-type]
    }
    if name.startswith(RULE110):
        return Rule110(int(name.removeprefix(RULE110)), **scale.rule110)
    if name.startswith(DEPO):
        return replace(scale.depo, most=int(name.removeprefix(DEPO)))
    return makers[name]()
