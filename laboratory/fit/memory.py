"""Train the embedded model: sleep over sampled windows, then cross-entropy on answer tokens only.

`python -m laboratory.fit.memory --features FOLDER --out FOLDER --stages STAGES`

Stages are `windows x passes : seconds` with commas between, as `4x1:500,16x1-2:900`; of passes `1-2` one is
drawn for each step. Swapped features that appear in the folder while training runs are picked up. A context is made
of windows that hold answers and of others, or is a stretch of a contract; some start from the state that another
document left, so that forgetting is learned. The run is resumable: `checkpoint.pt` is written atomically, progress
goes to `log.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

from consolidation.files import write_atomically
from consolidation.parts.embedded.codes import unpacked_codes
from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.model import HybridModel
from consolidation.parts.encoder import Encoder, WordPieces
from laboratory.data.batches import Batch, QuestionEncoder, collate, hidden_tags
from laboratory.data.examples import word_counts
from laboratory.data.renaming import Renamer
from laboratory.fit.closed_form import model_of
from laboratory.fit.sampling import RENAMED, Sampler

DOCUMENTS = 5
CARRIED = 0.1
WARM_UP, CLIP = 40, 1.0
COMMON, RANDOM = 1500, 1000
#: Questions are decoded in this many groups of similar answer length, against padding.
BUCKETS = 4
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


def candidate_words(batch: Batch, common: Tensor, generator: torch.Generator, vocabulary: int) -> Tensor:
    """Sampled softmax: tokens of the windows and answers, common tokens and random ones, sorted, unique."""
    answers = batch.answer_QA[batch.answer_QA >= 0]
    noise = torch.randint(0, vocabulary, (RANDOM,), generator=generator)
    return torch.cat([batch.ids_BWT.flatten(), answers, common, noise]).unique()


def losses(
    model: HybridModel, batch: Batch, passes: int, words: Tensor, before_BHVK: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Cross-entropy of answer tokens, of presence, mean strength of idle writes, and the states that were left."""
    strengths: list[Tensor] = []
    features = hidden_tags(batch.features_BWTF, model.config.tags)
    state = model.sleep(batch.ids_BWT, features, batch.mask_BWT, before_BHVK, passes, strengths)
    idle = (batch.mask_BWT & ~batch.wanted_BWT).flatten(0, 1)
    writing = torch.cat(strengths).mean(1)[idle].mean() if strengths else state.new_zeros(())
    lengths = (batch.answer_QA >= 0).sum(1)
    # a long answer counts more than a short one, but not by all of its tokens
    weights = lengths.clamp(min=1).float().rsqrt()
    answer_loss = present_loss = state.new_zeros(())
    for rows in lengths.argsort().chunk(BUCKETS):
        width = max(1, int(lengths[rows].max()))
        answers, mask = batch.answer_QA[rows, :width], batch.question_mask_QC[rows]
        context = model.question_context(batch.question_ids_QC[rows], batch.question_features_QCF[rows])
        fed = answers[:, :-1].clamp(min=0)
        y, present = model.decode(context, mask, fed, state[batch.document_Q[rows]])
        known = answers >= 0
        targets = torch.searchsorted(words, answers[known])
        each = F.cross_entropy(model.logits(y[known], words), targets, reduction="none")
        answer_loss = answer_loss + (each * weights[rows].unsqueeze(1).expand_as(known)[known]).sum()
        has = known.any(1).float()
        present_loss = present_loss + F.binary_cross_entropy_with_logits(present, has, reduction="sum")
    count = (lengths * weights).sum().clamp(min=1)
    return answer_loss / count, present_loss / len(lengths), writing, state.detach()


def started(model: HybridModel, path: Path) -> None:
    """Load weights from a checkpoint or a shipped file into a model that may have more parts.

    New columns of a matrix are zero and new tensors keep their initialisation, so that the model starts as the one
    that is loaded wherever new parts do nothing at first.
    """
    if path.suffix == ".safetensors":
        tensors = load_file(path)
        kept = {k.removeprefix("model."): v for k, v in tensors.items() if k.startswith("model.")}
        model.codes_NX.copy_(unpacked_codes(tensors["codes"]))
    else:
        kept = torch.load(path, weights_only=True)["model"]
    own = model.state_dict()
    for name, tensor in kept.items():
        if own[name].shape != tensor.shape:
            own[name].zero_()
        own[name][tuple(slice(n) for n in tensor.shape)] = tensor.float()
    model.load_state_dict(own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stages", type=stages, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights to start from: a checkpoint or shipped weights")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument(
        "--decay-from", type=float, default=0.0, help="share of the time after which it falls"
    )
    parser.add_argument("--config", type=json.loads, default={}, help="JSON that changes ModelConfig")
    parser.add_argument(
        "--renamed", type=float, default=RENAMED, help="share of contexts with renamed tokens"
    )
    parser.add_argument("--idle", type=float, default=0.05, help="weight of writes that no question asks for")
    parser.add_argument("--checkpointing", action="store_true", help="less memory, more time")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--focus", nargs="*", default=(), help="categories to train for above others")
    parser.add_argument("--steps", type=int, help="stop after so many steps, whatever the time")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder = Encoder()
    model = model_of(ModelConfig(**args.config), encoder.words_NE)
    if args.start:
        started(model, args.start)
    model.checkpointing = args.checkpointing
    model.to(args.device)
    Trainer(model, QuestionEncoder(WordPieces(), encoder), args).run()


