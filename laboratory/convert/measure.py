"""Natural questions of held-out contracts, answered from each kind of memory of one segment at equal bytes.

`python -m laboratory.convert.measure --prepared FOLDER --course FOLDER --data ../shared/data [--questions 100]`

Memory is made of the segment that holds the answer, before the question is seen, by: nothing (`no_memory`), its text
in attention (`full_reading`), fast weights of the conversion (`hybrid_n1`, `_n2`, `_n4`), keys and values compacted
to as many numbers (`compacted_kv`), and the embedded memory that is shipped (`embedded_states`). `bm25_reader` reads
the segment of the contract that BM25 finds. All but `embedded_states` have the weights of the teacher. Writes
`benchmarks/results/hybrid.json`: percent right by token F1 of 0.6, bytes in two bytes a number (the embedded memory
as it stores them), what was trained and on what. A phase that is not finished leaves its arm out.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import report
from consolidation.answers.claims import decode
from consolidation.engine import Engine, load_engine
from consolidation.parts.hybrid.prompt import FROM_STATE, Prompter, answer_of
from consolidation.states.packing import pack_all, unpack
from consolidation.table.rows import Row
from consolidation.text.bm25 import FullText
from laboratory.answers.collect import ABSENT, chosen_contracts, is_right
from laboratory.convert.asking import Reading, answer, from_kept, from_states
from laboratory.convert.compact import compacted
from laboratory.convert.course import PASSES, Sizes, loaded
from laboratory.convert.hybrid import Hybrid
from laboratory.convert.parts import LIST, read_parts
from laboratory.convert.stack import Stack
from laboratory.reading.facts import natural

RESULTS = Path("benchmarks/results/hybrid.json")
BYTES = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the segment that answers it and the one that BM25 finds, as tokens and as text."""

    row: dict[str, Any]
    prompt: list[int]
    gold: list[int]
    found: list[int]
    text: str


def questions_of(data: Path, prompter: Prompter, segment: int) -> Iterator[Question]:
    """Answerable questions of held-out contracts, in turn of each of them, whose quote stands in one segment."""
    asked = natural(data / "questions" / "questions.jsonl.xz")
    lists = [list(_of_contract(c.text, asked[c.id], prompter, segment)) for c in chosen_contracts(data)]
    for number in range(max(map(len, lists), default=0)):
        yield from (some[number] for some in lists if number < len(some))


def _of_contract(
    text: str, rows: list[dict[str, Any]], prompter: Prompter, segment: int
) -> Iterator[Question]:
    whole = prompter.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    ids, offsets = whole["input_ids"], whole["offset_mapping"]
    starts = range(0, len(ids), segment)
    ranges = [(offsets[at][0], offsets[min(at + segment, len(ids)) - 1][1]) for at in starts]
    index = FullText([text[low:high] for low, high in ranges])
    for row in rows:
        if row["kind"] in (*ABSENT, "joined"):
            continue
        places = row["spans"] or row["quote_spans"]
        holding = [
            i for i, (low, high) in enumerate(ranges) if all(low <= a and b <= high for a, b in places)
        ]
        if not holding or not places:
            continue
        best = int(index.scores(row["question"]).argmax())
        gold, found = (ids[starts[i] : starts[i] + segment] for i in (holding[0], best))
        prompt = prompter.ask(FROM_STATE, row["question"])
        yield Question(row, prompt, gold, found, text[slice(*ranges[holding[0]])])


#: A reading that has the memory of a question, and the bytes of that memory.
Remembered = tuple[Reading, int]


