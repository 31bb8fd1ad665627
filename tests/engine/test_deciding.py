"""One decision: pure, and the same where it is fitted, measured and given."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation import AnswerSettings, Engine
from consolidation.answers.answer import answer_question
from consolidation.answers.decide import Known, decide
from consolidation.answers.inquire import is_yes_no
from consolidation.parts.confidence import BIAS, SCORE, Fitted, Unfitted
from laboratory.data.clause_wordings import clause_paraphrases
from laboratory.data.facts import load_contracts
from laboratory.fit.trials import outcome, trials
from laboratory.measure.answers import (
    Banked,
    clause_scores,
    consolidated,
    questions,
    whole_scores,
)
from laboratory.measure.sample_figures import SAMPLE

CONFIDENCE = Fitted({"presence": 1.0, BIAS: 0.0}, ("presence",), clause={SCORE: 1.0, BIAS: 0.0})
SETTINGS = AnswerSettings(accept=0.6, accept_read=0.4, accept_clause=0.5, verified=0.7)
PROBABILITY = st.floats(0.01, 0.99)
#: Questions of each kind that are compared.
COMPARED = 6


def test_a_sure_claim_needs_no_reading() -> None:
    assert decide(Known([0.6], [False]), CONFIDENCE, SETTINGS).outcome == "claim"
    assert decide(Known([0.59], [False]), CONFIDENCE, SETTINGS).outcome == "read"
    assert decide(Known(), CONFIDENCE, SETTINGS).outcome == "read"


def test_nothing_found_says_how_sure_that_is() -> None:
    decision = decide(Known(reading=0.0, doubt=0.3), CONFIDENCE, SETTINGS)
    assert (decision.outcome, decision.confidence, decision.verified) == ("not_found", 0.7, False)


def test_yes_no_and_unknown() -> None:
    yes = Known(yes_no=True, document={SCORE: 3.0}, reading=0.5)
    assert decide(yes, CONFIDENCE, SETTINGS).outcome == "yes"
    assert decide(replace(yes, denial=0.6), CONFIDENCE, SETTINGS).outcome == "no"
    assert decide(replace(yes, document={SCORE: -1.0}), CONFIDENCE, SETTINGS).outcome == "not_found"
    assert decide(replace(yes, reading=0.0), CONFIDENCE, SETTINGS).outcome == "not_found"
    assert decide(replace(yes, reading=None), CONFIDENCE, SETTINGS).outcome == "read"
    assert decide(replace(yes, document={}), CONFIDENCE, SETTINGS).confidence == 1.0


@given(claims=st.lists(st.tuples(PROBABILITY, st.booleans()), max_size=4), reading=PROBABILITY | st.none())
def test_what_is_answered_is_over_its_threshold(
    claims: list[tuple[float, bool]], reading: float | None
) -> None:
    ordered = sorted(claims, reverse=True)
    known = Known([c for c, _ in ordered], [a for _, a in ordered], reading)
    decision = decide(known, CONFIDENCE, SETTINGS)
    assert decision == decide(known, CONFIDENCE, SETTINGS)
    if decision.outcome in ("claim", "passage"):
        assert decision.confidence >= (SETTINGS.accept if reading is None else SETTINGS.accept_read)
        assert decision.verified == (decision.confidence >= SETTINGS.verified)
    assert (decision.outcome == "claim") == (decision.claim is not None)
    assert not decide(known, Unfitted("presence"), SETTINGS).verified


@pytest.fixture(scope="module")
def banked(engine: Engine) -> Iterator[Banked]:
    with consolidated(engine, load_contracts(SAMPLE)[:1]) as found:
        yield found


def test_product_and_benchmark_decide_alike(engine: Engine, banked: Banked) -> None:
    """What is measured is what a reviewer would be told."""
    engine, (contract, source) = replace(engine, weights=None), banked[0]
    measured = whole_scores(engine, banked)
    for (_, question, _), (_, score) in islice(zip(questions(contract), measured, strict=False), COMPARED):
        finding = answer_question(engine, question, [source])
        assert score.answer == finding.text
        assert score.confidence == (finding.confidence if finding.outcome == "answered" else 0.0)
        assert (score.mode, score.verification) == (finding.mode, finding.verification)


def test_a_fit_weighs_what_the_product_decides(engine: Engine, banked: Banked) -> None:
    contract, source = banked[0]
    asked = [question for _, question, _ in questions(contract)]
    for question, trial in islice(zip(asked, trials(engine, banked), strict=False), COMPARED):
        told, _, _ = outcome(trial, decide(trial.known, engine.confidence, engine.settings))
        finding = answer_question(engine, question, [source])
        if not is_yes_no(question):
            assert told == pytest.approx(
                finding.confidence if finding.outcome == "answered" else 0.0, abs=1e-4
            )


def test_clauses_are_said_to_be_there_where_the_product_says_so(engine: Engine, banked: Banked) -> None:
    contract, source = banked[0]
    scores = list(islice(clause_scores(replace(engine, weights=None), banked), COMPARED))
    for score in scores:
        wordings = clause_paraphrases(score.category, training=False)
        question = random.Random(contract.id + score.category).choice(wordings)
        finding = answer_question(engine, question, [source])
        assert score.said == (finding.outcome == "answered" and finding.text != "No")
    assert 0 < sum(score.said for score in scores) < len(scores)
