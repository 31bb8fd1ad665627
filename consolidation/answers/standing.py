"""Standing questions: what a brief holds ready for them, judged in the sleep phase, so that answering asks no model.

A field of the brief is what its rules say, a kind of clause what the tagger says. Either is supported where all that
is known of it (rule, judge, states, tagger) makes it as likely as an answer must be, see `standing_odds`; else to be
checked. Nothing is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import torch

from consolidation.answers.clause_values import value_held
from consolidation.answers.clauses import from_clauses, likely
from consolidation.answers.examination import Examination
from consolidation.answers.examine import proposal, weighable
from consolidation.answers.finding import Other, State
from consolidation.answers.recall import recall
from consolidation.answers.standing_odds import (
    CLAUSE_ODDS,
    FIELD_ODDS,
    SUPPORTED_CLAUSE,
    SUPPORTED_FIELD,
    better_than,
    field_signals,
    own_field,
    probability,
    told_by_odds,
)
from consolidation.asking.fields import asked_field
from consolidation.asking.typed import Typed, normalise
from consolidation.asking.understand import Understanding
from consolidation.briefs.clauses import CATEGORY_OF
from consolidation.briefs.fields import Type
from consolidation.engine import Engine
from consolidation.findings.spans import ClauseSpan
from consolidation.passages.passages import Passages, passages_of
from consolidation.passages.quotes import closest, passage_of, quotes_of, sentence_around
from consolidation.passages.retrieval import retrieve
from consolidation.passages.shown import Passage, Quote
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate, Maker, comparable, from_brief
from consolidation.states.file import StoredState

#: Passages that are shown where nothing was found.
SHOWN_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class Held:
    """What a brief holds for a standing question; the fields are those of a `Finding`.

    `holds` is the value in the passage of a clause, where clauses of its kind have one and it is clear which,
    `heading` what it stands under. `signals` is what its probability was told by.
    """

    state: State
    text: str = ""
    typed: Typed | None = None
    probability: float = 0.0
    found_by: tuple[Maker, ...] = ()
    quotes: tuple[Quote, ...] = ()
    passages: tuple[Passage, ...] = ()
    others: tuple[Other, ...] = ()
    holds: Typed | None = None
    heading: str = ""
    signals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A standing question with what is proposed for it; its candidates are judged together with all others'."""

    known: Examination
    candidates: tuple[Candidate, ...]


@torch.inference_mode()
def hold(
    engine: Engine,
    source: Source,
    state: StoredState,
    fields: Mapping[Type, Understanding],
    kinds: Mapping[str, Understanding],
) -> tuple[dict[Type, Held], dict[str, Held]]:
    """What the source's brief and clauses hold for questions about fields and kinds of clause, by these.

    Everything is judged in one batch. Without clauses nothing is said of kinds.
    """
    passages = passages_of(source.text, engine.memory.tokenise, source.brief)
    clauses = source.clauses or {}
    asked_fields = {
        type_: _field(engine, asked, source, passages, state, type_) for type_, asked in fields.items()
    }
    asked_kinds = {
        kind: _Weighed(
            Examination(asked, "", source, passages, state), (from_clauses(clauses[kind], passages, 0),)
        )
        for kind, asked in kinds.items()
        if kind in clauses and len(passages)
    }
    weighed = [*asked_fields.values(), *asked_kinds.values()]
    candidates = iter(_judged(engine, weighed))
    judged = [[next(candidates) for _ in one.candidates] for one in weighed]
    fields_held = {
        type_: _held_field(engine, one.known, type_, own)
        for (type_, one), own in zip(asked_fields.items(), judged, strict=False)
    }
    kinds_held = {
        kind: _held_kind(engine, one.known, kind, own[0], clauses[kind])
        for (kind, one), own in zip(asked_kinds.items(), judged[len(asked_fields) :], strict=True)
    }
    return fields_held, kinds_held


