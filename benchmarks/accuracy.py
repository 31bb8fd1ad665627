"""Accuracy of the shipped model on held-out contracts, per category.

    python -m benchmarks.accuracy <data folder>

See `consolidation.training.measure` for what is measured. Rates are percent. `cuad_state_short_*` is the state of
8 windows that hold the answers; the same table stands beside it for 4, 16 and 32 windows and for whole contracts.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.held_out import Answers, ask_all
from consolidation.metrics import auroc, mean
from consolidation.training.clauses import CLAUSE_CATEGORIES
from consolidation.training.facts import PARTY_BY_ROLE
from consolidation.training.measure import ClauseScore, Score, held_out_contracts, percent, table

VERIFIED = ("exact", "tolerant")


def rate(scores: Iterable[Score], value: Callable[[Score], float]) -> float | None:
    """Mean of a value, as a fraction; None for no scores."""
    values = [float(value(score)) for score in scores]
    return mean(values) if values else None


def em(scores: Sequence[Score]) -> float | None:
    """Exact match over the questions that have an answer."""
    return rate((s for s in scores if s.gold), lambda s: s.em)


def f1(scores: Sequence[Score]) -> float | None:
    """Word F1 over the questions that have an answer."""
    return rate((s for s in scores if s.gold), lambda s: s.f1)


def fabrication(scores: Sequence[Score]) -> float | None:
    """Share of the questions without an answer to which one was given."""
    return rate((s for s in scores if not s.gold), lambda s: bool(s.answer))


def placed_quotes(scores: Sequence[Score]) -> float | None:
    """Share of right first quotes among verified answers to questions that have one (`measure.quote_right`)."""
    verified = (s for s in scores if s.gold and s.answer and s.verification in VERIFIED)
    return rate(verified, lambda s: bool(s.quote_right))


def right_against_wrong(scores: Sequence[Score]) -> float | None:
    """AUROC of the confidence of answers that are right against those that are not."""
    right, wrong = (
        [s.confidence for s in scores if s.answer and bool(s.em) is is_right] for is_right in (True, False)
    )
    return auroc(right, wrong) if right and wrong else None


def clause_category(scores: Sequence[ClauseScore]) -> dict[str, float]:
    """Yes/no questions about one kind of clause."""
    yes, no = [s for s in scores if s.there], [s for s in scores if not s.there]
    recall, rejection = percent([float(s.said) for s in yes]), percent([float(not s.said) for s in no])
    return {
        "balanced_accuracy": round((recall + rejection) / 2, 1),
        "auroc": as_percent(auroc([s.probability for s in yes], [s.probability for s in no])),
        "n_yes": len(yes),
        "n_no": len(no),
    }


def clause_table(scores: Sequence[ClauseScore]) -> dict[str, dict[str, float]]:
    """`clause_category` for each of the 33."""
    return {name: clause_category([s for s in scores if s.category == name]) for name in CLAUSE_CATEGORIES}


def balanced_accuracy(scores: Sequence[ClauseScore]) -> float | None:
    """Mean over the kinds of clause of the mean of recall and rejection; a kind needs contracts with and without."""
    tally = {name: [0, 0, 0, 0] for name in CLAUSE_CATEGORIES}
    for s in scores:
        counts = tally[s.category]
        counts[2 * s.there] += s.said == s.there
        counts[2 * s.there + 1] += 1
    both = [(c[0] / c[1] + c[2] / c[3]) / 2 for c in tally.values() if c[1] and c[3]]
    return mean(both) if both else None


def clause_auroc(scores: Sequence[ClauseScore]) -> float | None:
    """AUROC of the probability of "yes", over all kinds of clause together."""
    yes, no = ([s.probability for s in scores if s.there is there] for there in (True, False))
    return auroc(yes, no) if yes and no else None


def as_percent(fraction: float | None) -> float:
    """Percent to a tenth; 0 where there was nothing to measure."""
    return round(100 * fraction, 1) if fraction is not None else 0.0


def _states(answers: Answers) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for count, scores in answers.by_windows.items():
        rows = table(scores)
        figures[f"cuad_state_by_category_{count}_windows"] = rows
        figures[f"cuad_state_short_em_{count}_windows"] = rows["short answers"]["em"]
        figures[f"cuad_state_short_f1_{count}_windows"] = rows["short answers"]["f1"]
        if count == 8:
            labelled = [s for s in scores if s.category != PARTY_BY_ROLE]
            figures["cuad_state_labelled_em"] = as_percent(em(labelled))
    figures["cuad_state_short_em"] = figures["cuad_state_short_em_8_windows"]
    figures["cuad_state_short_f1"] = figures["cuad_state_short_f1_8_windows"]
    return figures


def _whole(answers: Answers) -> dict[str, Any]:
    state, evidence = answers.states, answers.evidence
    answered = [s for s in evidence if s.answer]
    return {
        "cuad_state_by_category_whole": table(state),
        "cuad_evidence_by_category": table(evidence),
        "cuad_state_short_em_whole": as_percent(em(state)),
        "cuad_state_short_f1_whole": as_percent(f1(state)),
        "cuad_evidence_short_em": as_percent(em(evidence)),
        "cuad_evidence_short_f1": as_percent(f1(evidence)),
        "cuad_quote_touches_gold": as_percent(placed_quotes(evidence)),
        "cuad_answered_from_state": percent([float(s.mode == "state") for s in answered if s.gold]),
        "cuad_not_found_though_there": percent([float(not s.answer) for s in evidence if s.gold]),
        "cuad_fabrication_rate": as_percent(fabrication(evidence)),
        "cuad_absent_questions": len([s for s in evidence if not s.gold]),
        "cuad_confidence_auroc_right": as_percent(right_against_wrong(evidence)),
    }


def _clauses(scores: Sequence[ClauseScore]) -> dict[str, Any]:
    return {
        "cuad_clause_by_category": clause_table(scores),
        "cuad_clause_balanced_accuracy": as_percent(balanced_accuracy(scores)),
        "cuad_clause_auroc": as_percent(clause_auroc(scores)),
    }


def measure(data_folder: Path) -> dict[str, Any]:
    """All accuracy figures."""
    contracts = held_out_contracts(data_folder / "cuad" / "contracts.jsonl.xz")
    answers = ask_all(contracts)
    figures: dict[str, Any] = {"cuad_held_out_contracts": len(contracts)}
    return figures | _states(answers) | _whole(answers) | _clauses(answers.clauses)


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    print(json.dumps(measure(parser.parse_args().data_folder), indent=2))


if __name__ == "__main__":
    main()
