"""Train the tagger: which tokens of a contract belong to a clause of each category, each seen with its context.

`python -m laboratory.fit.tagger --contracts FILE --out FILE.safetensors --steps N [--start FILE] [--half H]`

All layers of a small encoder learn, from those of `--start` (a shipped reader, say) or as the encoder has them. Half
of the segments of a step hold a labelled clause, rare categories more often than they stand there; half are drawn by
chance. With `--half` only contracts of one half are learned from, so that those of the other can be tagged as
contracts that the tagger has never seen (see `fit.extents`); it should start from no reader, which has read them all.
What is written is the average of the weights as they went. The run is resumable: `<out>.checkpoint` is written
atomically. Progress goes to `<out>.jsonl`.

Shape suffixes: S segments, T tokens of a segment, L categories.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor

from consolidation.files import write_atomically
from consolidation.parts.encoder import Encoder, WordPieces, encoder_folder
from consolidation.parts.tagger import CATEGORIES
from consolidation.parts.transformer import CLS, PASSAGE, SEP, Transformer, dequantised, from_bert
from laboratory.data.facts import half_of, held_out, load_contracts
from laboratory.fit.encoder import losses
from laboratory.reading.fitting import Log, half_precision, new_model, save_shipped

#: Tokens of a segment, without the special ones; segments of a step.
SEGMENT, SIZE = 254, 24
RATE, OUTPUT_RATE, WARM_UP, LAST_RATE, CLIP, DECAY = 2e-4, 2e-3, 0.05, 0.02, 1.0, 0.01
WINDOW_WEIGHT = 0.02
#: Tokens of a clause that stand in a segment which it is drawn for, at least.
PART = 16
#: A category that is labelled n times is drawn n to this power as often, over n.
RARE = -0.3
#: Bias of the outputs at first: hardly any token belongs to anything.
UNLIKELY = -5.0
#: Share of a new value in the average of the weights, at least.
AVERAGED = 0.004
SHOWN, SAVE_SECONDS = 50, 120.0


@dataclass(frozen=True)
class Tokens:
    """A contract's word pieces and its labelled token ranges (start, end, category)."""

    ids: NDArray[np.int64]
    spans: tuple[tuple[int, int, int], ...]


def read_tokens(path: Path, half: int | None) -> list[Tokens]:
    """The labelled training contracts, or a half of them."""
    pieces, found = WordPieces(), []
    for contract in load_contracts(path):
        if held_out(contract.id) or not contract.clauses or half not in (None, half_of(contract.id)):
            continue
        ids, offsets = pieces.encode(contract.text)
        starts, ends = [o[0] for o in offsets], [o[1] for o in offsets]
        spans = tuple(
            (bisect_right(ends, low), bisect_left(starts, high), CATEGORIES.index(category))
            for category, places in contract.clauses.items()
            for low, high in places
        )
        kept = tuple((low, high, category) for low, high, category in spans if high > low)
        found.append(Tokens(np.array(ids, np.int64), kept))
    return found


