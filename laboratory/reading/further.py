"""Going on from shipped weights: a reader, or a judge, trained further on questions that it has not seen.

`python -m laboratory.reading.further --data FOLDER --weights FOLDER --out FOLDER --purpose reader --seconds N`

`--data` is what `prepare` wrote, `--weights` holds what is shipped. The reader learns from all sources, written
questions most. The judge learns from what the shipped reader, which has not seen them, answers to written questions,
and from its answers to natural ones. One contract of ten is kept out, and both are measured on its written questions
before and after. What is written is an average of the weights before and after (Wortsman et al., arXiv 2109.01903):
the new ones alone forget what the new questions seldom ask for. Writes `<purpose>.safetensors` and `<purpose>.jsonl`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

from consolidation.parts.transformer import Purpose, Transformer, dequantised
from laboratory.reading.answering import Answers, answers_of, judge_loss, judged
from laboratory.reading.batches import HYPOTHESES, LABELS, MADE, NATURAL, WRITTEN, YES_NO, Arrays
from laboratory.reading.fitting import Log, fit, half_precision, new_model, save_shipped
from laboratory.reading.stages import (
    NEAREST,
    Facts,
    call,
    facts_of,
    nearest,
    new_near,
    passage_vectors,
    reading_loss,
)

RATES = {"reader": 8e-5, "judge": 6e-5}
#: How often each source is read, and answers to each are judged; passages of a group, one of which may answer.
READ = {WRITTEN: 0.6, NATURAL: 0.2, LABELS: 0.12, HYPOTHESES: 0.05, MADE: 0.03}
JUDGED = {WRITTEN: 0.7, NATURAL: 0.3}
GROUP = 2
#: Written questions of Yes and No are drawn so many times as often as others: they are learned slowest.
SIGNED = 2.0
#: Found passages that the reader answers from, for each question.
ANSWERED = 3
#: One contract of so many is measured.
KEPT_OUT = 10


def shipped(folder: Path, purpose: Purpose, device: torch.device, dropout: float = 0.0) -> Transformer:
    """A model as it is shipped."""
    start = dequantised(load_file(folder / f"{purpose}.safetensors"))
    return new_model(purpose, start, device, dropout)


def found_passages(arrays: Arrays, folder: Path, kept: Path, size: int) -> Tensor:
    """The passages `[F, NEAREST]` that the shipped retriever finds for asked facts; -1 for others and where fewer."""
    model = shipped(folder, "retriever", arrays.device).eval()
    if kept.exists():
        vectors = torch.load(kept)
    else:
        vectors = passage_vectors(model, arrays, size).float()
        torch.save(vectors, kept)
    asked = facts_of(arrays, sources=(NATURAL, WRITTEN), joined=True)
    found = torch.full((len(arrays.document), NEAREST), -1, device=arrays.device)
    found[asked] = nearest(model, arrays, asked, vectors.to(arrays.device), NEAREST, size)
    return found


def answered(arrays: Arrays, reader: Transformer, found: Tensor, size: int, most: int) -> Answers:
    """What a reader answers to `most` written and natural questions, from passages found and a right one."""
    keep = facts_of(arrays, sources=(NATURAL, WRITTEN), joined=True)
    keep = keep[torch.randperm(len(keep), device=arrays.device)[:most]]
    partly = (arrays.source[keep] == WRITTEN) & (arrays.positive.count(keep) == 0)
    near = arrays.near.first(keep, ANSWERED)
    passages = torch.where(partly[:, None], near, found[keep, :ANSWERED])
    extra = arrays.positive.first(keep, 1)
    valid = F.pad(passages >= 0, (0, 1), value=True)
    valid[:, -1] = (extra[:, 0] >= 0) & ~(extra == passages).any(1)
    passages = torch.cat([passages, extra], 1)
    at = valid.flatten().nonzero()[:, 0]
    facts, passages = keep[:, None].expand_as(passages).flatten()[at], passages.flatten()[at]
    parts = []
    for one, chosen in zip(facts.split(size), passages.split(size), strict=True):
        said = answers_of(reader, arrays, one, chosen, arrays.questions_of[one], second=True)
        unclear = (arrays.unclear.first(one, 48) == chosen[:, None]).any(1).repeat(2)
        parts.append(said.take((~unclear | said.right).nonzero()[:, 0]))
    return Answers.together(parts)


def kept_out(arrays: Arrays, facts: Tensor) -> Tensor:
    """Which facts are of a contract that is measured, not learned from."""
    return arrays.document[facts] % KEPT_OUT == 0


def signed(arrays: Arrays, facts: Tensor) -> Tensor:
    """How many times as often as others each fact is drawn."""
    often = (arrays.source[facts] == WRITTEN) & (arrays.kind[facts] == YES_NO)
    return torch.where(often, SIGNED, 1.0)


def auroc(yes: Tensor, no: Tensor) -> float:
    """The area under the curve of scores that should be high and of scores that should be low."""
    return float((yes[:, None] > no[None]).float().mean())


class Reading:
    """What a reader learns from, and how it is measured: each question read in one passage."""

    def __init__(self, arrays: Arrays, size: int) -> None:
        self.arrays, self.size = arrays, size
        every, written = facts_of(arrays), facts_of(arrays, sources=(WRITTEN,))
        measured = written[kept_out(arrays, written)]
        self.facts = Facts(arrays, every[~torch.isin(every, measured)], READ)
        self.facts.weights *= signed(arrays, self.facts.facts)
        right, near = arrays.positive.first(measured, 1)[:, 0], arrays.near.first(measured, 1)[:, 0]
        passages = torch.where(right >= 0, right, near)
        self.measured, self.passages = measured[passages >= 0], passages[passages >= 0]

    def loss(self, model: Transformer) -> Tensor:
        """The loss of new groups of passages."""
        return reading_loss(model, self.arrays, self.facts, self.size // GROUP, GROUP)

    def figures(self, model: Transformer) -> dict[str, float]:
        """How often polarities and values are right, and how well answers are told from none."""
        arrays, facts = self.arrays, self.measured
        parts = [
            answers_of(model, arrays, one, passages, arrays.questions_of[one], second=False)
            for one, passages in zip(
                facts.split(2 * self.size), self.passages.split(2 * self.size), strict=True
            )
        ]
        said, has = Answers.together(parts), arrays.positive.count(facts) > 0
        polar = arrays.kind[facts] == YES_NO
        return {
            "yes_no": float(said.right[has & polar].float().mean()),
            "values": float(said.right[has & ~polar].float().mean()),
            "answers_yes_no": auroc(said.answers[has & polar], said.answers[~has & polar]),
            "answers_values": auroc(said.answers[has & ~polar], said.answers[~has & ~polar]),
            "count": len(facts),
        }


class Judging:
    """What a judge learns from, and how it is measured: answers of a reader, right and wrong."""

    def __init__(self, arrays: Arrays, answers: Answers, size: int) -> None:
        self.arrays, self.size, self.answers = arrays, size, answers
        source, measured = arrays.source[answers.facts], kept_out(arrays, answers.facts)
        self.share = torch.zeros(len(answers.facts), device=arrays.device)
        for name, part in JUDGED.items():
            for right, weight in ((True, 0.4), (False, 0.6)):
                of = (source == name) & (answers.right == right) & ~measured
                self.share += of * part * weight / of.sum().clamp(min=1)
        self.share *= signed(arrays, answers.facts)
        self.measured = answers.take((measured & (source == WRITTEN)).nonzero()[:, 0])

    def loss(self, model: Transformer) -> Tensor:
        """The loss of answers drawn anew."""
        drawn = torch.multinomial(self.share, self.size, replacement=True)
        return judge_loss(model, self.arrays, self.answers, drawn)

    @torch.inference_mode()
    def figures(self, model: Transformer) -> dict[str, float]:
        """How well right answers are told from wrong ones."""
        arrays, some, odds = self.arrays, self.measured, []
        for part in torch.arange(len(some.facts), device=arrays.device).split(2 * self.size):
            one = some.take(part)
            with half_precision(arrays.device):
                sequences = judged(arrays, one, arrays.questions_of[one.facts])
                odds.append(call(model, "judge", arrays, sequences))
        scores, polar = torch.cat(odds), arrays.kind[some.facts] == YES_NO
        right = some.right
        return {
            "yes_no": auroc(scores[polar & right], scores[polar & ~right]),
            "values": auroc(scores[~polar & right], scores[~polar & ~right]),
            "count": len(scores),
        }


def train(args: argparse.Namespace) -> None:
    device, log = torch.device(args.device), Log(args.out / f"{args.purpose}.jsonl")
    arrays = Arrays(args.data, device)
    found = found_passages(arrays, args.weights, args.data / "vectors.pt", args.size * 4)
    new_near(arrays, found)
    log("start", facts=len(arrays.document), written=int((arrays.source == WRITTEN).sum()))
    course: Reading | Judging
    if args.purpose == "reader":
        course = Reading(arrays, args.size)
    else:
        reader = shipped(args.weights, "reader", device).eval()
        answers = answered(arrays, reader, found, args.size * 2, args.answered)
        log("answers", count=len(answers.facts), right=float(answers.right.float().mean()))
        course = Judging(arrays, answers, args.size)
    model = shipped(args.weights, args.purpose, device, dropout=args.dropout).eval()
    log("before", **course.figures(model))
    model = fit(model, course.loss, args.seconds, args.rate or RATES[args.purpose], log, args.purpose)
    log("trained", **course.figures(model))
    start = shipped(args.weights, args.purpose, device).state_dict()
    model.load_state_dict({k: v.lerp(start[k], 1 - args.share) for k, v in model.state_dict().items()})
    log("after", **course.figures(model))
    made_of = {"seconds": args.seconds, "share": args.share, "command": " ".join(sys.argv)}
    save_shipped(model, args.out / f"{args.purpose}.safetensors", made_of)


def arguments(description: str | None, *, size: int) -> argparse.ArgumentParser:
    """The arguments of whatever goes on from shipped weights, `size` sequences or questions a step."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--size", type=int, default=size, help="sequences, or questions, of a step")
    parser.add_argument("--rate", type=float, help="the highest learning rate, if not the usual one")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser


def parsed(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """What was given, with seed and threads set."""
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    return args


def main() -> None:
    parser = arguments(__doc__, size=32)
    parser.add_argument("--purpose", choices=sorted(RATES), required=True)
    parser.add_argument("--share", type=float, default=0.5, help="of the new weights in what is written")
    parser.add_argument(
        "--answered", type=int, default=10**6, help="questions whose answers a judge learns from"
    )
    args = parsed(parser)
    args.out.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
