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
from consolidation.answers.decide import SLACK, Decision, Known, decide, unsettled
from consolidation.answers.signals import SIGNALS, signals
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.fitting import fits, is_mere_figure, says_nothing
from consolidation.parts.confidence import AHEAD, BIAS, MARGIN, YES_NO, Fitted, Unfitted, log_odds
from consolidation.proposals.candidates import Candidate, Maker
from laboratory.answers.banked import Banked, consolidated
from laboratory.data.clause_wordings import clause_paraphrases
from laboratory.data.facts import load_contracts
from laboratory.measure.answers import clause_scores, questions, whole_scores
from laboratory.measure.sample_figures import SAMPLE

JUDGED = {"judged": 1.0, BIAS: 0.0}
CONFIDENCE = Fitted({}, (), JUDGED, JUDGED, JUDGED, JUDGED, JUDGED, JUDGED)
SETTINGS = AnswerSettings(check=0.4, check_polarity=0.4, supported=0.9)
MAKERS: tuple[Maker, ...] = ("reader", "state", "rules")
ASKED = understand("What is the governing law?")
#: Questions of each kind that are compared.
COMPARED = 3


def proposed(said: str, likely: float, maker: Maker = "reader") -> Candidate:
    return Candidate(maker, said, ((0, 4),), 0, judged=log_odds(likely))


def known(said: str, likely: float, maker: Maker = "reader", *, fitting: bool = True) -> Known:
    return Known(signals(ASKED, proposed(said, likely, maker), fitting), said.lower())


ROWS = st.lists(
    st.builds(
        known,
        st.sampled_from(["Oregon", "Nevada", "Yes"]),
        st.floats(0.01, 0.99),
        st.sampled_from(MAKERS),
        fitting=st.booleans(),
    ),
    max_size=5,
)


def test_the_judge_decides_between_not_found_check_and_supported() -> None:
    for likely, state in (
        (0.39, "not_found"),
        (0.41, "check"),
        (0.894, "check"),
        (0.896, "supported"),
        (0.91, "supported"),
    ):
        assert decide([known("Oregon", likely)], CONFIDENCE, SETTINGS).state == state
    assert decide([], CONFIDENCE, SETTINGS).probability == 1.0


def test_yes_and_no_have_a_bar_of_their_own() -> None:
    settings = replace(SETTINGS, supported_polarity=0.8)
    signed = {**known("Yes", 0.85).signals, YES_NO: 1.0}
    assert decide([Known(signed, "yes")], CONFIDENCE, settings).state == "supported"
    assert decide([known("Oregon", 0.85)], CONFIDENCE, settings).state == "check"


def test_what_a_brief_shows_too_is_found_but_no_surer() -> None:
    strict = AnswerSettings(check=0.8, check_polarity=0.8, supported=0.6)
    state, rules = known("Oregon", 0.7, "state"), known("Oregon", 0.6, "rules")
    assert decide([state], CONFIDENCE, strict).state == "not_found"
    assert decide([state, known("Nevada", 0.6, "rules")], CONFIDENCE, strict).state == "not_found"
    found = decide([state, rules], CONFIDENCE, strict)
    assert (found.state, found.answer) == ("check", 0)


def test_what_is_not_established_is_to_be_checked_at_most() -> None:
    assert unsettled(Decision("supported", 0.9, 0)) == Decision("check", 0.9, 0)
    assert unsettled(Decision("not_found", 0.9)) == Decision("not_found", 0.9)


def test_nothing_found_says_how_sure_that_is() -> None:
    decision = decide([known("Oregon", 0.3)], CONFIDENCE, SETTINGS)
    assert decision.answer is None
    assert decision.probability == pytest.approx(0.7)


def test_other_answers_are_kept_the_best_first() -> None:
    rows = [known("Oregon", 0.5), known("Nevada", 0.6), known("Oregon", 0.95), known("Ohio", 0.7)]
    decision = decide(rows, CONFIDENCE, SETTINGS)
    assert decision.answer == 2
    assert [i for i, _ in decision.others] == [3, 1]
    assert decision.others[0][1] == pytest.approx(log_odds(0.95) - log_odds(0.7))


def test_an_answer_far_before_all_others_is_surer() -> None:
    weighed = replace(CONFIDENCE, sure={**JUDGED, MARGIN: 0.5})
    alone, beside = (
        decide([known("Oregon", 0.5), known("Nevada", other)], weighed, SETTINGS).probability
        for other in (0.02, 0.49)
    )
    assert alone > beside
    read = replace(CONFIDENCE, sure={**JUDGED, AHEAD: 0.1})
    rows = [known("Oregon", 0.6), known("Nevada", 0.5)]
    ahead, behind = (
        decide(
            [
                Known({**row.signals, "score": score}, row.same)
                for row, score in zip(rows, scores, strict=True)
            ],
            read,
            SETTINGS,
        ).probability
        for scores in ((4.0, -2.0), (-2.0, 4.0))
    )
    assert ahead > behind