class Segments:
    """Segments of contracts, drawn by what stands in them and by chance."""

    def __init__(self, contracts: Sequence[Tokens], seed: int) -> None:
        self.contracts, self.dice = contracts, random.Random(seed)
        self.spans = [(row, span) for row, one in enumerate(contracts) for span in one.spans]
        often = Counter(category for _, (_, _, category) in self.spans)
        self.weights = [often[category] ** RARE for _, (_, _, category) in self.spans]
        self.sizes = [len(one.ids) for one in contracts]

    def draw(self, count: int) -> list[tuple[int, int]]:
        """Contracts and first tokens of segments, every other one with a labelled clause in it."""
        rows = list[tuple[int, int]]()
        for number in range(count):
            if number % 2:
                row = self.dice.choices(range(len(self.sizes)), self.sizes)[0]
                first = self.dice.randint(0, max(0, self.sizes[row] - SEGMENT // 2))
            else:
                row, (low, high, _) = self.dice.choices(self.spans, self.weights)[0]
                first = self._around(low, high)
            rows.append((row, max(0, min(first, self.sizes[row] - SEGMENT))))
        return rows

    def _around(self, low: int, high: int) -> int:
        """Where a segment begins that holds a clause or a part of it."""
        return self.dice.randint(max(0, low - SEGMENT + PART), max(low, high - PART))

    def tensors(self, rows: Sequence[tuple[int, int]]) -> tuple[Tensor, Tensor, Tensor]:
        """Word pieces and mask `[S, T]`, and targets `[S, T, L]`."""
        ids_ST = torch.zeros(len(rows), SEGMENT + 2, dtype=torch.long)
        mask_ST = torch.zeros_like(ids_ST, dtype=torch.bool)
        target_STL = torch.zeros(*ids_ST.shape, len(CATEGORIES))
        for at, (row, first) in enumerate(rows):
            ids = self.contracts[row].ids[first : first + SEGMENT]
            ids_ST[at, 0], ids_ST[at, len(ids) + 1] = CLS, SEP
            ids_ST[at, 1 : len(ids) + 1] = torch.from_numpy(ids)
            mask_ST[at, : len(ids) + 2] = True
            for low, high, category in self.contracts[row].spans:
                a, b = max(low - first, 0), min(high - first, len(ids))
                if b > a:
                    target_STL[at, a + 1 : b + 1, category] = 1
        return ids_ST, mask_ST, target_STL


class Trainer:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.device = args, torch.device(args.device)
        self.segments = Segments(read_tokens(args.contracts, args.half), args.seed)
        self.words_NE = Encoder(device=self.device).word_embeddings_NE.detach()
        begun = (
            dequantised(load_file(args.start))
            if args.start
            else from_bert(load_file(encoder_folder() / "model.safetensors"))
        )
        start = {name: tensor for name, tensor in begun.items() if not name.startswith("token_outputs")}
        self.model = new_model("tagger", start, self.device, dropout=0.0).train()
        torch.nn.init.constant_(self.model.token_outputs.bias, UNLIKELY)
        outputs = list(self.model.token_outputs.parameters())
        layers = [p for n, p in self.model.named_parameters() if not n.startswith("token_outputs")]
        self.optimiser = torch.optim.AdamW(
            [{"params": layers, "highest": RATE}, {"params": outputs, "highest": OUTPUT_RATE}],
            betas=(0.9, 0.98),
            weight_decay=DECAY,
        )
        self.weights = [*layers, *outputs]
        self.average = [p.detach().clone() for p in self.weights]
        self.step, self.checkpoint = 0, args.out.with_suffix(".checkpoint")
        if self.checkpoint.exists():
            self.resume()

    def resume(self) -> None:
        """Go on from the checkpoint."""
        kept = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.model.load_state_dict(kept["model"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.average, self.step = kept["average"], kept["step"]
        self.segments.dice.seed(self.args.seed + self.step)

    def save(self) -> None:
        content = {
            "model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(),
            "average": self.average, "step": self.step,
        }  # fmt: skip
        with write_atomically(self.checkpoint) as handle:
            torch.save(content, handle)

    def update(self) -> float:
        """One step; the loss of its tokens."""
        done = self.step / self.args.steps
        for group in self.optimiser.param_groups:
            group["lr"] = group["highest"] * min(1.0, done / WARM_UP + LAST_RATE) * max(LAST_RATE, 1 - done)
        ids, mask, target = (
            tensor.to(self.device) for tensor in self.segments.tensors(self.segments.draw(self.args.size))
        )
        with half_precision(self.device):
            logits = self.model.tag(F.embedding(ids, self.words_NE), torch.full_like(ids, PASSAGE), mask)
        token, window = losses(logits, mask, target)
        self.optimiser.zero_grad(set_to_none=True)
        (token + WINDOW_WEIGHT * window).backward()
        torch.nn.utils.clip_grad_norm_(self.weights, CLIP)
        self.optimiser.step()
        self.step += 1
        share = max(AVERAGED, 1 / (self.step / 3 + 1))
        torch._foreach_lerp_(self.average, [p.detach() for p in self.weights], share)
        return float(token.detach())

    def run(self) -> Transformer:
        """Train to the end; the model then holds the average of its weights."""
        log, told, saved = Log(self.args.out.with_suffix(".jsonl")), list[float](), time.monotonic()
        while self.step < self.args.steps:
            told.append(self.update())
            if self.step % SHOWN == 0:
                log("tagger", step=self.step, loss=sum(told) / len(told))
                told.clear()
            if time.monotonic() - saved > SAVE_SECONDS:
                self.save()
                saved = time.monotonic()
        with torch.no_grad():
            for weight, kept in zip(self.weights, self.average, strict=True):
                weight.copy_(kept)
        return self.model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights of another purpose to begin from")
    parser.add_argument("--half", type=int, choices=(0, 1), help="learn from one half of the contracts")
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--size", type=int, default=SIZE, help="segments of a step")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(args)
    model = trainer.run()
    made_of = {"steps": args.steps, "half": args.half, "command": " ".join(sys.argv)}
    save_shipped(model, args.out, made_of)
    trainer.checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
