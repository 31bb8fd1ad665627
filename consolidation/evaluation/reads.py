"""Ways to keep a document that read passages of it for each question: all, those that a search finds, an extract.

Shape suffixes: P passages of a document, R width of the router's keys.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from consolidation.answers.alone import resting_on
from consolidation.answers.examination import Examination
from consolidation.answers.examine import decided, judged, proposal, weighable
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import Understanding, understand
from consolidation.engine import Engine
from consolidation.evaluation.ways import Kept, Said, Text, Way, index_flops, part_flops, retriever_flops
from consolidation.passages.passages import Passages, passages_of
from consolidation.passages.retrieval import joined
from consolidation.passages.source import Source
from consolidation.proposals.candidates import from_readings
from consolidation.states.bank import Bank
from consolidation.text.bm25 import FullText
from consolidation.text.windows import Range

#: A summary keeps this part of a document's passages.
SUMMARY = 0.1
#: Of passages that were read, so many are weighed further, the best by the reader.
WEIGHED = 8
Search = Literal["full_text", "closeness", "both"]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document; the vectors of its passages and the rows that may be read, where these were made."""

    document: Text
    keys_PR: Tensor | None = None
    rows: tuple[int, ...] = ()


class Reading(Way):
    """Passages are read with attention, in sequences of at most 256 tokens; the whole document unless chosen from."""

    def keep(self, document: Text, folder: Path) -> Kept:
        return Kept(_size(document.text), 0.0, 0.0, Indexed(document))

    def passages(self, kept: Indexed) -> Passages:
        """The document's passages; made at its first question, as the product makes them."""
        return passages_of(kept.document.text, self.engine.memory.tokenise)

    def rows(self, asked: Understanding, kept: Indexed, places: Sequence[Range]) -> tuple[list[int], float]:
        """The passages that are read, and operations to find them."""
        return list(range(len(self.passages(kept)))), 0.0

    def ask(self, question: str, kept: Kept, places: Sequence[Range] = ()) -> Said:
        asked = understand(question)
        rows, flops = self.rows(asked, kept.what, places)
        return self.read(asked, kept.what, rows, flops)

    def read(self, asked: Understanding, what: Indexed, rows: Sequence[int], flops: float = 0.0) -> Said:
        """What is answered from these passages; `flops` were spent to find them."""
        engine, passages, tokens = self.engine, self.passages(what), 0
        title = passages.title
        readings = engine.reader.read(asked.each, [passages.words(r) for r in rows], [title] * len(rows))
        order = sorted(range(len(rows)), key=lambda at: -readings[at].answers)[:WEIGHED]
        source = Source(what.document.name, what.document.name, Bank(Path()), None, what.document.text)
        known = Examination(asked, asked_field(asked), source, passages)
        proposed = from_readings(asked, passages, [rows[i] for i in order], [readings[i] for i in order])
        candidates = weighable(known, list(proposed))
        for row in rows:
            count, own = part_flops(engine.reader, asked.each, title, passages.words(row))
            tokens, flops = tokens + count, flops + own
        for one in candidates:
            shown = proposal(known, one)
            count, own = part_flops(engine.judge, shown.question, shown.answer, shown.title, shown.passage)
            tokens, flops = tokens + count, flops + own
        for sentence in set(resting_on(passages, candidates).values()):
            count, own = part_flops(engine.sentences, asked.each, sentence)
            tokens, flops = tokens + count, flops + own
        known = decided(engine, known, judged(engine, known, candidates))
        said = known.answer.said if known.answer else ""
        return Said(said, known.decision.state, tokens, flops, known.decision.probability)


class Retrieval(Reading):
    """The best passages are read, by full text, by their vectors, or by both as the product takes them."""

    def __init__(self, engine: Engine, search: Search) -> None:
        super().__init__(engine)
        self.search = search

    def keep(self, document: Text, folder: Path) -> Kept:
        began = time.process_time()
        windows = self.engine.memory.tokenise(document.text)
        keys_PR, flops, size = None, 0.0, _size(document.text)
        if self.search != "full_text":
            keys_PR = self.engine.router.window_keys(windows, range(len(windows))).half()
            flops = index_flops(self.engine, windows)
            size += keys_PR.numel() * keys_PR.element_size()
        _ = Passages(windows).full_text
        return Kept(size, time.process_time() - began, flops, Indexed(document, keys_PR))

    def rows(self, asked: Understanding, kept: Indexed, places: Sequence[Range]) -> tuple[list[int], float]:
        close_P, flops = self.closeness(asked, [kept])
        return self.best(close_P, self.passages(kept).full_text.scores(asked.each)), flops

    def closeness(self, asked: Understanding, kept: Sequence[Indexed]) -> tuple[Scores | None, float]:
        """How close each passage of these documents is, and operations to find out; None without vectors."""
        keys = [one.keys_PR for one in kept if one.keys_PR is not None]
        if not keys:
            return None, 0.0
        key_R = self.engine.router.question_keys([asked.each])[0].float()
        flops = retriever_flops(self.engine, asked.each)[1]
        return (torch.cat(keys).float() @ key_R).numpy(), flops

    def best(self, close_P: Scores | None, worded_P: Scores) -> list[int]:
        """The passages to read, by their scores."""
        close, worded = self.engine.settings.close_passages, self.engine.settings.worded_passages
        if close_P is None:
            return joined(np.zeros_like(worded_P), worded_P, 0, close + worded)
        if self.search == "closeness":
            return joined(close_P, worded_P, close + worded, 0)
        return joined(close_P, worded_P, close, worded)

    def over_all(self, kept: Sequence[Indexed]) -> FullText:
        """An index of the words of all passages of several documents."""
        every = (self.passages(one) for one in kept)
        return FullText([each.words(row) for each in every for row in range(len(each))])

    def ask_over_all(self, question: str, kept: Sequence[Indexed], index: FullText) -> list[Said]:
        """What is answered from the best passages of several documents: an answer of each that has some."""
        asked = understand(question)
        close_P, flops = self.closeness(asked, kept)
        chosen, low, said = set(self.best(close_P, index.scores(asked.each))), 0, list[Said]()
        for one in kept:
            high = low + len(self.passages(one))
            rows = [row - low for row in sorted(chosen) if low <= row < high]
            if rows:
                said.append(self.read(asked, one, rows, 0.0 if said else flops))
            low = high
        return said


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
        size = sum(_size(passages.words(row)) for row in rows)
        flops = index_flops(self.engine, windows)
        return Kept(size, time.process_time() - began, flops, Indexed(document, rows=tuple(rows)))

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


def _size(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))