class Trainer:
    def __init__(self, model: HybridModel, encode: QuestionEncoder, args: argparse.Namespace) -> None:
        self.model, self.encode, self.args = model, encode, args
        self.sampler = Sampler(args.features, args.seed, args.focus, args.renamed)
        self.generator = torch.Generator().manual_seed(args.seed)
        counts = word_counts(self.sampler.base, model.config.vocabulary)
        self.common, self.renamer = counts.topk(COMMON).indices, Renamer(WordPieces(), counts)
        self.total = sum(stage.seconds for stage in args.stages)
        matrices = [p for p in model.parameters() if p.ndim > 1]
        others = [p for p in model.parameters() if p.ndim <= 1]
        groups = [{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=args.rate, betas=(0.9, 0.97))
        self.step, self.spent = 0, 0.0
        self.left: Tensor | None = None
        self.checkpoint = args.out / "checkpoint.pt"
        if self.checkpoint.exists():
            self.resume()

    def resume(self) -> None:
        kept = torch.load(self.checkpoint, weights_only=True, map_location=self.args.device)
        self.model.load_state_dict(kept["model"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.step, self.spent = kept["step"], kept["spent"]
        self.sampler.dice.seed(self.args.seed + self.step)

    def save(self) -> None:
        content = {
            "model": self.model.state_dict(),
            "config": self.model.config.to_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "spent": self.spent,
        }
        with write_atomically(self.checkpoint) as handle:
            torch.save(content, handle)

    def stage(self) -> Stage | None:
        """The stage that the time spent so far has reached; None at the end."""
        if self.args.steps and self.step >= self.args.steps:
            return None
        left = self.spent
        for stage in self.args.stages:
            if left < stage.seconds:
                return stage
            left -= stage.seconds
        return None

    def update(self, stage: Stage) -> dict[str, float]:
        """One optimiser step."""
        documents = max(2, DOCUMENTS * 8 // max(8, stage.windows))
        contexts = list(self.sampler.contexts(documents, stage.windows))
        batch = collate(contexts, self.encode)
        batch = self.renamer.renamed(batch, [c.renamed for c in contexts], self.generator)
        words = candidate_words(batch, self.common, self.generator, self.model.config.vocabulary)
        batch, words = batch.to(self.args.device), words.to(self.args.device)
        passes = self.sampler.dice.choice(stage.passes)
        before = self.model.blank_state(documents)
        if self.left is not None and len(self.left) == documents and self.sampler.dice.random() < CARRIED:
            before = self.left.roll(1, dims=0)
        answer, present, writing, self.left = losses(self.model, batch, passes, words, before)
        self.optimiser.zero_grad(set_to_none=True)
        (answer + 0.5 * present + self.args.idle * writing).backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        done = self.step / self.args.steps if self.args.steps else self.spent / self.total
        late = max(0.0, done - self.args.decay_from) / (1 - self.args.decay_from)
        rate = self.args.rate * min(1.0, (self.step + 1) / WARM_UP) * max(0.02, 1 - late)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.step()
        return {
            "answer": answer.item(),
            "present": present.item(),
            "idle_writes": writing.item(),
            "norm": norm.item(),
            "rate": rate,
            "passes": passes,
        }

    def run(self) -> None:
        saved = time.monotonic()
        # NB: by the line, for a run that is killed would go on behind half of one
        with (self.args.out / "log.jsonl").open("a", buffering=1) as log:
            while (stage := self.stage()) is not None:
                began = time.monotonic()
                row = self.update(stage)
                self.step += 1
                self.spent += time.monotonic() - began
                row |= {"step": self.step, "spent": round(self.spent, 1), "windows": stage.windows}
                log.write(json.dumps(row) + "\n")
                if self.step % 20 == 0:
                    self.sampler.refresh()
                if time.monotonic() - saved > SAVE_SECONDS:
                    self.save()
                    saved = time.monotonic()
        self.save()


if __name__ == "__main__":
    main()