class Arms:
    """All kinds of memory of the converted model."""

    def __init__(self, stack: Stack, hybrids: Mapping[int, Hybrid], sizes: Sizes, device: str) -> None:
        self.stack, self.hybrids, self.sizes, self.device = stack, hybrids, sizes, device

    def by_name(self) -> dict[str, Callable[[Question], Remembered]]:
        ways: dict[str, Callable[[Question], Remembered]] = {
            "no_memory": lambda q: (from_kept(self.stack, None, 0), 0),
            "bm25_reader": lambda q: self._in_view(q.found),
            "full_reading": lambda q: self._in_view(q.gold),
            "compacted_kv": self._compacted,
        }
        for passes, hybrid in self.hybrids.items():
            ways[f"hybrid_n{passes}"] = partial(self._slept, hybrid=hybrid, passes=passes)
        return ways

    def _in_view(self, ids: list[int]) -> Remembered:
        _, kept = self.stack.read(self._row(ids))
        return from_kept(self.stack, kept, len(ids)), BYTES * sum(one.numbers for one in kept)

    def _compacted(self, asked: Question) -> Remembered:
        """As many numbers as the fast weights have."""
        numbers = (next(iter(self.hybrids.values()), None) or Hybrid(self.stack)).numbers
        of_one = self.stack.read(self._row(asked.gold[:1]))[1]
        entries = max(1, numbers // sum(one.numbers for one in of_one))
        kept = compacted(self.stack, self._row(asked.gold), entries)
        # those that come next to the text stand where they would have stood
        return from_kept(self.stack, kept, len(asked.gold)), BYTES * sum(one.numbers for one in kept)

    def _slept(self, asked: Question, hybrid: Hybrid, passes: int) -> Remembered:
        states = hybrid.sleep(self._row(asked.gold).split(self.sizes.window, 1), passes)
        return from_states(hybrid, states), BYTES * hybrid.numbers

    def _row(self, ids: list[int]) -> torch.Tensor:
        return torch.tensor([ids], device=self.device)


def embedded(engine: Engine, asked: Question) -> tuple[str, int]:
    """What the shipped memory says from its stored state of the segment alone, and the bytes of that."""
    memory, windows = engine.memory, engine.memory.tokenise(asked.text)
    state = memory.read(windows, range(len(windows)), memory.blank_state(), memory.settings.passes)
    packed = pack_all(state, memory.stored)
    claim = decode(engine, [Row({k: unpack(v) for k, v in packed.items()}, asked.row["question"])])[0]
    return claim.text, sum(one.nbytes for one in packed.values())


@dataclass
class Tally:
    """Of one kind of memory: what was right, and bytes a thousand tokens."""

    values: list[bool]
    yes_no: list[bool]
    sizes: list[float]

    def add(self, asked: Question, said: str, size: int) -> None:
        of = self.yes_no if asked.row["kind"] in ("yes", "no") else self.values
        of.append(is_right(asked.row, said))
        self.sizes.append(1000 * size / len(asked.gold))

    def figures(self, name: str) -> dict[str, Any]:
        share = {"values_right": self.values, "yesno_right": self.yes_no}
        right = {f"{name}_{k}": round(100 * statistics.mean(v), 1) if v else None for k, v in share.items()}
        return right | {
            f"{name}_bytes_per_1k_tokens": round(statistics.mean(self.sizes)) if self.sizes else None
        }


@torch.inference_mode()
def measured(arms: Arms, prompter: Prompter, engine: Engine | None, asked: list[Question]) -> dict[str, Any]:
    """The figures of all arms on some questions; the embedded memory's where an engine is given."""
    ends = {prompter.tokenizer.eos_token_id}
    figures: dict[str, Any] = {}
    for name, way in arms.by_name().items():
        tally = Tally([], [], [])
        for one in asked:
            read, size = way(one)
            tally.add(one, answer_of(prompter.said(answer(read, one.prompt, ends, arms.device))), size)
        figures |= tally.figures(name)
    if engine is not None:
        tally = Tally([], [], [])
        for one in asked:
            tally.add(one, *embedded(engine, one))
        figures |= tally.figures("embedded_states")
    kinds = [one.row["kind"] in ("yes", "no") for one in asked]
    return figures | {"values_asked": len(kinds) - sum(kinds), "yesno_asked": sum(kinds)}


def trained(stack: Stack, course: Path, device: str) -> tuple[dict[int, Hybrid], dict[str, Any]]:
    """The teacher's projections put into the stack, the hybrids that are there, and what their training took."""
    took: dict[str, Any] = {"train_tokens": 0, "train_device": None}
    if (course / "teacher" / LIST).exists():
        stack.mixers.load_state_dict(read_parts(course / "teacher"))
    hybrids = dict[int, Hybrid]()
    for passes in PASSES:
        if (course / f"sleep_n{passes}" / LIST).exists():
            hybrids[passes] = Hybrid(stack).to(device)
            hybrids[passes].mixers.load_state_dict(read_parts(course / f"sleep_n{passes}"))
    for path in sorted(course.glob("*/figures.json")):
        phase = json.loads(path.read_text())
        took[f"train_steps_{path.parent.name}"] = phase["step"]
        took["train_tokens"] += phase["tokens"]
        took["train_device"] = phase["device"]
    return hybrids, took


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--results", type=Path, default=RESULTS)
    for name in ("window", "windows"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Sizes(), name))
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    sizes = Sizes(args.window, args.windows)
    stack, prompter = loaded(args.prepared, args.device)
    hybrids, took = trained(stack, args.course, args.device)
    every = questions_of(args.data, prompter, sizes.segment)
    asked = [one for _, one in zip(range(args.questions), every, strict=False)]
    figures = measured(Arms(stack, hybrids, sizes, args.device), prompter, load_engine(), asked)
    command = f"python -m laboratory.convert.measure --questions {len(asked)} ..."
    report(args.results, command, figures | took | {"segment_tokens": sizes.segment})


if __name__ == "__main__":
    main()
