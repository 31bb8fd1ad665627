"""Answers from states on held-out contracts: figures with intervals, controls, cost.

    python -m benchmarks.cuad_state ../shared/data

Writes `benchmarks/results/cuad_state.json`. Rates are percent; `intervals` are 95 %, from 1,000 draws of whole
contracts with replacement, fixed seed. Confidence and thresholds were fitted on the same contracts, so each half of
them is measured with those fitted on the other half.

| figure | what it is |
| --- | --- |
| `governing_law_em` ... `parties_f1` | whole contracts, segment states and router, no text read |
| `short_em_4k`, `short_f1_4k` | all short answers from one state of 32 windows that hold the answers |
| `short_em_whole`, `short_f1_whole` | all short answers, whole contracts, states only |
| `evidence_short_em` | the same, the way a reviewer's question goes |
| `placed_quote_precision` | answers to questions with a label: the first quote touches a labelled place of that \
category, or states the labelled value |
| `supported_share`, `supported_precision` | questions with a label whose answer is called supported; of all \
supported answers, those that are right |
| `fabrication_rate` | answers given to questions that the contract does not answer, at the shipped thresholds |
| `abstention_auroc` | confidence from states only: questions that the contract answers against those it does not |
| `yesno_*` | 33 kinds of clause, the way a reviewer's question goes |
| `*_calibration_error` | expected calibration error, 10 bins: of given answers, and of "yes" |
| `zeroed_state_em`, `shuffled_state_em` | `short_em_4k` with a state of zeros, and with another contract's state |
| `computed_em_n*` | answers that need several facts, N passes; measured by `laboratory.fit.experiments` on weights \
trained for it, left out where its results are not there |
| `consolidate_tokens_per_s_n2` | reading held-out text with two passes on two threads, best of three |
| `state_bytes_4k` | size of the state file of 4,096 tokens |
"""

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch

from benchmarks.accuracy import (
    as_percent,
    balanced_accuracy,
    clause_auroc,
    clause_table,
    em,
    f1,
    fabrication,
    placed_quotes,
    right_against_wrong,
    supported_right,
    supported_share,
)
from benchmarks.held_out import ask_all
from benchmarks.reports import report
from consolidation import Bank, Engine, consolidate, load_engine
from consolidation.evaluation.metrics import auroc, bootstrap, calibration_error
from consolidation.parts.encoder import WordPieces
from consolidation.states.consolidate import STEP_WINDOWS
from laboratory.data.facts import Contract
from laboratory.measure.answers import (
    ClauseScore,
    Score,
    held_out_contracts,
    table,
)

RESULTS = Path(__file__).parent / "results" / "cuad_state.json"
PASSES_RESULTS = RESULTS.with_name("passes.json")
COMMAND = "python -m benchmarks.cuad_state ../shared/data"
WINDOWS_4K, TOKENS_4K = 32, 4096
SPEED_TOKENS, SPEED_PASSES, SPEED_ROUNDS = 20_000, 2, 3
THREADS = 2
#: Figures of one category over whole contracts, states only.
BY_CATEGORY = (
    ("governing_law_em", "Governing Law", em),
    ("agreement_date_em", "Agreement Date", em),
    ("document_name_em", "Document Name", em),
    ("effective_date_em", "Effective Date", em),
    ("parties_f1", "Parties", f1),
)

Item = TypeVar("Item", Score, ClauseScore)


@dataclass(frozen=True, slots=True)
class Rate(Generic[Item]):
    """A figure, as a fraction, of some questions."""

    name: str
    scores: Sequence[Item]
    figure: Callable[[list[Item]], float | None]

    def value(self) -> float | None:
        return self.figure(list(self.scores))

    def interval(self) -> tuple[float, float] | None:
        """95 % interval over contracts."""
        groups: dict[str, list[Item]] = {}
        for score in self.scores:
            groups.setdefault(score.contract, []).append(score)
        return bootstrap(list(groups.values()), self.figure)


def abstention(scores: Sequence[Score]) -> float | None:
    """AUROC of the confidence between questions with an answer and those without."""
    there, absent = ([s.confidence for s in scores if bool(s.gold) is has] for has in (True, False))
    return auroc(there, absent) if there and absent else None


def answer_calibration(scores: Sequence[Score]) -> float | None:
    """Calibration error of given answers; one to a question without an answer is wrong."""
    given = [s for s in scores if s.answer]
    return calibration_error([s.confidence for s in given], [bool(s.em) for s in given]) if given else None


def yesno_calibration(scores: Sequence[ClauseScore]) -> float | None:
    """Calibration error of the probability that a contract has a clause."""
    return calibration_error([s.probability for s in scores], [s.there for s in scores]) if scores else None


def rates(
    at_4k: Sequence[Score], state: Sequence[Score], evidence: Sequence[Score], clauses: Sequence[ClauseScore],
) -> list[Rate[Any]]:  # fmt: skip
    """All rates of the shipped model: from one state, whole contracts from states, with evidence, yes/no."""
    of_category = [
        Rate(name, [s for s in state if s.category == category], figure)
        for name, category, figure in BY_CATEGORY
    ]
    return [
        *of_category,
        Rate("short_em_4k", at_4k, em),
        Rate("short_f1_4k", at_4k, f1),
        Rate("short_em_whole", state, em),
        Rate("short_f1_whole", state, f1),
        Rate("evidence_short_em", evidence, em),
        Rate("evidence_short_f1", evidence, f1),
        Rate("placed_quote_precision", evidence, placed_quotes),
        Rate("supported_share", evidence, supported_share),
        Rate("supported_precision", evidence, supported_right),
        Rate("fabrication_rate", evidence, fabrication),
        Rate("abstention_auroc", state, abstention),
        Rate("answer_auroc_right", evidence, right_against_wrong),
        Rate("answer_calibration_error", evidence, answer_calibration),
        Rate("yesno_balanced_accuracy", clauses, balanced_accuracy),
        Rate("yesno_auroc", clauses, clause_auroc),
        Rate("yesno_calibration_error", clauses, yesno_calibration),
    ]


