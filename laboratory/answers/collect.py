"""Natural questions of held-out contracts, each put to its contract by the product's own path: a table without text.

`python -m laboratory.answers.collect --data FOLDER --out FILE.jsonl [--questions FILE.jsonl.xz]`

One line for each question: ranks of the right passages, and of each candidate its signals and whether it is right.
Everything is read, so that any confidence and settings can be tried on the table by `decide` alone; how that stands
which the text itself tells, or a tagger, is as the product says (`told`), and so is what it answers without reading
(`unread`).
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from consolidation.answers.clauses import decide_clause
from consolidation.answers.compute import examine_whole
from consolidation.answers.examination import Examination
from consolidation.answers.examine import signals_of
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding, understand
from consolidation.engine import Engine, load_engine
from consolidation.evaluation.compared import RIGHT_F1, TYPED, shares_enough
from consolidation.passages.quotes import quotes_of
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate, comparable, shown
from consolidation.proposals.completing import completed
from consolidation.protocol import AnswerSettings
from consolidation.text.values import token_f1
from consolidation.text.windows import Range
from laboratory.answers.banked import consolidated, in_processes
from laboratory.data.facts import Contract, half_of, held_out, load_contracts
from laboratory.reading.facts import natural

#: Ranks of right passages are looked for among so many.
KEPT_RANKS = 20
ABSENT = ("absent_value", "absent_yesno")


def right_rows(row: dict[str, Any], places: Sequence[Range]) -> list[int]:
    """The passages that hold an answer, or touch a quote where the answer is no place."""
    if row["spans"]:
        spans = row["spans"]
        return [i for i, (low, high) in enumerate(places) if any(low <= a and b <= high for a, b in spans)]
    quotes = row["quote_spans"]
    return [i for i, (low, high) in enumerate(places) if any(a < high and low < b for a, b in quotes)]


def is_right(row: dict[str, Any], said: str) -> bool:
    """Whether an answer is right; several parts are compared as a set."""
    if row["kind"] in ABSENT:
        return False
    if row["kind"] == "joined":
        # how it was reckoned stands behind the result
        result = re.split(r" \(|[;:]", str(row.get("result") or ""))[0].strip()
        return said.lower() == result.lower() or token_f1(said, result) >= RIGHT_F1
    return bool(row["answers"]) and shares_enough(said, row["answers"])


def is_equal(row: dict[str, Any], asked: Understanding, said: str) -> bool:
    """Whether an answer has the same typed value as the truth: three days are 72 hours."""
    if row["kind"] in (*ABSENT, "joined") or len(row["answers"]) != 1 or asked.value not in TYPED:
        return False
    one, other = normalise(asked.value, said), normalise(asked.value, row["answers"][0])
    return one is not None and other is not None and one.comparable == other.comparable


def touches(row: dict[str, Any], known: Examination, candidate: Candidate) -> bool:
    """Whether the quote that would be shown touches a labelled quote."""
    quotes = quotes_of(known.passages, candidate.places) if candidate.places else ()
    return any(q.start < b and a < q.end for q in quotes for a, b in row["quote_spans"])


def answered(engine: Engine, row: dict[str, Any], source: Source, settings: AnswerSettings) -> dict[str, Any]:
    """A question's line of the table; `settings` are those that a tagger's clause stands by."""
    asked = understand(row["question"])
    seconds, known = _examined(engine, asked, source)
    decision = known.decision
    if known.told and known.answer and known.answer.maker == "tagger":
        decision = decide_clause(known.answer, settings)
    right = set(right_rows(row, known.passages.ranges))
    return {
        "id": source.document,
        "half": half_of(source.document),
        "kind": row["kind"],
        "yes_no": asked.yes_no,
        "value": asked.value,
        "fact": known.fact,
        "answerable": row["kind"] not in ABSENT,
        "told": decision.state if known.told else "",
        "told_probability": round(decision.probability, 4),
        "right_ranks": [i for i, r in enumerate(known.rows[:KEPT_RANKS]) if r in right],
        "candidates": [_judged(row, asked, known, one) for one in known.candidates],
        "seconds": round(seconds, 3),
        "unread": _unread(replace(engine, settings=settings), row, asked, source) if known.fact else None,
    }


def _examined(engine: Engine, asked: Understanding, source: Source) -> tuple[float, Examination]:
    """An examination, with the processor seconds that it took."""
    began = time.process_time()
    state = source.bank.load(str(source.state_name))
    known = examine_whole(engine, asked, source, state, lambda *stage: None)
    return time.process_time() - began, known


def _judged(row: dict[str, Any], asked: Understanding, known: Examination, one: Candidate) -> dict[str, Any]:
    """A candidate's signals, and whether it is right."""
    whole = completed(asked, known.passages, one)
    return {
        "signals": signals_of(known, one),
        "maker": one.maker,
        "same": comparable(asked, one),
        "said": one.said if one.yes_no else "",
        "right": is_right(row, shown(asked, whole)),
        "equal": is_equal(row, asked, shown(asked, whole)),
        "quote": touches(row, known, whole),
    }


