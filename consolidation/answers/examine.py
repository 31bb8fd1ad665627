"""One question put to one document: what is proposed, what the judge says of it, and what is answered.

Evidence comes first: passages are found the same way for every question. States, reader and rules propose answers
with their places in the text, and a judge that made none of them weighs each. Where what states and rules say is
sure already, nothing is read. Text inside a document is data: nothing here runs, obeys or looks up what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import exp

from consolidation.answers.alone import said_alone
from consolidation.answers.clauses import decide_clause, from_clauses
from consolidation.answers.decide import Decision, Known, decide, unsettled
from consolidation.answers.examination import Examination
from consolidation.answers.recall import Recalled, recall
from consolidation.answers.signals import signals
from consolidation.answers.suffices import without_reading
from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.fields import asked_field
from consolidation.asking.natural import as_people_ask
from consolidation.asking.understand import Understanding
from consolidation.briefs.clauses import clauses_of
from consolidation.engine import Engine, OnText
from consolidation.objections.fitting import is_mere_figure, says_nothing
from consolidation.objections.objections import as_measured, is_against, is_fitting, is_settled
from consolidation.passages.passages import passages_of
from consolidation.passages.retrieval import retrieve
from consolidation.passages.source import Source
from consolidation.proposals.all_parties import as_all_parties
from consolidation.proposals.candidates import Candidate, comparable, from_brief, from_readings, together
from consolidation.proposals.computing import computed_dates
from consolidation.proposals.defined import definition_of
from consolidation.proposals.formed import formed_in, only_formed_in, where_asked
from consolidation.proposals.headed import BY_FAMILY
from consolidation.proposals.lacking import lacks_name
from consolidation.proposals.mentioning import from_text
from consolidation.proposals.own_words import in_own_words
from consolidation.proposals.owners import without_anothers
from consolidation.proposals.periods import of_its_period
from consolidation.proposals.plain_answers import from_plain_words, without_overruled
from consolidation.proposals.redactions import UNMARKED, from_redactions
from consolidation.proposals.signing import signers
from consolidation.proposals.told import lacks_term, told_by_text
from consolidation.protocol import Proposal
from consolidation.shapes.shaping import repeats
from consolidation.states.file import StoredState
from consolidation.table.capacities import Composer

#: Passages that a free answer is written from.
COMPOSED_PASSAGES = 3


def examine(
    engine: Engine, asked: Understanding, source: Source, state: StoredState, stage: Callable[..., None]
) -> Examination:
    """Examine one document with its loaded state; passages are read only where that is needed.

    `stage` is told what is done next, and the likeliest answer so far. Nothing answers a question without a word.
    """
    passages = passages_of(source.text, engine.memory.tokenise, source.brief)
    if not any(character.isalnum() for character in asked.each):
        return Examination(asked, asked_field(asked), source, passages, state)
    said = next(iter(as_people_ask(asked.each)), asked.each)
    # what is found in a name's own sentence tells more often of Yes and No
    spoken = said if asked.yes_no else in_own_words(said, passages)
    key_R = engine.question_keys([spoken])[0]
    found = engine.settings.close_passages, engine.settings.worded_passages
    rows = retrieve(spoken, passages.full_text, key_R, state.window_keys_WR, *found)
    known = Examination(asked, asked_field(asked), source, passages, state, spoken, tuple(rows))
    if lacks_term(asked, passages):
        return known
    if told := from_text(asked, passages) or from_redactions(asked, passages):
        return _told(known, told, proven=told.score > UNMARKED)
    if lacks_name(asked, passages, source.name):
        return known
    if told := definition_of(asked, passages) or definition_of(
        replace(asked, each=spoken, term=""), passages
    ):
        return _defined(known, judged(engine, known, [told])[0])
    if told := told_by_text(asked, passages):
        one = judged(engine, known, [told])[0] if told.places else told
        if one.judged > 0 or one.score > BY_FAMILY:
            return _quoted(_told(known, one, proven=one.judged > 0 or one.agreeing > 0))
    if where_asked(asked):
        return known
    if rows and engine.encodings and (kind := clause_kind(asked)):
        return _quoted(_tagged(engine, known, kind))
    if rows and engine.composer and is_free(known):
        return _composed(engine, engine.composer, known, lambda text: stage("reading", text))
    known = replace(known, signed=signers(asked, passages))
    known = _proposed(engine, known, recall(engine, asked, source, state))
    if enough := without_reading(engine, known):
        return enough
    stage("reading", known.so_far)
    return _read(engine, known, lambda text: stage("reading", text))


def is_free(known: Examination) -> bool:
    """Whether a question asks for no value, fact or verdict, so that sentences answer it best."""
    return known.asked.value == "free" and not known.asked.yes_no and not known.fact


def _composed(engine: Engine, composer: Composer, known: Examination, on_text: OnText) -> Examination:
    """With an answer in sentences, each with its place; with the passages alone where there is none."""
    rows = known.rows[:COMPOSED_PASSAGES]
    texts = [known.passages.words(row) for row in rows]
    on_text("")
    with engine.turn():
        made = composer.compose(known.question, texts, engine.heard(on_text))
    known = replace(known, read=True, tokens=known.tokens + sum(len(text) // 5 for text in texts))
    if not made.statements:
        return known
    lows = [known.passages.ranges[rows[one.passage]][0] for one in made.statements]
    places = tuple(
        (low + one.place[0], low + one.place[1]) for low, one in zip(lows, made.statements, strict=True)
    )
    said = " ".join(one.says for one in made.statements)
    answer = Candidate("writer", said, places, rows[made.statements[0].passage], score=made.log_likelihood)
    return replace(
        known, candidates=(answer,), told=True, decision=Decision("check", exp(made.log_likelihood), 0)
    )


def _told(known: Examination, told: Candidate, *, proven: bool) -> Examination:
    """With what the text itself tells; a No is never sure, for other words may say it.

    That words stand in a text is `proven`, and a clause by its heading with a sentence of its kind; of all else a
    judge must agree to a yes.
    """
    rows = tuple(dict.fromkeys((told.passage, *known.rows))) if told.places else known.rows
    decision = Decision("supported" if proven and told.said == "Yes" else "check", told.score, 0)
    return replace(known, rows=rows, candidates=(told,), told=True, decision=decision)


def _quoted(known: Examination) -> Examination:
    """An examination that answers one document's question with No from no words of the text, as nothing found.

    Where documents are told apart by it ("which have no cap?"), that nothing was found is what tells them.
    """
    if known.asked.over != "document" or known.answer is None or known.answer.places:
        return known
    return replace(known, decision=Decision("not_found", known.decision.probability, None, ((0, 0.0),)))


def _defined(known: Examination, one: Candidate) -> Examination:
    """With what a term is defined to mean; supported where that is asked outright and a judge agrees."""
    sure = one.judged > 0 and known.asked.value == "definition"
    rows = tuple(dict.fromkeys((one.passage, *known.rows)))
    decision = Decision("supported" if sure else "check", one.score, 0)
    return replace(known, rows=rows, candidates=(one,), told=True, decision=decision)


def _proposed(engine: Engine, known: Examination, recalled: Recalled) -> Examination:
    """With what states and rules propose."""
    own = [*recalled.candidates(known.passages), *from_brief(known.asked, known.passages)]
    if known.signed and known.signed.answer:
        own.append(known.signed.answer)
    if formed := formed_in(known.asked, known.passages):
        own.append(formed)
    known = replace(known, tokens=known.tokens + recalled.tokens, segments=recalled.segments)
    return _decided(engine, known, own)


def _tagged(engine: Engine, known: Examination, kind: str) -> Examination:
    """With what the tagger says of a kind of clause, and its passage first."""
    clauses = known.source.clauses
    if clauses is None:
        clauses = clauses_of(engine, known.source.text, known.passages.brief, known.rows)
    proposed = from_clauses(clauses[kind], known.passages, known.rows[0])
    one = judged(engine, known, [proposed])[0]
    rows = tuple(dict.fromkeys((one.passage, *known.rows)))
    return replace(
        known, rows=rows, candidates=(one,), told=True, decision=decide_clause(one, engine.settings)
    )


def _read(engine: Engine, known: Examination, on_text: OnText) -> Examination:
    """With what the reader proposes from the best passages, and these in its order; else with plain words."""
    rows = list(known.rows)
    texts = [known.passages.words(row) for row in rows]
    readings = engine.read(known.question, texts, [known.passages.title] * len(rows), on_text)
    order = sorted(range(len(rows)), key=lambda at: -readings[at].answers)
    ranked = tuple(rows[at] for at in order)
    found = list(from_readings(known.asked, known.passages, rows, readings))
    proposed = [*known.candidates, *found, *computed_dates(known.asked, known.passages, found)]
    by_row = {row: reading.answers for row, reading in zip(rows, readings, strict=True)}
    proposed = [replace(one, reads=by_row.get(one.passage, one.reads)) for one in proposed]
    tokens = known.tokens + sum(len(text) // 5 for text in texts)
    known = _decided(engine, replace(known, rows=ranked, read=True, tokens=tokens), proposed)
    plain = from_plain_words(known.asked, known.passages) if known.decision.state == "not_found" else None
    return _told(known, plain, proven=False) if plain else known


def _decided(engine: Engine, known: Examination, proposed: Sequence[Candidate]) -> Examination:
    return decided(engine, known, judged(engine, known, weighable(known, proposed)))


def weighable(known: Examination, proposed: Sequence[Candidate]) -> list[Candidate]:
    """What is worth a judge's look: each answer once, and none that can be no answer, or says nothing.

    Dates of other things are none where an end is asked for, nor is a name that the question itself says, one of
    somebody else where it is known who signed, one party where all are asked for, a figure where somebody or a
    reason is, what runs at the head or foot of pages, what its own sentence speaks against, or what that gives
    another party, nor a No where a sentence says Yes in plain words. A Yes whose sentence says another notice than
    the question supposes is a No.
    """
    about = known.asked, known.fact, known.passages
    proposed = [one for one in proposed if any(character.isalnum() for character in one.said)]
    proposed = [as_measured(known.asked, known.passages, one) for one in proposed]
    proposed = [of_its_period(known.asked, known.passages, one) for one in proposed]
    proposed = [
        one for one in proposed if not (is_mere_figure(known.asked, one.said) or is_against(*about, one))
    ]
    proposed = without_overruled(known.asked, known.passages, proposed)
    proposed = as_all_parties(known.asked, known.passages.brief.parties, proposed)
    proposed = without_anothers(known.asked, known.passages, proposed)
    proposed = only_formed_in(known.asked, known.passages, proposed)
    if known.fact == "expiry":
        proposed = [one for one in proposed if is_fitting(*about, one)]
    if known.signed:
        # nobody else signed for that party, however well a passage reads
        proposed = [one for one in proposed if known.signed.allows(one)]
    kept = (one for one in proposed if not (says_nothing(one.said) or repeats(known.asked, one.said)))
    return together(known.asked, list(kept))


def decided(engine: Engine, known: Examination, candidates: Sequence[Candidate]) -> Examination:
    """The examination with judged candidates, and what is answered of them; each Yes and No is read alone too."""
    candidates = said_alone(engine, known.question, known.passages, candidates)
    table = [Known(signals_of(known, one), comparable(known.asked, one)) for one in candidates]
    decision = decide(table, engine.confidence, engine.settings)
    if known.signed and decision.answer is not None and not known.signed.settles(candidates[decision.answer]):
        decision = unsettled(decision)
    return replace(known, candidates=tuple(candidates), decision=decision)


def signals_of(known: Examination, candidate: Candidate) -> dict[str, float]:
    """The signals of a candidate of an examination."""
    about = known.asked, known.fact, known.passages
    return signals(known.asked, candidate, is_fitting(*about, candidate) and is_settled(*about, candidate))


def judged(engine: Engine, known: Examination, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates with the judge's word on each, all in one batch; what was judged before is not judged again."""
    earlier = {(one.said, one.places): one.judged for one in known.candidates}
    new = [one for one in candidates if (one.said, one.places) not in earlier]
    odds = dict(zip(map(id, new), engine.judged([proposal(known, one) for one in new]), strict=True))
    return [
        replace(one, judged=odds[id(one)] if id(one) in odds else earlier[one.said, one.places])
        for one in candidates
    ]


def proposal(known: Examination, candidate: Candidate) -> Proposal:
    """A candidate as the judge sees it."""
    low, high = known.passages.ranges[candidate.passage]
    marks = tuple(
        (max(a, low) - low, min(b, high) - low) for a, b in candidate.places if a < high and low < b
    )
    said = candidate.said if candidate.yes_no else candidate.said.replace("; ", " ")
    return Proposal(
        known.question, said, known.passages.words(candidate.passage), marks, known.passages.title
    )
