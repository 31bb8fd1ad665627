"""Everything that the course of a conversion needs, as compact arrays, with the model's weights in parts.

`python -m laboratory.convert.prepare --data FOLDER --model FOLDER-OR-GGUF --out FOLDER [--agreements N]`

`arrays.npz` holds `tokens` uint16 `[N]` of all documents in a row, `documents` `[D+1]` where each begins, and of each
question `asked_document`, `asked_place` `[A, 2]` (tokens of its document that hold the evidence, -1 where it says
nothing of it), and ragged `prompts`, `answers` with `prompts_of`, `answers_of` `[A+1]`. Beside it `model/` with the
configuration and the tokenizer, and `weights/` with the weights. Contracts that are held out give nothing.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from consolidation.parts.hybrid.load import load_causal
from consolidation.parts.hybrid.prompt import ABSENT, FROM_STATE, Prompter
from consolidation.text.windows import Range
from laboratory.convert.parts import write_parts
from laboratory.reading.facts import Asked, Document, contracts, disclosures, unlabelled

#: Wordings that are taken of a question, and most tokens of a prompt and of an answer.
WORDINGS, PROMPT_TOKENS, ANSWER_TOKENS = 2, 120, 24
CHARACTERS, MADE = 16_000, 12


def answer_to(asked: Asked, text: str) -> str | None:
    """The words of the right answer; None of a question that is not answered by copying, or yes, or no."""
    if asked.kind == "joined":
        return None
    if asked.kind == "yes_no":
        return asked.polarity.capitalize() or ABSENT
    if not asked.answers:
        # evidence without a place of the answer: what is to be said is not known
        return None if asked.evidence else ABSENT
    return "; ".join(" ".join(text[low:high].split()) for low, high in asked.answers)


def rows_of(
    document: Document, prompter: Prompter, dice: random.Random
) -> tuple[list[int], list[dict[str, Any]]]:
    """A document's tokens, and its questions with their places, prompts and answers in tokens."""
    whole = prompter.tokenizer(document.text, add_special_tokens=False, return_offsets_mapping=True)
    starts, ends = zip(*whole["offset_mapping"], strict=True)
    rows = []
    for asked in document.asked:
        said = answer_to(asked, document.text)
        if said is None:
            continue
        answer = prompter.read(said if prompter.tokenizer.chat_template else f" {said}")
        place = _tokens(asked.answers or asked.evidence, starts, ends)
        for wording in dice.sample(asked.wordings, min(WORDINGS, len(asked.wordings))):
            prompt = prompter.ask(FROM_STATE, wording)
            if len(prompt) <= PROMPT_TOKENS and len(answer) < ANSWER_TOKENS:
                ended = [*answer, prompter.tokenizer.eos_token_id]
                rows.append({"place": place, "prompt": prompt, "answer": ended})
    return whole["input_ids"], rows


def _tokens(ranges: Iterable[Range], starts: tuple[int, ...], ends: tuple[int, ...]) -> Range:
    """The tokens from the first of some characters to the last; -1 of none."""
    some = list(ranges)
    if not some:
        return -1, -1
    low, high = min(a for a, _ in some), max(b for _, b in some)
    return bisect_right(ends, low), bisect_left(starts, high)


def arrays_of(
    documents: Iterable[Document], prompter: Prompter, dice: random.Random
) -> dict[str, np.ndarray]:
    """All arrays."""
    tokens, bounds = list[np.ndarray](), [0]
    places, of = list[Range](), list[int]()
    ragged: dict[str, list[list[int]]] = {"prompts": [], "answers": []}
    for number, document in enumerate(documents):
        ids, rows = rows_of(document, prompter, dice)
        tokens.append(np.array(ids, dtype=np.uint16))
        bounds.append(bounds[-1] + len(ids))
        for row in rows:
            places.append(row["place"])
            of.append(number)
            ragged["prompts"].append(row["prompt"])
            ragged["answers"].append(row["answer"])
    flat = {name: np.array(list(itertools.chain(*lists)), np.uint16) for name, lists in ragged.items()}
    ends = {f"{name}_of": np.cumsum([0, *map(len, lists)]) for name, lists in ragged.items()}
    return {
        "tokens": np.concatenate(tokens),
        "documents": np.array(bounds),
        "asked_document": np.array(of),
        "asked_place": np.array(places),
        **flat,
        **ends,
    }


def documents_of(data: Path, agreements: int, dice: random.Random, most: int | None) -> Iterator[Document]:
    """What is learned of, the labelled contracts first; of each kind at most `most`."""
    yield from itertools.islice(contracts(data, MADE, dice), most)
    yield from itertools.islice(disclosures(data), most)
    yield from itertools.islice(unlabelled(data, CHARACTERS, MADE, dice), agreements)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--agreements", type=int, default=1000, help="unlabelled agreements that are taken")
    parser.add_argument("--contracts", type=int, help="labelled contracts that are taken; all by default")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    model, tokenizer = load_causal(args.model, "cpu")
    if model.config.vocab_size > 2**16:
        raise SystemExit("Token ids are kept in 16 bits; this vocabulary is larger.")
    dice = random.Random(args.seed)
    made = arrays_of(
        documents_of(args.data, args.agreements, dice, args.contracts), Prompter(tokenizer), dice
    )
    args.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(args.out / "arrays.npz", **made)  # type: ignore[arg-type]  # numpy takes any name
    model.config.save_pretrained(args.out / "model")
    tokenizer.save_pretrained(args.out / "model")
    tied = {
        name for name in model.state_dict() if name == "lm_head.weight" and model.config.tie_word_embeddings
    }
    weights = {name: value for name, value in model.state_dict().items() if name not in tied}
    parts = write_parts(weights, args.out / "weights")
    print(json.dumps({name: len(array) for name, array in made.items()} | {"parts": len(parts)}))


if __name__ == "__main__":
    main()
