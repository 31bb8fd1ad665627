"""What is asked and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking.typed import Typed
from consolidation.asking.understand import Understanding
from consolidation.passages.shown import Passage, Quote
from consolidation.proposals.candidates import Maker

Stage = Literal["finding", "reading", "judging"]
#: Of one document: judged to be right; found, but not judged so; nothing found; its state cannot be asked.
State = Literal["supported", "check", "not_found", "waiting"]


@dataclass(frozen=True, slots=True)
class Event:
    """Where an answer stands; `draft` is what was proposed so far, unsupported."""

    stage: Stage
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A likely answer that differs from the one that is given, and who proposed it."""

    text: str
    found_by: Maker


@dataclass(frozen=True, slots=True)
class Cost:
    """`tokens_forward` counts tokens that went through a network for this question; `seconds` is wall time."""

    tokens_forward: int
    seconds: float
    states: int
    passages_read: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was made with: the states that were asked, what wrote them, and what answered from them.

    `model_sha256` is over all that decides about a state, `answers_sha256` over all that decides about an answer from
    it. `dtype` names the stored types of fast weights. `read_as` is the question in other words than were
    asked, where these gave the answer, and `reckoned` what an answer that stands nowhere was counted from.
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
    read_as: str = ""
    reckoned: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a question about one document.

    `text` is as the document writes it, what was computed from several places, or "Yes" or "No"; empty where nothing
    was found. The answers to several questions asked at once are numbered. `typed` is its comparable
    form, if it has one. `condition` are the document's words under which a Yes or No holds, empty where its sentence
    states none. `probability` is that of the answer, or of there being none. `passages` are the closest ones,
    best first, whatever was answered. `parts` are the findings of conditions that were asked one by one.
    """

    document: str
    asked: Understanding
    state: State
    text: str
    typed: Typed | None
    probability: float
    found_by: tuple[Maker, ...]
    quotes: tuple[Quote, ...]
    passages: tuple[Passage, ...]
    others: tuple[Other, ...]
    cost: Cost
    provenance: Provenance
    condition: str = ""
    parts: tuple[Finding | None, ...] = ()


def without_answer(finding: Finding) -> Finding:
    """A finding as if nothing had been found; its closest passages and what it took stay."""
    return replace(
        finding, state="not_found", text="", typed=None, found_by=(), quotes=(), others=(), condition=""
    )