def _field(
    engine: Engine, asked: Understanding, source: Source, passages: Passages, state: StoredState, type_: Type
) -> _Weighed:
    known = Examination(asked, asked_field(asked), source, passages, state)
    if known.fact != type_:
        # NB: of these a document has many; a judge sees one passage and cannot tell whether they are all.
        return _Weighed(known, ())
    recalled = recall(engine, asked, source, state)
    proposed = [*recalled.candidates(passages), *from_brief(asked, passages)]
    return _Weighed(replace(known, segments=recalled.segments), tuple(weighable(known, proposed)))


def _judged(engine: Engine, weighed: Sequence[_Weighed]) -> list[Candidate]:
    """All candidates, with the judge's word on those that have a place."""
    rows = [(one.known, candidate) for one in weighed for candidate in one.candidates]
    placed = [at for at, (_, candidate) in enumerate(rows) if candidate.places]
    odds = dict(zip(placed, engine.judged([proposal(*rows[at]) for at in placed]), strict=True))
    return [replace(candidate, judged=odds.get(at, 0.0)) for at, (_, candidate) in enumerate(rows)]


def _held_field(engine: Engine, known: Examination, type_: Type, candidates: Sequence[Candidate]) -> Held:
    own = own_field(known, type_)
    if own is None:
        return Held("not_found", passages=_closest(engine, known))
    said = comparable(known.asked, own)
    same = [one for one in candidates if comparable(known.asked, one) == said]
    better = better_than(candidates, same)
    typed = normalise(known.asked.value, own.value or own.said)
    signals = field_signals(known, type_, own, same, better) if same else {}
    likely_right = probability(FIELD_ODDS, signals) if signals else own.score
    return Held(
        _state(engine, bool(signals) and type_ in CATEGORY_OF and likely_right >= SUPPORTED_FIELD),
        typed.shown if typed and own.value else own.said,
        typed,
        likely_right,
        tuple(dict.fromkeys(("rules", *(one.maker for one in same)))),
        quotes_of(known.passages, own.places),
        others=(Other(better.said, better.maker),) if better and better.judged > 0 else (),
        signals=signals,
    )


def _state(engine: Engine, sure: bool) -> State:
    """How it stands; supported only by the parts that the odds were fitted with."""
    return "supported" if sure and told_by_odds(engine) else "check"


def _held_kind(
    engine: Engine, known: Examination, kind: str, candidate: Candidate, spans: Sequence[ClauseSpan]
) -> Held:
    """A clause that is there, with its passages; else the passage that comes nearest, if any does."""
    if candidate.said == "No":
        nearest = [_passage(known.passages, (span.start, span.end)) for span in spans[:1]]
        return Held("not_found", probability=1 - likely(spans), passages=tuple(nearest))
    low, high = candidate.places[0]
    signals = {"score": candidate.score, "judged": candidate.judged}
    likely_right = probability(CLAUSE_ODDS, {**signals, kind: 1.0})
    return Held(
        _state(engine, likely_right >= SUPPORTED_CLAUSE),
        candidate.said,
        normalise("free", candidate.said),
        likely_right,
        ("tagger",),
        quotes_of(known.passages, candidate.places),
        holds=value_held(kind, known.passages.brief, known.passages.text, (low, high)),
        heading=known.passages.heading(low),
        signals=signals,
    )


def _closest(engine: Engine, known: Examination) -> tuple[Passage, ...]:
    """The passages that come nearest to a question of which nothing was found."""
    if not len(known.passages) or known.state is None:
        return ()
    key_R = engine.question_keys([known.asked.each])[0]
    rows = retrieve(
        known.asked.each, known.passages.full_text, key_R, known.state.window_keys_WR, SHOWN_PASSAGES, 0
    )
    return closest(known.passages, rows)


def _passage(passages: Passages, place: tuple[int, int]) -> Passage:
    return passage_of(passages, sentence_around(passages, place))
