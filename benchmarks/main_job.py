"""All figures of the main job, in one run on a quiet machine.

    python -m benchmarks.main_job ../shared/data

Writes `benchmarks/results/main_job.json`. Times are seconds, rates percent; see `ingest` and `questions` for what
each figure is. How often answers are right is measured by `cuad_state`, whose figures stand here under the names of
the main job.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks import ingest, questions
from benchmarks.reports import report

RESULTS = Path(__file__).parent / "results" / "main_job.json"
COMMAND = "python -m benchmarks.main_job ../shared/data"
ACCURACY = RESULTS.with_name("cuad_state.json")


def accuracy(data_folder: Path) -> dict[str, Any]:
    """The figures of `cuad_state`'s last run, under the names of the main job."""
    found = json.loads(ACCURACY.read_text())["figures"]
    tables = found["by_category"]
    figures: dict[str, Any] = {"cuad_held_out_contracts": found["contracts"]}
    for windows in (4, 8, 16, 32):
        rows = tables[f"state_{windows}_windows"]
        figures[f"cuad_state_by_category_{windows}_windows"] = rows
        figures[f"cuad_state_short_em_{windows}_windows"] = rows["short answers"]["em"]
        figures[f"cuad_state_short_f1_{windows}_windows"] = rows["short answers"]["f1"]
    return figures | {
        "cuad_state_short_em": figures["cuad_state_short_em_8_windows"],
        "cuad_state_short_f1": figures["cuad_state_short_f1_8_windows"],
        "cuad_state_by_category_whole": tables["state_whole"],
        "cuad_state_short_em_whole": found["short_em_whole"],
        "cuad_state_short_f1_whole": found["short_f1_whole"],
        "cuad_evidence_by_category": tables["evidence"],
        "cuad_evidence_short_em": found["evidence_short_em"],
        "cuad_evidence_short_f1": found["evidence_short_f1"],
        "cuad_quote_touches_gold": found["placed_quote_precision"],
        "cuad_fabrication_rate": found["fabrication_rate"],
        "cuad_absent_questions": found["absent_questions"],
        "cuad_confidence_auroc_right": found["answer_auroc_right"],
        "cuad_clause_by_category": tables["yesno"],
        "cuad_clause_balanced_accuracy": found["yesno_balanced_accuracy"],
        "cuad_clause_auroc": found["yesno_auroc"],
    }


PARTS = {"ingest": ingest.measure, "questions": questions.measure, "accuracy": accuracy}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


def main() -> None:
    """Measure, print and write the figures; `--only` keeps the other parts' figures of the last run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--only", choices=sorted(PARTS))
    args = parser.parse_args()
    figures: dict[str, Any] = (
        json.loads(RESULTS.read_text())["figures"] if args.only and RESULTS.exists() else {}
    )
    for name, measure in PARTS.items():
        if args.only in (None, name):
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            if name == "accuracy":
                figures = {key: value for key, value in figures.items() if not key.startswith("cuad_")}
            figures |= _rounded(measure(args.data_folder))
    report(RESULTS, COMMAND, figures)


if __name__ == "__main__":
    main()
