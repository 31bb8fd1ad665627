"""From labelled contracts to the weights that are shipped, in one command.

`python -m laboratory.rebuild ../shared/data build/model [--minutes M] [--cpu] [--passes] [--dry-run]`

Runs the steps of `recipe`, one after another, and writes `model`, `retriever`, `reader`, `judge`, `sentences`,
`intents`, `tagger`, `nli` and `extents`, each `.safetensors`, into the output folder; copied into
`consolidation/weights/` they are what is shipped. The command and the seconds of each step are kept in `steps/`, and
what it said in `steps/NAME.log`. A step that has finished is skipped the next time if its command is the same and its
output is there; one that was stopped goes on from its own checkpoint; one whose command has changed, and all after
it, begin anew.

Training stages are measured in seconds, so that another machine makes other weights. `--minutes` stretches or shrinks
all of them alike. Retriever, reader and judge are trained on a GPU in minutes; with `--cpu` on fewer agreements and
for hours, and the weights are worse. `--passes` adds the experiment with N = 1, 2, 4 passes on computed answers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from laboratory.steps import Step, StepError, run_all

#: Windows kept of a contract, and sets of swapped contracts.
MOST_WINDOWS, SWAPS = 72, 6
ENCODER_SECONDS, HALF_ENCODER_SECONDS = 1700, 1450
#: Steps of the tagger, and of those of half the contracts, which begin from less.
TAGGER_STEPS, HALF_TAGGER_STEPS = 1200, 1500
#: Windows in the state and passes, seconds (see `laboratory.fit.memory`).
MEMORY_STAGES = (
    ("4x1", 500), ("8x1", 1500), ("16x1", 5200), ("32x1", 600), ("64x1", 200), ("16x1", 800), ("8x1", 1000),
)  # fmt: skip
#: Trainings that part from the memory's end, each with contexts of its own, and whose weights are averaged.
BRANCHES, BRANCH_RATE = 2, 7e-4
BRANCH_STAGES = (("8x1", 400), ("16x1", 400), ("8x1", 500))
#: Questions that were written about held-out contracts.
ASKED = Path(__file__).parent / "data" / "asked.jsonl.xz"
#: Seed of the swaps in the held-out contracts on which the passes experiment is measured.
HELD_OUT_SWAP = 101


#: Seconds of two cores that the reader of intents is trained for.
INTENTS_SECONDS = 700


@dataclass(frozen=True, slots=True)
class Budget:
    """What retriever, reader and judge are trained with on a device.

    `seconds` are those of the retriever, the reader of made questions, each reader of a half, the last reader and the
    judge; `alone` those of the reader of sentences; `agreements` are unlabelled ones to make questions of; `size` is
    sequences of a step.
    """

    device: str
    seconds: tuple[int, int, int, int, int]
    alone: int
    agreements: int
    size: int

    @property
    def total(self) -> int:
        retriever, made, half, reader, judge = self.seconds
        return retriever + made + 2 * half + reader + judge + self.alone


GPU = Budget("cuda", (50, 40, 100, 245, 115), alone=115, agreements=1000, size=512)
CPU = Budget("cpu", (3600, 3600, 2400, 5400, 5400), alone=3300, agreements=200, size=32)


def minutes(budget: Budget) -> float:
    """What all training stages sum to."""
    memory = sum(s for _, s in MEMORY_STAGES) + BRANCHES * sum(s for _, s in BRANCH_STAGES)
    return (ENCODER_SECONDS + 2 * HALF_ENCODER_SECONDS + memory + budget.total + INTENTS_SECONDS) / 60


def _step(name: str, module: str, outputs: Sequence[Path], *arguments: object) -> Step:
    return Step(name, (f"laboratory.{module}", *map(str, arguments)), tuple(outputs))


def _stages(stages: Sequence[tuple[str, int]], stretch: float) -> str:
    return ",".join(f"{shape}:{seconds * stretch:.0f}" for shape, seconds in stages)


def recipe(data: Path, out: Path, stretch: float = 1.0, budget: Budget = GPU) -> list[Step]:
    """All steps in order; `stretch` multiplies the training times."""
    return [
        *_encoders(data, out, stretch),
        *_memory(out, stretch),
        *_reading(data, out, stretch, budget),
        *_taggers(data, out, stretch, budget),
        _step("nli", "fit.hypotheses", [out / "nli.safetensors"],
              "--data", data, "--out", out / "nli.safetensors", "--cache", out / "nli"),
        *_weights(data, out),
    ]  # fmt: skip


def _encoders(data: Path, out: Path, stretch: float) -> list[Step]:
    """Features of contracts as they are and swapped, and the encoder's tuned layers."""
    contracts, features = data / "cuad" / "contracts.jsonl.xz", out / "features"
    base, encoder = features / "base", out / "encoder" / "encoder.pt"
    halves = tuple(out / f"encoder{half}" / "encoder.pt" for half in (0, 1))
    swaps = [
        _step(
            f"swap{i}", "data.prepare", [features / f"swap{i}" / "tags.npy", features / f"swap{i}" / "index.json"],
            "--contracts", contracts, "--out", features / f"swap{i}", "--swap", i, "--encoders", *halves,
        )
        for i in range(1, SWAPS + 1)
    ]  # fmt: skip
    return [
        _step(
            "base", "data.prepare", [base / "features.npy", base / "index.json"],
            "--contracts", contracts, "--out", base, "--most", MOST_WINDOWS,
        ),
        *(
            _step(
                f"encoder{half}", "fit.encoder", [halves[half], halves[half].with_name("checkpoint.pt")],
                "--features", features, "--out", halves[half].parent, "--half", half,
                "--seconds", f"{HALF_ENCODER_SECONDS * stretch:.0f}",
            )
            for half in (0, 1)
        ),
        _step(
            "tags", "data.prepare", [base / "tags.npy"],
            "--contracts", contracts, "--out", base, "--most", MOST_WINDOWS, "--encoders", *halves,
        ),
        _step(
            "encoder", "fit.encoder", [encoder, encoder.with_name("checkpoint.pt")],
            "--features", features, "--out", encoder.parent, "--start", halves[0],
            "--seconds", f"{ENCODER_SECONDS * stretch:.0f}",
        ),
        *swaps,
    ]  # fmt: skip


