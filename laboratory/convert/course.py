"""The course of a conversion: a teacher with the text in view, then fast weights that make up for the text.

`python -m laboratory.convert.course --prepared FOLDER --out FOLDER [--within 540] [--steps N] [--device cuda]`

Phases, each with its share of the time: `teacher` (answers with the segment in view; only projections of attention
are trained), `sleep` (answers from fast weights alone, after one pass over each window, towards the answer and the
teacher's next tokens; only fast weights' own numbers are trained), and `sleep_n1`, `sleep_n2`, `sleep_n4`, which
all begin where `sleep` ended and go on with so many passes, in shares that give each as many steps. A run that is
stopped goes on from `checkpoint.pt`; each finished phase leaves what it trained under `OUT/PHASE`, in parts that can
be carried one by one. `--steps 2` is the dry run, on any machine.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from consolidation.files import write_atomically
from consolidation.parts.hybrid.prompt import ABSENT, Prompter
from laboratory.convert.batches import Course
from laboratory.convert.hybrid import Hybrid, compile_for
from laboratory.convert.losses import answered, slept
from laboratory.convert.parts import LIST, PartsError, read_parts, write_parts
from laboratory.convert.stack import Stack
from laboratory.fit.limit import Limit
from laboratory.reading.fitting import half_precision

PASSES = (1, 2, 4)
WARM_UP, LAST_RATE, CLIP = 0.05, 0.05, 1.0
SAVE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the course: its share of all seconds, its highest rate, and how many passes its sleep has."""

    share: float
    rate: float
    passes: int = 0


