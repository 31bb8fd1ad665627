"""From questions to findings: one for each question and document."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import torch

from consolidation.answers.compute import examine_whole
from consolidation.answers.examination import Examination
from consolidation.answers.finding import Cost, Event, Finding, Other, Provenance, Stage, State
from consolidation.answers.same_clause import in_their_clauses
from consolidation.answers.several import told_together
from consolidation.answers.supposed import had, in_its_words, verdict
from consolidation.answers.turned import turned
from consolidation.asking.natural import clause_said, value_had
from consolidation.asking.supposing import value_supposed
from consolidation.asking.typed import Typed, normalise
from consolidation.asking.understand import Understanding, understand
from consolidation.engine import Engine
from consolidation.errors import Cancelled, StateError
from consolidation.grammar.conditional import condition_of
from consolidation.grammar.value_conditions import condition_of_day, condition_of_value
from consolidation.objections.fitting import FIGURES
from consolidation.passages.quotes import closest, quotes_of
from consolidation.passages.shown import Passage
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate, Maker, comparable, shown
from consolidation.proposals.completing import completed
from consolidation.proposals.renewing import asks_renewal

#: Closest passages that are shown, and other answers.
SHOWN_PASSAGES, SHOWN_OTHERS = 3, 2
#: Other answers are shown whose rank is at most so far below that of the best.
NEAR_OTHERS = 4.0
#: Types of value whose condition is told.
_LIMITED = ("duration", "amount", "percent")
OnEvent = Callable[[Event], None]
ShouldStop = Callable[[], bool]


def answer_question(
    engine: Engine,
    question: str | Understanding,
    source: Source,
    on_event: OnEvent = lambda event: None,
    should_stop: ShouldStop = lambda: False,
) -> Finding:
    """Answer a question about one document from its saved state, with evidence from the stored text.

    Of several questions asked at once, and of several conditions, each is answered and all are told together. Whether
    a value is one that is supposed is told from the value, where there is one. States are only read. Raises
    `Cancelled` when `should_stop` says so.
    """

    def stage(name: Stage, draft: str = "") -> None:
        if should_stop():
            raise Cancelled("the question was withdrawn")
        on_event(Event(name, draft))

    asked = understand(question) if isinstance(question, str) else question
    if asked.questions and not all(part.refused for part in asked.questions):
        findings = [
            None if part.refused else answer_question(engine, part, source, on_event, should_stop)
            for part in asked.questions
        ]
        return told_together(asked, in_their_clauses(engine, asked, findings, source))
    if supposed := value_supposed(asked):
        value = answer_question(engine, supposed, source, on_event, should_stop)
        if told := verdict(asked, supposed, value):
            return turned(asked, told, by_value=True)
    if valued := value_had(asked.each):
        value = answer_question(engine, valued, source, on_event, should_stop)
        if there := had(asked, value):
            return turned(asked, there, by_value=True)
    found = turned(asked, _examined(engine, asked, source, stage))
    clause = clause_said(asked.each) if found.state in ("check", "not_found") else ""
    if clause:
        there = answer_question(engine, clause, source, on_event, should_stop)
        return in_its_words(asked, found, there)
    return found


def _examined(engine: Engine, asked: Understanding, source: Source, stage: Callable[..., None]) -> Finding:
    began = time.monotonic()
    stage("finding")
    try:
        state = source.bank.ask(source.state_name) if source.state_name else None
    except StateError:
        state = None
    if state is None:
        return _waiting(engine, asked, source, began)
    with torch.inference_mode():
        known = examine_whole(engine, asked, source, state, stage)
    return _finding(engine, known, began)


def answer_each(
    engine: Engine,
    questions: Sequence[str | Understanding],
    sources: Iterable[Source],
    on_progress: Callable[[int], None] = lambda cells: None,
    should_stop: ShouldStop = lambda: False,
) -> Iterator[Finding]:
    """One finding for each cell: documents in the order given, for each of them the questions in theirs.

    `on_progress` gets cells finished so far. Raises `Cancelled` when `should_stop` says so.
    """
    asked = [understand(one) if isinstance(one, str) else one for one in questions]
    done = 0
    for source in sources:
        for one in asked:
            finding = answer_question(engine, one, source, should_stop=should_stop)
            done += 1
            on_progress(done)
            yield finding


def _finding(engine: Engine, known: Examination, began: float) -> Finding:
    found = known.answer
    answer = completed(known.asked, known.passages, found) if found else None
    others = tuple(
        Other(known.candidates[i].said, known.candidates[i].maker)
        for i, below in known.decision.others
        if below <= NEAR_OTHERS and known.candidates[i].judged > 0
    )
    return Finding(
        document=known.source.document,
        asked=known.asked,
        state=known.decision.state,
        text=shown(known.asked, answer) if answer else "",
        typed=_typed(known.asked, answer, found),
        probability=known.decision.probability,
        found_by=_makers(known, found),
        quotes=quotes_of(known.passages, answer.places) if answer else (),
        passages=_closest(known),
        others=others[:SHOWN_OTHERS],
        cost=_cost(known, began),
        provenance=_provenance(engine, known.source, len(known.segments), known.read_as, known.reckoned),
        condition=_condition(known, found),
    )


def _condition(known: Examination, answer: Candidate | None) -> str:
    """The condition of a Yes or No, or of a length or a sum, that rests on a sentence.

    Whether a clause or words are there has none.
    """
    if answer is None or not answer.places:
        return ""
    if not answer.yes_no:
        if known.asked.value == "date" and not answer.value:
            return condition_of_day(known.passages, answer.places[0])
        is_one = known.asked.value in _LIMITED and len(answer.places) == 1 and not answer.value
        return condition_of_value(known.asked.each, known.passages, answer.places[0]) if is_one else ""
    if answer.maker != "reader" and not asks_renewal(known.asked):
        return ""
    return condition_of(known.asked.each, answer.said, known.passages, answer.places[0])


def _typed(asked: Understanding, answer: Candidate | None, found: Candidate | None) -> Typed | None:
    """The value of an answer; of a figure, of its own words, for those around it may hold further figures."""
    if answer is None or found is None:
        return None
    one = answer
    if asked.value in FIGURES and answer.places and found.places:
        (low, high), (first, last) = answer.places[0], found.places[0]
        one = found if low <= first and last <= high else answer
    return normalise("free" if answer.yes_no else asked.value, one.value or one.said)


def _makers(known: Examination, answer: Candidate | None) -> tuple[Maker, ...]:
    """Who proposed the answer, the one whose words are given first."""
    if answer is None:
        return ()
    said = comparable(known.asked, answer)
    same = (one.maker for one in known.candidates if comparable(known.asked, one) == said)
    return tuple(dict.fromkeys((answer.maker, *same)))


def _closest(known: Examination) -> tuple[Passage, ...]:
    return closest(known.passages, known.rows[:SHOWN_PASSAGES])


def _cost(known: Examination, began: float) -> Cost:
    read = len(known.rows) if known.read else 0
    return Cost(known.tokens, time.monotonic() - began, 1 if known.segments else 0, read)


def _waiting(engine: Engine, asked: Understanding, source: Source, began: float) -> Finding:
    state: State = "waiting"
    cost = Cost(0, time.monotonic() - began, 0, 0)
    return Finding(
        source.document, asked, state, "", None, 0.0, (), (), (), (), cost, _provenance(engine, source, 0)
    )


def _provenance(
    engine: Engine, source: Source, segments: int, read_as: str = "", reckoned: str = ""
) -> Provenance:
    identity, settings = engine.identity, engine.memory.settings
    return Provenance(
        states=(str(source.state_name),) if source.state_name else (),
        segments=segments,
        memory=engine.memory.name,
        model_sha256=identity.reads_sha256,
        answers_sha256=identity.answers_sha256,
        tokenizer_sha256=identity.tokenizer_sha256,
        passes=settings.passes,
        window_tokens=settings.window_tokens,
        segment_windows=settings.segment_windows,
        dtype="+".join(sorted(set(engine.memory.stored.values()))),
        read_as=read_as,
        reckoned=reckoned,
    )
