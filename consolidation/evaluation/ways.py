"""Ways to keep a document for questions to come, on the same weights: states, an index, a summary, all of its text.

Whatever is kept is made before a question is seen. Ways that read share reader, judge and the decision with the
product; they differ in the passages that are read.
"""

from __future__ import annotations

import hashlib
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from consolidation.answers.answer import answer_question
from consolidation.answers.candidates import from_readings
from consolidation.answers.claims import ask_states
from consolidation.answers.decide import State
from consolidation.answers.examine import Examination, decided, judged, proposal, weighable
from consolidation.answers.passages import Passages
from consolidation.answers.recall import taught
from consolidation.answers.retrieval import joined
from consolidation.answers.route import route, window_scores
from consolidation.answers.source import Source
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import Understanding, understand
from consolidation.briefs import brief
from consolidation.engine import Engine
from consolidation.parts.cross_encoder import PartModel
from consolidation.states.bank import Bank
from consolidation.states.consolidate import consolidate
from consolidation.text.windows import Range, Windows

#: A summary keeps this part of a document's passages.
SUMMARY = 0.1
#: Of passages that were read, so many are weighed further, the best by the reader.
WEIGHED = 8
Search = Literal["full_text", "closeness", "both"]


@dataclass(frozen=True, slots=True)
class Text:
    """A document: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a way has made of a document: bytes on disk, processor seconds and operations to make it."""

    bytes: int
    seconds: float
    flops: float
    what: Any


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a reader would see it, empty where nothing is shown; tokens and operations of networks."""

    text: str
    state: State
    tokens: int
    flops: float


class Way(ABC):
    """One way to keep documents. `places` of a question are for the control that is given its passage."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @abstractmethod
    def keep(self, document: Text, folder: Path) -> Kept:
        """Make what is kept of a document; files go into an empty folder."""

    @abstractmethod
    def ask(self, question: str, kept: Kept, places: Sequence[Range] = ()) -> Said:
        """Answer a question from what was kept."""


def _part_flops(model: object, *texts: str) -> tuple[int, float]:
    if not isinstance(model, PartModel):
        return 0, 0.0
    tokens = model.tokens(*texts)
    return tokens, model.model.flops(tokens)


def _retriever_flops(engine: Engine, *texts: str) -> tuple[int, float]:
    return _part_flops(getattr(engine.router, "retriever", None), *texts)


class States(Way):
    """Segment states alone: the claim that they are surest of, whatever its confidence. No text is read.

    Without text nothing tells them when to be silent: the product's confidence in a claim is low before it is read.
    """

    def keep(self, document: Text, folder: Path) -> Kept:
        began = time.process_time()
        digest = hashlib.sha256(document.text.encode(errors="surrogatepass")).hexdigest()
        key = self.engine.state_key(document_sha256=digest, text_version="compared", text_sha256=digest)
        built = consolidate(self.engine, document.text, key, Bank(folder))
        seconds = time.process_time() - began
        # NB: another bank, so that the first question loads the state
        source = Source(document.name, document.name, Bank(folder), built.name, document.text)
        windows = self.engine.memory.tokenise(document.text)
        memory = self.engine.memory
        flops = memory.consolidate_flops(built.tokens, memory.settings.passes) + _index_flops(
            self.engine, windows
        )
        return Kept(built.bytes, seconds, flops, source)

    def ask(self, question: str, kept: Kept, places: Sequence[Range] = ()) -> Said:
        source, memory = kept.what, self.engine.memory
        asked = taught(understand(question)) or question
        with torch.inference_mode():
            state = source.bank.load(str(source.state_name))
            routed = route(self.engine, source, state, window_scores(self.engine, asked, state))
            claimed = ask_states(self.engine, asked, routed)
        steps = sum(one.claim.tokens for one in claimed)
        tokens, flops = _retriever_flops(self.engine, asked)
        tokens += memory.question_tokens(asked) + steps
        flops += memory.answer_flops(steps)
        said = claimed[0].claim.text if claimed else ""
        return Said(said, "check" if said else "not_found", tokens, flops)


def _index_flops(engine: Engine, windows: Windows) -> float:
    return sum(_retriever_flops(engine, windows.text[low:high])[1] for low, high in windows.passages)


class Product(States):
    """The way of the product: states, rules of the brief, passages that are read where that is needed."""

    def keep(self, document: Text, folder: Path) -> Kept:
        kept = super().keep(document, folder)
        began = time.process_time()
        made = brief(document.text)
        seconds = kept.seconds + time.process_time() - began
        return replace(kept, seconds=seconds, what=replace(kept.what, brief=made))

    def ask(self, question: str, kept: Kept, places: Sequence[Range] = ()) -> Said:
        finding = answer_question(self.engine, question, kept.what)
        tokens, flops = _retriever_flops(self.engine, question)
        windows = self.engine.memory.tokenise(kept.what.text)
        if finding.cost.passages_read and len(windows):
            low, high = windows.passages[0]
            one = _part_flops(self.engine.reader, question, windows.text[low:high])[1]
            # the judge sees about as many sequences as the reader
            flops += 2 * finding.cost.passages_read * one
        state: State = "not_found" if finding.state == "waiting" else finding.state
        return Said(finding.text, state, tokens + finding.cost.tokens_forward, flops)


