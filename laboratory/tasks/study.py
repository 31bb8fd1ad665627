"""The whole study: every configuration trained in turn, graded, and written to `benchmarks/results`.

`python -m laboratory.tasks.study --out FOLDER [--scale small] [--seeds 3] [--within 3600] [--only mqar,depo_k2_n4]`

Each of several seeds trains every configuration, and a figure is their mean, with that of each seed beside it. A
configuration makes its steps (`laboratory.tasks.catalogue`), and is taken up where it stopped; `--within` ends the
study after so many seconds, with a checkpoint. What is finished is written after each. Figures of the published scale
have plain names, those of other scales begin with theirs, and `configurations` says what each was. On a card:

`python -m laboratory.tasks.study --scale published --device cuda --within 540 --out FOLDER --results FOLDER`

and its dry run anywhere: `--scale tiny --device cpu`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import machine, report
from consolidation.files import write_atomically
from laboratory.tasks import resolving, rings, taught
from laboratory.tasks.catalogue import SCALES
from laboratory.tasks.forecast import forecast
from laboratory.tasks.plan import MOST, RECKONED, Planned, figures_of, key_of, planned, stands_beside
from laboratory.tasks.sums import Sums
from laboratory.tasks.train import GRADED_SEED, Run, Trainer

RESULTS = Path("benchmarks/results")
SETTLED = (0.9, 0.7, 0.5, 0.3)
#: Points that passes must bring before it is asked whether fewer would do.
GAINED = 5.0
#: Passes that a model is graded with, beside those that it was trained with.
GRADED = (1, 2, 4, 6)
Done = list[tuple[Planned, dict[str, Any]]]
#: Windows that edges of one window are shared out over, to be graded besides.
SHARED = 5


def study(
    base: Run,
    out: Path,
    device: str,
    only: frozenset[str],
    results: Path,
    within: float = float("inf"),
    seeds: int = 1,
) -> None:
    """Train and grade what is not finished yet within so many seconds, and write all figures after each.

    `seeds` are so many, beginning with that of `base`.
    """
    until = time.monotonic() + within
    for one in _seeded(base, seeds):
        for plan in planned(one):
            if only and not only & {plan.run.task, plan.name}:
                continue
            where = _where(out, plan)
            if not (where / "result.json").exists() and not _finish(plan, where, device, until):
                return
            write_figures(base, out, results, seeds)


def _seeded(base: Run, seeds: int) -> list[Run]:
    return [replace(base, seed=base.seed + number) for number in range(seeds)]


def _where(out: Path, plan: Planned) -> Path:
    """The folder of a configuration."""
    return out / plan.run.scale / f"seed{plan.run.seed}" / plan.name


def _finish(plan: Planned, where: Path, device: str, until: float) -> bool:
    """Train and grade one configuration, or train it for what is left of the time; whether it was finished."""
    if plan.after and not (where / "checkpoint.pt").exists():
        if not (where.parent / plan.after / "result.json").exists():
            return True  # the rung below was left out by `only`: so is this one
        where.mkdir(parents=True, exist_ok=True)
        shutil.copy2(where.parent / plan.after / "checkpoint.pt", where / "checkpoint.pt")
    trainer = Trainer(plan.run, where, device)
    trainer.train(until)
    if trainer.step < plan.run.steps:
        return False
    result = trainer.result()
    if SCALES[plan.run.scale].lookups:
        if plan.run.taught != "keeping":
            shared = taught.in_windows(trainer.task, SHARED)
            result["in_windows"] = {str(SHARED): trainer.grade(of=shared)}
        return _kept(result, where)
    if SCALES[plan.run.scale].alone:
        if isinstance(trainer.task, Sums):
            result["grades"] |= _each_sum(trainer, trainer.task, plan.run.passes)
            run = plan.run
            result["reached"] = resolving.reached(
                trainer.task, run.passes, run.graded, GRADED_SEED + run.seed
            )
            if plan.run.taught != "answers":
                at = {str(passes): _each_sum(trainer, trainer.task, passes) for passes in sorted(RECKONED)}
                result["at_passes"] = at
        return _kept(result, where)
    if plan.run.taught != "answers":
        return _kept(result, where)
    if plan.run.passes == MOST and plan.run.how == "recurrent":
        result["settled"] = {str(share): trainer.grade(settle=share) for share in SETTLED}
    if plan.run.passes > 1:
        result["at_passes"] = {str(passes): trainer.grade(passes) for passes in GRADED}
    return _kept(result, where)


def _each_sum(trainer: Trainer, of: Sums, passes: int) -> dict[str, float]:
    """Grades of as many questions of each number of operations."""
    each = (trainer.grade(passes, of=replace(of, operations=(count,))) for count in of.operations)
    return {name: grade for grades in each for name, grade in grades.items()}


def _kept(result: Mapping[str, Any], where: Path) -> bool:
    with write_atomically(where / "result.json") as handle:
        handle.write((json.dumps(result, indent=2) + "\n").encode())
    return True


def write_figures(base: Run, out: Path, results: Path, seeds: int = 1) -> None:
    """Everything that is finished, as the results of the study."""
    every = [_finished(one, out) for one in _seeded(base, seeds)]
    of_seeds = f" --seeds {seeds}" if seeds > 1 else ""
    command = (
        f"python -m laboratory.tasks.study --scale {base.scale} --seed {base.seed}{of_seeds} --out FOLDER"
    )
    path = results / "paper_tasks.json"
    made = {plan.name: _configuration(plan, result) for done in reversed(every) for plan, result in done}
    how = {"seed": base.seed, "configurations": made} | ({"seeds": seeds} if seeds > 1 else {})
    if stands_beside(base.scale):
        how = {"command": command, "machine": machine(), **how}
        if not SCALES[base.scale].rings:
            how["of_scale"] = _of_scale(base.scale)
        rings.write(path, command, rings.figures(every[0]) | {base.scale: how}, base.scale)
        return
    own, _ = rings.split(json.loads(path.read_text()) if path.exists() else {})
    spent = [r for done in every for _, r in done if r["device"] == "cpu"]
    more = {"scale": base.scale, "of_scale": asdict(SCALES[base.scale]), **how}
    report(path, command, _figures(base.scale, every) | more | {"forecast": forecast(spent)} | own)
    settled = {
        f"{plan.name}_seed{plan.run.seed}": result
        for done in every
        for plan, result in done
        if "settled" in result and needs_passes(result)
    }
    if settled:
        report(results / "adaptive_sleep.json", command, {"scale": base.scale, **adaptive(settled)})


def _finished(base: Run, out: Path) -> Done:
    """What is finished of one seed."""
    paths = [(plan, _where(out, plan) / "result.json") for plan in planned(base)]
    return [(plan, json.loads(path.read_text())) for plan, path in paths if path.exists()]


def _figures(scale: str, every: Sequence[Done]) -> dict[str, Any]:
    """Each figure as the mean of its seeds, and of several that of each."""
    grades: dict[str, list[float]] = {}
    for done in every:
        once = {key_of(scale, key): grade for one in done for key, grade in figures_of(*one).items()}
        for key, grade in once.items():
            grades.setdefault(key, []).append(grade)
    figures: dict[str, Any] = {}
    for key, of_seeds in grades.items():
        figures[key] = round(sum(of_seeds) / len(of_seeds), 1)
        if len(every) > 1:
            figures[f"{key}_seeds"] = of_seeds
    return figures


def _of_scale(name: str) -> dict[str, Any]:
    """What of a scale for one task its figures depend on."""
    scale = asdict(SCALES[name])
    of = {"mqar": "mqar", "gsm": "sums"}.get(SCALES[name].alone, "depo")
    kept = (of, "facts", "width", "layers", "heads", "state", "batch", "steps", "longest", "others")
    return {each: scale[each] for each in kept}


def _configuration(plan: Planned, result: Mapping[str, Any]) -> dict[str, Any]:
    """What a figure's run was: what differs from a default, what it took, and how it fares with other passes."""
    defaults = asdict(Run(""))
    own = {
        k: value
        for k, value in result["run"].items()
        if value != defaults[k] and k not in ("scale", "seconds")
    }
    took = {name: result[name] for name in ("tokens", "processor_seconds", "seconds", "parameters", "device")}
    reported = list(figures_of(plan, result))
    at = {
        passes: list(figures_of(plan, {**result, "grades": grades}).values())
        for passes, grades in result.get("at_passes", {}).items()
    }
    shared = {
        windows: list(figures_of(plan, {**result, "grades": grades}).values())
        for windows, grades in result.get("in_windows", {}).items()
    }
    begun = {"begun_from": plan.after} if plan.after else {}
    graded = {"graded_at_passes": at} | ({"graded_in_windows": shared} if shared else {})
    reached = {"reached": result["reached"]} if "reached" in result else {}
    return own | begun | took | {"reported": reported} | graded | reached


