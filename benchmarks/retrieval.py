"""How often a right passage is among the first, by each way of finding.

    python -m benchmarks.retrieval ../shared/data

Writes `benchmarks/results/retrieval.json`: natural questions of held-out contracts that their contract answers, each
put to the passages of its contract. Percent of the questions, with 95 % intervals from 1,000 draws of contracts.

| order | what it is |
| --- | --- |
| `full_text` | BM25 |
| `untrained` | closeness of vectors of the encoder as it was before it was trained |
| `untrained_and_full_text` | both orders, fused by reciprocal rank |
| `retriever` | closeness of the vectors that are kept in states |
| `read` | what is read: the closest passages, then the best by full text that are not among them |
| `reranked` | the same, in the reader's order |
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.accuracy import as_percent
from benchmarks.reports import report
from consolidation import Engine, load_engine
from consolidation.engine import WEIGHTS
from consolidation.evaluation.metrics import bootstrap, mean
from consolidation.parts.cross_encoder import Retriever
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.transformer import Transformer, from_bert
from consolidation.passages.passages import Passages
from consolidation.passages.retrieval import joined, reranked
from laboratory.answers.banked import in_processes
from laboratory.answers.collect import ABSENT, right_rows
from laboratory.data.facts import Contract, held_out, load_contracts
from laboratory.reading.facts import natural

RESULTS = Path(__file__).parent / "results" / "retrieval.json"
COMMAND = "python -m benchmarks.retrieval ../shared/data"
PLACES = (1, 3, 5, 8)
#: The first rank in a fusion of ranks (Cormack, Clarke and Buettcher, SIGIR 2009).
RANK_OFFSET = 61


@dataclass(frozen=True, slots=True)
class Found:
    """One question: its contract, and the best rank of a right passage by each order (None: not among them)."""

    contract: str
    ranks: dict[str, int | None]


def untrained() -> Retriever:
    """The retriever before training: the encoder's own layers."""
    encoder = Encoder()
    found = Retriever(WEIGHTS.with_name("retriever.safetensors"), WordPieces(), encoder.word_embeddings_NE)
    found.model = Transformer("retriever")
    found.model.load_state_dict(from_bert(dict(encoder.model.state_dict())))
    found.model.eval().requires_grad_(False)
    return found


def by_rank(*scores_P: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores of orders fused by reciprocal rank; no score, no rank."""
    out = np.zeros(len(scores_P[0]), dtype=np.float32)
    for scores in scores_P:
        ranks = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
        out += np.where(scores > 0, 1.0 / (RANK_OFFSET + ranks), 0.0)
    return out


def found_in(
    engine: Engine, before: Retriever, contract: Contract, rows: Sequence[dict[str, Any]]
) -> Iterator[Found]:
    """The questions that one contract answers."""
    windows = engine.memory.tokenise(contract.text)
    passages = Passages(windows)
    texts = [passages.words(row) for row in range(len(passages))]
    keys_PR = engine.router.window_keys(windows, range(len(windows))).half().float()
    old_PR = before.embed_passages(texts)
    for row in rows:
        right = set(right_rows(row, passages.ranges))
        if row["kind"] in ABSENT or not right:
            continue
        question = row["question"]
        full_text = passages.full_text.scores(question)
        close = (keys_PR @ engine.router.question_keys([question])[0].float()).numpy()
        old = (old_PR @ before.embed_questions([question])[0]).numpy()
        read = joined(close, full_text, engine.settings.close_passages, engine.settings.worded_passages)
        readings = engine.reader.read(question, [texts[p] for p in read], [passages.title] * len(read))
        scores = {
            "full_text": full_text,
            "untrained": old,
            "untrained_and_full_text": by_rank(old, full_text),
            "retriever": close,
        }
        orders = {name: np.argsort(-one, kind="stable").tolist() for name, one in scores.items()}
        orders |= {"read": read, "reranked": reranked(read, readings)}
        yield Found(
            contract.id,
            {
                name: next((i for i, p in enumerate(order) if p in right), None)
                for name, order in orders.items()
            },
        )


def ask(contracts: Sequence[Contract], data: Path) -> list[Found]:
    """All questions about some contracts."""
    torch.set_num_threads(1)
    engine, asked = load_engine(), natural(data / "questions" / "questions.jsonl.xz")
    before = untrained()
    with torch.inference_mode():
        return [
            one for contract in contracts for one in found_in(engine, before, contract, asked[contract.id])
        ]


def figures_of(found: Sequence[Found]) -> dict[str, Any]:
    """Shares with their intervals, by order and by how many passages are looked at."""
    out: dict[str, Any] = {
        "questions": len(found),
        "contracts": len({one.contract for one in found}),
    }
    for name in found[0].ranks:
        for most in PLACES:
            groups: dict[str, list[float]] = {}
            for one in found:
                rank = one.ranks[name]
                groups.setdefault(one.contract, []).append(float(rank is not None and rank < most))
            share = mean([value for values in groups.values() for value in values])
            interval = bootstrap(list(groups.values()), mean) or (share, share)
            out[f"{name}_at_{most}"] = as_percent(share)
            out.setdefault("intervals", {})[f"{name}_at_{most}"] = [as_percent(end) for end in interval]
    return out


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--contracts", type=int, help="only so many, for a trial; give --out")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if args.contracts and args.out == RESULTS:
        parser.error("a trial must not overwrite the results; give --out")
    asked = natural(args.data_folder / "questions" / "questions.jsonl.xz")
    contracts = [
        contract
        for contract in load_contracts(args.data_folder / "cuad" / "contracts.jsonl.xz")
        if held_out(contract.id) and contract.id in asked
    ]
    parts = in_processes(partial(ask, data=args.data_folder), contracts[: args.contracts])
    report(args.out, COMMAND, figures_of([one for part in parts for one in part]))


if __name__ == "__main__":
    main()
