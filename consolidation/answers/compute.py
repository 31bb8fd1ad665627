"""Answers that follow from two facts: what the question supposes or the brief holds, and what the document says.

"He resigns on June 1, 2019. When is he free to go?" asks the document how long that takes, and counts. Such an answer
is to be checked, never sure, and is told with what it was counted from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from consolidation.answers.again import examine_again
from consolidation.answers.decide import Decision
from consolidation.answers.examination import Examination
from consolidation.answers.totals import with_total
from consolidation.answers.value_of import is_one, sentence_of, value_of
from consolidation.asking.fields import asked_field
from consolidation.asking.typed import ValueType
from consolidation.asking.understand import Understanding
from consolidation.briefs.dates import dates
from consolidation.briefs.durations import durations
from consolidation.computing.adding import adding, names_several
from consolidation.computing.counting import Counted, counted_day
from consolidation.computing.day_questions import day_question
from consolidation.computing.sum_questions import sum_question
from consolidation.computing.sums import counted_sum
from consolidation.computing.terms import term_until
from consolidation.engine import Engine
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate
from consolidation.states.file import StoredState

#: Days that a document bears itself, and that follow from nothing.
_OWN_DAYS = ("agreement_date", "effective_date")


def examine_whole(
    engine: Engine, asked: Understanding, source: Source, state: StoredState, stage: Callable[..., None]
) -> Examination:
    """Examine one document: as it is asked, in the trade's words, and for what follows from two facts."""
    first = examine_again(engine, asked, source, state, stage)
    if adding(asked):
        return with_total(engine, first, source, state, stage)
    return with_computed(engine, first, source, state, stage)


def with_computed(
    engine: Engine, known: Examination, source: Source, state: StoredState, stage: Callable[..., None]
) -> Examination:
    """An examination with the answer that follows from two facts, where one is asked for and none stands sure.

    A day that the document states, or that a rule works out, stays unless what is counted is likelier. A sure answer
    stays too, with what it comes to beside it.
    """
    if lasting := _lasting(known):
        return lasting
    sure = known.decision.state == "supported"
    way = None if known.told or not (known.read or sure) else _way(known)
    if way is None:
        return known
    if sure and not _is_share(known, way):
        return _with_hint(known, way)
    # what a brief tells is how long an agreement runs, not how long something takes
    by_rule = way.supposed or way.from_end
    best = value_of(engine, known, way.question, way.asks, not by_rule, source, state, stage)
    known = replace(known, tokens=known.tokens + best.tokens)
    likelier = way.from_end or not _is_stated(known) or known.decision.probability < best.decision.probability
    if best.answer is None or not likelier or (counted := way.count(best.answer)) is None:
        return known
    return _counted(known, way, best, counted)


def _lasting(known: Examination) -> Examination | None:
    """With the length of a term that is answered by the day of its end; None where no such is."""
    own = known.answer
    if own is None or known.told or known.fact != "term" or known.asked.value != "duration":
        return None
    counted = term_until(known.passages.brief, own.value or own.said)
    if counted is None:
        return None
    said = f"{own.said} ({counted.said})"
    answer = replace(own, maker="rules", said=said, places=(*own.places, *counted.places), value="")
    return replace(
        known,
        candidates=(answer, *known.candidates),
        decision=Decision("check", known.decision.probability, 0),
        told=True,
        reckoned=counted.how,
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """What a document is asked to count an answer from, for what type of value, how it is counted, and what comes."""

    question: str
    asks: ValueType
    count: Callable[[Candidate], Counted | None]
    gives: ValueType
    supposed: bool = False
    from_end: bool = False


def _way(known: Examination) -> _Way | None:
    question, brief = known.asked.each, known.passages.brief
    by_day = day_question(known.asked)
    if by_day and not (by_day.day or by_day.from_end) and asked_field(known.asked) in _OWN_DAYS:
        return None
    if by_day and (by_day.day or by_day.from_end or not _is_stated(known)):
        return _Way(
            by_day.length,
            "duration",
            lambda one: counted_day(by_day, brief, *sentence_of(known, one)),
            "date",
            bool(by_day.day),
            by_day.from_end,
        )
    by_sum = None if by_day or names_several(question) else sum_question(known.asked)
    if by_sum is None:
        return None
    gives: ValueType = "number" if known.asked.value == "number" else "amount"
    return _Way(
        by_sum.ask,
        "percent" if by_sum.base else gives,
        lambda one: counted_sum(by_sum, question, brief, *sentence_of(known, one)),
        gives,
    )


def _counted(known: Examination, way: _Way, best: Examination, counted: Counted) -> Examination:
    """The examination with what was counted from the answer of another; what else was proposed stays."""
    own = best.candidates[best.decision.answer or 0]
    answer = Candidate(
        "rules", counted.said, counted.places, own.passage, own.reads, own.score, judged=own.judged
    )
    return replace(
        known,
        asked=replace(known.asked, value=way.gives),
        candidates=(answer, *(one for one in known.candidates if one.said != counted.said)),
        decision=Decision("check", best.decision.probability, 0),
        rows=tuple(dict.fromkeys((own.passage, *known.rows))),
        told=True,
        reckoned=counted.how,
    )


def _with_hint(known: Examination, way: _Way) -> Examination:
    """A sure answer in the document's words, with what it comes to, where that hangs on no other place of it."""
    own = known.answer
    counted = way.count(own) if own and way.supposed and is_one(way.asks, own) else None
    return replace(known, reckoned=f"{counted.said} is {counted.how}") if counted else known


def _is_share(known: Examination, way: _Way) -> bool:
    """Whether a share is what was answered to a question for a part of a sum."""
    return way.asks == "percent" and known.answer is not None and is_one("percent", known.answer)


def _is_stated(known: Examination) -> bool:
    """Whether the answer so far is a day alone, which the document states or a rule of the brief worked out."""
    if known.answer is None:
        return False
    said = known.answer.value or known.answer.said
    return bool(dates(said, partial=True)) and not durations(said)
