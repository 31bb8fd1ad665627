"""The whole course: retriever, near passages, readers of halves and their answers to the other half, reader, judge.

`python -m laboratory.reading.course --data FOLDER --out FOLDER [--kept FOLDER] [--seconds R,M,H,F,J]`

`--seconds` are those of the retriever, the reader of made questions (M), each reader of a half, the last reader (F),
the judge. Readers of halves are measured on written questions of the other half, the last one and the judge on those
of one contract of ten, which they are not told of.
A stage whose weights are in the folder `kept` is not run again. Writes `retriever.safetensors`, `reader.safetensors`,
`judge.safetensors` and `log.jsonl`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from consolidation.parts.transformer import Purpose, Transformer, dequantised
from laboratory.reading.answering import Answers, answers_of
from laboratory.reading.batches import HYPOTHESES, LABELS, MADE, NATURAL, WRITTEN, Arrays
from laboratory.reading.fitting import Log, fit, new_model, no_figures, save_shipped, save_whole
from laboratory.reading.learning import Judging, Reading, answered
from laboratory.reading.stages import (
    GROUP,
    NEAREST,
    SHARES,
    Facts,
    facts_of,
    nearest,
    new_near,
    passage_vectors,
    reading_loss,
    retriever_loss,
)

RATES = {"retriever": 1e-4, "reader": 1.5e-4, "judge": 1.2e-4}
#: Passages that a reader of a half answers from, for each question.
ANSWERED = 6


class Course:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.device = torch.device(args.device)
        self.log = Log(args.out / "log.jsonl")
        self.arrays = Arrays(args.data, self.device)
        self.kept: Path = args.kept or args.out / "kept"
        self.kept.mkdir(parents=True, exist_ok=True)
        names = ("retriever", "made", "half", "reader", "judge")
        self.seconds = dict(zip(names, map(float, args.seconds.split(",")), strict=True))
        self.log(
            "start",
            facts=len(self.arrays.document),
            passages=len(self.arrays.passages),
            device=str(self.device),
        )

    def stage(
        self,
        name: str,
        purpose: Purpose,
        seconds: float,
        start: dict[str, Tensor],
        loss: Callable[[Transformer], Tensor],
        figures: Callable[[Transformer], dict[str, float]] = no_figures,
    ) -> Transformer:
        """A trained model: kept from before (whole, or as it is shipped), or fitted now."""
        path = self.kept / f"{name}.safetensors"
        if path.exists():
            return new_model(purpose, dequantised(load_file(path)), self.device).eval()
        model = new_model(purpose, start, self.device)
        model = fit(model, loss, seconds, RATES[purpose], self.log, name, figures)
        self.log(name, averaged=True, **figures(model))
        save_whole(model, path)
        return model

    def ship(self, model: Transformer, seconds: float) -> None:
        facts = {
            "seconds": seconds,
            "facts": len(self.arrays.document),
            "seed": self.args.seed,
            "device": torch.cuda.get_device_name() if self.device.type == "cuda" else str(self.device),
            "command": " ".join(sys.argv),
        }
        save_shipped(model, self.args.out / f"{model.purpose}.safetensors", facts)

    def find(self) -> Tensor:
        """Train the retriever; near passages of all facts, and the passages found for natural and labelled ones."""
        arrays, size = self.arrays, self.args.size
        answered = facts_of(arrays, joined=True)
        answered = answered[arrays.positive.count(answered) > 0]
        facts = Facts(arrays, answered, SHARES)
        model = self.stage(
            "retriever", "retriever", self.seconds["retriever"], arrays.start,
            lambda m: retriever_loss(m, arrays, facts, size // 2),
        )  # fmt: skip
        self.ship(model, self.seconds["retriever"])
        vectors = passage_vectors(model, arrays, 4 * size)
        every = torch.arange(len(arrays.document), device=self.device)
        found = nearest(model, arrays, every, vectors, NEAREST, 2 * size)
        self.report_found(found)
        new_near(arrays, found)
        self.log("near", passages=len(arrays.near.values))
        return found

    def report_found(self, found: Tensor) -> None:
        natural = facts_of(self.arrays, sources=(NATURAL,), joined=True)
        natural = natural[self.arrays.positive.count(natural) > 0]
        hit = (found[natural][:, :, None] == self.arrays.positive.first(natural, 32)[:, None]).any(-1)
        self.log(
            "found",
            first=float(hit[:, 0].float().mean()),
            three=float(hit[:, :3].any(1).float().mean()),
            seen=True,
        )

    def answer(self, model: Transformer, half: int, found: Tensor) -> Answers:
        """Answers to the facts of the half that a reader has not seen; to joined ones all are wrong."""
        arrays = self.arrays
        keep = facts_of(arrays, sources=(NATURAL, WRITTEN, LABELS, HYPOTHESES), joined=True)
        keep = keep[arrays.half[arrays.document[keep]] != half]
        absent_labels = (arrays.source[keep] == LABELS) & (arrays.positive.count(keep) == 0)
        chance = torch.where(absent_labels, self.args.others, 1.0)
        keep = keep[torch.rand(len(keep), device=self.device) < chance]
        return answered(arrays, model, keep, found, self.args.size, ANSWERED)

    def report_reading(self, name: str, model: Transformer, half: int, found: Tensor) -> None:
        """How a reader answers the natural questions of the other half from the passages that were found."""
        arrays = self.arrays
        facts = facts_of(arrays, sources=(NATURAL,))
        facts = facts[arrays.half[arrays.document[facts]] != half]
        rows = []
        for fact in facts.split(self.args.size // 4):
            own = found[fact, :8].clamp(min=0)
            flat = fact[:, None].expand_as(own).flatten()
            got = answers_of(model, arrays, flat, own.flatten(), arrays.questions_of[flat], second=False)
            total = got.answers + 0.5 * torch.where(
                arrays.kind[flat] == 2, torch.zeros_like(got.score), got.score
            )
            best = total.view(own.shape).masked_fill(found[fact, :8] < 0, -1e9).max(1)
            at = torch.arange(len(fact), device=self.device) * own.shape[1] + best.indices
            rows.append(
                (
                    got.right[at],
                    (own.flatten()[at][:, None] == arrays.positive.first(fact, 32)).any(1),
                    best.values,
                    got.polarity[at] == arrays.polarity[fact],
                )
            )
        right, place, score, sign = (torch.cat([r[i] for r in rows]) for i in range(4))
        has = arrays.positive.count(facts) > 0
        values, signed = has & (arrays.kind[facts] != 2), has & (arrays.kind[facts] == 2)
        figures = {
            "values": right[values],
            "place": place[has],
            "yes_no": sign[signed],
            "yes_no_and_place": right[signed],
            "auroc": (score[has][:, None] > score[~has][None]),
        }
        self.log(
            name,
            questions=len(facts),
            **{k: float(v.float().mean()) for k, v in figures.items() if v.numel()},
        )

    def judge(self, start: dict[str, Tensor], parts: list[Answers]) -> None:
        """Train the judge on the answers of readers that had not seen the contract."""
        judging = Judging(self.arrays, Answers.together(parts), self.args.size)
        right = judging.answers.right
        self.log("answers", count=len(right), right=float(right.float().mean()))
        model = self.stage("judge", "judge", self.seconds["judge"], start, judging.loss, judging.figures)
        self.ship(model, self.seconds["judge"])

    def half_reader(self, half: int, start: dict[str, Tensor], found: Tensor) -> Answers:
        """What a reader of one half of the contracts answers to facts of the other."""
        written = facts_of(self.arrays, sources=(WRITTEN,))
        other = written[self.arrays.half[self.arrays.document[written]] != half]
        reading = Reading(self.arrays, facts_of(self.arrays, half=half), other, self.args.size)
        model = self.stage(
            f"half_{half}", "reader", self.seconds["half"], start, reading.loss, reading.figures
        )
        self.report_reading(f"half_{half}", model, half, found)
        return self.answer(model, half, found)

    def run(self) -> None:
        arrays = self.arrays
        found = self.find()
        made = Facts(arrays, facts_of(arrays, sources=(MADE,)), {MADE: 1.0})
        base = self.stage(
            "made", "reader", self.seconds["made"], arrays.start,
            lambda m: reading_loss(m, arrays, made, self.args.size // GROUP),
        )  # fmt: skip
        start = {k: v.detach().cpu().float() for k, v in base.state_dict().items()}
        parts = [self.half_reader(half, start, found) for half in (0, 1)]
        if self.seconds["reader"]:
            reading = Reading.of_most(arrays, self.args.size)
            reader = self.stage(
                "reader", "reader", self.seconds["reader"], start, reading.loss, reading.figures
            )
            self.ship(reader, self.seconds["reader"])
        backbone = {k: v for k, v in start.items() if not k.startswith(("join", "passage_outputs"))}
        self.judge(backbone, parts)
        self.log("end")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kept", type=Path, help="where weights of stages are kept to go on from")
    parser.add_argument(
        "--seconds", default="60,70,55,125,95", help="of each stage; a last reader of 0 is left out"
    )
    parser.add_argument("--size", type=int, default=512, help="sequences of a step")
    parser.add_argument("--others", type=float, default=0.15, help="part of labelled absences answered")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args: Any = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    args.out.mkdir(parents=True, exist_ok=True)
    Course(args).run()


if __name__ == "__main__":
    main()
