"""What is asked and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consolidation.states.bank import Bank
from consolidation.text.windows import Range

Stage = Literal["routing", "answering", "checking", "reading"]
Verification = Literal["exact", "tolerant", "read", "unverified", ""]
Mode = Literal["state", "reading", ""]
How = Literal["state", "read", "ranked", "waiting"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that may be asked: its bank and state name (None: not consolidated yet), and its text.

    `text_rank` is a full-text search score of the question in the document, 0 to 1.
    """

    document: str
    name: str
    bank: Bank
    state_name: str | None
    text: str
    text_rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Event:
    """Where an answer stands; `draft` is what was said so far, unsupported."""

    stage: Stage
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim passage: `quote == text[start:end]`; `marked` is the range in it that holds the answer."""

    document: str
    start: int
    end: int
    quote: str
    verification: Verification
    score: float
    marked: Range


@dataclass(frozen=True, slots=True)
class Examined:
    """What was done with a document: answered from its "state", "read", only "ranked", or still "waiting"."""

    document: str
    how: How


@dataclass(frozen=True, slots=True)
class Cost:
    """`tokens_forward` counts tokens that went through a network for this question; `seconds` is wall time."""

    tokens_forward: int
    seconds: float
    states: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was made with: the states that were asked, what wrote them, and what answered from them.

    `model_sha256` is over all that decides about a state, `answers_sha256` over all that decides about an answer from
    it. `dtype` names the stored types of fast weights.
    """

    states: tuple[str, ...]
    segments: int
    memory: str
    model_sha256: str
    answers_sha256: str
    tokenizer_sha256: str
    passes: int
    window_tokens: int
    segment_windows: int
    dtype: str
    mode: Mode = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a question. `text` is as the document writes it; empty where nothing was found."""

    outcome: Literal["answered", "not_found"]
    text: str
    confidence: float
    verification: Verification
    mode: Mode
    evidence: tuple[Evidence, ...]
    examined: tuple[Examined, ...]
    cost: Cost
    provenance: Provenance
