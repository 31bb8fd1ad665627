"""What is answered from a state and rules alone, before anything is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from consolidation import Engine
from consolidation.answers.answer import answer_question
from consolidation.answers.decide import Decision
from consolidation.answers.examination import Examination
from consolidation.answers.examine import examine
from consolidation.answers.standing import hold
from consolidation.answers.suffices import without_reading
from consolidation.asking.understand import understand
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate
from laboratory.answers.banked import consolidated
from laboratory.answers.collect import answered
from laboratory.answers.fit import Constants, given, shipped_halves
from laboratory.data.facts import load_contracts
from laboratory.measure.sample_figures import SAMPLE

DATED = "What is the date of the agreement?"
DAY = "14th day of March, 2016"


@pytest.fixture(scope="module")
def source(engine: Engine) -> Iterator[Source]:
    with consolidated(engine, load_contracts(SAMPLE)[1:2], tagged=True) as ((_, source),):
        yield source


@pytest.fixture(scope="module")
def known(engine: Engine, source: Source) -> Examination:
    state = source.bank.load(str(source.state_name))
    return examine(engine, understand(DATED), source, state, lambda *stage: None)


def reading(engine: Engine) -> Engine:
    """The engine, with which nothing can be sure."""
    return replace(engine, settings=replace(engine.settings, supported=2.0))


def test_it_has_its_quote_and_costs_no_reading(engine: Engine, source: Source) -> None:
    stages: list[str] = []
    alone = answer_question(engine, DATED, source, lambda event: stages.append(event.stage))
    read = answer_question(reading(engine), DATED, source)
    assert (alone.state, alone.text, read.text) == ("supported", DAY, DAY)
    assert alone.quotes[0] == read.quotes[0]
    assert alone.found_by == ("rules", "state")
    assert (alone.cost.passages_read, alone.cost.states) == (0, 1)
    assert read.cost.passages_read > 0
    assert read.cost.tokens_forward > alone.cost.tokens_forward
    assert "reading" not in stages


def test_it_is_told_as_the_column_of_that_fact_is(engine: Engine, source: Source, known: Examination) -> None:
    asked = {"agreement_date": understand(DATED)}
    held, _ = hold(engine, source, source.bank.load(str(source.state_name)), asked, {})  # type: ignore[arg-type]
    assert held["agreement_date"].state == "supported"
    assert held["agreement_date"].probability == pytest.approx(known.decision.probability)


def test_rules_and_a_state_must_say_the_same_and_the_judge_agree(engine: Engine, known: Examination) -> None:
    def stands(*candidates: Candidate) -> bool:
        before = replace(known, candidates=candidates, decision=Decision("not_found", 1.0))
        return without_reading(engine, before) is not None

    state = next(one for one in known.candidates if one.maker == "state")
    rules = next(one for one in known.candidates if one.maker == "rules")
    other = replace(rules, said="May 3, 2017", judged=-2.0)
    assert stands(state, rules)
    assert stands(rules, state, other)
    assert not stands(rules)
    assert not stands(state)
    assert not stands(rules, replace(state, said="May 3, 2017"))
    assert not stands(rules, replace(state, judged=-0.1))
    assert not stands(rules, state, replace(other, judged=0.1))


def test_no_fact_of_a_brief_and_no_other_engine_is_told_so(engine: Engine, known: Examination) -> None:
    assert without_reading(engine, known)
    assert without_reading(engine, replace(known, fact="role")) is None
    assert without_reading(engine, replace(known, fact="")) is None
    assert without_reading(replace(engine, encodings=None), known) is None
    assert without_reading(reading(engine), known) is None


def test_what_is_measured_is_what_is_answered(engine: Engine, source: Source) -> None:
    span = source.text.index(DAY)
    row = {
        "question": DATED, "kind": "identity", "answers": [DAY], "spans": [[span, span + len(DAY)]],
        "quotes": [DAY], "quote_spans": [[span, span + len(DAY)]],
    }  # fmt: skip
    line = answered(reading(engine), row, source, engine.settings)
    assert line["unread"]["right"] and line["unread"]["quote"] and line["candidates"]
    assert engine.weights
    constants = shipped_halves(engine.weights)[0]
    told = given(line, constants)
    assert (told.read, told.decision.state, told.right) == (False, "supported", True)
    never = Constants(constants.confidence, replace(constants.settings, supported=2.0))
    assert given(line, never).read
