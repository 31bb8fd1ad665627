"""What a state costs against what is remembered: whole held-out contracts from states alone.

    python -m benchmarks.states ../shared/data [--weights FILE --out FILE]

Writes `benchmarks/results/states.json`: exact match and F1 of short answers in percent, and bytes of states a
contract, by windows in a segment (stored as shipped), and stored as int8 (segments as shipped). The thresholds and
weights are those shipped, so what is not shipped has constants fitted for something else.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import torch

from benchmarks.reports import report
from consolidation import load_engine
from consolidation.parts.embedded.memory import EmbeddedMemory
from laboratory.answers.banked import consolidated, in_processes
from laboratory.data.facts import Contract
from laboratory.measure.answers import (
    Score,
    held_out_contracts,
    table,
    whole_state_scores,
)
from laboratory.measure.engines import remembering

RESULTS = Path(__file__).parent / "results" / "states.json"
COMMAND = "python -m benchmarks.states ../shared/data"
#: Windows in a segment and the stored type; what is shipped has 8 and int4.
VARIANTS = {
    **{f"segment_windows_{count}": (count, "int4") for count in (4, 8, 16, 32)},
    "stored_int8": (8, "int8"),
}


def ask(contracts: Sequence[Contract], weights: Path | None) -> dict[str, tuple[list[Score], int]]:
    """Scores, and bytes of all states, of each variant."""
    torch.set_num_threads(1)
    engine, found = remembering(load_engine(weights)), {}
    memory = cast("EmbeddedMemory", engine.memory)
    for name, (windows, stored) in VARIANTS.items():
        settings = replace(memory.settings, segment_windows=windows)
        one = replace(memory, settings=settings, stored=dict.fromkeys(memory.stored, stored))
        with consolidated(replace(engine, memory=one), contracts) as banked:
            size = sum(s.bank.size(str(s.state_name)) for _, s in banked)
            found[name] = list(whole_state_scores(engine, banked)), size
        print(name, file=sys.stderr, flush=True)
    return found


def measure(contracts: Sequence[Contract], weights: Path | None) -> dict[str, Any]:
    """Accuracy and bytes of each variant."""
    parts, figures = in_processes(partial(ask, weights=weights), contracts), dict[str, Any]()
    for name in VARIANTS:
        rows = table([score for part in parts for score in part[name][0]])
        size = sum(part[name][1] for part in parts)
        figures[name] = {
            **rows["short answers"],
            "bytes_per_contract": round(size / len(contracts)),
            "by_category": rows,
        }
    return figures


def main() -> None:
    """Measure every variant and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--weights", type=Path, help="other weights than the shipped ones")
    parser.add_argument("--contracts", type=int, help="only so many, for a trial; give --out")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if (args.weights or args.contracts) and args.out == RESULTS:
        parser.error("a trial must not overwrite the results of the shipped weights; give --out")
    contracts = held_out_contracts(args.data_folder / "cuad" / "contracts.jsonl.xz")
    report(args.out, COMMAND, measure(contracts[: args.contracts], args.weights))


if __name__ == "__main__":
    main()
