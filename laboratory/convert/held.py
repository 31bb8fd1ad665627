"""Natural questions of held-out contracts as a file, each with the segment that answers it and the one BM25 finds.

`python -m laboratory.convert.held --data ../shared/data --prepared FOLDER` writes `held.jsonl` into the folder.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transformers import AutoTokenizer

from consolidation.files import write_atomically
from consolidation.parts.hybrid.prompt import FROM_STATE, Prompter
from consolidation.text.bm25 import FullText
from laboratory.answers.collect import ABSENT, chosen_contracts
from laboratory.convert.asked import HELD, Question
from laboratory.convert.course import Sizes
from laboratory.reading.facts import natural


def questions_of(data: Path, prompter: Prompter, segment: int) -> Iterator[Question]:
    """Answerable questions of held-out contracts, in turn of each of them, whose quote stands in one segment."""
    asked = natural(data / "questions" / "questions.jsonl.xz")
    lists = [list(of_contract(c.id, c.text, asked[c.id], prompter, segment)) for c in chosen_contracts(data)]
    for number in range(max(map(len, lists), default=0)):
        yield from (some[number] for some in lists if number < len(some))


def of_contract(
    name: str, text: str, rows: list[dict[str, Any]], prompter: Prompter, segment: int
) -> Iterator[Question]:
    """The questions of one contract."""
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
        yield Question(name, row, prompt, gold, found, text[slice(*ranges[holding[0]])])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, required=True)
    for name in ("window", "windows"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Sizes(), name))
    args = parser.parse_args()
    prompter = Prompter(AutoTokenizer.from_pretrained(args.prepared / "model"))
    every = list(questions_of(args.data, prompter, Sizes(args.window, args.windows).segment))
    with write_atomically(args.prepared / HELD) as handle:
        handle.write("".join(json.dumps(asdict(one)) + "\n" for one in every).encode())
    print(len(every))


if __name__ == "__main__":
    main()
