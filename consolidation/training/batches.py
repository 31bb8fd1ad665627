"""Training contexts: windows of contracts with questions whose answers they hold, or do not.

Shape suffixes: B documents, W windows, T tokens, F features, Q questions in all, C question tokens, A answer tokens.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from consolidation.encoder import SEP, Encoder, WordPieces
from consolidation.training.facts import PARTY_BY_ROLE, VALUE_CATEGORIES
from consolidation.training.questions import ROLES, UNRELATED, paraphrases
from consolidation.windows import WINDOW_TOKENS

MAX_ANSWER = 40
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
    """Chosen rows of a store, in document order, and the questions about them."""

    store: Store
    rows: list[int]
    examples: list[Example]


class Store:
    """A folder written by `prepare`, with its arrays mapped, never loaded whole."""

    def __init__(self, folder: Path) -> None:
        self.ids = np.load(folder / "ids.npy")
        self.lengths = np.load(folder / "lengths.npy")
        self.features = np.load(folder / "features.npy", mmap_mode="r")
        self.documents: list[dict[str, Any]] = json.loads((folder / "index.json").read_text())

    def answer_ids(self, document: dict[str, Any], fact: dict[str, Any]) -> tuple[int, ...] | None:
        """Word pieces of a fact's answer, or None where it is too long or in a window that was left out."""
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
    store: Store,
    document: dict[str, Any],
    count: int,
    dice: random.Random,
    *,
    drop: float,
) -> list[int]:
    """Windows of a context, in order: those that hold answers (each fact dropped at rate `drop`), then others."""
    available = document["windows"]
    facts = [f for f in document["facts"] if dice.random() >= drop]
    needed = sorted({w for f in facts for w in windows_of(f)} & set(available))
    if len(needed) > count:
        needed = dice.sample(needed, count)
    others = [w for w in available if w not in set(needed)]
    return sorted([*needed, *dice.sample(others, min(len(others), count - len(needed)))])


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
        if ids is None:
            continue
        question = dice.choice(paraphrases(fact["category"], fact["subject"]))
        if windows_of(fact) <= have:
            out.append(Example(fact["category"], question, (*ids, SEP), fact["gold"]))
        elif absent and not _holds(text, ids):
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
        if training and dice.random() < 0.6:
            out.append(Example("Unrelated", dice.choice(UNRELATED), (), ""))
    return out


def balance(examples: list[Example], count: int, absent: float, dice: random.Random) -> list[Example]:
    """`count` questions (repeated where there are too few), about a share `absent` of them unanswerable."""
    yes, no = [e for e in examples if e.answer], [e for e in examples if not e.answer]
    wanted = min(len(no), round(count * absent)) if yes else count
    dice.shuffle(yes)
    dice.shuffle(no)
    out = (no[:wanted] + yes)[:count]
    while out and len(out) < count:
        out.append(dice.choice(out))
    return out


class QuestionEncoder:
    """Questions as word pieces and frozen features, kept between uses."""

    def __init__(self, pieces: WordPieces, encoder: Encoder) -> None:
        self._pieces, self._encoder = pieces, encoder
        self._one = lru_cache(maxsize=20000)(self._encode)

    def _encode(self, question: str) -> tuple[Tensor, Tensor]:
        ids = torch.tensor(self._pieces.encode(question)[0][:64]).unsqueeze(0)
        features, _ = self._encoder.features(ids, torch.tensor([ids.shape[1]]))
        return ids[0], features[0].clone()

    def __call__(self, questions: list[str]) -> tuple[Tensor, Tensor, Tensor]:
        """`ids_QC`, `features_QCF` and `mask_QC`, right-padded."""
        rows = [self._one(q) for q in questions]
        pad = torch.nn.utils.rnn.pad_sequence
        ids = pad([r[0] for r in rows], batch_first=True)
        mask = pad([torch.ones(len(r[0]), dtype=torch.bool) for r in rows], batch_first=True)
        return ids, pad([r[1] for r in rows], batch_first=True), mask


@dataclass(frozen=True, slots=True)
class Batch:
    ids_BWT: Tensor
    features_BWTF: Tensor
    mask_BWT: Tensor
    document_Q: Tensor
    question_ids_QC: Tensor
    question_features_QCF: Tensor
    question_mask_QC: Tensor
    answer_QA: Tensor
    examples: list[Example]


def collate(contexts: list[Context], encode: QuestionEncoder) -> Batch:
    """Contexts as tensors; short contexts are padded at the end with empty windows."""
    count = max(len(c.rows) for c in contexts)
    width = contexts[0].store.features.shape[-1]
    ids = torch.zeros(len(contexts), count, WINDOW_TOKENS, dtype=torch.long)
    lengths = torch.zeros(len(contexts), count, dtype=torch.long)
    features = torch.zeros(len(contexts), count, WINDOW_TOKENS, width)
    for b, context in enumerate(contexts):
        n = len(context.rows)
        ids[b, :n] = torch.from_numpy(context.store.ids[context.rows].astype(np.int64))
        lengths[b, :n] = torch.from_numpy(context.store.lengths[context.rows].astype(np.int64))
        features[b, :n] = torch.from_numpy(context.store.features[context.rows].astype(np.float32))
    mask = torch.arange(WINDOW_TOKENS) < lengths.unsqueeze(-1)
    examples = [e for c in contexts for e in c.examples]
    document = torch.tensor([b for b, c in enumerate(contexts) for _ in c.examples])
    longest = max([len(e.answer) for e in examples] + [1])
    answers = torch.full((len(examples), longest), -1)
    for i, e in enumerate(examples):
        answers[i, : len(e.answer)] = torch.tensor(e.answer, dtype=torch.long)
    return Batch(ids, features, mask, document, *encode([e.question for e in examples]), answers, examples)
