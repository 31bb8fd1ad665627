"""How well clauses are found in held-out contracts, and hypotheses judged.

    python -m benchmarks.cuad_clauses ../shared/data

Writes `benchmarks/results/cuad_clauses.json`. Rates are percent. `aupr` and `precision_at_80_recall` are the CUAD
paper's (see `laboratory.measure.clauses`), over all 41 categories of the held-out contracts. All ranked
spans count, other extents of a passage too, as the paper counts several predictions for a question;
`aupr_first_extent` counts one extent of each passage, as `find_clauses` gives them unless asked for alternatives.
What says which extents fit is, for each contract, fitted on the other half of them. `s_per_contract` is mean wall
seconds from a contract's text to its clauses, on two threads. `nli_*_dev` are out of fold over ContractNLI's labelled
agreements (see `laboratory.fit.hypotheses`): the shipped weights are trained on these same agreements, so they cannot
be measured on them.
"""

import argparse
import time
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import report
from consolidation import load_engine
from consolidation.briefs import brief
from consolidation.briefs.clauses import told_by
from consolidation.findings.clauses import clauses, find_clauses, tag
from laboratory.answers.known import without_halves
from laboratory.data.facts import half_of, held_out
from laboratory.fit import hypotheses as train_nli
from laboratory.measure.clauses import by_category, count_contract, load_labelled, summary

RESULTS = Path(__file__).parent / "results" / "cuad_clauses.json"
COMMAND = "python -m benchmarks.cuad_clauses ../shared/data"


def clause_figures(contracts_file: Path, most: int | None = None) -> dict[str, Any]:
    """Figures of the clauses found in held-out contracts."""
    encodings = load_engine().encodings
    assert encodings is not None  # noqa: S101 -- the shipped memory has them
    contracts = load_labelled(contracts_file, held_out)[:most]
    find_clauses(encodings, contracts[0].text[:2000])  # the first call pays for what is loaded once
    counted, first, seconds, halves = [], [], [], without_halves()
    for contract in contracts:
        started = time.perf_counter()
        p_TL, offsets = tag(encodings, contract.text)
        told = told_by(brief(contract.text))
        known = p_TL, contract.text, offsets, halves[half_of(contract.id)], told
        found = clauses(*known)
        seconds.append(time.perf_counter() - started)
        counted.append(count_contract(contract, clauses(*known, alternatives=True)))
        first.append(count_contract(contract, found))
    pooled = summary([c for one in counted for c in one.values()])
    return {
        "aupr": round(pooled["aupr"], 1),
        "aupr_first_extent": round(summary([c for one in first for c in one.values()])["aupr"], 1),
        "precision_at_80_recall": round(pooled["precision_at_80_recall"], 1),
        "s_per_contract": float(f"{sum(seconds) / len(seconds):.3g}"),
        "s_longest_contract": float(f"{max(seconds):.3g}"),
        "contracts": len(contracts),
        "labelled_spans": sum(len(c.found) for one in counted for c in one.values()),
        "aupr_by_category": by_category(counted),
    }


def measure(data_folder: Path, most: int | None = None) -> dict[str, Any]:
    """All figures; those of clauses over the first `most` held-out contracts, all by default."""
    torch.set_num_threads(2)
    found = clause_figures(data_folder / "cuad" / "contracts.jsonl.xz", most)
    return found | train_nli.measure(data_folder)


def main() -> None:
    """Measure, write and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--contracts", type=int, help="only so many, for a trial; give --out")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if args.contracts and args.out == RESULTS:
        parser.error("a trial must not overwrite the results; give --out")
    report(args.out, COMMAND, measure(args.data_folder, args.contracts))


if __name__ == "__main__":
    main()
