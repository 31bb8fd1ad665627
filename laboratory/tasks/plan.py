"""What the study trains, in order, and what each figure is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from laboratory.tasks import flops
from laboratory.tasks.catalogue import ANSWERED_EDGES, DEPO, KEEPING, KEEPING_EDGES, RULE110, SCALES, task
from laboratory.tasks.model import Writes
from laboratory.tasks.train import Run, shape_of

#: What else is climbed by than passes.
Way = Literal["deeper", "longer", "replay", "closed_form", "additive"]
PASSES = (1, 2, 3, 4, 6)
#: Passes that one pass of as much compute is compared with, that tokens are replayed with, and that may stop earlier.
MOST = 4
#: Samples that the published task is graded with.
GRADED_RINGS = 1024
#: What of Rule 110 is taught by its steps, in order: steps of the rule, passes, how many times the layers.
TAUGHT = (
    (32, 4, 1),
    (32, 1, 1),
    (32, 2, 1),
    (32, 1, MOST),
    (32, 3, 1),
    (16, 1, 1),
    (16, 2, 1),
    (16, 4, 1),
    (16, 3, 1),
    (32, 6, 1),
)
#: What of those is taught for so many times the steps too: what had not learned it in as many as four passes need.
LONGER, TAUGHT_LONGER = 2, ((32, 3, 1), (32, 1, MOST))
#: Passes that Depo is taught by its jumps with, and by answers alone.
JUMPED = (1, 2, 3, 4)
#: Passes that sums are taught by their operations with, and by answers alone. Eight operations want nine.
RECKONED, ANSWERED_SUMS = (4, 1, 9, 2, 7, 3), (4, 1)
#: Of its steps of training, the share that has one pass.
ONCE = 5 / 6
#: Of all its steps, the share in which rates fall.
COOLED = 0.4
#: Of the grades of a task, the one that is reported.
REPORTED = {"rule110": "all", "mqar": "each", "phonebook": "all"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A configuration, the name that its figures end in, and the one whose end is its beginning."""

    name: str
    run: Run
    after: str | None = None


def planned(base: Run) -> list[Planned]:
    """Every configuration of the study at the scale of `base`; a rung of a ladder comes after the one below."""
    base = replace(base, batch=SCALES[base.scale].batch)
    if SCALES[base.scale].rings:
        return _taught(base)
    if SCALES[base.scale].lookups:
        return _jumped(base)
    if SCALES[base.scale].facts:
        return _reckoned(base)
    if SCALES[base.scale].alone:
        return _alone(base)
    # what most is said by comes first, so that a study that is stopped has it
    plans = [*_of(base, "mqar", (1,)), _written(base, "mqar", "closed_form"), *_of(base, "mqar", (MOST,))]
    for family in (RULE110, DEPO):
        plans += [
            plan for pair in zip(*(_climb(base, family, n) for n in (1, MOST)), strict=True) for plan in pair
        ]
    for family in (DEPO, RULE110):
        plans += (
            _climb(base, family, 2) + _climb(base, family, 1, "deeper") + _climb(base, family, 1, "longer")
        )
    plans += [
        *_of(base, "gsm", (1, MOST)),
        _compared(base, "gsm", "deeper"),
        _compared(base, "gsm", "longer"),
    ]
    plans += _climb(base, DEPO, MOST, "replay")
    plans += _climb(base, DEPO, 1, "closed_form") + _climb(base, DEPO, 1, "additive")
    plans += [_written(base, "mqar", "additive"), *_of(base, "mqar", (2,)), *_of(base, "gsm", (2,))]
    plans += _slid(base, "gsm", (1, 2, MOST))
    for passes in (3, 6):
        plans += _climb(base, DEPO, passes) + _climb(base, RULE110, passes)
        plans += [*_of(base, "mqar", (passes,)), *_of(base, "gsm", (passes,))]
    return plans + [p for each in ("gsm_question_first", "phonebook") for p in _of(base, each, PASSES)]


def longer(run: Run) -> float:
    """How many times the steps of one pass cost as much as those of `MOST` passes, by operations."""
    shape, one = shape_of(run), task(run.task, SCALES[run.scale]).samples(1, np.random.default_rng(0))
    return flops.forward(shape, one, MOST) / flops.forward(shape, one, 1)


def key_of(scale: str, name: str) -> str:
    """The name of a figure: that of the published scale is plain, others say theirs."""
    return name if scale == "published" or stands_beside(scale) else f"{scale}_{name}"


def stands_beside(scale: str) -> bool:
    """Whether the figures of a scale have plain names, and stand in the record of another."""
    of = SCALES[scale]
    return of.rings or of.lookups or bool(of.alone)


def figures_of(plan: Planned, result: Mapping[str, Any]) -> dict[str, float]:
    """The grades of one configuration by the names under which they are reported, but for the scale."""
    of, grades = plan.run.task, result["grades"]
    if plan.run.taught == "keeping":
        return {}
    ending = plan.name.removeprefix(of)
    if of.startswith(DEPO):
        # a rung asks for fewer hops too: those above have the last word on them
        return {f"depo_{hop}{ending}": grade for hop, grade in grades.items() if hop.startswith("k")}
    if of.startswith("gsm"):
        return {f"{of}_{ops}{ending}": grade for ops, grade in grades.items() if ops.endswith("ops")}
    grade = grades[REPORTED[of.split("_")[0]]]
    pairs = SCALES[plan.run.scale].mqar.pairs
    return {f"mqar_{pairs}_pairs{ending}" if of == "mqar" else plan.name: grade}


def _run(base: Run, name: str, **changes: Any) -> Run:
    run = replace(base, task=name, **changes)
    return replace(run, steps=min(base.steps, SCALES[base.scale].steps_of(name)))


