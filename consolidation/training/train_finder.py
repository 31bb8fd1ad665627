"""Train the clause finder on the encoder's stored features, token by token.

`python -m consolidation.training.train_finder --features FOLDER --out FOLDER --seconds S`

A step takes windows with labelled tokens and as many without, of any training contracts. Progress goes to
`log.jsonl`; `finder.pt` is written at the end.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from consolidation.clauses import CATEGORIES, ClauseFinder
from consolidation.files import write_atomically
from consolidation.training.batches import Store
from consolidation.training.train_encoder import WINDOW_WEIGHT, Labels, labels_of, losses
from consolidation.windows import WINDOW_TOKENS

WINDOWS, RATE, WARM_UP, CLIP = 32, 1.5e-3, 60, 1.0


def batch(store: Store, labels: Labels, rows: list[int]) -> tuple[Tensor, Tensor, Tensor]:
    """Encoder features `[W, T, F]`, mask and targets `[W, T, L]` of some rows."""
    mask = torch.arange(WINDOW_TOKENS) < torch.from_numpy(store.lengths[rows].astype(np.int64))[:, None]
    target = torch.zeros(len(rows), WINDOW_TOKENS, len(CATEGORIES))
    for i, row in enumerate(rows):
        for start, end, category in labels.spans.get(row, ()):
            target[i, start:end, category] = 1.0
    return store.token_features(rows)[..., : -len(CATEGORIES)], mask, target


def train(finder: ClauseFinder, store: Store, seconds: float, seed: int, log: Path) -> None:
    labels, dice = labels_of(store, held_out=False), random.Random(seed)
    optimiser = torch.optim.AdamW(finder.parameters(), lr=RATE, weight_decay=0.05, betas=(0.9, 0.98))
    pool: list[list[int]] = []
    began, step = time.monotonic(), 0
    with log.open("a") as out:
        while (spent := time.monotonic() - began) < seconds:
            if not pool:
                yes = list(labels.with_clause)
                mixed = yes + dice.sample(labels.without, min(len(yes), len(labels.without)))
                dice.shuffle(mixed)
                pool = [sorted(mixed[i : i + WINDOWS]) for i in range(0, len(mixed), WINDOWS)]
            features, mask, target = batch(store, labels, pool.pop())
            token, window = losses(finder(features, mask), mask, target)
            optimiser.zero_grad(set_to_none=True)
            (token + WINDOW_WEIGHT * window).backward()
            torch.nn.utils.clip_grad_norm_(finder.parameters(), CLIP)
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - spent / seconds)
            optimiser.step()
            step += 1
            row = {"finder": token.item(), "window": window.item(), "step": step, "spent": round(spent, 1)}
            out.write(json.dumps(row) + "\n")
            out.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=1200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    finder = ClauseFinder()
    train(finder, Store(args.features / "base"), args.seconds, args.seed, args.out / "log.jsonl")
    with write_atomically(args.out / "finder.pt") as handle:
        torch.save({"finder": finder.state_dict()}, handle)


if __name__ == "__main__":
    main()
