"""Going on from shipped weights: a reader, or a judge, trained further on questions that it has not seen.

`python -m laboratory.reading.further --data FOLDER --weights FOLDER --out FOLDER --purpose reader --seconds N`

`--data` is what `prepare` wrote, `--weights` holds what is shipped. The reader learns from all sources, written
questions most, with `--favour` most from what it does not know. The judge learns from what the shipped reader answers
to questions, best to those alone that the reader did not learn from (`--known`). One contract of ten is kept
out, and both are measured on its written questions before and after. What is written is an average of the weights
before and after (Wortsman et al., arXiv 2109.01903): the new ones alone forget what the new questions seldom ask
for. Writes `<purpose>.safetensors` and `<purpose>.jsonl`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from consolidation.parts.encoder import WordPieces
from consolidation.parts.transformer import Purpose, Transformer, dequantised
from laboratory.reading.batches import NATURAL, WRITTEN, Arrays
from laboratory.reading.facts import natural
from laboratory.reading.fitting import Log, fit, new_model, save_shipped
from laboratory.reading.learning import Judging, Reading, answered, of_agreements
from laboratory.reading.stages import (
    NEAREST,
    facts_of,
    nearest,
    new_near,
    passage_vectors,
)

RATES = {"reader": 8e-5, "judge": 6e-5}
#: Found passages that the reader answers from, for each question.
ANSWERED = 3


def shipped(
    folder: Path, purpose: Purpose, device: torch.device, dropout: float = 0.0, name: str = ""
) -> Transformer:
    """A model as it is shipped, in the file of its purpose if no other is named."""
    start = dequantised(load_file(folder / f"{name or purpose}.safetensors"))
    return new_model(purpose, start, device, dropout)


def found_passages(arrays: Arrays, args: argparse.Namespace, size: int) -> Tensor:
    """The passages `[F, NEAREST]` found for facts; -1 where there are fewer.

    By the shipped retriever, for asked facts alone, or with `--by-text` those that full text found already.
    """
    if args.by_text:
        return arrays.near.first(torch.arange(len(arrays.document), device=arrays.device), NEAREST)
    kept, folder = args.data / "vectors.pt", args.weights
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


def unknown(arrays: Arrays, facts: Tensor, path: Path) -> Tensor:
    """Those of the written facts whose questions do not stand in a file of questions."""
    facts, width = facts[arrays.source[facts] == WRITTEN], arrays.questions.shape[1]
    pieces, known = WordPieces(), set()
    for rows in natural(path).values():
        for row in rows:
            ids = pieces.encode(row["question"])[0][:width]
            known.add((*ids, *[0] * (width - len(ids))))
    asked = arrays.questions[arrays.questions_of[facts]].tolist()
    return facts[torch.tensor([tuple(one) not in known for one in asked], dtype=torch.bool)]


def some_of_each(arrays: Arrays, facts: Tensor, most: int) -> Tensor:
    """At most so many facts of labelled contracts, and so many of agreements, by chance."""
    facts = facts[torch.randperm(len(facts), device=facts.device)]
    others = of_agreements(arrays, facts)
    return torch.cat([facts[~others][:most], facts[others][:most]])


def train(args: argparse.Namespace) -> None:
    device, log = torch.device(args.device), Log(args.out / f"{args.purpose}.jsonl")
    arrays = Arrays(args.data, device)
    found = found_passages(arrays, args, args.size * 4)
    new_near(arrays, found)
    log("start", facts=len(arrays.document), written=int((arrays.source == WRITTEN).sum()))
    course: Reading | Judging
    if args.purpose == "reader":
        course = Reading.of_most(arrays, args.size)
    else:
        reader = shipped(args.weights, "reader", device).eval()
        asked = facts_of(arrays, sources=(NATURAL, WRITTEN), joined=True)
        if args.known:
            asked = unknown(arrays, asked, args.known)
        asked = some_of_each(arrays, asked, args.answered)
        log("asked", agreements=int(of_agreements(arrays, asked).sum()), all=len(asked))
        answers = answered(arrays, reader, asked, found, args.size * 2, ANSWERED)
        log("answers", count=len(answers.facts), right=float(answers.right.float().mean()))
        course = Judging(arrays, answers, args.size)
    model = shipped(args.weights, args.purpose, device, dropout=args.dropout).eval()
    log("before", **course.figures(model))
    if isinstance(course, Reading):
        course.facts.weights[of_agreements(arrays, course.facts.facts)] *= args.fresh
        if args.favour:
            log("known", share=course.favour(model))
    rate = args.rate or RATES[args.purpose]
    model = fit(model, course.loss, args.seconds, rate, log, args.purpose, course.figures)
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
    parser.add_argument(
        "--fresh", type=float, default=1.0, help="how often agreements are asked of, beside others"
    )
    parser.add_argument("--favour", action="store_true", help="draw what is known already less often")
    parser.add_argument(
        "--by-text", action="store_true", help="near passages by full text, not by the retriever"
    )
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
        "--answered",
        type=int,
        default=10**6,
        help="questions about contracts, and about agreements, whose answers a judge learns from",
    )
    parser.add_argument(
        "--known", type=Path, help="written questions that the reader learned from; a judge leaves them out"
    )
    args = parsed(parser)
    args.out.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
