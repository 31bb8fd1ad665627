"""Experiments: variants of the memory trained for the same number of steps over the same questions, and compared.

`python -m laboratory.fit.experiments passes --features FOLDER --start WEIGHTS --out FOLDER --results FILE`
`python -m laboratory.fit.experiments parts --features FOLDER --out FOLDER --results FILE`
`python -m laboratory.fit.experiments closed --features FOLDER --out FOLDER --results FILE --seeds 2`

`passes` asks whether passes pay: N = 1, 2, 4, and deeper with N = 1, on answers that need several facts. Each variant
starts from the same weights; `deep2` and `deep4` have as many layers of attention and MLP as N = 2 and 4 have passes,
so that they cost about as much to train and to consolidate. `parts` trains from nothing on short answers: with gated
delta or additive (Mamba-2) writes, a larger state, no clause tags of tuned layers, and no renaming of tokens. From
nothing too, `closed` sets the closed form (`closed_form`) beside N = 1, 2, 4 passes of the gated delta rule and one
pass with a state as large as its sums, and measures what states keep (`laboratory.measure.keeping`).

Variants that are finished are kept, so that a run can be resumed. With more seeds than one, each has its own folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import machine
from consolidation.files import write_atomically
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.encoder import Encoder, WordPieces
from laboratory.data.batches import QuestionEncoder
from laboratory.data.computed import COMPUTED_CATEGORIES
from laboratory.data.examples import Store
from laboratory.data.facts import SHORT_CATEGORIES
from laboratory.fit.closed_form import LEAST_SQUARES, model_of
from laboratory.measure.keeping import batches, figures, kept
from laboratory.measure.memory import evaluate

FOREVER = 10**6


@dataclass(frozen=True, slots=True)
class Variant:
    """What differs: passes, changes to `ModelConfig`, more words for `train`, and whether clause tags are seen."""

    name: str
    passes: int = 1
    config: dict[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    tags: bool = True


@dataclass(frozen=True, slots=True)
class Experiment:
    """Variants, the kinds of questions they are compared on, and the held-out stores besides `base`."""

    variants: tuple[Variant, ...]
    categories: Sequence[str]
    stores: str = ""
    focus: bool = False
    keeping: bool = False


EXPERIMENTS = {
    "passes": Experiment(
        (
            Variant("n1"), Variant("n2", 2), Variant("deep2", config={"depth": 2}),
            Variant("n4", 4), Variant("deep4", config={"depth": 4}),
        ),
        COMPUTED_CATEGORIES, stores="held*", focus=True,
    ),
    "parts": Experiment(
        (
            Variant("gated_delta"), Variant("additive_writes", config={"writes": "additive"}),
            Variant("state_twice_as_large", config={"heads": 8}), Variant("frozen_encoder", tags=False),
            Variant("no_renaming", words=("--renamed", "0")),
        ),
        SHORT_CATEGORIES,
    ),
    "closed": Experiment(
        (
            Variant("n1"), Variant("closed_form", config={"writes": LEAST_SQUARES}), Variant("n2", 2),
            Variant("n1_as_many_numbers", config={"heads": 10}), Variant("n4", 4),
        ),
        SHORT_CATEGORIES, keeping=True,
    ),
}  # fmt: skip


def features_of(args: argparse.Namespace, variant: Variant) -> Path:
    """The features that a variant sees: all, or a folder of links to those of the frozen encoder."""
    if variant.tags:
        return Path(args.features)
    out = Path(args.out) / "frozen"
    for source in Path(args.features).glob("*/*.*"):
        if source.name != "tags.npy":
            link = out / source.parent.name / source.name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(source.resolve())
    return out


def train(args: argparse.Namespace, experiment: Experiment, variant: Variant) -> Path:
    """Train one variant unless it is there; its checkpoint."""
    out: Path = args.out / variant.name
    finished = out / "finished"
    if not finished.exists():
        command = [
            sys.executable, "-m", "laboratory.fit.memory", "--features", str(features_of(args, variant)),
            "--out", str(out), "--stages", f"{args.windows}x{variant.passes}:{FOREVER}", "--steps", str(args.steps),
            "--rate", str(args.rate), "--config", json.dumps(variant.config), "--seed", str(args.seed),
            *variant.words,
        ]  # fmt: skip
        command += ["--start", str(args.start)] if args.start else []
        command += ["--focus", *experiment.categories] if experiment.focus else []
        subprocess.run(command, check=True)
        finished.touch()
    return out / "checkpoint.pt"


def measured(
    args: argparse.Namespace, experiment: Experiment, variant: Variant, checkpoint: Path
) -> dict[str, Any]:
    """Exact match and F1, percent, over the held-out questions of all stores, and by category."""
    encoder, pieces = Encoder(), WordPieces()
    saved = torch.load(checkpoint, weights_only=True)
    model = model_of(ModelConfig(**saved["config"]), encoder.words_NE)
    model.load_state_dict(saved["model"])
    model.eval()
    encode, features = QuestionEncoder(pieces, encoder), features_of(args, variant)
    made = {
        "steps": saved["step"],
        "train_s": round(saved["spent"], 1),
        "state_numbers": model.blank_state().numel(),
    }
    if experiment.keeping:
        asked = batches(Store(features / "base"), encode, args.windows)
        return figures(*kept(model, asked, pieces, variant.passes)) | made
    rows: dict[str, list[tuple[float, float, float]]] = {}
    stores = sorted(features.glob(experiment.stores)) if experiment.stores else []
    for folder in [features / "base", *stores]:
        scores = evaluate(
            model,
            encode,
            pieces,
            Store(folder),
            args.windows,
            variant.passes,
            categories=experiment.categories,
        )
        for category in experiment.categories:
            rows.setdefault(category, []).extend(scores.get(category, []))
    every = [row for values in rows.values() for row in values]
    return {
        "em": _percent(every, 0),
        "f1": _percent(every, 1),
        "n": len(every),
        "by_category": {c: {"em": _percent(v, 0), "n": len(v)} for c, v in rows.items() if v},
    } | made


def _percent(rows: Sequence[tuple[float, float, float]], part: int) -> float:
    return round(100 * sum(row[part] for row in rows) / len(rows), 2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("experiment", choices=sorted(EXPERIMENTS))
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights that every variant starts from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=250)
    parser.add_argument("--windows", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1, help="how many, from --seed on")
    parser.add_argument("--only", nargs="*", help="names of variants")
    args = parser.parse_args()
    torch.set_num_threads(1)
    experiment = EXPERIMENTS[args.experiment]
    results: dict[str, Any] = json.loads(args.results.read_text()) if args.results.exists() else {}
    results["command"] = "python -m " + " ".join([str(__spec__.name), *sys.argv[1:]])
    results["machine"] = machine()
    for seed in range(args.seed, args.seed + args.seeds):
        apart = {"seed": seed, "out": args.out / f"seed{seed}"} if args.seeds > 1 else {}
        seeded = argparse.Namespace(**vars(args) | apart)
        of_seed = results.setdefault(f"seed{seed}", {}) if args.seeds > 1 else results
        for variant in experiment.variants:
            if args.only is None or variant.name in args.only:
                began = time.monotonic()
                of_seed[variant.name] = measured(
                    seeded, experiment, variant, train(seeded, experiment, variant)
                )
                print(variant.name, of_seed[variant.name], round(time.monotonic() - began), "s", flush=True)
                with write_atomically(args.results) as handle:
                    handle.write(json.dumps(results, indent=2).encode() + b"\n")


if __name__ == "__main__":
    main()
