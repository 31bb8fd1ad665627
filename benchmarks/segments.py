"""Segment length against accuracy: whole held-out contracts from states alone, with segments of several lengths.

    python -m benchmarks.segments ../shared/data [--weights FILE --out FILE]

Writes `benchmarks/results/segments.json`: exact match and F1 of short answers in percent, and bytes of states a
contract, by windows in a segment. The thresholds and weights are those shipped.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import report
from consolidation import load_engine
from consolidation.training.facts import Contract
from consolidation.training.measure import (
    Score,
    consolidated,
    held_out_contracts,
    in_processes,
    remembering,
    table,
    whole_state_scores,
)

RESULTS = Path(__file__).parent / "results" / "segments.json"
COMMAND = "python -m benchmarks.segments ../shared/data"
WINDOWS = (4, 8, 16, 32)


def ask(contracts: Sequence[Contract], weights: Path | None) -> dict[int, tuple[list[Score], int]]:
    """Scores, and bytes of all states, by windows in a segment."""
    torch.set_num_threads(1)
    engine, found = remembering(load_engine(weights)), {}
    for windows in WINDOWS:
        engine.settings = replace(engine.settings, segment_windows=windows)
        with consolidated(engine, contracts) as banked:
            size = sum(s.bank.path(str(s.state_name)).stat().st_size for _, s in banked)
            found[windows] = list(whole_state_scores(engine, banked)), size
        print(windows, "windows", file=sys.stderr, flush=True)
    return found


def measure(contracts: Sequence[Contract], weights: Path | None) -> dict[str, Any]:
    """Accuracy and bytes for each length."""
    parts, figures = in_processes(partial(ask, weights=weights), contracts), dict[str, Any]()
    for windows in WINDOWS:
        rows = table([score for part in parts for score in part[windows][0]])
        size = sum(part[windows][1] for part in parts)
        figures[f"segment_windows_{windows}"] = {
            **rows["short answers"],
            "bytes_per_contract": round(size / len(contracts)),
            "by_category": rows,
        }
    return figures


def main() -> None:
    """Measure every length and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--weights", type=Path, help="other weights than the shipped ones")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if args.weights and args.out == RESULTS:
        parser.error("a trial must not overwrite the results of the shipped weights; give --out")
    contracts = held_out_contracts(args.data_folder / "cuad" / "contracts.jsonl.xz")
    report(args.out, COMMAND, measure(contracts, args.weights))


if __name__ == "__main__":
    main()