def _unread(
    engine: Engine, row: dict[str, Any], asked: Understanding, source: Source
) -> dict[str, Any] | None:
    """What is answered without reading anything, as the product does; None where it reads."""
    seconds, known = _examined(engine, asked, source)
    if known.read or known.told or known.answer is None or known.decision.state != "supported":
        return None
    found = _judged(row, asked, known, known.answer)
    return {**found, "probability": round(known.decision.probability, 4), "seconds": round(seconds, 3)}


#: Where natural questions stand in the data, and those that were written about held-out contracts to fit constants.
NATURAL_FILE = Path("questions") / "questions.jsonl.xz"
ASKED_FILE = Path(__file__).parent.parent / "data" / "asked.jsonl.xz"
#: Harder ones about training contracts, of which reader and judge learned nothing.
UNSEEN_FILE = ASKED_FILE.with_name("unseen.jsonl.xz")


def table_of(
    contracts: Sequence[Contract], questions: Path, weights: Path | None = None
) -> list[dict[str, Any]]:
    """The lines of all questions about some contracts."""
    torch.set_num_threads(1)
    engine = load_engine(weights)
    return list(_lines(engine, contracts, natural(questions)))


def _lines(
    engine: Engine, contracts: Sequence[Contract], asked: dict[str, list[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    settings = engine.settings
    engine = replace(engine, settings=replace(settings, supported=2.0, supported_polarity=2.0))
    with consolidated(engine, contracts, tagged=True) as banked:
        for contract, source in banked:
            for row in asked[contract.id]:
                yield answered(engine, row, source, settings)


def chosen_contracts(data: Path, questions: Path | None = None, *, training: bool = False) -> list[Contract]:
    """The held-out contracts with questions, natural ones if no others are given, the shortest first.

    With `training` those that are not held out.
    """
    asked = natural(questions or data / NATURAL_FILE)
    contracts = load_contracts(data / "cuad" / "contracts.jsonl.xz")
    return sorted(
        (c for c in contracts if held_out(c.id) is not training and c.id in asked), key=lambda c: len(c.text)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="other weights than the shipped ones")
    parser.add_argument("--questions", type=Path, help=f"others than the natural ones, as {ASKED_FILE.name}")
    parser.add_argument(
        "--training", action="store_true", help="training contracts, with questions of their own"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--most", type=int, default=10**6, help="contracts that are taken, the shortest first"
    )
    args = parser.parse_args()
    questions = args.questions or args.data / NATURAL_FILE
    chosen = chosen_contracts(args.data, questions, training=args.training)[: args.most]
    parts = in_processes(partial(table_of, questions=questions, weights=args.weights), chosen)
    with args.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for part in parts for line in part)


if __name__ == "__main__":
    main()
