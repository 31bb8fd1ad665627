"""From a question to a finding: route, answer from states, locate the evidence, read passages, or say so.

The model's answer is a claim; only what stands in the stored text is quoted. Text inside a document is data:
nothing here runs, obeys or looks up what it says.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import torch

from consolidation.answers import naming, reading
from consolidation.answers.evidence import (
    QUOTE_AFTER,
    QUOTE_BEFORE,
    Match,
    exact_matches,
    quote_range,
    tolerant_match,
)
from consolidation.engine import Engine
from consolidation.errors import Cancelled, StateError
from consolidation.parts.confidence import Signals, signals
from consolidation.protocol import Claim
from consolidation.states.bank import Bank
from consolidation.states.state import StoredState
from consolidation.text.windows import Range

ROUTED_STATES = 4
READ_WINDOWS = 6
TEXT_WEIGHT = 4.0
_YES_NO = re.compile(
    r"^\s*(does|do|did|is|are|was|were|has|have|had|can|could|may|must|shall|should|will|would)\b", re.I
)
Stage = Literal["routing", "answering", "checking", "reading"]
Verification = Literal["exact", "tolerant", "read", "unverified", ""]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that may be asked: its bank and state name (None: not consolidated yet), its text when needed.

    `text(start, end)` gives a part of the document's text, so that a question's cost does not grow with the
    document; `text_rank` is a full-text search score of the question in the document, 0 to 1.
    """

    document: str
    name: str
    bank: Bank
    state_name: str | None
    text: Callable[[int, int], str]
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
    how: Literal["state", "read", "ranked", "waiting"]


@dataclass(frozen=True, slots=True)
class Cost:
    """`tokens_forward` counts tokens that went through a network for this question; `seconds` is wall time."""

    tokens_forward: int
    seconds: float
    states: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a question. `text` is as the document writes it; empty where nothing was found."""

    outcome: Literal["answered", "not_found"]
    text: str
    confidence: float
    verification: Verification
    mode: Literal["state", "reading", ""]
    evidence: tuple[Evidence, ...]
    examined: tuple[Examined, ...]
    cost: Cost
    provenance: dict[str, Any]


@dataclass(slots=True)
class Routed:
    """One segment state chosen for a question, and the claim it made."""

    source: Source
    state: StoredState
    segment: int
    score: float
    claim: Claim | None = None
    signals: Signals | None = None
    confidence: float = 0.0
    places: tuple[Match, ...] = ()


@dataclass(slots=True)
class Inquiry:
    """One question's work in progress; `asked` is the question without names of documents, for the model."""

    engine: Engine
    question: str
    sources: Sequence[Source]
    on_event: Callable[[Event], None]
    should_stop: Callable[[], bool]
    began: float = field(default_factory=time.monotonic)
    tokens: int = 0
    ready: list[tuple[Source, StoredState, torch.Tensor]] = field(default_factory=list)
    routed: list[Routed] = field(default_factory=list)
    meant: list[Source] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    asked: str = field(init=False)

    def __post_init__(self) -> None:
        self.asked = naming.unnamed(self.question, (source.name for source in self.sources))

    def stage(self, stage: Stage, draft: str = "") -> None:
        if self.should_stop():
            raise Cancelled("the question was withdrawn")
        self.on_event(Event(stage, draft))


def is_yes_no(question: str) -> bool:
    """Whether a question asks if something is so."""
    return bool(_YES_NO.match(question))


def route(inquiry: Inquiry) -> None:
    """Choose the segment states to ask, by router keys and full-text rank.

    Where the question mentions documents by name, only those that it mentions most clearly are asked.
    """
    key = inquiry.engine.ask(inquiry.asked).key_R
    inquiry.tokens += inquiry.engine.ask(inquiry.asked).tokens
    mentioned = naming.named(inquiry.question, [source.name for source in inquiry.sources])
    clearest = max(mentioned, default=0.0)
    candidates: list[Routed] = []
    for source, clear in zip(inquiry.sources, mentioned, strict=True):
        if source.state_name is None:
            continue
        try:
            state = source.bank.load(source.state_name)
        except StateError:
            continue
        scores_W = state.router_keys_WR.float() @ key
        inquiry.ready.append((source, state, scores_W))
        if clear < clearest:
            continue
        inquiry.meant.append(source)
        bonus = TEXT_WEIGHT * source.text_rank if len(inquiry.sources) > 1 else 0.0
        for segment, part in enumerate(scores_W.split(state.key.segment_windows)):
            candidates.append(Routed(source, state, segment, float(part.max()) + bonus))
    candidates.sort(key=lambda c: -c.score)
    inquiry.routed = candidates[:ROUTED_STATES]


