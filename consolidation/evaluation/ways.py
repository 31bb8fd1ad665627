"""Ways to keep a document for questions to come, on the same weights: what a way is, states, and the product itself.

Whatever is kept is made before a question is seen. Ways that read passages (`reads`) share reader, judge and the
decision with the product; they differ in the passages that are read.
"""

from __future__ import annotations

import hashlib
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from consolidation.answers.answer import answer_question
from consolidation.answers.claims import ask_states
from consolidation.answers.decide import State
from consolidation.answers.recall import taught
from consolidation.answers.route import route, window_scores
from consolidation.asking.understand import understand
from consolidation.briefs import brief
from consolidation.engine import Engine
from consolidation.parts.cross_encoder import PartModel
from consolidation.passages.passages import passages_of
from consolidation.passages.source import Source
from consolidation.states.bank import Bank
from consolidation.states.consolidate import consolidate
from consolidation.text.windows import Range, Windows


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
    """An answer as a reader would see it, empty where nothing is shown; tokens and operations of networks.

    `sure` is how likely it is taken to be right (0 to 1), by whatever that way knows of it.
    """

    text: str
    state: State
    tokens: int
    flops: float
    sure: float = 0.0


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


def part_flops(model: object, *texts: str) -> tuple[int, float]:
    """Tokens and operations of one sequence of these texts through a network; none where it has no formula."""
    if not isinstance(model, PartModel):
        return 0, 0.0
    tokens = model.tokens(*texts)
    return tokens, model.model.flops(tokens)


def retriever_flops(engine: Engine, *texts: str) -> tuple[int, float]:
    """Tokens and operations of texts through what finds passages."""
    return part_flops(getattr(engine.router, "retriever", None), *texts)


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
        flops = memory.consolidate_flops(built.tokens, memory.settings.passes) + index_flops(
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
        tokens, flops = retriever_flops(self.engine, asked)
        tokens += memory.question_tokens(asked) + steps
        flops += memory.answer_flops(steps)
        said = claimed[0].claim.text if claimed else ""
        sure = claimed[0].confidence if claimed else 0.0
        return Said(said, "check" if said else "not_found", tokens, flops, sure)


def index_flops(engine: Engine, windows: Windows) -> float:
    """Operations to make the vectors of all passages."""
    return sum(retriever_flops(engine, windows.text[low:high])[1] for low, high in windows.passages)


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
        tokens, flops = retriever_flops(self.engine, question)
        passages = passages_of(kept.what.text, self.engine.memory.tokenise, kept.what.brief)
        if finding.cost.passages_read and len(passages):
            one = part_flops(self.engine.reader, question, passages.words(0))[1]
            # the judge sees about as many sequences as the reader
            flops += 2 * finding.cost.passages_read * one
        state: State = "not_found" if finding.state == "waiting" else finding.state
        return Said(finding.text, state, tokens + finding.cost.tokens_forward, flops, finding.probability)
