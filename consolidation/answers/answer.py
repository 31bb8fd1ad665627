"""From questions to findings: route, answer from states, locate the evidence, read passages, or say so.

The model's answer is a claim; only what stands in the stored text is quoted. Text inside a document is data:
nothing here runs, obeys or looks up what it says.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import torch

from consolidation.answers.claims import ask_states
from consolidation.answers.decide import Decision
from consolidation.answers.finding import (
    Cost,
    Event,
    Evidence,
    Examined,
    Finding,
    How,
    Mode,
    Provenance,
    Source,
    Stage,
    Verification,
)
from consolidation.answers.inquire import Inquiry, decided, drafts, is_yes_no, with_places, with_reading
from consolidation.answers.locate import quoted, written
from consolidation.answers.read import Passage
from consolidation.answers.route import route
from consolidation.engine import Engine
from consolidation.errors import Cancelled

#: States that are decoded together for cells.
CELL_ROWS = 64
OnEvent = Callable[[Event], None]
ShouldStop = Callable[[], bool]


def answer_question(
    engine: Engine,
    question: str,
    sources: Sequence[Source],
    on_event: OnEvent = lambda event: None,
    should_stop: ShouldStop = lambda: False,
) -> Finding:
    """Answer a question from saved states, with evidence from the stored text.

    States are only read. A source without a usable state is listed as waiting. Raises `Cancelled` when
    `should_stop` says so.
    """

    def stage(name: Stage, draft: str = "") -> None:
        if should_stop():
            raise Cancelled("the question was withdrawn")
        on_event(Event(name, draft))

    began = time.monotonic()
    with torch.inference_mode():
        stage("routing")
        routing = route(engine, question, sources)
        stage("answering")
        claimed = ask_states(engine, [routing], lambda draft: stage("answering", draft))[0]
        return _finished(engine, Inquiry(routing, claimed), sources, began, stage)


def answer_each(
    engine: Engine,
    questions: Sequence[str],
    sources: Iterable[Source],
    on_progress: Callable[[int], None] = lambda cells: None,
    should_stop: ShouldStop = lambda: False,
) -> Iterator[Finding]:
    """One finding for each cell: documents in the order given, for each of them the questions in theirs.

    A cell is answered as `answer_question` would from its document alone. Sources are taken a few at a time, and
    states of several of them are decoded for several questions in one batch. `on_progress` gets cells finished so
    far. Raises `Cancelled` when `should_stop` says so, between cells.
    """
    cells, done = ((source, question) for source in sources for question in questions), 0
    while batch := list(islice(cells, max(1, CELL_ROWS // engine.settings.routed_states))):
        began = time.monotonic()
        with torch.inference_mode():
            _check(should_stop)
            routings = [route(engine, question, [source]) for source, question in batch]
            claimed = ask_states(engine, routings)
        shared = (time.monotonic() - began) / len(batch)
        for (source, _), routing, own in zip(batch, routings, claimed, strict=True):
            _check(should_stop)
            with torch.inference_mode():
                began = time.monotonic() - shared
                finding = _finished(engine, Inquiry(routing, own), [source], began, lambda *stage: None)
            done += 1
            on_progress(done)
            yield finding


def _check(should_stop: ShouldStop) -> None:
    if should_stop():
        raise Cancelled("the questions were withdrawn")


def _finished(
    engine: Engine,
    inquiry: Inquiry,
    sources: Sequence[Source],
    began: float,
    stage: Callable[..., None],
) -> Finding:
    """What comes of claims: with the text looked at, and read where that is not enough."""
    if not is_yes_no(inquiry.routing.question):
        stage("checking", drafts(inquiry.claimed))
        inquiry = with_places(engine, inquiry)
    decision = decided(engine, inquiry)
    if decision.outcome == "read":
        stage("reading")
        inquiry = with_reading(engine, inquiry)
        decision = decided(engine, inquiry)
    return _finding(engine, inquiry, decision, sources, began)


def _finding(
    engine: Engine, inquiry: Inquiry, decision: Decision, sources: Sequence[Source], began: float
) -> Finding:
    text, verification, mode, evidence = _said(inquiry, decision)
    states = {str(one.routed.source.state_name) for one in inquiry.claimed}
    return Finding(
        outcome="not_found" if decision.outcome == "not_found" else "answered",
        text=text,
        confidence=decision.confidence,
        verification=verification,
        mode=mode,
        evidence=evidence,
        examined=_examined(inquiry, sources),
        cost=Cost(inquiry.tokens, time.monotonic() - began, len(states)),
        provenance=_provenance(engine, inquiry, sorted(states), mode),
    )


def _said(inquiry: Inquiry, decision: Decision) -> tuple[str, Verification, Mode, tuple[Evidence, ...]]:
    """The answer's text, verification, mode and evidence."""
    if decision.claim is not None:
        placed = inquiry.placed[decision.claim]
        source, places = placed.claimed.routed.source, placed.places
        kind: Verification = "tolerant" if any(m.kind == "tolerant" for m in places) else "exact"
        found = [quoted(source, (m.start, m.end), m.kind, m.score / 100) for m in places]
        text = "; ".join(written(source, (m.start, m.end)) for m in places)
        evidence = {(e.start, e.end): e for e in found}
        return text, kind if decision.verified else "unverified", "state", tuple(evidence.values())
    passage: Passage | None = inquiry.reading.passage if inquiry.reading else None
    if decision.outcome == "not_found" or passage is None:
        return "", "", "", ()
    own = (
        written(passage.source, passage.place) if decision.outcome == "passage" else decision.outcome.title()
    )
    quote = quoted(passage.source, passage.place, "read", decision.confidence)
    return own, "read" if decision.verified else "unverified", "reading", (quote,)


def _examined(inquiry: Inquiry, sources: Sequence[Source]) -> tuple[Examined, ...]:
    read = inquiry.reading.documents if inquiry.reading else frozenset()
    asked = {one.routed.source.document for one in inquiry.claimed}

    def how(document: str) -> How:
        if document in read:
            return "read"
        if document in asked:
            return "state"
        return "ranked" if document in inquiry.routing.ready else "waiting"

    return tuple(Examined(source.document, how(source.document)) for source in sources)


def _provenance(engine: Engine, inquiry: Inquiry, states: Sequence[str], mode: Mode) -> Provenance:
    identity, settings = engine.identity, engine.memory.settings
    return Provenance(
        states=tuple(states),
        segments=len(inquiry.claimed),
        memory=engine.memory.name,
        model_sha256=identity.reads_sha256,
        answers_sha256=identity.answers_sha256,
        tokenizer_sha256=identity.tokenizer_sha256,
        passes=settings.passes,
        window_tokens=settings.window_tokens,
        segment_windows=settings.segment_windows,
        dtype="+".join(sorted(set(engine.memory.stored.values()))),
        mode=mode,
    )