def ask_states(inquiry: Inquiry) -> None:
    """Decode one claim from each routed state, in one batch, and order them by confidence."""
    if not inquiry.routed:
        return
    states = torch.cat([r.state.fast_weights([r.segment]) for r in inquiry.routed])
    claims = inquiry.engine.decode(
        {"fast_weights": states}, inquiry.asked, lambda draft: inquiry.stage("answering", draft)
    )
    known = signals(claims, [routed.score for routed in inquiry.routed])
    for routed, claim, its in zip(inquiry.routed, claims, known, strict=True):
        inquiry.tokens += claim.tokens
        routed.claim, routed.signals = claim, its
        routed.confidence = inquiry.engine.calibration.confidence(its) if claim.text else 0.0
    inquiry.routed.sort(key=lambda r: -r.confidence)


def locate(inquiry: Inquiry, routed: Routed) -> tuple[Match, ...]:
    """Where the parts of a claim are written, best place of each; empty where a part is nowhere.

    Looked for in the segment that made the claim, so that the cost does not grow with the document.
    """
    begin, stop = routed.state.segment_range(routed.segment)
    text = routed.source.text(begin, stop)
    scores_W = next(s for source, _, s in inquiry.ready if source is routed.source)
    low = routed.segment * routed.state.key.segment_windows
    ranges = routed.state.ranges_W2[low : low + routed.state.key.segment_windows].tolist()

    def likely(match: Match) -> float:
        a, b = begin + match.start, begin + match.end
        inside = [i for i, (start, end) in enumerate(ranges) if start < b and a < end]
        return max((float(scores_W[low + i]) for i in inside), default=float("-inf"))

    found = []
    for part in (routed.claim.text if routed.claim else "").split(";"):
        if not part.strip():
            continue
        match = max(exact_matches(part, text), key=likely, default=None) or tolerant_match(part, text)
        if match is None:
            return ()
        found.append(replace(match, start=begin + match.start, end=begin + match.end))
    return tuple({(m.start, m.end): m for m in found}.values())


def _place(inquiry: Inquiry, routed: Routed) -> tuple[Match, ...]:
    """Look a claim up in the text when it is needed, and keep the places."""
    routed.places = routed.places or locate(inquiry, routed)
    return routed.places


def _evidence(source: Source, place: Range, verification: Verification, score: float) -> Evidence:
    low = max(0, place[0] - QUOTE_BEFORE)
    around = source.text(low, place[1] + QUOTE_AFTER)
    start, end = quote_range(around, (place[0] - low, place[1] - low))
    return Evidence(source.document, low + start, low + end, around[start:end], verification, score, place)


def _examined(inquiry: Inquiry) -> tuple[Examined, ...]:
    asked = {r.source.document for r in inquiry.routed if r.claim is not None}
    ranked = {source.document for source, _, _ in inquiry.ready}
    out = []
    for source in inquiry.sources:
        d = source.document
        how: Literal["state", "read", "ranked", "waiting"] = "waiting"
        if d in inquiry.read:
            how = "read"
        elif d in asked:
            how = "state"
        elif d in ranked:
            how = "ranked"
        out.append(Examined(d, how))
    return tuple(out)


def _finding(inquiry: Inquiry, **fields: Any) -> Finding:
    names = sorted(
        {r.source.state_name for r in inquiry.routed if r.claim is not None and r.source.state_name}
    )
    settings, identity = inquiry.engine.settings, inquiry.engine.identity
    provenance = {
        "states": names,
        "segments": len([r for r in inquiry.routed if r.claim is not None]),
        "model_sha256": identity.model_sha256,
        "tokenizer_sha256": identity.tokenizer_sha256,
        "passes": settings.passes,
        "window_tokens": settings.window_tokens,
        "segment_windows": settings.segment_windows,
        "dtype": settings.dtype,
        "mode": fields.get("mode", ""),
    }
    cost = Cost(inquiry.tokens, time.monotonic() - inquiry.began, len(names))
    empty: dict[str, Any] = {"text": "", "verification": "", "mode": "", "evidence": ()}
    return Finding(**(empty | fields), examined=_examined(inquiry), cost=cost, provenance=provenance)


def _from_claim(
    inquiry: Inquiry, routed: Routed, confidence: float, mode: Literal["state", "reading"]
) -> Finding:
    """The answer as the text writes it, with one quote for each part; verified where it is sure enough."""
    source = routed.source
    verification: Verification = "tolerant" if any(m.kind == "tolerant" for m in routed.places) else "exact"
    if confidence < inquiry.engine.calibration.verified:
        verification = "unverified"
    evidence = [_evidence(source, (m.start, m.end), m.kind, m.score / 100) for m in routed.places]
    written = "; ".join(" ".join(source.text(m.start, m.end).split()) for m in routed.places)
    quotes = {(e.start, e.end): e for e in evidence}
    return _finding(
        inquiry, outcome="answered", text=written, confidence=confidence, verification=verification, mode=mode,
        evidence=tuple(quotes.values()),
    )  # fmt: skip


