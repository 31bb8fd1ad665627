"""Answers of retriever, reader and judge to the natural questions of held-out contracts, as a table without text.

`python -m laboratory.reading.candidates --data FOLDER --weights FOLDER --out FILE.jsonl [--half 0|1] [--most N]`

One line for each question: ranks of its passages by each way of finding, which of them are right, and of each
candidate answer its passage, its scores and whether it is right. `laboratory.reading.measure` reads the table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from consolidation.answers.retrieval import joined
from consolidation.asking.understand import understand
from consolidation.parts.cross_encoder import Claim, Judge, PartModel, Reader, Reading, Retriever
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.transformer import Transformer, from_bert
from consolidation.text.bm25 import FullText
from consolidation.text.values import plain, token_f1
from consolidation.text.wide import wide_passages
from consolidation.text.windows import WINDOW_TOKENS, Range
from laboratory.data.facts import half_of, held_out
from laboratory.reading.facts import YES_NO_KINDS, natural, title_of

#: An answer is right that shares so much with the truth.
RIGHT_F1 = 0.6
KEPT_RANKS = 20
#: The first rank in a fusion of ranks, as its source has it.
RANK_OFFSET = 61
#: Passages whose answer, second answer, list, and other polarity are judged: the best by the reader.
SECOND, LISTED, SIGNED = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Models:
    """What reads: the three models, and the encoder as it was before training."""

    retriever: Retriever
    untrained: Retriever
    reader: Reader
    judge: Judge
    pieces: WordPieces


def load(folder: Path, precision: torch.dtype = torch.float32) -> Models:
    """The models of a folder of weights."""
    encoder, pieces = Encoder(), WordPieces()
    words = encoder.word_embeddings_NE

    def part(kind: type[PartModel]) -> Any:
        return kind(folder / f"{kind.purpose}.safetensors", pieces, words, precision=precision)

    untrained: Retriever = part(Retriever)
    untrained.model = Transformer("retriever")
    untrained.model.load_state_dict(from_bert(dict(encoder.model.state_dict())))
    untrained.model.eval().requires_grad_(False).to(dtype=precision)
    return Models(part(Retriever), untrained, part(Reader), part(Judge), pieces)


class Document:
    """A contract with its passages, their windows, full text and vectors."""

    def __init__(self, contract_id: str, text: str, models: Models) -> None:
        _, offsets = models.pieces.encode(text)
        self.id, self.text, self.title = contract_id, text, title_of(contract_id, {})
        self.passages = [(offsets[a][0], offsets[b - 1][1]) for a, b in wide_passages(text, offsets)]
        starts = range(0, len(offsets), WINDOW_TOKENS)
        self.windows = [(offsets[a][0], offsets[min(a + WINDOW_TOKENS, len(offsets)) - 1][1]) for a in starts]
        self.texts = [text[a:b] for a, b in self.passages]
        self.index = FullText(self.texts)
        self.vectors = models.retriever.embed_passages(self.texts, self.title)
        self.untrained = models.untrained.embed_passages(self.texts)


def by_rank(*scores_P: NDArray[np.float32]) -> NDArray[np.float32]:
    """Orders fused by reciprocal rank (Cormack, Clarke and Buettcher, SIGIR 2009); no score, no rank."""
    out = np.zeros(len(scores_P[0]), dtype=np.float32)
    for scores in scores_P:
        ranks = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
        out += np.where(scores > 0, 1.0 / (RANK_OFFSET + ranks), 0.0)
    return out


def right_places(row: dict[str, Any], places: Sequence[Range]) -> list[int]:
    """The places that hold an answer, or touch a quote where the answer is no place."""
    spans, quotes = row["spans"], row["quote_spans"]
    if spans:
        return [i for i, (low, high) in enumerate(places) if any(low <= a and b <= high for a, b in spans)]
    return [i for i, (low, high) in enumerate(places) if any(a < high and low < b for a, b in quotes)]


def set_f1(said: Sequence[str], truth: Sequence[str]) -> float:
    """F1 of two sets of answers, of which two are equal that share `RIGHT_F1` of their words."""
    left, common = list(truth), 0
    for part in said:
        best = max(left, key=lambda gold: token_f1(part, gold), default="")
        if best and token_f1(part, best) >= RIGHT_F1:
            left.remove(best)
            common += 1
    return 2 * common / max(1, len(said) + len(truth))


def is_right(row: dict[str, Any], said: Sequence[str]) -> bool:
    """Whether answers in words are right; several are compared as a set."""
    if row["kind"] == "joined":
        return token_f1(" ".join(said), row["result"]) >= RIGHT_F1
    if len(row["answers"]) > 1:
        return set_f1(said, row["answers"]) >= RIGHT_F1
    return bool(row["answers"]) and token_f1("; ".join(said), row["answers"][0]) >= RIGHT_F1


def says_part(row: dict[str, Any], said: Sequence[str]) -> bool:
    """Whether an answer stands whole in the truth, or a true one in it: right but shorter or longer."""
    answer = plain(" ".join(said))
    truth = [plain(gold) for gold in row["answers"]]
    return bool(answer) and (
        answer in plain(" ".join(row["answers"])) or any(gold and gold in answer for gold in truth)
    )


def marks(row: dict[str, Any], said: Sequence[str]) -> dict[str, bool]:
    """What an answer is worth: right, or at least a part of it."""
    right = is_right(row, said)
    return {"right": right, "part": right or says_part(row, said)}


def _claims(
    row: dict[str, Any], yes_no: tuple[bool, bool], readings: Sequence[Reading], texts: Sequence[str]
) -> Iterator[tuple[dict[str, Any], str, tuple[Range, ...]]]:
    """Candidate answers: what is kept of each, what it says, and its places in its passage.

    Where rules and reader differ on whether yes or no is asked for, both kinds of answers are given.
    """
    order = sorted(range(len(readings)), key=lambda at: -readings[at].answers)
    for rank, at in enumerate(order):
        found, text = readings[at], texts[at]
        base = {"at": at, "answers": found.answers}
        if any(yes_no) and rank < SIGNED:
            places = (found.evidence,) if found.evidence else ()
            for said, odds in (("Yes", found.yes), ("No", -found.yes)):
                good = [said] == row["answers"]
                yield base | {"form": "yes_no", "score": odds, "right": good, "part": good}, said, places
        if all(yes_no):
            continue
        for which, span in enumerate(found.spans[: 2 if rank < SECOND else 1]):
            said = text[span.place[0] : span.place[1]]
            kept = {"form": "span", "which": which, "score": span.score, **marks(row, [said])}
            yield base | kept, said, (span.place,)
        if rank < LISTED and len(found.parts) > 1:
            parts = [text[a:b] for a, b in found.parts]
            score = found.spans[0].score if found.spans else 0.0
            kept = {"form": "list", "parts": len(parts), "score": score, **marks(row, parts)}
            yield base | kept, " ".join(parts), found.parts


def answered(row: dict[str, Any], document: Document, models: Models, question_E: Tensor) -> dict[str, Any]:
    """A question's line of the table; `question_E` holds its vectors, trained and untrained."""
    question = row["question"]
    scores = document.index.scores(question)
    close, plain = document.vectors @ question_E[0], document.untrained @ question_E[1]
    orders = {"full_text": scores, "untrained": plain.numpy(), "retriever": close.numpy()}
    orders |= {f"{name}_and_full_text": by_rank(orders[name], scores) for name in ("untrained", "retriever")}
    ranks = {k: np.argsort(-v, kind="stable")[:KEPT_RANKS].tolist() for k, v in orders.items()}
    taken = joined(orders["retriever"], scores)
    began = time.process_time()
    texts = [document.texts[p] for p in taken]
    readings = models.reader.read(question, texts, [document.title] * len(texts))
    read = time.process_time() - began
    yes_no = understand(question).yes_no
    reader_yes_no = float(np.mean([r.kinds[2] for r in readings])) > 0.5
    claims = list(_claims(row, (yes_no, reader_yes_no), readings, texts))
    asked = [
        Claim(question, said, texts[kept["at"]], places, document.title) for kept, said, places in claims
    ]
    odds = models.judge.judge(asked)
    candidates = [
        kept | {"passage": taken[kept["at"]], "judge": o, "close": float(close[taken[kept["at"]]])}
        for (kept, _, _), o in zip(claims, odds, strict=True)
    ]
    return {
        "id": document.id,
        "half": half_of(document.id),
        "kind": row["kind"],
        "several": len(row["answers"]) > 1,
        "asks_yes_no": {"rules": yes_no, "reader": reader_yes_no},
        "is_yes_no": row["kind"] in YES_NO_KINDS,
        "kinds": [r.kinds for r in readings],
        "read": [r.answers for r in readings],
        "right_passages": right_places(row, document.passages),
        "right_windows": right_places(row, document.windows),
        "ranks": ranks,
        "taken": taken,
        "candidates": candidates,
        "seconds": [read, time.process_time() - began],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--most", type=int, default=10**6, help="contracts that are taken")
    parser.add_argument("--skip", type=int, default=0, help="contracts that are left out before")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    args = parser.parse_args()
    torch.set_num_threads(1)
    models = load(args.weights, getattr(torch, args.precision))
    questions = natural(args.data / "questions" / "questions.jsonl.xz")
    with lzma.open(args.data / "cuad" / "contracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        every = [(row["id"], row["text"]) for row in map(json.loads, lines)]
    contracts = [
        (name, text)
        for name, text in every
        if held_out(name) and name in questions and args.half in (None, half_of(name))
    ]
    with args.out.open("w", encoding="utf-8") as out:
        for name, text in sorted(contracts, key=lambda c: hashlib.sha256(c[0].encode()).digest())[
            args.skip :
        ][: args.most]:
            document = Document(name, text, models)
            rows = questions[name]
            asked = [r["question"] for r in rows]
            vectors = torch.stack(
                [models.retriever.embed_questions(asked), models.untrained.embed_questions(asked)], 1
            )
            for row, question_E in zip(rows, vectors, strict=True):
                out.write(json.dumps(answered(row, document, models, question_E)) + "\n")
                out.flush()
            print(name[:30], len(document.passages), len(rows), flush=True)


if __name__ == "__main__":
    main()
