"""Train the embedded model: sleep over sampled windows, then cross-entropy on answer tokens only.

`python -m consolidation.training.train --features FOLDER --out FOLDER --stages STAGES`

Stages are `windows x passes : seconds` with commas between, as `4x1:500,16x1-2:900`; of passes `1-2` one is
drawn for each step. Swapped features that appear in the folder while training runs are picked up. The run is
resumable: `checkpoint.pt` is written atomically, progress goes to `log.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.encoder import Encoder, WordPieces
from consolidation.files import write_atomically
from consolidation.model import HybridModel, ModelConfig
from consolidation.training.batches import (
    Batch,
    Context,
    QuestionEncoder,
    Store,
    balance,
    choose,
    collate,
    examples_for,
)

DOCUMENTS, QUESTIONS, ABSENT = 8, 8, 0.25
LEARNING_RATE, WARM_UP, CLIP = 2e-3, 40, 1.0
COMMON, RANDOM = 1500, 1000
SAVE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Stage:
    windows: int
    passes: tuple[int, ...]
    seconds: float


def stages(text: str) -> list[Stage]:
    """Parse `4x1:900,8x2:600`."""
    out = []
    for part in text.split(","):
        shape, seconds = part.split(":")
        windows, passes = shape.split("x")
        choices = tuple(int(n) for n in passes.split("-"))
        out.append(Stage(int(windows), choices, float(seconds)))
    return out


class Sampler:
    """Random contexts from all prepared folders, swapped ones preferred as they appear."""

    def __init__(self, features: Path, seed: int) -> None:
        self.features, self.dice = features, random.Random(seed)
        self.base = Store(features / "base")
        self.swaps: dict[str, Store] = {}
        self.refresh()

    def refresh(self) -> None:
        """Open folders that have appeared since the last look."""
        for folder in sorted(self.features.glob("swap*")):
            if folder.name not in self.swaps:
                self.swaps[folder.name] = Store(folder)

    def contexts(self, count: int, windows: int) -> Iterator[Context]:
        dice = self.dice
        made = 0
        while made < count:
            swapped = bool(self.swaps) and windows <= 24 and dice.random() < 0.7
            store = self.swaps[dice.choice(sorted(self.swaps))] if swapped else self.base
            document = dice.choice(store.documents)
            if document["held_out"] or not document["facts"]:
                continue
            size = windows if dice.random() < 0.7 else dice.randint(max(1, windows // 4), windows)
            chosen = choose(store, document, size, dice, drop=0.2)
            examples = examples_for(store, document, chosen, dice, absent=True, training=True)
            if not examples:
                continue
            position = {w: document["first"] + i for i, w in enumerate(document["windows"])}
            yield Context(store, [position[w] for w in chosen], balance(examples, QUESTIONS, ABSENT, dice))
            made += 1


def candidate_words(batch: Batch, common: Tensor, generator: torch.Generator, vocabulary: int) -> Tensor:
    """Sampled softmax: tokens of the windows and answers, common tokens and random ones, sorted, unique."""
    answers = batch.answer_QA[batch.answer_QA >= 0]
    noise = torch.randint(0, vocabulary, (RANDOM,), generator=generator)
    return torch.cat([batch.ids_BWT.flatten(), answers, common, noise]).unique()


def losses(model: HybridModel, batch: Batch, passes: int, words: Tensor) -> tuple[Tensor, Tensor]:
    """Cross-entropy of answer tokens and binary cross-entropy of presence."""
    blank = model.blank_state(len(batch.ids_BWT))
    state = model.sleep(batch.ids_BWT, batch.features_BWTF, batch.mask_BWT, blank, passes)
    context = model.question_context(batch.question_ids_QC, batch.question_features_QCF)
    fed = batch.answer_QA[:, :-1].clamp(min=0)
    y, present = model.decode(context, batch.question_mask_QC, fed, state[batch.document_Q])
    known = batch.answer_QA >= 0
    targets = torch.searchsorted(words, batch.answer_QA[known])
    answer_loss = F.cross_entropy(model.logits(y[known], words), targets)
    has = known.any(1).float()
    return answer_loss, F.binary_cross_entropy_with_logits(present, has)


def common_words(store: Store, vocabulary: int) -> Tensor:
    counts = torch.bincount(torch.from_numpy(store.ids.astype("int64")).flatten(), minlength=vocabulary)
    return counts.topk(COMMON).indices


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stages", type=stages, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights to start from")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder = Encoder()
    model = HybridModel(ModelConfig(), encoder.word_embeddings_NE)
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=True)["model"])
    Trainer(model, QuestionEncoder(WordPieces(), encoder), args).run()


class Trainer:
    def __init__(self, model: HybridModel, encode: QuestionEncoder, args: argparse.Namespace) -> None:
        self.model, self.encode, self.args = model, encode, args
        self.sampler = Sampler(args.features, args.seed)
        self.generator = torch.Generator().manual_seed(args.seed)
        self.common = common_words(self.sampler.base, model.config.vocabulary)
        self.total = sum(stage.seconds for stage in args.stages)
        matrices = [p for p in model.parameters() if p.ndim > 1]
        others = [p for p in model.parameters() if p.ndim <= 1]
        groups = [{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, 0.97))
        self.step, self.spent = 0, 0.0
        self.checkpoint = args.out / "checkpoint.pt"
        if self.checkpoint.exists():
            self.resume()

    def resume(self) -> None:
        kept = torch.load(self.checkpoint, weights_only=True)
        self.model.load_state_dict(kept["model"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.step, self.spent = kept["step"], kept["spent"]
        self.sampler.dice.seed(self.args.seed + self.step)

    def save(self) -> None:
        content = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "spent": self.spent,
        }
        with write_atomically(self.checkpoint) as handle:
            torch.save(content, handle)

    def stage(self) -> Stage | None:
        """The stage that the time spent so far has reached; None at the end."""
        left = self.spent
        for stage in self.args.stages:
            if left < stage.seconds:
                return stage
            left -= stage.seconds
        return None

    def update(self, stage: Stage) -> dict[str, float]:
        """One optimiser step."""
        documents = max(2, DOCUMENTS * 8 // max(8, stage.windows))
        batch = collate(list(self.sampler.contexts(documents, stage.windows)), self.encode)
        words = candidate_words(batch, self.common, self.generator, self.model.config.vocabulary)
        passes = self.sampler.dice.choice(stage.passes)
        answer, present = losses(self.model, batch, passes, words)
        self.optimiser.zero_grad(set_to_none=True)
        (answer + 0.5 * present).backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        rate = LEARNING_RATE * min(1.0, (self.step + 1) / WARM_UP) * max(0.02, 1 - self.spent / self.total)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.step()
        return {
            "answer": answer.item(),
            "present": present.item(),
            "norm": norm.item(),
            "rate": rate,
            "passes": passes,
        }

    def run(self) -> None:
        saved = time.monotonic()
        with (self.args.out / "log.jsonl").open("a") as log:
            while (stage := self.stage()) is not None:
                began = time.monotonic()
                row = self.update(stage)
                self.step += 1
                self.spent += time.monotonic() - began
                row |= {"step": self.step, "spent": round(self.spent, 1), "windows": stage.windows}
                log.write(json.dumps(row) + "\n")
                if self.step % 20 == 0:
                    log.flush()
                    self.sampler.refresh()
                if time.monotonic() - saved > SAVE_SECONDS:
                    self.save()
                    saved = time.monotonic()
        self.save()


if __name__ == "__main__":
    main()