@given(ROWS)
def test_supported_needs_a_fitted_confidence_a_sure_judge_and_a_fitting_form(rows: list[Known]) -> None:
    decision = decide(rows, CONFIDENCE, SETTINGS)
    assert decision == decide(rows, CONFIDENCE, SETTINGS)
    assert (decision.answer is None) == (decision.state == "not_found")
    if decision.answer is not None:
        best = rows[decision.answer]
        assert decision.probability == max(CONFIDENCE.probability(one.signals) for one in rows)
        assert CONFIDENCE.answered(best.signals) >= SETTINGS.check
        assert all(rows[i].same != best.same for i, _ in decision.others)
        if decision.state == "supported":
            assert decision.probability >= SETTINGS.supported - SLACK
            assert best.signals["fits"] == 1.0
    assert decide(rows, Unfitted("presence"), SETTINGS).state != "supported"
    unfitting = [Known({**one.signals, "fits": 0.0}, one.same) for one in rows]
    assert decide(unfitting, CONFIDENCE, SETTINGS).state != "supported"


@pytest.mark.parametrize(
    ("question", "said", "around", "fitting"),
    [
        ("What is the date of the agreement?", "March 3, 2014", "made on March 3, 2014", True),
        ("What is the date of the agreement?", "Section 4", "see Section 4", False),
        ("When does the agreement expire?", "March 31, 2019", "it expires on March 31, 2019", True),
        ("When does the agreement expire?", "March 3, 2014", "made on March 3, 2014", False),
        ("Is there a cap on liability?", "Yes", "liability is capped", True),
        ("Is there a cap on liability?", "$5,000", "liability is capped at $5,000", False),
        ("Who is the Supplier?", "Yes", "the Supplier", False),
        ("Under whose rules is it?", "State of New York", "laws of the State of New York", False),
        ("Under whose rules is it?", "Texas Instruments", "by Texas Instruments", True),
        ("Who pays the lawyers?", "Agent will reimburse the Company and the", "", False),
        ("Who pays the lawyers?", "Acme shall pay them", "", True),
        ("Who pays the lawyers?", "the Agent", "", True),
        ("How often are reports due?", "Quarterly", "Quarterly", True),
        ("How often are reports due?", "no less than once per calendar quarter", "", True),
        ("When is the deposit paid back?", "upon return of the keys", "", True),
        ("How soon must it reply?", "within 2-4 seconds", "", True),
        ("How soon must it reply?", "by courier", "", False),
        ("How much is the penalty?", "an amount equal to two monthly fees", "", True),
        ("How much is the penalty?", "forty percent (40%) of the Fee", "", True),
        ("How much is the penalty?", "not exceed payments received by Vendor", "", True),
        ("How much is the penalty?", "at least 180 days", "at least 180 days prior written notice", False),
        ("How much is the penalty?", "Section 7.1", "", False),
        ("What is the royalty rate?", "the Fee", "", False),
        (
            "When does the agreement expire?",
            "upon completion of the work",
            "it ends upon completion of the work",
            False,
        ),
    ],
)
def test_the_form_that_is_asked_for_is_known(question: str, said: str, around: str, fitting: bool) -> None:
    asked = understand(question)
    assert fits(asked, asked_field(asked), proposed(said, 0.5), around) is fitting


def test_signals_have_their_names() -> None:
    assert tuple(known("Oregon", 0.5).signals) == SIGNALS


@pytest.fixture(scope="module")
def banked(engine: Engine) -> Iterator[Banked]:
    with consolidated(engine, load_contracts(SAMPLE)[:1]) as found:
        yield found


def test_product_and_benchmark_decide_alike(engine: Engine, banked: Banked) -> None:
    """What is measured is what a reviewer would be told."""
    engine, (contract, source) = replace(engine, weights=None), banked[0]
    measured = whole_scores(engine, banked)
    for (_, question, _), (_, score) in islice(zip(questions(contract), measured, strict=False), COMPARED):
        finding = answer_question(engine, question, source)
        assert (score.answer, score.state) == (finding.text, finding.state)
        assert score.confidence == (finding.probability if finding.text else 0.0)


def test_clauses_are_said_to_be_there_where_the_product_says_so(engine: Engine, banked: Banked) -> None:
    contract, source = banked[0]
    for score in islice(clause_scores(replace(engine, weights=None), banked), COMPARED):
        wordings = clause_paraphrases(score.category, training=False)
        question = random.Random(contract.id + score.category).choice(wordings)
        finding = answer_question(engine, question, source)
        assert score.said == (finding.text not in ("", "No"))


@pytest.mark.parametrize(
    ("question", "said", "nobody"),
    [
        ("Who bears the cost of insurance?", "$4,250", True),
        ("Who bears the cost of insurance?", "thirty (30) days", True),
        ("who pays for freight", "two percent (2%) per month", True),
        ("Who is the manufacturer?", ".", True),
        ("Who is the manufacturer?", "3M", False),
        ("who pays the arbitration fee?", "the losing party", False),
        ("How much is the fee?", "$4,250", False),
        ("Why was it amended?", "December 16, 2008", True),
        ("For what purpose was it amended?", "to comply with the Code", False),
        ("What debt to equity ratio must it keep?", "$300,000.00", True),
        ("What debt to equity ratio must it keep?", "2.5 to 1.0", False),
        ("By when must it be complete?", "not later than _______ days from commencement", True),
        ("How many days does it have?", "[___] days", True),
    ],
)
def test_nobody_is_a_figure(question: str, said: str, nobody: bool) -> None:
    assert is_mere_figure(understand(question), said) is nobody


def test_verbs_and_articles_alone_say_nothing() -> None:
    assert says_nothing("shall be") and says_nothing("an")
    assert not says_nothing("shall be May 1, 2001") and not says_nothing("Bee")
