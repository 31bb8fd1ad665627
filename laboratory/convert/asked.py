"""What each kind of memory of the converted model says to the questions of `held.jsonl`, in `said/ARM.jsonl`.

`python -m laboratory.convert.asked --prepared FOLDER --course FOLDER [--arms hybrid_n1,full_reading]`

Arms are asked apart, so that several processes can share a card; an arm that has its file is not asked again. A phase
of the course that is not finished leaves its arm out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch

from consolidation.files import write_atomically
from consolidation.parts.cross_encoder import fast_precision
from consolidation.parts.hybrid.prompt import Prompter, answer_of
from laboratory.convert.asking import Reading, answer, from_kept, from_states
from laboratory.convert.compact import compacted
from laboratory.convert.course import PASSES, Sizes, loaded
from laboratory.convert.hybrid import Hybrid
from laboratory.convert.parts import LIST, read_parts
from laboratory.convert.stack import Stack

HELD, SAID = "held.jsonl", "said"
BYTES = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a contract with the segment that answers it and the one that BM25 finds, in tokens and text."""

    contract: str
    row: dict[str, Any]
    prompt: list[int]
    gold: list[int]
    found: list[int]
    text: str


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


@torch.inference_mode()
def said_by(arms: Arms, name: str, prompter: Prompter, asked: list[Question]) -> list[dict[str, Any]]:
    """What an arm says to each question, with the bytes of its memory."""
    ends, way, rows = {prompter.tokenizer.eos_token_id}, arms.by_name()[name], []
    for one in asked:
        read, size = way(one)
        rows.append(
            {"said": answer_of(prompter.said(answer(read, one.prompt, ends, arms.device))), "bytes": size}
        )
    return rows


def held(prepared: Path) -> list[Question]:
    """The questions. Raises FileNotFoundError."""
    return [Question(**json.loads(line)) for line in (prepared / HELD).read_text().splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--arms", default="", help="with commas between; all by default")
    parser.add_argument("--questions", type=int, default=10**9)
    for name in ("window", "windows"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Sizes(), name))
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    stack, prompter = loaded(args.prepared, args.device)
    hybrids, took = trained(stack, args.course, args.device)
    if fast_precision(args.device) == torch.bfloat16:
        for module in (stack, *hybrids.values()):
            module.bfloat16()
    arms, folder = Arms(stack, hybrids, Sizes(args.window, args.windows), args.device), args.course / SAID
    folder.mkdir(exist_ok=True)
    asked = held(args.prepared)[: args.questions]
    for name in args.arms.split(",") if args.arms else arms.by_name():
        if (folder / f"{name}.jsonl").exists() or name not in arms.by_name():
            continue
        rows = said_by(arms, name, prompter, asked)
        with write_atomically(folder / f"{name}.jsonl") as handle:
            handle.write("".join(json.dumps(row) + "\n" for row in rows).encode())
    with write_atomically(folder / "took.json") as handle:
        handle.write(json.dumps(took).encode())


if __name__ == "__main__":
    main()