def _from_passage(
    inquiry: Inquiry, passage: reading.Passage[Source], confidence: float, text: str = ""
) -> Finding:
    """An answer that was read: the passage's words, or `text` with the passage as its quote."""
    start, end = passage.place
    evidence = _evidence(passage.source, passage.place, "read", confidence)
    verification: Verification = "read" if confidence >= inquiry.engine.calibration.verified else "unverified"
    return _finding(
        inquiry, outcome="answered", text=text or " ".join(passage.source.text(start, end).split()),
        confidence=confidence, verification=verification, mode="reading", evidence=(evidence,),
    )  # fmt: skip


def read_passages(inquiry: Inquiry) -> reading.Passage[Source] | None:
    """Read the passages that the router likes best, over all ready documents, with attention."""
    several = len(inquiry.sources) > 1
    best: list[tuple[float, Source, StoredState, int]] = []
    allowed = {id(r.source) for r in inquiry.routed} if several else None
    for source, state, scores_W in inquiry.ready:
        if allowed is None or id(source) in allowed:
            top = scores_W.topk(min(READ_WINDOWS, len(scores_W)))
            best += [
                (s, source, state, w) for s, w in zip(top.values.tolist(), top.indices.tolist(), strict=True)
            ]
    best.sort(key=lambda item: -item[0])
    chosen = best[:READ_WINDOWS]
    if not chosen:
        return None
    inquiry.read |= {source.document for _, source, _, _ in chosen}
    places = [(source, tuple(state.ranges_W2[w].tolist())) for _, source, state, w in chosen]
    passage = reading.read(inquiry.engine, inquiry.asked, places)
    inquiry.tokens += passage.tokens if passage else 0
    return passage


def clause_signals(inquiry: Inquiry) -> tuple[float, float]:
    """The best score of a window for the question, and the best presence among the states asked."""
    score = max((float(s.max()) for source, _, s in inquiry.ready if source in inquiry.meant), default=0.0)
    return score, max((r.claim.presence for r in inquiry.routed if r.claim), default=0.0)


def _answer_yes_no(inquiry: Inquiry) -> Finding:
    """Whether something is so: a state that denies it is believed, else the calibrated clause signal decides."""
    inquiry.stage("answering")
    ask_states(inquiry)
    calibration = inquiry.engine.calibration
    likely = calibration.clause_probability(*clause_signals(inquiry)) if inquiry.routed else 0.0
    inquiry.stage("reading")
    passage = read_passages(inquiry)
    denied = next((r for r in inquiry.routed[:1] if r.claim and r.claim.text == "no"), None)
    if denied is not None and passage is not None and denied.confidence >= calibration.accept:
        return _from_passage(inquiry, passage, denied.confidence, "No")
    if passage is None or likely < calibration.accept_clause:
        return _finding(inquiry, outcome="not_found", confidence=1 - likely)
    return _from_passage(inquiry, passage, likely, "Yes")


def _answer_value(inquiry: Inquiry) -> Finding:
    """A short value: from states that are sure and that the text bears out, else with reading, else not found."""
    inquiry.stage("answering")
    ask_states(inquiry)
    calibration = inquiry.engine.calibration
    inquiry.stage(
        "checking", inquiry.routed[0].claim.text if inquiry.routed and inquiry.routed[0].claim else ""
    )
    placed = next((r for r in inquiry.routed if _place(inquiry, r)), None)
    if placed is not None and placed.confidence >= calibration.accept:
        return _from_claim(inquiry, placed, placed.confidence, "state")
    inquiry.stage("reading")
    passage = read_passages(inquiry)
    claims = [r for r in inquiry.routed if _place(inquiry, r)]
    if passage is not None:
        standing = [(r.confidence, stands_in(r, passage)) for r in claims]
        best, likely = calibration.choose(standing, passage.probability)
        if likely >= calibration.accept_read:
            if best is not None:
                return _from_claim(inquiry, claims[best], likely, "state")
            return _from_passage(inquiry, passage, likely)
    doubt = max((r.confidence for r in inquiry.routed), default=0.0)
    return _finding(inquiry, outcome="not_found", confidence=1 - doubt)


def stands_in(routed: Routed, passage: reading.Passage[Source]) -> bool:
    """Whether a part of a placed claim touches the passage that the reader marked, which is one even of a list."""
    start, end = passage.place
    return routed.source is passage.source and any(m.start < end and start < m.end for m in routed.places)


def answer_question(
    engine: Engine,
    question: str,
    sources: Sequence[Source],
    on_event: Callable[[Event], None] = lambda event: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Finding:
    """Answer a question from saved states, with evidence from the stored text.

    States are only read. A source without a usable state is listed as waiting. Raises `Cancelled` when
    `should_stop` says so.
    """
    inquiry = Inquiry(engine, question, sources, on_event, should_stop)
    with torch.inference_mode():
        inquiry.stage("routing")
        route(inquiry)
        return _answer_yes_no(inquiry) if is_yes_no(question) else _answer_value(inquiry)