def needs_passes(result: Mapping[str, Any]) -> bool:
    """Whether a model does worse with one pass than with all, so that leaving passes out could cost something."""
    fixed, one = result["grades"], result["at_passes"]["1"]
    return any(fixed[name] - one[name] > GAINED for name in fixed if name != "mean_passes")


def adaptive(settled: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Passes that stop by themselves beside all of them: mean passes, and grades in percent of those with all."""
    figures: dict[str, Any] = {}
    for share in map(str, SETTLED):
        passes, ratios = [], []
        for result in settled.values():
            fixed, own = result["grades"], result["settled"][share]
            passes.append(own["mean_passes"])
            ratios += [100 * own[g] / fixed[g] for g in fixed if g != "mean_passes" and fixed[g] > 0]
        figures[f"mean_passes_at_{share}"] = round(sum(passes) / len(passes), 2)
        figures[f"accuracy_vs_fixed_pct_at_{share}"] = round(sum(ratios) / max(1, len(ratios)), 1)
    # reported: the fewest passes that keep 99 of 100 right answers, else the most careful
    kept = [s for s in map(str, SETTLED) if figures[f"accuracy_vs_fixed_pct_at_{s}"] >= 99]
    chosen = kept[0] if kept else str(SETTLED[-1])
    figures["settled_below"] = float(chosen)
    figures["mean_passes"] = figures[f"mean_passes_at_{chosen}"]
    figures["accuracy_vs_fixed_pct"] = figures[f"accuracy_vs_fixed_pct_at_{chosen}"]
    figures["by_task"] = {
        name: {"fixed": result["grades"], "settled": result["settled"][chosen]}
        for name, result in settled.items()
    }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--scale", default="small", choices=SCALES)
    parser.add_argument("--within", type=float, default=float("inf"), help="seconds of all")
    parser.add_argument("--most-steps", type=int, default=Run("").steps, help="of each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1, help="so many, beginning with --seed")
    parser.add_argument("--only", default="", help="names of tasks or configurations, commas between")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    base = replace(Run(""), scale=args.scale, steps=args.most_steps, seed=args.seed)
    only = frozenset(filter(None, args.only.split(",")))
    study(base, args.out, args.device, only, args.results, args.within, args.seeds)


if __name__ == "__main__":
    main()
