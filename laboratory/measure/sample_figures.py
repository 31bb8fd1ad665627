"""Record what the shipped weights say about a small fixed sample of held-out contracts; a test compares.

`python -m laboratory.measure.sample_figures ../shared/data`

Writes `tests/data/cuad_sample.jsonl.xz` (the same contracts every time) and `tests/data/cuad_sample_figures.json`. To
be run whenever the shipped weights, or how questions are answered, are meant to change.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from consolidation.engine import Engine, load_engine
from consolidation.files import write_atomically
from laboratory.answers.banked import consolidated
from laboratory.data.facts import Contract, held_out, load_contracts
from laboratory.measure.answers import Score, short_facts, whole_scores
from laboratory.measure.controls import most_frequent

DATA = Path(__file__).resolve().parents[2] / "tests" / "data"
SAMPLE, FIGURES = DATA / "cuad_sample.jsonl.xz", DATA / "cuad_sample_figures.json"
COMMAND = "python -m laboratory.measure.sample_figures ../shared/data"
CONTRACTS, MOST_CHARACTERS = 6, 15_000
#: Contracts of the sample that every question is asked about.
MEASURED = 3


def chosen(contracts: Sequence[Contract]) -> list[str]:
    """Ids of the short held-out contracts with the most short answers."""
    short = [c for c in contracts if len(c.text) <= MOST_CHARACTERS]
    short.sort(key=lambda c: (-len(short_facts(c)), len(c.text), c.id))
    return sorted(c.id for c in short[:CONTRACTS])


def write_sample(source: Path, ids: Sequence[str], out: Path = SAMPLE) -> None:
    """Copy the lines of some contracts."""
    with lzma.open(source, "rt", encoding="utf-8") as lines:
        kept = [line for line in lines if json.loads(line)["id"] in ids]
    with write_atomically(out) as handle:
        handle.write(lzma.compress("".join(kept).encode(), preset=9))


def tally(scores: Sequence[Score]) -> dict[str, float]:
    """Right answers, sum of F1 and number of questions with an answer; answers given to those without."""
    there, absent = [s for s in scores if s.gold], [s for s in scores if not s.gold]
    return {
        "right": sum(s.em for s in there),
        "f1": round(sum(s.f1 for s in there), 3),
        "n": len(there),
        "fabricated": sum(bool(s.answer) for s in absent),
        "absent": len(absent),
    }


def figures(engine: Engine, sample: Sequence[Contract]) -> dict[str, Any]:
    """What comes of every short question about the first of the sample, from states and with evidence."""
    with consolidated(engine, sample[:MEASURED]) as banked:
        pairs = list(whole_scores(engine, banked))
    return {
        "reads_sha256": engine.identity.reads_sha256,
        "answers_sha256": engine.identity.answers_sha256,
        "states": tally([p[0] for p in pairs]),
        "evidence": tally([p[1] for p in pairs]),
        "answers": [[s.contract, s.category, s.gold, s.answer, e.answer] for s, e in pairs],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    source = args.data_folder / "cuad" / "contracts.jsonl.xz"
    contracts = load_contracts(source)
    write_sample(source, chosen([c for c in contracts if held_out(c.id) and c.answers]))
    training = [c for c in contracts if not held_out(c.id)]
    content: dict[str, Any] = {"command": COMMAND, "most_frequent": most_frequent(training)}
    content |= figures(load_engine(), load_contracts(SAMPLE))
    with write_atomically(FIGURES) as handle:
        handle.write(json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n")
    print(json.dumps({name: content[name] for name in ("states", "evidence")}, indent=1))


if __name__ == "__main__":
    main()
