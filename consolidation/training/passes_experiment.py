"""Do passes pay? One model trained with N = 1, 2, 4, and deeper with N = 1, on answers that need several facts.

`python -m consolidation.training.passes_experiment --features FOLDER --start WEIGHTS --out FOLDER --results FILE`

Every variant starts from the same weights, takes the same number of steps over the same questions and is asked the
same held-out ones. `deep2` and `deep4` have as many layers of attention and MLP as N = 2 and 4 have passes, so that
they cost about as much to train and to consolidate. Finished variants are kept, so that the run can be resumed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import torch

from consolidation.encoder import WordPieces
from consolidation.files import write_atomically
from consolidation.model import HybridModel, ModelConfig
from consolidation.training.batches import QuestionEncoder, Store, tuned_encoder
from consolidation.training.computed import COMPUTED_CATEGORIES
from consolidation.training.evaluate import evaluate

#: Name, passes, layers before a write.
VARIANTS = (("n1", 1, 1), ("n2", 2, 1), ("deep2", 1, 2), ("n4", 4, 1), ("deep4", 1, 4))
FOREVER = 10**6


def train(args: argparse.Namespace, name: str, passes: int, depth: int) -> Path:
    """Train one variant unless it is there; its checkpoint."""
    out: Path = args.out / name
    finished = out / "finished"
    if not finished.exists():
        command = [
            sys.executable, "-m", "consolidation.training.train", "--features", str(args.features), "--out", str(out),
            "--start", str(args.start), "--stages", f"{args.windows}x{passes}:{FOREVER}", "--steps", str(args.steps),
            "--rate", str(args.rate), "--config", json.dumps({"depth": depth}), "--seed", str(args.seed),
            "--focus", *COMPUTED_CATEGORIES,
        ]  # fmt: skip
        command += ["--encoder", str(args.encoder)] if args.encoder else []
        subprocess.run(command, check=True)
        finished.touch()
    return out / "checkpoint.pt"


def measured(args: argparse.Namespace, checkpoint: Path, passes: int) -> dict[str, Any]:
    """Exact match, percent, over the held-out computed questions of all stores, and by category."""
    encoder, pieces = tuned_encoder(args.encoder), WordPieces()
    kept = torch.load(checkpoint, weights_only=True)
    model = HybridModel(ModelConfig(**kept["config"]), encoder.word_embeddings_NE)
    model.load_state_dict(kept["model"])
    model.eval()
    encode = QuestionEncoder(pieces, encoder)
    rows: dict[str, list[float]] = {}
    for folder in [args.features / "base", *sorted(args.features.glob("held*"))]:
        scores = evaluate(
            model, encode, pieces, Store(folder), args.windows, passes, categories=COMPUTED_CATEGORIES
        )
        for category in COMPUTED_CATEGORIES:
            rows.setdefault(category, []).extend(s[0] for s in scores.get(category, []))
    every = [value for values in rows.values() for value in values]
    return {
        "em": round(100 * sum(every) / len(every), 2),
        "n": len(every),
        "by_category": {
            c: {"em": round(100 * sum(v) / len(v), 1), "n": len(v)} for c, v in rows.items() if v
        },
        "steps": kept["step"],
        "train_s": round(kept["spent"], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=Path("benchmarks/results/passes.json"))
    parser.add_argument("--steps", type=int, default=250)
    parser.add_argument("--windows", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[name for name, _, _ in VARIANTS])
    args = parser.parse_args()
    torch.set_num_threads(1)
    results: dict[str, Any] = json.loads(args.results.read_text()) if args.results.exists() else {}
    results["command"] = "python -m " + " ".join([str(__spec__.name), *sys.argv[1:]])
    for name, passes, depth in VARIANTS:
        if name in args.only:
            began = time.monotonic()
            results[name] = measured(args, train(args, name, passes, depth), passes)
            print(name, results[name], round(time.monotonic() - began), "s", flush=True)
            with write_atomically(args.results) as handle:
                handle.write(json.dumps(results, indent=2).encode() + b"\n")


if __name__ == "__main__":
    main()