def _of(base: Run, name: str, passes: tuple[int, ...]) -> Iterator[Planned]:
    yield from (Planned(f"{name}_n{n}", _run(base, name, passes=n)) for n in passes)


def _slid(base: Run, name: str, passes: tuple[int, ...]) -> Iterator[Planned]:
    """Attention sees into the window before."""
    yield from (Planned(f"{name}_sliding_n{n}", _run(base, name, passes=n, sliding=True)) for n in passes)


def _written(base: Run, name: str, writes: Writes) -> Planned:
    ending = writes if writes == "closed_form" else f"{writes}_n1"
    return Planned(f"{name}_{ending}", _run(base, name, writes=writes))


def _compared(base: Run, name: str, way: Way) -> Planned:
    """One pass with as much compute as `MOST`: by so many times the layers, or by more steps."""
    run = _run(base, name, deeper=MOST if way == "deeper" else 1)
    if way == "longer":
        run = replace(run, steps=round(run.steps * longer(run)))
    return Planned(f"{name}_{way}_n1", run)


def _taught(base: Run) -> list[Planned]:
    """Rule 110 as published, taught by its steps: passes, and one pass with as many layers as all of them.

    All begin where memory has been learned and nothing of the rule, and make as many steps from there on.
    """
    scale = SCALES[base.scale]
    kept = scale.others[KEEPING]
    base = replace(base, graded=max(base.graded, GRADED_RINGS), cool=COOLED)
    plans: dict[str, Planned] = {}
    for rule_steps, passes, deeper, times in (
        *((*each, 1) for each in TAUGHT),
        *((*each, LONGER) for each in TAUGHT_LONGER),
    ):
        ending = "_deeper" if deeper > 1 else ""
        run = replace(base, task=f"{RULE110}{rule_steps}", deeper=deeper, passes=passes, taught="steps")
        keeping = replace(run, task=f"{RULE110}32", passes=1, taught="keeping", steps=min(base.steps, kept))
        begun = Planned(f"{KEEPING}{ending}_n1", keeping)
        plans.setdefault(begun.name, begun)
        steps = times * scale.steps
        run = replace(run, once=kept + round(ONCE * steps), steps=min(base.steps, kept + steps))
        name = f"{run.task}{ending}{'_longer' if times > 1 else ''}_n{passes}"
        plans[name] = Planned(name, run, begun.name)
    return list(plans.values())


def _jumped(base: Run) -> list[Planned]:
    """Depo in one window by lookups: passes taught by jumps, then by answers alone, all from one memory of edges."""
    scale = SCALES[base.scale]
    kept = scale.others[KEEPING_EDGES]
    base = replace(base, task=f"{DEPO}{scale.depo.most}", graded=max(base.graded, GRADED_RINGS), cool=COOLED)
    keeping = replace(base, taught="keeping", steps=min(base.steps, kept))
    begun = Planned(f"{KEEPING_EDGES}_n1", keeping)
    plans = [begun]
    jumped = replace(base, taught="steps", steps=min(base.steps, kept + scale.steps))
    for passes in JUMPED:
        run = replace(jumped, passes=passes)
        plans.append(Planned(f"{base.task}_n{passes}", run, begun.name))
    # the passes that most is said of come first, so that a study that is stopped has them
    for passes in reversed(JUMPED):
        steps = min(base.steps, kept + scale.others[ANSWERED_EDGES])
        run = replace(base, passes=passes, steps=steps)
        plans.append(Planned(f"{base.task}_answers_n{passes}", run, begun.name))
    deeper = Planned(f"{KEEPING_EDGES}_deeper_n1", replace(keeping, deeper=MOST))
    return [*plans, deeper, Planned(f"{base.task}_deeper_n1", replace(jumped, deeper=MOST), deeper.name)]


def _alone(base: Run) -> list[Planned]:
    """One task by its answers alone: one pass, of recall the closed form too, and the most passes."""
    name = SCALES[base.scale].alone
    base = replace(base, graded=max(base.graded, GRADED_RINGS), cool=COOLED)
    closed = [_written(base, name, "closed_form")] if name == "mqar" else []
    return [*_of(base, name, (1,)), *closed, *_of(base, name, (MOST,))]


def _reckoned(base: Run) -> list[Planned]:
    """Sums by their operations, then by answers alone, in equal steps; and one pass in `MOST` times the steps."""
    name = SCALES[base.scale].alone
    base = replace(base, graded=max(base.graded, GRADED_RINGS), cool=COOLED)
    told = replace(base, taught="steps")
    plans = [*_of(told, name, RECKONED)]
    plans += (
        replace(plan, name=f"{name}_answers_n{plan.run.passes}") for plan in _of(base, name, ANSWERED_SUMS)
    )
    once = _run(told, name)
    longer = replace(once, steps=min(base.steps, MOST * once.steps))
    return [*plans, Planned(f"{name}_longer_n1", longer)]


def _climb(base: Run, family: str, passes: int, way: Way | None = None) -> list[Planned]:
    """A task from its lowest rung to its highest."""
    plans: list[Planned] = []
    for rung in SCALES[base.scale].ladders[family]:
        below = plans[-1].name if plans else None
        plans.append(replace(_rung(base, f"{family}{rung}", passes, way), after=below))
    return plans


def _rung(base: Run, name: str, passes: int, way: Way | None) -> Planned:
    if way in ("deeper", "longer"):
        return _compared(base, name, way)
    if way == "closed_form" or way == "additive":
        return _written(base, name, way)
    if way == "replay":
        return Planned(f"{name}_replay_n{passes}", _run(base, name, passes=passes, how="replay"))
    return Planned(f"{name}_n{passes}", _run(base, name, passes=passes))
