"""Tune a copy of the encoder's upper layers to mark the clauses of 41 categories, token by token.

`python -m laboratory.fit.encoder --features FOLDER --out FOLDER --seconds S [--half H] [--windows W]
[--device D]`

With `--half` only contracts of one half are learned from, so that those of the other can be tagged as contracts that
the layers have never seen (see `prepare`). Starts from the stored features of the layer below, so that the frozen
layers are never run again; a card holds them all, and computes in bfloat16. A step takes windows with labelled tokens
and as many without, of any training contracts.
The run is resumable: `checkpoint.pt` is written atomically, progress goes to `log.jsonl`; `encoder.pt` at the end
holds the tuned layers and the tagger.

Shape suffixes: W windows, T tokens, E encoder width, L categories.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.files import write_atomically
from consolidation.parts.encoder import FEATURE_LAYERS, TUNED_FROM, Encoder, TunedLayers
from consolidation.parts.tagger import CATEGORIES, ClauseTagger
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data.examples import Store
from laboratory.data.facts import half_of
from laboratory.fit.limit import Limit

WINDOWS = 24
#: Rows that are taken to the device at once.
MOVED = 2048
RATE_LAYERS, RATE_TAGGER, WARM_UP, CLIP = 2e-4, 1e-3, 60, 1.0
WINDOW_WEIGHT = 0.02
SAVE_SECONDS = 60.0
#: Where the layer below the tuned ones stands among the stored features.
FEATURE_OFFSET = FEATURE_LAYERS.index(TUNED_FROM)


@dataclass(frozen=True, slots=True)
class Labels:
    """Labelled token ranges by row of the store: (start, end, category)."""

    spans: dict[int, list[tuple[int, int, int]]]
    with_clause: list[int]
    without: list[int]


def labels_of(store: Store, *, held_out: bool, half: int | None = None) -> Labels:
    """Token labels of the windows of labelled contracts of one split, or of a half of it."""
    spans: dict[int, list[tuple[int, int, int]]] = {}
    rows: list[int] = []
    for document in store.documents:
        if document["held_out"] != held_out or not document["clauses"]:
            continue
        if half is not None and half_of(document["id"]) != half:
            continue
        row_of = {w: document["first"] + i for i, w in enumerate(document["windows"])}
        rows += row_of.values()
        for category, places in document["clauses"].items():
            for start, end in places:
                for window in range(start // WINDOW_TOKENS, max(start, end - 1) // WINDOW_TOKENS + 1):
                    if window in row_of:
                        low = window * WINDOW_TOKENS
                        span = (
                            max(start - low, 0),
                            min(end - low, WINDOW_TOKENS),
                            CATEGORIES.index(category),
                        )
                        spans.setdefault(row_of[window], []).append(span)
    return Labels(spans, sorted(spans), [r for r in rows if r not in spans])


class Batches:
    """Windows of a store on a device: a card holds the lower features of all, a processor reads them when asked."""

    def __init__(self, store: Store, width: int, device: torch.device) -> None:
        self.store, self.width, self.device = store, width, device
        self.held: Tensor | None = None
        if device.type == "cuda":
            shape = (len(store.lengths), WINDOW_TOKENS, width)
            self.held = torch.empty(shape, dtype=torch.float16, device=device)
            for i in range(0, len(self.held), MOVED):
                self.held[i : i + MOVED] = torch.from_numpy(self._stored(slice(i, i + MOVED)))

    def _stored(self, rows: slice | list[int]) -> Any:
        """Lower features of some rows as they are stored, in memory of their own."""
        at = FEATURE_OFFSET * self.width
        return np.array(self.store.features[rows, :, at : at + self.width])

    def of(self, labels: Labels, rows: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        """Lower features `[W, T, E]`, mask and targets `[W, T, L]` of some rows."""
        if self.held is None:
            lower = torch.from_numpy(self._stored(rows))
        else:
            lower = self.held[torch.tensor(rows, device=self.device)]
        lengths = torch.from_numpy(self.store.lengths[rows].astype(np.int64)).to(self.device)
        mask = torch.arange(WINDOW_TOKENS, device=self.device) < lengths[:, None]
        target = np.zeros((len(rows), WINDOW_TOKENS, len(CATEGORIES)), np.bool_)
        for i, row in enumerate(rows):
            for start, end, category in labels.spans.get(row, ()):
                target[i, start:end, category] = True
        return lower.float(), mask, torch.from_numpy(target).to(self.device).float()


def logits_of(tuned: TunedLayers, tagger: ClauseTagger, lower_WTE: Tensor, mask_WT: Tensor) -> Tensor:
    """The tagger's logits `[W, T, L]`; on a card the layers compute in bfloat16."""
    with torch.autocast("cuda", torch.bfloat16, enabled=lower_WTE.is_cuda):
        return tagger(tuned(lower_WTE, mask_WT), mask_WT).float()


def losses(logits_WTL: Tensor, mask_WT: Tensor, target_WTL: Tensor) -> tuple[Tensor, Tensor]:
    """Binary cross-entropy of tokens, summed over categories, and of windows through their likeliest tokens."""
    token = F.binary_cross_entropy_with_logits(logits_WTL, target_WTL, reduction="none").sum(-1)
    best = logits_WTL.masked_fill(~mask_WT.unsqueeze(-1), -1e4).amax(1)
    window = F.binary_cross_entropy_with_logits(best, target_WTL.amax(1), reduction="none").sum(-1)
    return token[mask_WT].mean(), window.mean()


