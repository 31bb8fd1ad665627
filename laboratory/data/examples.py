"""Training contexts: windows of contracts with questions whose answers they hold, or do not.

Shape suffixes: W windows, T tokens, F features, N vocabulary.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from consolidation.parts.encoder import SEP
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data.as_asked import AS_ASKED
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES, clause_paraphrases
from laboratory.data.computed import COMPUTED_CATEGORIES
from laboratory.data.facts import (
    PARTY_BY_ROLE,
    PARTY_BY_SHORT_NAME,
    SHORT_CATEGORIES,
    VALUE_CATEGORIES,
)
from laboratory.data.wordings import PARAPHRASES, ROLES, UNRELATED, paraphrases

MAX_ANSWER = 40
CLAUSE = "Clause"
YES = 2748  # the word piece "yes"
#: Facts that windows are chosen for, and how often the others are asked beside them.
LEADING = {*SHORT_CATEGORIES, PARTY_BY_SHORT_NAME, *COMPUTED_CATEGORIES, AS_ASKED}
ASKED = dict.fromkeys(SHORT_CATEGORIES, 1.0) | dict.fromkeys(COMPUTED_CATEGORIES, 0.7) | {AS_ASKED: 1.0}
#: A contract has so many questions as people ask them that most must not lead, or no label would.
SELDOM = 0.8
ASKED_OTHERWISE = 0.3
#: The most of a context's questions that are of other kinds.
OTHERS = 0.25
JOINT = 1025  # the word piece ";"


@dataclass(frozen=True, slots=True)
class Example:
    """One question about a context: the words asked, the answer's word pieces (empty: absent) and its gold text."""

    category: str
    question: str
    answer: tuple[int, ...]
    gold: str


@dataclass(frozen=True, slots=True)
class Context:
    """Chosen rows of a store, in document order, the questions about them, and what of them may be answers.

    `wanted_WT` marks the tokens of answers to any question about the document; `renamed` says whether its tokens are
    to be renamed (see `renaming`).
    """

    store: Store
    rows: list[int]
    examples: list[Example]
    wanted_WT: Tensor | None = None
    renamed: bool = False