@dataclass(frozen=True, slots=True)
class Indexed:
    """Passages of a document; their vectors and the rows that may be read, where these were made."""

    document: Text
    passages: Passages
    keys_PR: Tensor | None = None
    rows: tuple[int, ...] = ()


class Reading(Way):
    """Passages are read with attention, in sequences of at most 256 tokens; the whole document unless chosen from."""

    def keep(self, document: Text, folder: Path) -> Kept:
        passages = Passages(self.engine.memory.tokenise(document.text))
        return Kept(len(document.text.encode(errors="surrogatepass")), 0.0, 0.0, Indexed(document, passages))

    def rows(self, asked: Understanding, kept: Indexed, places: Sequence[Range]) -> tuple[list[int], float]:
        """The passages that are read, and operations to find them."""
        return list(range(len(kept.passages))), 0.0

    def ask(self, question: str, kept: Kept, places: Sequence[Range] = ()) -> Said:
        engine, what, asked = self.engine, kept.what, understand(question)
        rows, flops = self.rows(asked, what, places)
        title, tokens = what.passages.title, 0
        readings = engine.reader.read(asked.each, [what.passages.words(r) for r in rows], [title] * len(rows))
        order = sorted(range(len(rows)), key=lambda at: -readings[at].answers)[:WEIGHED]
        source = Source(what.document.name, what.document.name, Bank(Path()), None, what.document.text)
        known = Examination(asked, asked_field(asked), source, what.passages)
        proposed = from_readings(asked, what.passages, [rows[i] for i in order], [readings[i] for i in order])
        candidates = weighable(known, list(proposed))
        for row in rows:
            count, own = _part_flops(engine.reader, asked.each, title, what.passages.words(row))
            tokens, flops = tokens + count, flops + own
        for one in candidates:
            shown = proposal(known, one)
            count, own = _part_flops(engine.judge, shown.question, shown.answer, shown.title, shown.passage)
            tokens, flops = tokens + count, flops + own
        known = decided(engine, known, judged(engine, known, candidates))
        said = known.answer.said if known.answer else ""
        return Said(said, known.decision.state, tokens, flops)


class Retrieval(Reading):
    """The best passages are read, by full text, by their vectors, or by both as the product takes them."""

    def __init__(self, engine: Engine, search: Search) -> None:
        super().__init__(engine)
        self.search = search

    def keep(self, document: Text, folder: Path) -> Kept:
        kept, began = super().keep(document, folder), time.process_time()
        windows = self.engine.memory.tokenise(document.text)
        keys_PR, flops = None, 0.0
        if self.search != "full_text":
            keys_PR = self.engine.router.window_keys(windows, range(len(windows))).half()
            flops = _index_flops(self.engine, windows)
        _ = kept.what.passages.full_text
        more = 0 if keys_PR is None else keys_PR.numel() * keys_PR.element_size()
        return Kept(
            kept.bytes + more, time.process_time() - began, flops, replace(kept.what, keys_PR=keys_PR)
        )

    def rows(self, asked: Understanding, kept: Indexed, places: Sequence[Range]) -> tuple[list[int], float]:
        scores_P = kept.passages.full_text.scores(asked.each)
        settings, flops = self.engine.settings, 0.0
        close_P, close, worded = (
            np.zeros_like(scores_P),
            0,
            settings.close_passages + settings.worded_passages,
        )
        if kept.keys_PR is not None:
            key_R = self.engine.router.question_keys([asked.each])[0].float()
            close_P, flops = (
                (kept.keys_PR.float() @ key_R).numpy(),
                _retriever_flops(self.engine, asked.each)[1],
            )
            close, worded = worded, 0
        if self.search == "both":
            close, worded = settings.close_passages, settings.worded_passages
        return joined(close_P, scores_P, close, worded), flops


class Summary(Reading):
    """An extract is read: passages that stand for most of the document, each unlike those taken before.

    By maximal marginal relevance to the document's mean vector (Carbonell and Goldstein, SIGIR 1998), equal parts.
    """

    def keep(self, document: Text, folder: Path) -> Kept:
        began = time.process_time()
        windows = self.engine.memory.tokenise(document.text)
        keys_PR = self.engine.router.window_keys(windows, range(len(windows))).float()
        passages = Passages(windows)
        rows = central(keys_PR, max(1, round(SUMMARY * len(windows))))
        size = sum(len(passages.words(row).encode(errors="surrogatepass")) for row in rows)
        flops = _index_flops(self.engine, windows)
        what = Indexed(document, passages, None, tuple(rows))
        return Kept(size, time.process_time() - began, flops, what)

    def rows(self, asked: Understanding, kept: Indexed, places: Sequence[Range]) -> tuple[list[int], float]:
        return list(kept.rows), 0.0


def central(keys_PR: Tensor, count: int) -> list[int]:
    """So many rows that stand for all, in their order: close to the mean, and unlike those taken before."""
    fit_P = keys_PR @ torch.nn.functional.normalize(keys_PR.mean(0), dim=0)
    taken = list[int]()
    for _ in range(min(count, len(keys_PR))):
        like_P = (keys_PR @ keys_PR[taken].T).amax(1) if taken else torch.zeros_like(fit_P)
        worth_P = fit_P - like_P
        worth_P[taken] = float("-inf")
        taken.append(int(worth_P.argmax()))
    return sorted(taken)
