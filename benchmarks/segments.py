"""Segment length against accuracy: whole held-out contracts from states alone, with segments of several lengths.

    python -m benchmarks.segments ../shared/data

Writes `benchmarks/results/segments.json`: exact match and F1 of short answers in percent, and bytes of states a
contract, by windows in a segment. The thresholds and weights are those shipped.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from benchmarks.main_job import machine
from consolidation import Engine, load_engine
from consolidation.files import write_atomically
from consolidation.training.facts import Contract
from consolidation.training.measure import (
    consolidated,
    held_out_contracts,
    remembering,
    table,
    whole_state_scores,
)

RESULTS = Path(__file__).parent / "results" / "segments.json"
COMMAND = "python -m benchmarks.segments ../shared/data"
WINDOWS = (8, 16, 32, 64)


def measured(engine: Engine, contracts: Sequence[Contract], windows: int) -> dict[str, Any]:
    """Accuracy and bytes with segments of so many windows."""
    engine.settings = replace(engine.settings, segment_windows=windows)
    with consolidated(engine, contracts) as banked:
        short = table(list(whole_state_scores(engine, banked)))["short answers"]
        size = sum(s.bank.path(str(s.state_name)).stat().st_size for _, s in banked)
    return {**short, "bytes_per_contract": round(size / len(contracts))}


def main() -> None:
    """Measure every length and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(2)
    engine, figures = remembering(load_engine()), dict[str, Any]()
    contracts = held_out_contracts(args.data_folder / "cuad" / "contracts.jsonl.xz")
    for windows in WINDOWS:
        figures[f"segment_windows_{windows}"] = measured(engine, contracts, windows)
        print(windows, figures[f"segment_windows_{windows}"], file=sys.stderr, flush=True)
    content = {"command": COMMAND, "machine": machine(), "figures": figures}
    with write_atomically(RESULTS) as handle:
        handle.write(json.dumps(content, indent=2).encode() + b"\n")


if __name__ == "__main__":
    main()