def _memory(out: Path, stretch: float) -> list[Step]:
    """The memory: one training, branches of it, and their average."""
    features, memory = out / "features", out / "memory" / "checkpoint.pt"
    averaged = out / "average" / "checkpoint.pt"
    branches = [out / f"branch{i}" / "checkpoint.pt" for i in range(1, BRANCHES + 1)]
    return [
        _step(
            "memory", "fit.memory", [memory],
            "--features", features, "--out", memory.parent, "--stages", _stages(MEMORY_STAGES, stretch),
        ),
        *(
            _step(
                f"branch{seed}", "fit.memory", [branch],
                "--features", features, "--out", branch.parent, "--start", memory, "--seed", seed,
                "--rate", BRANCH_RATE, "--stages", _stages(BRANCH_STAGES, stretch),
            )
            for seed, branch in enumerate(branches, 1)
        ),
        _step("average", "fit.average", [averaged], *branches, "--out", averaged),
    ]  # fmt: skip


def _reading(data: Path, out: Path, stretch: float, budget: Budget) -> list[Step]:
    """Retriever, reader and judge, trained whole on what other contracts tell."""
    readings = out / "readings"
    prepared = [readings / name for name in ("arrays.npz", "layers.safetensors", "words.safetensors")]
    return [
        _step(
            "readings", "reading.prepare", prepared,
            "--data", data, "--out", readings, "--agreements", budget.agreements,
        ),
        _step(
            "course", "reading.course",
            [out / f"{name}.safetensors" for name in ("retriever", "reader", "judge")],
            "--data", readings, "--out", out, "--device", budget.device, "--size", budget.size,
            "--seconds", ",".join(f"{seconds * stretch:.1f}" for seconds in budget.seconds),
        ),
        _step(
            "sentences", "reading.sentences", [out / "sentences.safetensors"],
            "--data", readings, "--weights", out, "--out", out / "sentences.safetensors",
            "--device", budget.device, "--seconds", f"{budget.alone * stretch:.1f}",
        ),
        _step(
            "intents", "asking.intents", [out / "intents.safetensors"],
            "--data", data, "--start", out, "--out", out / "intents.safetensors",
            "--seconds", f"{INTENTS_SECONDS * stretch:.1f}",
        ),
    ]  # fmt: skip


