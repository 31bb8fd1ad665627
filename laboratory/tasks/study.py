"""The whole study: every configuration trained in turn, graded, and written to `benchmarks/results`.

`python -m laboratory.tasks.study --out FOLDER --seconds 600 [--scale small] [--only rule110_t8,depo]`

Each configuration has so many seconds of training, and is taken up where it stopped. What is finished is written
after each, so that a study that is stopped has what it had. The figures of a scale that is not the published one say
so by `scale`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import report
from consolidation.files import write_atomically
from laboratory.tasks.catalogue import SCALES
from laboratory.tasks.train import Run, Trainer

RESULTS = Path("benchmarks/results")
PASSES = (1, 2, 4)
RULE_STEPS = (4, 8, 16, 32)
#: Of the grades of a task, the one that is reported, and those of Depo and of sums by what they ask.
REPORTED = {"rule110": "all", "mqar": "each", "phonebook": "all"}
SETTLED = (0.5, 0.2, 0.1, 0.05)


def runs(base: Run) -> Iterator[tuple[str, Run]]:
    """What is trained, by the name that its figures end in."""
    for steps in RULE_STEPS:
        name = f"rule110_t{steps}"
        yield from ((f"{name}_n{n}", replace(base, task=name, passes=n)) for n in PASSES)
        yield f"{name}_deeper_n1", replace(base, task=name, passes=1, deeper=PASSES[-1])
    for task in ("depo", "mqar", "gsm", "gsm_question_first", "phonebook"):
        yield from ((f"{task}_n{n}", replace(base, task=task, passes=n)) for n in PASSES)
    yield "depo_deeper_n1", replace(base, task="depo", passes=1, deeper=PASSES[-1])
    yield "depo_replay_n4", replace(base, task="depo", passes=4, how="replay")
    for task in ("depo", "mqar"):
        yield f"{task}_additive_n1", replace(base, task=task, writes="additive")
        yield f"{task}_closed_form", replace(base, task=task, writes="closed_form")


def figures_of(name: str, result: Mapping[str, Any]) -> dict[str, float]:
    """The grades of one configuration by the names under which they are reported."""
    task, grades = result["run"]["task"], result["grades"]
    ending = name.removeprefix(task)
    if task == "depo":
        return {f"depo_{hop}{ending}": grade for hop, grade in grades.items() if hop.startswith("k")}
    if task.startswith("gsm"):
        return {f"{task}_{ops}{ending}": grade for ops, grade in grades.items() if ops.endswith("ops")}
    grade = grades[REPORTED[task.split("_")[0]]]
    return {f"mqar_64_pairs{ending}" if task == "mqar" else name: grade}


def study(base: Run, out: Path, device: str, only: frozenset[str]) -> None:
    """Train and grade what is not finished yet, and write all figures after each."""
    for name, run in runs(base):
        if only and run.task not in only:
            continue
        where = out / base.scale / name
        if not (where / "result.json").exists():
            trainer = Trainer(run, where, device)
            trainer.train()
            result = trainer.result()
            if run.passes == PASSES[-1] and run.how == "recurrent":
                result["settled"] = {str(share): trainer.grade(settle=share) for share in SETTLED}
            with write_atomically(where / "result.json") as handle:
                handle.write((json.dumps(result, indent=2) + "\n").encode())
        write_figures(base, out)


def write_figures(base: Run, out: Path) -> None:
    """Everything that is finished, as the results of the study."""
    done = {
        name: json.loads((out / base.scale / name / "result.json").read_text())
        for name, _ in runs(base)
        if (out / base.scale / name / "result.json").exists()
    }
    command = f"python -m laboratory.tasks.study --scale {base.scale} --seconds {base.seconds:.0f}"
    figures: dict[str, Any] = {"scale": base.scale, "seed": base.seed}
    for name, result in done.items():
        figures |= figures_of(name, result)
        figures[f"{name}_steps"], figures[f"{name}_tokens"] = result["steps"], result["tokens"]
    report(RESULTS / "paper_tasks.json", f"{command} --out FOLDER", figures)
    settled = {name: result for name, result in done.items() if "settled" in result}
    if settled:
        report(RESULTS / "adaptive_sleep.json", f"{command} --out FOLDER", adaptive(settled))


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
    figures["mean_passes"] = figures[f"mean_passes_at_{chosen}"]
    figures["accuracy_vs_fixed_pct"] = figures[f"accuracy_vs_fixed_pct_at_{chosen}"]
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", default="small", choices=SCALES)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="names of tasks with commas between")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    base = Run("", scale=args.scale, seconds=args.seconds, batch=args.batch, seed=args.seed)
    study(base, args.out, args.device, frozenset(filter(None, args.only.split(","))))


if __name__ == "__main__":
    main()
