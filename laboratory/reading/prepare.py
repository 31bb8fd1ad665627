"""Everything that training needs, as compact arrays in one folder.

`python -m laboratory.reading.prepare --data FOLDER --out FOLDER [--agreements N] [--characters N]`

All token places are places in one row of all documents' word pieces. `arrays.npz` holds: `tokens` uint16 `[N]`,
`documents` `[D+1]` where each begins, `titles` `[D, 16]`, `half` `[D]`; `passages` `[P, 2]` and `passages_of`
`[D+1]`; of each fact `fact_document`, `fact_source`, `fact_kind`, `fact_polarity`, `fact_label`, `answers` `[F, 8,
2]`, `evidence` `[F, 4, 2]` (-1 where none); of its wordings `questions` `[V, 40]` and `questions_of` `[F+1]`; and
passages by fact as flat lists with bounds: `positive`, `unclear` (neither right nor wrong), `near` (best by full
text).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from consolidation.parts.encoder import WordPieces, encoder_folder
from consolidation.parts.transformer import from_bert, quantised
from consolidation.text.bm25 import FullText
from consolidation.text.ranges import Range
from consolidation.text.wide import wide_passages
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data.facts import half_of
from laboratory.reading.facts import (
    SOURCES,
    Asked,
    Document,
    asked_agreements,
    contracts,
    disclosures,
    unlabelled,
)

KINDS = ("value", "list", "yes_no", "joined")
POLARITIES = ("", "yes", "no")
QUESTION_TOKENS, TITLE_TOKENS, ANSWERS, EVIDENCES = 40, 16, 8, 4
NEAR = 16
#: A passage that holds this part of the evidence is right for a question of yes and no.
SHARE_OF_EVIDENCE = 0.6
#: Sources whose near passages are looked up; others take any passage of their document.
SEARCHED = ("natural", "labels", "hypotheses", "written")


class Arrays:
    """Lists that grow document by document."""

    def __init__(self, pieces: WordPieces) -> None:
        self.pieces = pieces
        self.lists: dict[str, list[Any]] = {}
        self.tokens = 0
        self.labels: dict[str, int] = {}

    def put(self, name: str, value: Any) -> None:
        self.lists.setdefault(name, []).append(value)

    def flat(self, name: str, values: list[Any]) -> None:
        """A list of a fact: its values, and where they end."""
        self.lists.setdefault(name, []).extend(values)
        self.lists.setdefault(f"{name}_of", [0]).append(len(self.lists[name]))

    def row(self, text: str, width: int) -> list[int]:
        """Word pieces of a short text, cut and padded with 0."""
        ids = self.pieces.encode(text)[0][:width]
        return ids + [0] * (width - len(ids))

    def document(self, document: Document) -> None:
        ids, offsets = self.pieces.encode(document.text)
        passages = wide_passages(document.text, offsets, WINDOW_TOKENS)
        texts = [document.text[offsets[a][0] : offsets[b - 1][1]] for a, b in passages]
        index, first = FullText(texts), len(self.lists.get("passages", []))
        starts, ends = [o[0] for o in offsets], [o[1] for o in offsets]
        here = len(self.lists.get("half", []))
        self.put("tokens", np.array(ids, dtype=np.uint16))
        self.put("half", half_of(document.id))
        self.put("titles", self.row(document.title, TITLE_TOKENS))
        self.lists.setdefault("passages", []).extend((self.tokens + a, self.tokens + b) for a, b in passages)
        self.lists.setdefault("passages_of", [0]).append(len(self.lists["passages"]))
        lower = [t.lower() for t in texts]
        for asked in document.asked:
            answers = [_tokens(r, starts, ends) for r in asked.answers]
            evidence = [_tokens(r, starts, ends) for r in asked.evidence]
            kinds = right_and_unclear(asked, answers, evidence, passages, document.text, lower)
            if kinds is None:
                continue
            self.fact(asked, here, answers, evidence)
            for name, rows in zip(("positive", "unclear"), kinds, strict=True):
                self.flat(name, [first + r for r in rows])
            near: list[int] = []
            if asked.source in SEARCHED:
                scores = index.scores(asked.wordings[0])
                near = [int(r) for r in np.argsort(-scores, kind="stable") if scores[r] > 0]
                if asked.within:
                    low, high = _tokens(asked.within, starts, ends)
                    near = [r for r in near if low <= passages[r][0] and passages[r][1] <= high]
                near = [r for r in near if r not in kinds[0] and r not in kinds[1]][:NEAR]
            self.flat("near", [first + r for r in near])
        self.tokens += len(ids)
        self.lists.setdefault("documents", [0]).append(self.tokens)

    def fact(self, asked: Asked, document: int, answers: list[Range], evidence: list[Range]) -> None:
        self.put("fact_document", document)
        self.put("fact_source", SOURCES.index(asked.source))
        self.put("fact_kind", KINDS.index(asked.kind))
        self.put("fact_polarity", POLARITIES.index(asked.polarity))
        self.put("fact_label", self.labels.setdefault(asked.label, len(self.labels)))
        for name, places, most in (("answers", answers, ANSWERS), ("evidence", evidence, EVIDENCES)):
            moved = [(self.tokens + a, self.tokens + b) for a, b in places[:most]]
            self.put(name, moved + [(-1, -1)] * (most - len(moved)))
        self.flat("questions", [self.row(w, QUESTION_TOKENS) for w in asked.wordings])

    def arrays(self) -> dict[str, np.ndarray]:
        """All as arrays of the smallest types that hold them."""
        small = {"tokens": np.uint16, "titles": np.uint16, "questions": np.uint16}
        out = {}
        for name, values in self.lists.items():
            whole = np.concatenate(values) if name == "tokens" else np.array(values)
            out[name] = whole.astype(small.get(name, np.int32))
        return out


def _tokens(place: Range, starts: list[int], ends: list[int]) -> Range:
    low = bisect_right(ends, place[0])
    return low, max(bisect_left(starts, place[1]), low + 1)


def right_and_unclear(
    asked: Asked,
    answers: list[Range],
    evidence: list[Range],
    passages: list[Range],
    text: str,
    lower: list[str],
) -> tuple[list[int], list[int]] | None:
    """Rows of the passages that answer a question, and of those of which it is not known; None where none answers.

    A passage answers that holds the evidence's answers, or most of the evidence where the answer is no place.
    It is unclear where it touches evidence or holds the words of an answer elsewhere.
    """
    if not asked.answers and not asked.evidence:
        return [], []
    right, unclear = [], []
    words = [" ".join(text[a:b].lower().split()) for a, b in asked.answers]
    for row, (low, high) in enumerate(passages):
        if answers:
            is_right = sum(low <= a and b <= high for a, b in answers) >= max(1, (len(answers) + 1) // 2)
        else:
            is_right = any(
                _shared((low, high), e) >= SHARE_OF_EVIDENCE * min(e[1] - e[0], 128) for e in evidence
            )
        touches = any(_shared((low, high), e) > 0 for e in (*evidence, *answers))
        if is_right:
            right.append(row)
        elif touches or any(len(w) > 3 and w in lower[row] for w in words):
            unclear.append(row)
    return (right, unclear) if right else None


def _shared(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def write_start(folder: Path) -> None:
    """The encoder's weights that training starts from: word embeddings and layers, int8 by row."""
    bert = load_file(encoder_folder() / "model.safetensors")
    save_file(quantised(from_bert(bert)), folder / "layers.safetensors")
    words = {"words": bert["embeddings.word_embeddings.weight"]}
    save_file(quantised(words), folder / "words.safetensors")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--agreements", type=int, default=1000, help="unlabelled agreements that are taken")
    parser.add_argument("--characters", type=int, default=16000, help="characters of each that are taken")
    parser.add_argument("--contracts", type=int, default=10**6, help="labelled contracts that are taken")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    dice = random.Random(args.seed)
    arrays = Arrays(WordPieces())
    documents = itertools.chain(
        itertools.islice(contracts(args.data, 24, dice), args.contracts),
        itertools.islice(disclosures(args.data), args.contracts),
        itertools.islice(asked_agreements(args.data, dice), args.contracts),
        itertools.islice(unlabelled(args.data, args.characters, 20, dice), args.agreements),
    )
    for document in documents:
        arrays.document(document)
    np.savez_compressed(args.out / "arrays.npz", **arrays.arrays())  # type: ignore[arg-type]  # numpy takes any name
    (args.out / "labels.json").write_text(json.dumps(list(arrays.labels)))
    write_start(args.out)
    counts = {name: len(values) for name, values in arrays.lists.items()}
    print(json.dumps(counts | {"pieces": arrays.tokens}))


if __name__ == "__main__":
    main()