@torch.inference_mode()
def window_auroc(
    tuned: TunedLayers, tagger: ClauseTagger, batches: Batches, labels: Labels, count: int = 600
) -> float:
    """How well the best token of a held-out window ranks the windows of a category, averaged over categories."""
    dice = random.Random(0)
    rows = sorted(dice.sample(labels.with_clause, min(count, len(labels.with_clause))))
    rows += sorted(dice.sample(labels.without, min(count // 2, len(labels.without))))
    best, truth = [], []
    for i in range(0, len(rows), 48):
        lower, mask, target = batches.of(labels, rows[i : i + 48])
        logits = logits_of(tuned, tagger, lower, mask)
        best.append(logits.masked_fill(~mask.unsqueeze(-1), -1e4).amax(1))
        truth.append(target.amax(1) > 0)
    scores, has = torch.cat(best), torch.cat(truth)
    values = []
    for c in range(len(CATEGORIES)):
        yes, no = scores[has[:, c], c], scores[~has[:, c], c]
        if len(yes) and len(no):
            values.append(float((yes[:, None] > no[None, :]).float().mean()))
    return 100 * sum(values) / len(values)


class Trainer:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.device = torch.device(args.device)
        store = Store(args.features / "base")
        self.labels = labels_of(store, held_out=False, half=args.half)
        self.held = labels_of(store, held_out=True)
        encoder = Encoder()
        self.batches = Batches(store, encoder.width, self.device)
        self.tuned = TunedLayers(encoder).to(self.device)
        self.tagger = ClauseTagger(encoder.width).to(self.device)
        if args.start:
            self.load(args.start)
        self.groups = [
            {"params": list(self.tuned.parameters()), "lr": RATE_LAYERS, "weight_decay": 0.01},
            {"params": list(self.tagger.parameters()), "lr": RATE_TAGGER, "weight_decay": 0.05},
        ]
        self.optimiser = torch.optim.AdamW(self.groups, betas=(0.9, 0.98))
        self.dice = random.Random(args.seed)
        self.step, self.spent = 0, 0.0
        self.pool: list[list[int]] = []
        self.checkpoint = args.out / "checkpoint.pt"
        if self.checkpoint.exists():
            kept = self.load(self.checkpoint)
            self.optimiser.load_state_dict(kept["optimiser"])
            self.step, self.spent = kept["step"], kept["spent"]
            self.dice.seed(args.seed + self.step)

    def load(self, path: Path) -> dict[str, Any]:
        """Take layers and tagger from a file into use; all that it holds."""
        kept: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
        self.tuned.load_state_dict(kept["tuned"])
        self.tagger.load_state_dict(kept["tagger"])
        return kept

    def save(self) -> None:
        content = {
            "tuned": self.tuned.state_dict(), "tagger": self.tagger.state_dict(),
            "optimiser": self.optimiser.state_dict(), "step": self.step, "spent": self.spent,
        }  # fmt: skip
        with write_atomically(self.checkpoint) as handle:
            torch.save(content, handle)

    def rows(self) -> list[int]:
        """The next rows of an epoch over all windows with clauses and as many without."""
        if not self.pool:
            yes = list(self.labels.with_clause)
            no = self.dice.sample(self.labels.without, min(len(yes), len(self.labels.without)))
            mixed = yes + no
            self.dice.shuffle(mixed)
            count = self.args.windows
            self.pool = [sorted(mixed[i : i + count]) for i in range(0, len(mixed), count)]
        return self.pool.pop()

    def update(self) -> dict[str, Any]:
        lower, mask, target = self.batches.of(self.labels, self.rows())
        token, window = losses(logits_of(self.tuned, self.tagger, lower, mask), mask, target)
        self.optimiser.zero_grad(set_to_none=True)
        (token + WINDOW_WEIGHT * window).backward()
        torch.nn.utils.clip_grad_norm_([p for g in self.optimiser.param_groups for p in g["params"]], CLIP)
        share = min(1.0, (self.step + 1) / WARM_UP) * max(0.02, 1 - self.done)
        for group, rate in zip(self.optimiser.param_groups, (RATE_LAYERS, RATE_TAGGER), strict=True):
            group["lr"] = rate * share
        self.optimiser.step()
        return {"tagger": token.item(), "window": window.item(), "rate": RATE_LAYERS * share}

    @property
    def done(self) -> float:
        """The share of the training that is done."""
        return Limit(self.args.seconds, self.args.steps).done(self.step, self.spent)

    def learning(self, on: bool) -> None:
        """Dropout on or off."""
        self.tuned.train(on)
        self.tagger.train(on)

    def run(self) -> None:
        self.learning(True)
        saved = time.monotonic()
        with (self.args.out / "log.jsonl").open("a") as log:
            while self.done < 1:
                began = time.monotonic()
                row = self.update()
                self.step += 1
                self.spent += time.monotonic() - began
                row |= {"step": self.step, "spent": round(self.spent, 1)}
                if self.step % 400 == 0:
                    self.learning(False)
                    row["held_out_window_auroc"] = window_auroc(
                        self.tuned, self.tagger, self.batches, self.held
                    )
                    self.learning(True)
                log.write(json.dumps(row) + "\n")
                log.flush()
                if time.monotonic() - saved > SAVE_SECONDS:
                    self.save()
                    saved = time.monotonic()
        self.save()
        with write_atomically(self.args.out / "encoder.pt") as handle:
            torch.save({"tuned": self.tuned.state_dict(), "tagger": self.tagger.state_dict()}, handle)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=2400)
    parser.add_argument("--steps", type=int, help="so many steps, whatever time they take")
    parser.add_argument("--start", type=Path, help="layers to go on from, as this command writes them")
    parser.add_argument("--half", type=int, choices=(0, 1), help="learn from one half of the contracts")
    parser.add_argument("--windows", type=int, default=WINDOWS, help="windows of a step")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    Trainer(args).run()


if __name__ == "__main__":
    main()