PHASES: Mapping[str, Phase] = {
    "teacher": Phase(0.13, 2e-4),
    "sleep": Phase(0.40, 1e-3, 1),
    "sleep_n1": Phase(0.08, 5e-4, 1),
    "sleep_n2": Phase(0.13, 5e-4, 2),
    "sleep_n4": Phase(0.26, 5e-4, 4),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Tokens of a window and windows of a segment; sequences of a step."""

    window: int = 256
    windows: int = 2
    batch: int = 32

    @property
    def segment(self) -> int:
        return self.window * self.windows


class Conversion:
    """The stack, its hybrid, and where the course stands.

    Args:
        prepared: what `laboratory.convert.prepare` wrote.
        out: where checkpoint, log and trained parts are.
        seconds: of all phases together.
        steps: of each phase, in the place of seconds.
    """

    def __init__(
        self,
        prepared: Path,
        out: Path,
        device: str,
        sizes: Sizes,
        *,
        seconds: float,
        steps: int | None = None,
    ) -> None:
        self.out, self.device, self.sizes = out, device, sizes
        self.seconds, self.steps = seconds, steps
        self.stack, prompter = loaded(prepared, device)
        self.course = Course(prepared, device, prompter.read(absent_in(prompter)))
        self.hybrid: Hybrid | None = None

    def run(self, within: float) -> bool:
        """Go through what is left of the course for at most so many seconds; whether all of it is done."""
        until = time.monotonic() + within
        return all(self._phase(name, phase, until) for name, phase in PHASES.items())

    def _phase(self, name: str, phase: Phase, until: float) -> bool:
        place = self.out / name
        module = self._module(name)
        if (place / LIST).exists():
            module.load_state_dict(read_parts(place))
            return True
        if name.startswith("sleep_"):
            module.load_state_dict(read_parts(self.out / "sleep"))
        for parameter in self.stack.parameters():
            parameter.requires_grad = False
        for parameter in module.parameters():
            parameter.requires_grad_()
        limit = Limit(self.seconds * phase.share, self.steps)
        done, figures = self._train(name, phase, module, limit, until)
        if done:
            place.mkdir(parents=True, exist_ok=True)
            with write_atomically(place / "figures.json") as handle:
                handle.write(json.dumps(figures).encode())
            # NB: last, for a phase that has its list is finished, whenever the run was killed
            write_parts(module.state_dict(), place)
            # as it will be read by those that go on from here
            module.load_state_dict(read_parts(place))
            (self.out / "checkpoint.pt").unlink(missing_ok=True)
        return done

    def _module(self, name: str) -> nn.Module:
        """What a phase trains."""
        if name == "teacher":
            return self.stack.mixers
        # fast weights begin as copies of the teacher's projections, once those are trained
        if self.hybrid is None:
            self.hybrid = Hybrid(self.stack).to(self.device)
        return self.hybrid.mixers

    def _loss(self, phase: Phase, number: int) -> tuple[Tensor, int]:
        """The loss of a step, and how many tokens it saw."""
        sizes, hybrid = self.sizes, self.hybrid
        batch = self.course.asked(number, sizes.batch, sizes.segment)
        tokens = batch.segments_BT.numel() + batch.asked_BA.numel()
        if not phase.passes or hybrid is None:
            return answered(self.stack, batch), tokens
        return slept(self.stack, hybrid, batch, sizes.window, phase.passes), tokens

    def _train(
        self, name: str, phase: Phase, module: nn.Module, limit: Limit, until: float
    ) -> tuple[bool, dict[str, Any]]:
        optimiser = torch.optim.AdamW(module.parameters(), lr=phase.rate, betas=(0.9, 0.98), weight_decay=0.0)
        at = self._restored(name, module, optimiser)
        saved = time.monotonic()
        while (share := limit.done(at["step"], at["seconds"])) < 1:
            began = time.monotonic()
            for group in optimiser.param_groups:
                group["lr"] = phase.rate * _rate(share)
            with half_precision(torch.device(self.device)):
                loss, tokens = self._loss(phase, at["step"])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(module.parameters(), CLIP)
            optimiser.step()
            at = {
                "step": at["step"] + 1,
                "tokens": at["tokens"] + tokens,
                "seconds": at["seconds"] + time.monotonic() - began,
            }
            if time.monotonic() - saved > SAVE_SECONDS:
                self._save(name, module, optimiser, at)
                saved = time.monotonic()
            if at["step"] % 20 == 1:
                self._log(name, loss=round(float(loss.detach()), 4), **at)
            # after a step, so that every call gets on, however short its time
            if time.monotonic() >= until:
                break
        done = limit.done(at["step"], at["seconds"]) >= 1
        if not done:
            self._save(name, module, optimiser, at)
        card = torch.device(self.device).type == "cuda"
        device = torch.cuda.get_device_name() if card else self.device
        return done, at | {"device": device, "passes": phase.passes}

    def _save(
        self, name: str, module: nn.Module, optimiser: torch.optim.Optimizer, at: dict[str, Any]
    ) -> None:
        kept = {"name": name, "module": module.state_dict(), "optimiser": optimiser.state_dict(), "at": at}
        with write_atomically(self.out / "checkpoint.pt") as handle:
            torch.save(kept, handle)

    def _restored(self, name: str, module: nn.Module, optimiser: torch.optim.Optimizer) -> dict[str, Any]:
        path = self.out / "checkpoint.pt"
        if path.exists():
            kept = torch.load(path, map_location=self.device)
            if kept["name"] == name:
                module.load_state_dict(kept["module"])
                optimiser.load_state_dict(kept["optimiser"])
                return dict(kept["at"])
        return {"step": 0, "tokens": 0, "seconds": 0.0}

    def _log(self, name: str, **figures: Any) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as handle:
            handle.write(json.dumps({"phase": name} | figures) + "\n")


def _rate(share: float) -> float:
    """The part of the highest rate at a share of a phase: up, then down by a cosine."""
    return min(1.0, share / WARM_UP + 0.02) * (
        LAST_RATE + (1 - LAST_RATE) * (1 + math.cos(math.pi * share)) / 2
    )


def absent_in(prompter: Prompter) -> str:
    """How an answer says that there is none, as answers begin."""
    return ABSENT if prompter.tokenizer.chat_template else f" {ABSENT}"


def loaded(prepared: Path, device: str) -> tuple[Stack, Prompter]:
    """The prepared model as a stack in single precision, and its prompter. Raises `PartsError`."""
    config = AutoConfig.from_pretrained(prepared / "model")
    model: Any = AutoModelForCausalLM.from_config(config).float()
    found = model.load_state_dict(read_parts(prepared / "weights"), strict=False)
    tied = {"lm_head.weight"} if config.tie_word_embeddings else set()
    if found.unexpected_keys or set(found.missing_keys) - tied:
        raise PartsError(f"{prepared / 'weights'} does not hold the weights of its configuration")
    model.tie_weights()
    return Stack(model).to(device), Prompter(AutoTokenizer.from_pretrained(prepared / "model"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=1500.0, help="of the whole course")
    parser.add_argument("--within", type=float, default=math.inf, help="seconds of this call")
    parser.add_argument("--steps", type=int, help="of each phase, in the place of seconds")
    for name in ("window", "windows", "batch"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Sizes(), name))
    parser.add_argument("--plain", action="store_true", help="do not compile the rule, on a card")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    sizes = Sizes(args.window, args.windows, args.batch)
    if torch.device(args.device).type == "cuda":
        torch.set_float32_matmul_precision("high")
        if not args.plain:
            compile_for(sizes.window)
    conversion = Conversion(
        args.prepared, args.out, args.device, sizes, seconds=args.seconds, steps=args.steps
    )
    print("done" if conversion.run(args.within) else "to be continued")


if __name__ == "__main__":
    main()
