"""Training contexts: windows of contracts with questions whose answers they hold, or do not.

Shape suffixes: B documents, W windows, T tokens, F features, Q questions in all, C question tokens, A answer tokens.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from consolidation.parts.encoder import SEP, Encoder, WordPieces
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES, clause_paraphrases
from laboratory.data.computed import COMPUTED_CATEGORIES
from laboratory.data.facts import (
    PARTY_BY_ROLE,
    PARTY_BY_SHORT_NAME,
    SHORT_CATEGORIES,
    VALUE_CATEGORIES,
)
from laboratory.data.wordings import PARAPHRASES, ROLES, UNRELATED, paraphrases

MAX_ANSWER, QUESTION_TOKENS, KEPT_QUESTIONS = 40, 64, 20000
CLAUSE = "Clause"
YES = 2748  # the word piece "yes"
#: Facts that windows are chosen for, and how often the others are asked beside them.
LEADING = {*SHORT_CATEGORIES, PARTY_BY_SHORT_NAME, *COMPUTED_CATEGORIES}
ASKED = dict.fromkeys(SHORT_CATEGORIES, 1.0) | dict.fromkeys(COMPUTED_CATEGORIES, 0.7)
ASKED_OTHERWISE = 0.3
#: The most of a context's questions that are of other kinds.
OTHERS = 0.25
#: Share of documents whose clause tags are hidden in training, and of categories hidden of the others.
TAGS_HIDDEN, TAG_HIDDEN = 0.1, 0.1
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
    store: Store,
    document: dict[str, Any],
    count: int,
    dice: random.Random,
    *,
    drop: float,
    leading: Collection[str] = LEADING,
) -> list[int]:
    """Windows of a context, in order: those that hold answers (each fact dropped at rate `drop`), then others."""
    available = document["windows"]
    facts = [f for f in document["facts"] if f["category"] in leading and dice.random() >= drop]
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


def hidden_tags(features_BWTF: Tensor, tags: int) -> Tensor:
    """Features with the clause tags of some documents, and of some categories, set to zero.

    So that a model does not lean on them alone: many questions ask for what has no tag.
    """
    batch = len(features_BWTF)
    shown = (torch.rand(batch, 1) >= TAGS_HIDDEN) & (torch.rand(batch, tags) >= TAG_HIDDEN)
    seen = features_BWTF[..., -tags:] * shown.to(features_BWTF.device)[:, None, None, :]
    return torch.cat([features_BWTF[..., :-tags], seen], dim=-1)


class QuestionEncoder:
    """Questions as word pieces and frozen features, kept between uses."""

    def __init__(self, pieces: WordPieces, encoder: Encoder) -> None:
        self._pieces, self._encoder = pieces, encoder
        self._kept: dict[str, tuple[Tensor, Tensor]] = {}

    def _encode(self, questions: list[str]) -> None:
        """Encode questions together and keep them in half precision."""
        rows = [torch.tensor(self._pieces.encode(q)[0][:QUESTION_TOKENS]) for q in questions]
        ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        features, _ = self._encoder.features(ids, torch.tensor([len(r) for r in rows]), tagged=False)
        for question, row, feature in zip(questions, rows, features.half(), strict=True):
            self._kept[question] = (row, feature[: len(row)].clone())

    def __call__(self, questions: list[str]) -> tuple[Tensor, Tensor, Tensor]:
        """`ids_QC`, `features_QCF` and `mask_QC`, right-padded."""
        if len(self._kept) > KEPT_QUESTIONS:
            self._kept.clear()
        if missing := sorted({q for q in questions if q not in self._kept}, key=len):
            self._encode(missing)
        rows = [self._kept[q] for q in questions]
        pad = torch.nn.utils.rnn.pad_sequence
        ids = pad([r[0] for r in rows], batch_first=True)
        mask = pad([torch.ones(len(r[0]), dtype=torch.bool) for r in rows], batch_first=True)
        return ids, pad([r[1].float() for r in rows], batch_first=True), mask


@dataclass(frozen=True, slots=True)
class Batch:
    ids_BWT: Tensor
    features_BWTF: Tensor
    mask_BWT: Tensor
    wanted_BWT: Tensor
    document_Q: Tensor
    question_ids_QC: Tensor
    question_features_QCF: Tensor
    question_mask_QC: Tensor
    answer_QA: Tensor
    examples: list[Example]

    def to(self, device: str) -> Batch:
        """The same on a device."""
        tensors = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "examples"}
        return replace(self, **{name: tensor.to(device) for name, tensor in tensors.items()})


def collate(contexts: list[Context], encode: QuestionEncoder) -> Batch:
    """Contexts as tensors; short contexts are padded at the end with empty windows."""
    count = max(len(c.rows) for c in contexts)
    width = contexts[0].store.width
    ids = torch.zeros(len(contexts), count, WINDOW_TOKENS, dtype=torch.long)
    lengths = torch.zeros(len(contexts), count, dtype=torch.long)
    features = torch.zeros(len(contexts), count, WINDOW_TOKENS, width)
    wanted = torch.zeros(len(contexts), count, WINDOW_TOKENS, dtype=torch.bool)
    for b, context in enumerate(contexts):
        n = len(context.rows)
        ids[b, :n] = torch.from_numpy(context.store.ids[context.rows].astype(np.int64))
        lengths[b, :n] = torch.from_numpy(context.store.lengths[context.rows].astype(np.int64))
        features[b, :n] = context.store.token_features(context.rows)
        if context.wanted_WT is not None:
            wanted[b, :n] = context.wanted_WT
    mask = torch.arange(WINDOW_TOKENS) < lengths.unsqueeze(-1)
    examples = [e for c in contexts for e in c.examples]
    document = torch.tensor([b for b, c in enumerate(contexts) for _ in c.examples])
    longest = max([len(e.answer) for e in examples] + [1])
    answers = torch.full((len(examples), longest), -1)
    for i, e in enumerate(examples):
        answers[i, : len(e.answer)] = torch.tensor(e.answer, dtype=torch.long)
    question = encode([e.question for e in examples])
    return Batch(ids, features, mask, wanted, document, *question, answers, examples)
