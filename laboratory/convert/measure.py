"""How right each kind of memory of one segment is, at equal bytes: natural questions of held-out contracts.

`python -m laboratory.convert.measure --prepared FOLDER --course FOLDER`, after `laboratory.convert.held` and `.asked`

Memory is made of the segment that holds the answer, before the question is seen, by: nothing (`no_memory`), its text
in attention (`full_reading`), fast weights of the conversion (`hybrid_n1`, `_n2`, `_n4`), keys and values compacted
to as many numbers (`compacted_kv`), and the embedded memory that is shipped (`embedded_states`). `bm25_reader` reads
the segment of the contract that BM25 finds. All but `embedded_states` have the weights of the teacher. Writes
`benchmarks/results/hybrid.json`: percent right by token F1 of 0.6 with intervals over contracts, bytes in two bytes a
number (the embedded memory as it stores them), what was trained and on what.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import report, with_interval
from consolidation.answers.claims import decode
from consolidation.engine import Engine, load_engine
from consolidation.states.packing import pack_all, unpack
from consolidation.table.rows import Row
from laboratory.answers.collect import is_right
from laboratory.convert.asked import SAID, Question, held

RESULTS = Path("benchmarks/results/hybrid.json")


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer: of which contract, whether it is right, and the bytes of its memory by a thousand tokens."""

    contract: str
    yes_no: bool
    right: bool
    bytes_per_1k: float


def embedded(engine: Engine, asked: Question) -> dict[str, Any]:
    """What the shipped memory says from its stored state of the segment alone, and the bytes of that."""
    memory, windows = engine.memory, engine.memory.tokenise(asked.text)
    state = memory.read(windows, range(len(windows)), memory.blank_state(), memory.settings.passes)
    packed = pack_all(state, memory.stored)
    claim = decode(engine, [Row({k: unpack(v) for k, v in packed.items()}, asked.row["question"])])[0]
    return {"said": claim.text, "bytes": sum(one.nbytes for one in packed.values())}


def graded(asked: Sequence[Question], said: Iterable[dict[str, Any]]) -> list[Graded]:
    """Each answer, graded."""
    return [
        Graded(
            one.contract,
            one.row["kind"] in ("yes", "no"),
            is_right(one.row, answer["said"]),
            1000 * answer["bytes"] / len(one.gold),
        )
        for one, answer in zip(asked, said, strict=False)
    ]


def figures_of(name: str, rows: Sequence[Graded]) -> dict[str, Any]:
    """The figures of one arm."""

    def right(drawn: Sequence[Graded]) -> float:
        return 100 * statistics.mean(row.right for row in drawn)

    figures: dict[str, Any] = {}
    kinds: dict[str, Callable[[Graded], bool]] = {
        "values_right": lambda row: not row.yes_no,
        "yesno_right": lambda row: row.yes_no,
    }
    for key, wanted in kinds.items():
        own = [row for row in rows if wanted(row)]
        figures |= with_interval(f"{name}_{key}", own, right) if own else {f"{name}_{key}": None}
    figures[f"{name}_asked"] = len(rows)
    return figures | {f"{name}_bytes_per_1k_tokens": round(statistics.mean(row.bytes_per_1k for row in rows))}


@torch.inference_mode()
def measured(asked: Sequence[Question], folder: Path, engine: Engine | None) -> dict[str, Any]:
    """The figures of all arms that were asked; the embedded memory's where an engine is given."""
    figures: dict[str, Any] = {}
    for path in sorted(folder.glob("*.jsonl")):
        said = [json.loads(line) for line in path.read_text().splitlines()]
        figures |= figures_of(path.stem, graded(asked, said))
    if engine is not None:
        figures |= figures_of("embedded_states", graded(asked, [embedded(engine, one) for one in asked]))
    kinds = [one.row["kind"] in ("yes", "no") for one in asked]
    more = {"values_asked": len(kinds) - sum(kinds), "yesno_asked": sum(kinds)}
    took: dict[str, Any] = json.loads((folder / "took.json").read_text())
    return figures | more | {"segment_tokens": max(len(one.gold) for one in asked)} | took


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=RESULTS)
    args = parser.parse_args()
    asked = held(args.prepared)
    figures = measured(asked, args.course / SAID, load_engine())
    report(args.results, "python -m laboratory.convert.measure --prepared FOLDER --course FOLDER", figures)


if __name__ == "__main__":
    main()