def _taggers(data: Path, out: Path, stretch: float, budget: Budget) -> list[Step]:
    """The tagger, which begins from the reader, and taggers of half the contracts, which have read no others."""
    contracts = data / "cuad" / "contracts.jsonl.xz"

    def tagger(name: str, steps: int, *arguments: object) -> Step:
        path = out / f"{name}.safetensors"
        return _step(
            name, "fit.tagger", [path], "--contracts", contracts, "--out", path,
            "--steps", f"{max(1, steps * stretch):.0f}", "--device", budget.device, *arguments,
        )  # fmt: skip

    return [
        tagger("tagger", TAGGER_STEPS, "--start", out / "reader.safetensors"),
        *(tagger(f"tagger{half}", HALF_TAGGER_STEPS, "--half", half) for half in (0, 1)),
    ]


def _weights(data: Path, out: Path) -> list[Step]:
    """The weights file, with constants fitted on contracts that were held out: of claims, then of answers."""
    contracts, tables = data / "cuad" / "contracts.jsonl.xz", (out / "answers.jsonl", out / "asked.jsonl")
    unfitted, claiming, model = (out / f"{n}.safetensors" for n in ("unfitted", "claiming", "model"))
    claims, answers = out / "claims.json", out / "answers.json"
    averaged, encoder = out / "average" / "checkpoint.pt", out / "encoder" / "encoder.pt"
    halves = tuple(out / f"tagger{half}.safetensors" for half in (0, 1))
    export = ("--memory", averaged, "--encoder", encoder)
    return [
        _step("unfitted", "fit.export", [unfitted], *export, "--out", unfitted),
        _step(
            "claims", "fit.calibrate", [claims],
            "--contracts", contracts, "--weights", unfitted, "--out", claims,
        ),
        _step("claiming", "fit.export", [claiming], *export, "--claims", claims, "--out", claiming),
        _step(
            "extents", "fit.extents", [out / "extents.safetensors"],
            "--contracts", contracts, "--weights", claiming, "--halves", *halves,
            "--out", out / "extents.safetensors",
        ),
        *(
            _step(
                name, "answers.collect", [table],
                "--data", data, "--weights", claiming, "--out", table, *questions,
            )
            for name, table, questions in (
                ("table", tables[0], ()), ("asked", tables[1], ("--questions", ASKED)),
            )
        ),
        _step("answers", "answers.fit", [answers], "--table", *tables, "--weights", claiming, "--out", answers),
        _step(
            "model", "fit.export", [model],
            *export, "--claims", claims, "--answers", answers, "--out", model,
        ),
    ]  # fmt: skip


def passes_recipe(data: Path, out: Path) -> list[Step]:
    """The passes experiment, on what `recipe` has made."""
    features, encoder = out / "features", out / "encoder" / "encoder.pt"
    held, results = features / f"held{HELD_OUT_SWAP}", out / "passes" / "passes.json"
    return [
        _step(
            "held-out", "data.prepare", [held / "tags.npy", held / "index.json"], "--held-out",
            "--contracts", data / "cuad" / "contracts.jsonl.xz", "--out", held, "--swap", HELD_OUT_SWAP,
            "--encoders", encoder,
        ),
        _step(
            "passes", "fit.experiments", [results], "passes",
            "--features", features, "--start", out / "average" / "checkpoint.pt",
            "--out", results.parent, "--results", results,
        ),
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder with cuad/ and contract-nli/")
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, help=f"training time ({minutes(GPU):.0f})")
    parser.add_argument(
        "--cpu", action="store_true", help=f"no GPU is there: a smaller course ({minutes(CPU):.0f} minutes)"
    )
    parser.add_argument("--passes", action="store_true", help="the passes experiment as well")
    parser.add_argument("--dry-run", action="store_true", help="only print the commands")
    args = parser.parse_args(arguments)
    budget = CPU if args.cpu else GPU
    stretch = args.minutes / minutes(budget) if args.minutes else 1.0
    steps = recipe(args.data, args.out, stretch, budget)
    steps += passes_recipe(args.data, args.out) if args.passes else []
    if args.dry_run:
        print("\n".join("python -m " + " ".join(step.arguments) for step in steps))
        return 0
    try:
        run_all(steps, args.out / "steps")
    except StepError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