class Store:
    """A folder written by `prepare`, with its arrays mapped, never loaded whole."""

    def __init__(self, folder: Path) -> None:
        self.ids = np.load(folder / "ids.npy")
        self.lengths = np.load(folder / "lengths.npy")
        self.features = np.load(folder / "features.npy", mmap_mode="r")
        tags = folder / "tags.npy"
        self.tags = np.load(tags, mmap_mode="r") if tags.exists() else None
        self.documents: list[dict[str, Any]] = json.loads((folder / "index.json").read_text())

    def token_features(self, rows: list[int]) -> Tensor:
        """Features `[W, T, F]` of some rows: the encoder's frozen layers and tags (zeros where they are not made)."""
        stored = [self.features] if self.tags is None else [self.features, self.tags]
        features = torch.cat([torch.from_numpy(part[rows].astype(np.float32)) for part in stored], dim=-1)
        return torch.nn.functional.pad(features, (0, self.width - features.shape[-1]))

    @property
    def width(self) -> int:
        """Numbers of a token's features."""
        return int(self.features.shape[-1]) + len(CATEGORIES)

    def wanted(self, document: dict[str, Any], chosen: list[int]) -> Tensor:
        """Tokens `[W, T]` of the chosen windows that some fact is answered with."""
        place = {w: i for i, w in enumerate(chosen)}
        out = torch.zeros(len(chosen) * WINDOW_TOKENS, dtype=torch.bool)
        for fact in document["facts"]:
            for start, end in fact["places"]:
                for token in range(start, end):
                    window = place.get(token // WINDOW_TOKENS)
                    if window is not None:
                        out[window * WINDOW_TOKENS + token % WINDOW_TOKENS] = True
        return out.view(len(chosen), WINDOW_TOKENS)

    def answer_ids(self, document: dict[str, Any], fact: dict[str, Any]) -> tuple[int, ...] | None:
        """Word pieces of a fact's answer, or None where it is too long or in a window that was left out."""
        if "said" in fact:
            return tuple(fact["said"])
        row_of = {w: document["first"] + i for i, w in enumerate(document["windows"])}
        ids: list[int] = []
        for start, end in fact["places"]:
            ids += [JOINT] if ids else []
            for token in range(start, end):
                row = row_of.get(token // WINDOW_TOKENS)
                if row is None:
                    return None
                ids.append(int(self.ids[row, token % WINDOW_TOKENS]))
        return tuple(ids) if 0 < len(ids) <= MAX_ANSWER else None


def windows_of(fact: dict[str, Any]) -> set[int]:
    """Windows that hold a fact's answer."""
    return {t // WINDOW_TOKENS for start, end in fact["places"] for t in (start, max(start, end - 1))}


def _holds(text: str, ids: tuple[int, ...]) -> bool:
    return " " + " ".join(map(str, ids)) + " " in text


def choose(
    document: dict[str, Any],
    count: int,
    dice: random.Random,
    *,
    drop: float,
    leading: Collection[str] = LEADING,
) -> list[int]:
    """Windows of a context, in order: those that hold answers (each fact dropped at rate `drop`), then others."""
    available = document["windows"]
    facts = [
        f
        for f in document["facts"]
        if f["category"] in leading and dice.random() >= (SELDOM if f["category"] == AS_ASKED else drop)
    ]
    needed = sorted({w for f in facts for w in windows_of(f)} & set(available))
    if len(needed) > count:
        needed = dice.sample(needed, count)
    others = [w for w in available if w not in set(needed)]
    return sorted([*needed, *dice.sample(others, min(len(others), count - len(needed)))])


def stretch(document: dict[str, Any], count: int, dice: random.Random) -> list[int]:
    """Consecutive windows of a contract, half of the time its first ones."""
    available = document["windows"]
    start = 0 if dice.random() < 0.5 else dice.randrange(max(1, len(available) - count // 2))
    return list(available[start : start + count])


def _worded(document: dict[str, Any], fact: dict[str, Any], dice: random.Random) -> str:
    """A paraphrase; always the same one for facts with subjects of their own, so that questions stay encoded."""
    if fact["category"] not in LEADING:
        dice = random.Random(f"{document['id']} {fact['category']} {fact['subject']}")
    return dice.choice(paraphrases(fact["category"], fact["subject"]))


def examples_for(
    store: Store,
    document: dict[str, Any],
    chosen: list[int],
    dice: random.Random,
    *,
    absent: bool,
    training: bool = False,
) -> list[Example]:
    """Every question that the chosen windows answer, and (with `absent`) questions they do not answer."""
    have = set(chosen)
    position = {w: document["first"] + i for i, w in enumerate(document["windows"])}
    text = " " + " ".join(str(t) for w in chosen for t in store.ids[position[w]]) + " "
    out = []
    for fact in document["facts"]:
        ids = store.answer_ids(document, fact)
        if ids is None or fact["category"] not in PARAPHRASES:
            continue
        question = _worded(document, fact, dice)
        if windows_of(fact) <= have:
            out.append(Example(fact["category"], question, (*ids, SEP), fact["gold"]))
        elif absent and ("said" in fact or not _holds(text, ids)):
            out.append(Example(fact["category"], question, (), ""))
    if absent:
        categories = {f["category"] for f in document["facts"]}
        for category in VALUE_CATEGORIES:
            if category not in categories and category not in document["clauses"] and dice.random() < 0.5:
                out.append(Example(category, dice.choice(paraphrases(category)), (), ""))
        roles = {f["subject"].lower() for f in document["facts"]}
        role = dice.choice(ROLES)
        if role.lower() not in roles and PARTY_BY_ROLE in categories and dice.random() < 0.5:
            out.append(Example(PARTY_BY_ROLE, dice.choice(paraphrases(PARTY_BY_ROLE, role)), (), ""))
    if training:
        out += clause_examples(document, have, dice)
        if dice.random() < 0.6:
            out.append(Example("Unrelated", dice.choice(UNRELATED), (), ""))
    return out


def clause_examples(document: dict[str, Any], chosen: set[int], dice: random.Random) -> Iterator[Example]:
    """Whether the chosen windows hold a clause: "yes", or absent (one in three of those that are not there)."""
    for category in CLAUSE_CATEGORIES if document["clauses"] else ():
        held = any(
            windows_of({"places": [place]}) <= chosen for place in document["clauses"].get(category, ())
        )
        if held or dice.random() < 1 / 3:
            wording = dice.choice(clause_paraphrases(category))
            yield Example(CLAUSE, wording, (YES, SEP) if held else (), "yes" if held else "")


def balance(
    examples: list[Example], count: int, absent: float, dice: random.Random, asked: dict[str, float] = ASKED
) -> list[Example]:
    """At most `count` questions, at most a share `absent` of them unanswerable and `OTHERS` of kinds not in `asked`.

    A question of a kind comes first the more likely the greater the kind's weight in `asked`.
    """

    def drawn(found: list[Example]) -> list[Example]:
        return sorted(
            found, key=lambda e: dice.random() ** (1 / asked.get(e.category, ASKED_OTHERWISE)), reverse=True
        )

    yes, no = drawn([e for e in examples if e.answer]), drawn([e for e in examples if not e.answer])
    first = [e for e in yes if e.category in asked]
    others = [e for e in yes if e.category not in asked]
    wanted = min(len(no), round(count * absent)) if yes else count
    return (no[:wanted] + others[: round(count * OTHERS)] + first)[:count]


def word_counts(store: Store, vocabulary: int) -> Tensor:
    """How often each token stands in a store, `[N]`."""
    return torch.bincount(torch.from_numpy(store.ids.astype("int64")).flatten(), minlength=vocabulary)
