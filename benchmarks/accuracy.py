"""Accuracy of the shipped model on held-out contracts, per category.

    python -m benchmarks.accuracy <data folder>

See `consolidation.training.measure` for what is measured. Rates are percent. `cuad_state_short_*` is the state of
8 windows that hold the answers; the same table stands beside it for 4, 16 and 32 windows and for whole contracts.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from consolidation import Engine, load_engine
from consolidation.training.clauses import CLAUSE_CATEGORIES
from consolidation.training.facts import PARTY_BY_ROLE, Contract
from consolidation.training.measure import (
    clause_scores,
    held_out_contracts,
    percent,
    state_scores,
    table,
    whole_scores,
)

WINDOWS = (4, 8, 16, 32)


def auroc(yes: Sequence[float], no: Sequence[float]) -> float:
    """Area under the receiver operating characteristic, percent."""
    if not yes or not no:
        return 0.0
    left, right = torch.tensor(yes)[:, None], torch.tensor(no)[None, :]
    return round(100 * float(((left > right).float() + 0.5 * (left == right).float()).mean()), 1)


def _states(engine: Engine, contracts: Sequence[Contract]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for count in WINDOWS:
        scores = list(state_scores(engine, contracts, count))
        rows = table(scores)
        figures[f"cuad_state_by_category_{count}_windows"] = rows
        figures[f"cuad_state_short_em_{count}_windows"] = rows["short answers"]["em"]
        figures[f"cuad_state_short_f1_{count}_windows"] = rows["short answers"]["f1"]
        if count == 8:
            labelled = [s for s in scores if s.category != PARTY_BY_ROLE]
            figures["cuad_state_labelled_em"] = percent([s.em for s in labelled])
    figures["cuad_state_short_em"] = figures["cuad_state_short_em_8_windows"]
    figures["cuad_state_short_f1"] = figures["cuad_state_short_f1_8_windows"]
    return figures


def _whole(engine: Engine, contracts: Sequence[Contract]) -> dict[str, Any]:
    pairs = list(whole_scores(engine, contracts))
    state, evidence = [p[0] for p in pairs], [p[1] for p in pairs]
    answered = [s for s in evidence if s.answer]
    verified = [s for s in answered if s.gold and s.verification in ("exact", "tolerant")]
    absent = [s for s in evidence if not s.gold]
    return {
        "cuad_state_by_category_whole": table(state),
        "cuad_evidence_by_category": table(evidence),
        "cuad_state_short_em_whole": table(state)["short answers"]["em"],
        "cuad_state_short_f1_whole": table(state)["short answers"]["f1"],
        "cuad_evidence_short_em": table(evidence)["short answers"]["em"],
        "cuad_evidence_short_f1": table(evidence)["short answers"]["f1"],
        "cuad_quote_touches_gold": percent([float(bool(s.quote_right)) for s in verified]),
        "cuad_answered_from_state": percent([float(s.mode == "state") for s in answered if s.gold]),
        "cuad_not_found_though_there": percent([float(not s.answer) for s in evidence if s.gold]),
        "cuad_fabrication_rate": percent([float(bool(s.answer)) for s in absent]),
        "cuad_absent_questions": len(absent),
        "cuad_confidence_auroc_right": auroc(
            [s.confidence for s in answered if s.em], [s.confidence for s in answered if not s.em]
        ),
    }


def _clauses(engine: Engine, contracts: Sequence[Contract]) -> dict[str, Any]:
    scores = list(clause_scores(engine, contracts))
    rows: dict[str, dict[str, float]] = {}
    for category in CLAUSE_CATEGORIES:
        own = [s for s in scores if s.category == category]
        yes, no = [s for s in own if s.gold], [s for s in own if not s.gold]
        recall, rejection = percent([s.em for s in yes]), percent([float(not s.answer) for s in no])
        rows[category] = {
            "balanced_accuracy": round((recall + rejection) / 2, 1),
            "auroc": auroc([s.confidence for s in yes], [s.confidence for s in no]),
            "n_yes": len(yes),
            "n_no": len(no),
        }
    usable = [r["balanced_accuracy"] for r in rows.values() if r["n_yes"] and r["n_no"]]
    return {
        "cuad_clause_by_category": rows,
        "cuad_clause_balanced_accuracy": round(sum(usable) / len(usable), 1),
        "cuad_clause_auroc": auroc(
            [s.confidence for s in scores if s.gold], [s.confidence for s in scores if not s.gold]
        ),
    }


def measure(data_folder: Path) -> dict[str, Any]:
    """All accuracy figures."""
    torch.set_num_threads(2)
    engine = load_engine()
    contracts = held_out_contracts(data_folder / "cuad" / "contracts.jsonl.xz")
    figures: dict[str, Any] = {"cuad_held_out_contracts": len(contracts)}
    return figures | _states(engine, contracts) | _whole(engine, contracts) | _clauses(engine, contracts)


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    print(json.dumps(measure(parser.parse_args().data_folder), indent=2))


if __name__ == "__main__":
    main()
