"""Trains one configuration on one task and grades it exactly.

`python -m laboratory.tasks.train --task depo --passes 4 --seconds 600 --out FOLDER`

Resumable: `checkpoint.pt` is written atomically, and the samples of a step depend on seed and step alone, so that a
run that was stopped goes on as if it had not been. Muon for matrices inside the stack, AdamW for the rest (arXiv
2605.26099). The number of passes can be raised in stages (`--warm-passes`), which tames large N. `result.json` holds
the grades, the steps, the tokens and the seconds; `log.jsonl` the loss on the way.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consolidation.files import write_atomically
from laboratory.tasks import taught
from laboratory.tasks.catalogue import RULE110, SCALES, task
from laboratory.tasks.model import Passes, Shape, Writes
from laboratory.tasks.samples import NOT_ASKED, Samples, Task
from laboratory.tasks.taught import Model, Taught

GRADED_SEED = 10**6
SAVE_SECONDS, LOG_STEPS, CLIP, WARM_STEPS = 30.0, 20, 1.0, 100
GRADED_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Run:
    """What is trained. `deeper` multiplies the layers: a plain model of as much compute as so many passes.

    `taught` says what is told: answers alone, or what each layer should leave too (`laboratory.tasks.stepwise`):
    the steps of a rule, or keeping strings as they are. The first `once` steps have one pass.
    With `sliding` attention sees into the window before, else that is evicted whole.
    The rates of learning rise over the first hundred steps, and fall to nothing over the share `cool` of `steps`.
    """

    task: str
    scale: str = "small"
    passes: int = 1
    deeper: int = 1
    writes: Writes = "gated_delta"
    how: Passes = "recurrent"
    taught: Taught = "answers"
    sliding: bool = False
    batch: int = 64
    rate: float = 4e-3
    muon_rate: float = 0.02
    warm_passes: int = 0
    once: int = 0
    cool: float = 0.3
    steps: int = 10**9
    seconds: float = float("inf")
    seed: int = 0
    graded: int = 512

    def passes_at(self, step: int) -> int:
        """The passes of a step: one alone at first, or one more every `warm_passes` steps, up to all."""
        if step < self.once:
            return 1
        return min(self.passes, 1 + step // self.warm_passes) if self.warm_passes else self.passes

    def pace_at(self, step: int) -> float:
        """The share of its full rate that a step learns with."""
        left = (self.steps - step) / (self.cool * self.steps) if self.cool else 1.0
        return min(1.0, (step + 1) / WARM_STEPS, left)


class Trainer:
    """A model with its optimisers, where it stands, and how to go on."""

    def __init__(self, run: Run, out: Path, device: str = "cpu") -> None:
        self.run, self.out, self.device = run, out, device
        scale = SCALES[run.scale]
        self.task: Task = task(run.task, scale)
        torch.manual_seed(run.seed)
        shape = shape_of(run)
        self.model = taught.model_of(shape, lookups=scale.lookups, facts=scale.facts).to(device)
        self.optimisers = optimisers(self.model, run)
        self.step, self.tokens, self.seconds, self.processor_seconds = 0, 0, 0.0, 0.0
        if (out / "checkpoint.pt").exists():
            self._restore()

    def train(self, until: float = float("inf")) -> None:
        """Go on until steps or seconds are used up, or the monotonic clock says `until`."""
        saved = time.monotonic()
        while self.step < self.run.steps and self.seconds < self.run.seconds and time.monotonic() < until:
            begun, used = time.monotonic(), time.process_time()
            loss = self._one()
            self.seconds += time.monotonic() - begun
            self.processor_seconds += time.process_time() - used
            if self.step % LOG_STEPS == 0:
                self._log(loss)
            if time.monotonic() - saved > SAVE_SECONDS:
                self.save()
                saved = time.monotonic()
        self.save()

    def _one(self) -> Tensor:
        random, passes = np.random.default_rng([self.run.seed, self.step]), self.run.passes_at(self.step)
        if self.run.taught != "answers":
            run = self.run
            loss, samples = taught.told(
                self.model, self.task, run.taught, run.batch, run.passes, passes, random
            )
        else:
            samples = self.task.samples(self.run.batch, random)
            loss = self._loss(samples, passes)
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        pace = self.run.pace_at(self.step)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group["full_rate"] * pace
            optimiser.step()
        self.step += 1
        self.tokens += samples.windows_BWL.size + samples.asked_BQ.size
        return loss.detach()

    def _loss(self, samples: Samples, passes: int) -> Tensor:
        windows, asked, targets = self._tensors(samples)
        scores = self.model(windows, asked, passes, self.run.how)
        return F.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=NOT_ASKED)

    def _tensors(self, samples: Samples) -> tuple[Tensor, ...]:
        arrays = samples.windows_BWL, samples.asked_BQ, samples.targets_BQ
        return tuple(torch.from_numpy(array).to(self.device) for array in arrays)

    @torch.inference_mode()
    def grade(
        self, passes: int | None = None, settle: float = 0.0, of: Task | None = None
    ) -> dict[str, float]:
        """Percent right by the task's own grades on samples that no step has seen, and the mean of passes made.

        The task may be another one, `of`, of the same words.
        """
        of = taught.graded(of or self.task)
        random = np.random.default_rng(GRADED_SEED + self.run.seed)
        right: dict[str, list[np.ndarray[Any, Any]]] = {}
        made = []
        at_once = min(self.run.graded, GRADED_AT_ONCE)
        for _ in range(0, self.run.graded, at_once):
            samples = of.samples(at_once, random)
            windows, asked, _ = self._tensors(samples)
            slept = self.model.sleep(windows, passes or self.run.passes, self.run.how, settle)
            # what a model keeps is its own: a state, or one for each layer
            states, mean = cast("tuple[Any, float]", slept)
            made.append(mean)
            said = self.model.awake(asked, states).argmax(-1).cpu().numpy()
            for name, flags in of.grades(said, samples).items():
                right.setdefault(name, []).append(flags)
        grades = {name: round(100 * float(np.concatenate(f).mean()), 1) for name, f in right.items()}
        return {**grades, "mean_passes": round(float(np.mean(made)), 2)}

    def result(self) -> dict[str, Any]:
        """The grades, and what they took."""
        return {
            "run": asdict(self.run),
            "grades": self.grade(),
            "steps": self.step,
            "tokens": self.tokens,
            "seconds": round(self.seconds),
            "processor_seconds": round(self.processor_seconds, 1),
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "device": self.device,
        }

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        self.out.mkdir(parents=True, exist_ok=True)
        kept = {
            "model": self.model.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "step": self.step,
            "tokens": self.tokens,
            "seconds": self.seconds,
            "processor_seconds": self.processor_seconds,
        }
        with write_atomically(self.out / "checkpoint.pt") as handle:
            torch.save(kept, handle)

    def _restore(self) -> None:
        kept: Mapping[str, Any] = torch.load(self.out / "checkpoint.pt", map_location=self.device)
        self.model.load_state_dict(kept["model"])
        for optimiser, state in zip(self.optimisers, kept["optimisers"], strict=True):
            optimiser.load_state_dict(state)
        self.step, self.tokens = kept["step"], kept["tokens"]
        self.seconds, self.processor_seconds = kept["seconds"], kept["processor_seconds"]

    def _log(self, loss: Tensor) -> None:
        line = {"step": self.step, "loss": round(loss.item(), 4), "seconds": round(self.seconds, 1)}
        self.out.mkdir(parents=True, exist_ok=True)
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(line) + "\n")


def shape_of(run: Run) -> Shape:
    """The model of a run."""
    scale = SCALES[run.scale]
    return Shape(
        task(run.task, scale).vocabulary,
        scale.longest,
        scale.width,
        scale.layers * run.deeper,
        heads=scale.heads,
        key_width=scale.state,
        value_width=scale.state,
        writes=run.writes,
        attention_heads=scale.attention_heads,
        ring=scale.rule110["cells"] if scale.rings else 0,
        windows=scale.rule110["strings"],
        marked=_unequal(run),
        sliding=run.sliding,
    )


def _unequal(run: Run) -> bool:
    """Whether the first pass has fewer steps of the rule than the others, by which it must be known."""
    return (
        run.taught == "steps"
        and SCALES[run.scale].rings
        and int(run.task.removeprefix(RULE110)) % run.passes > 0
    )


def optimisers(model: Model, run: Run) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the stack, AdamW for embeddings, the last layer, vectors and numbers."""
    matrices = [p for p in model.stack() if p.ndim == 2]
    inside = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in inside]
    both: list[torch.optim.Optimizer] = [
        torch.optim.Muon(matrices, lr=run.muon_rate, weight_decay=0.01),
        torch.optim.AdamW(others, lr=run.rate, weight_decay=0.0, betas=(0.9, 0.95), fused=True),
    ]
    for optimiser in both:
        for group in optimiser.param_groups:
            group["full_rate"] = group["lr"]
    return both


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    defaults = Run("")
    parser.add_argument("--task", required=True)
    parser.add_argument("--scale", default=defaults.scale, choices=SCALES)
    parser.add_argument("--writes", default=defaults.writes, choices=get_args(Writes))
    parser.add_argument("--taught", default=defaults.taught, choices=get_args(Taught))
    parser.add_argument("--how", default=defaults.how, choices=get_args(Passes))
    for name in ("passes", "deeper", "batch", "warm_passes", "once", "steps", "seed", "graded"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=getattr(defaults, name))
    for name in ("rate", "muon_rate", "cool", "seconds"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(defaults, name))
    parser.add_argument("--sliding", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    given = vars(parser.parse_args())
    out, device = given.pop("out"), given.pop("device")
    trainer = Trainer(replace(defaults, **given), out, device)
    trainer.train()
    result = trainer.result()
    with write_atomically(out / "result.json") as handle:
        handle.write((json.dumps(result, indent=2) + "\n").encode())
    print(json.dumps(result["grades"]))


if __name__ == "__main__":
    main()