def figures_of(found: Sequence[Rate[Any]]) -> dict[str, Any]:
    """Values in percent and `intervals`; a rate with nothing to measure is left out."""
    figures: dict[str, Any] = {}
    intervals: dict[str, list[float]] = {}
    for rate in found:
        value, interval = rate.value(), rate.interval()
        if value is not None:
            figures[rate.name] = as_percent(value)
        if value is not None and interval is not None:
            intervals[rate.name] = [as_percent(end) for end in interval]
    return figures | {"intervals": intervals}


def _text(contracts: Sequence[Contract], tokens: int) -> str:
    """The first `tokens` tokens of contracts set end to end."""
    pieces, parts, have = WordPieces(), list[str](), 0
    for contract in contracts:
        _, offsets = pieces.encode(contract.text)
        count = min(tokens - have, len(offsets))
        parts.append(contract.text[: offsets[count - 1][1]] if count else "")
        have += count
        if have == tokens:
            return "\n".join(parts)
    raise SystemExit(f"The contracts hold only {have} tokens of the {tokens} wanted.")


def tokens_per_second(engine: Engine, contracts: Sequence[Contract]) -> float:
    """Reading with two passes, by segments as a consolidation does, router keys included."""
    memory = engine.memory
    windows = memory.tokenise(_text(contracts, SPEED_TOKENS))
    segment, best = memory.settings.segment_windows, float("inf")
    for _ in range(SPEED_ROUNDS):
        began, state = time.perf_counter(), memory.blank_state()
        for low in range(0, len(windows), STEP_WINDOWS):
            state = memory.blank_state() if low % segment == 0 else state
            chosen = range(low, min(low + STEP_WINDOWS, len(windows)))
            state = memory.read(windows, chosen, state, SPEED_PASSES)
            engine.router.window_keys(windows, chosen)
        best = min(best, time.perf_counter() - began)
    return round(int(windows.lengths_W.sum()) / best)


def state_bytes(engine: Engine, contracts: Sequence[Contract]) -> int:
    """Size of a saved state of 4,096 tokens."""
    text = _text(contracts, TOKENS_4K)
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = engine.state_key(document_sha256=digest, text_version="benchmark", text_sha256=digest)
    with tempfile.TemporaryDirectory() as folder:
        return consolidate(engine, text, key, Bank(Path(folder))).bytes


def computed(path: Path = PASSES_RESULTS) -> dict[str, float]:
    """`computed_em_n1` and so on from the results of the passes experiment; nothing where there are none."""
    results = json.loads(path.read_text()) if path.exists() else {}
    return {f"computed_em_{name}": row["em"] for name, row in results.items() if isinstance(row, dict)}


def measure(contracts: Sequence[Contract], weights: Path | None) -> dict[str, Any]:
    """All figures."""
    answers = ask_all(contracts, weights, WINDOWS_4K)
    torch.set_num_threads(THREADS)
    engine, at_4k = load_engine(weights), answers.by_windows[WINDOWS_4K]
    controls = [
        Rate("zeroed_state_em", answers.zeroed, em),
        Rate("shuffled_state_em", answers.shuffled, em),
    ]
    measured = rates(at_4k, answers.states, answers.evidence, answers.clauses)
    return (
        {
            "contracts": len(contracts),
            "passes": engine.memory.settings.passes,
            "stored": dict(engine.memory.stored),
        }
        | {"questions": len(answers.states), "questions_4k": len(at_4k)}
        | {"yesno_questions": len(answers.clauses)}
        | {"absent_questions": sum(not s.gold for s in answers.states)}
        | figures_of([*measured, *controls])
        | computed()
        | {"consolidate_tokens_per_s_n2": tokens_per_second(engine, contracts)}
        | {"state_bytes_4k": state_bytes(engine, contracts)}
        | {
            "by_category": {
                **{f"state_{count}_windows": table(scores) for count, scores in answers.by_windows.items()},
                "state_whole": table(answers.states),
                "evidence": table(answers.evidence),
                "yesno": clause_table(answers.clauses),
            }
        }
    )


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--weights", type=Path, help="other weights than the shipped ones")
    parser.add_argument("--contracts", type=int, help="only so many, for a trial")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument(
        "--speed-only", action="store_true", help="measure the speed again on a quiet machine, keep the rest"
    )
    args = parser.parse_args()
    if (args.weights or args.contracts) and args.out == RESULTS:
        parser.error("a trial must not overwrite the results of the shipped weights; give --out")
    contracts = held_out_contracts(args.data_folder / "cuad" / "contracts.jsonl.xz")[: args.contracts]
    if args.speed_only:
        torch.set_num_threads(THREADS)
        speed = tokens_per_second(load_engine(), contracts)
        figures = json.loads(RESULTS.read_text())["figures"] | {"consolidate_tokens_per_s_n2": speed}
    else:
        figures = measure(contracts, args.weights)
    report(args.out, COMMAND, figures)


if __name__ == "__main__":
    main()
