"""Which questions ask for what follows from two facts, and how the document is asked for one of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from consolidation.asking.understand import understand
from consolidation.computing.day_questions import day_question
from consolidation.computing.sum_questions import sum_question
from consolidation.computing.sums import is_for_each, is_stepped, period_of, periods_in


@pytest.mark.parametrize(
    ("question", "length", "day", "from_end"),
    [
        (
            "Suppose he hands in his notice on June 1, 2019. When would he be free to go?",
            "Suppose he hands in his notice. how long afterwards would he be free to go?",
            "June 1, 2019",
            False,
        ),
        (
            "A notice goes out by registered mail on Monday 3 June. On what date does it count as given?",
            "A notice goes out by registered mail. how long afterwards does it count as given?",
            "Monday 3 June",
            False,
        ),
        (
            "For an invoice dated March 1, by what day must it be disputed?",
            "For an invoice, within what time must it be disputed?",
            "March 1",
            False,
        ),
        (
            "If the agreement simply ends when its term is up, until when must each side keep the secrets?",
            "For how long must each side keep the secrets after the agreement ends?",
            None,
            True,
        ),
        (
            "On what date does his non-compete stop if he leaves when the term runs out?",
            "How long afterwards does his non-compete stop after the agreement ends?",
            None,
            True,
        ),
        (
            "By what calendar date should the training have been finished?",
            "Within what time should the training have been finished?",
            None,
            False,
        ),
    ],
)
def test_days_that_follow_are_asked_for_by_the_time_between(
    question: str, length: str, day: str | None, from_end: bool
) -> None:
    asked = day_question(understand(question))
    assert asked is not None
    assert (asked.length, asked.day.shown if asked.day else None, asked.from_end) == (length, day, from_end)


@pytest.mark.parametrize(
    "question",
    [
        "How long is the notice?",
        "Is notice given on June 1, 2019 in time?",
        "What was paid on June 1, 2019?",
        "Between June 1, 2019 and July 1, 2019, when was it signed?",
        "Who signed on June 1, 2019?",
    ],
)
def test_other_questions_with_days_ask_for_none(question: str) -> None:
    assert day_question(understand(question)) is None


@pytest.mark.parametrize(
    ("question", "ask", "base", "months"),
    [
        (
            "ISA clears £50,000. How much of that goes to Rubicon as its share?",
            "ISA clears. what percentage of that goes to Rubicon as its share?",
            "GBP 50000",
            None,
        ),
        (
            "If the agent brings in $2 million of gross proceeds, what fee has it earned?",
            "If the agent brings in gross proceeds, what fee percentage has it earned?",
            "USD 2000000",
            None,
        ),
        (
            "What do the monthly fees add up to over year one?",
            "What do the monthly fees add up to?",
            None,
            12,
        ),
        ("What does his base pay come to over three years?", "What does his base pay come to?", None, 36),
        ("How many hours are there over the first six months?", "How many hours are there?", None, 6),
        ("Over the whole term, how much retainer is paid?", "How much retainer is paid?", None, None),
    ],
)
def test_sums_that_follow_are_asked_for_by_their_share_or_rate(
    question: str, ask: str, base: str | None, months: int | None
) -> None:
    asked = sum_question(understand(question))
    assert asked is not None
    assert (asked.ask, asked.base.value if asked.base else None, asked.months) == (ask, base, months)


@pytest.mark.parametrize(
    ("question", "ask", "many", "things"),
    [
        (
            "A fire ruins 40 ordinary parcels. How much does the carrier owe for them?",
            "A fire ruins ordinary parcels. How much does the carrier owe for them?",
            40,
            "ordinary parcels",
        ),
        ("What do we pay for 1,200 units?", "What do we pay for units?", 1200, "units"),
        ("How much are four brochures?", "How much are brochures?", 4, "brochures"),
    ],
)
def test_things_that_are_counted_are_asked_for_by_the_price_of_one(
    question: str, ask: str, many: int, things: str
) -> None:
    asked = sum_question(understand(question))
    assert asked is not None
    assert (asked.ask, asked.many, asked.things) == (ask, many, things)


@pytest.mark.parametrize(
    ("sentence", "figure", "things", "is_so"),
    [
        ("The fee is $250 per request for expedited review.", "$250", "rush requests", True),
        ("RMB200 each.", "RMB200", "parcels", True),
        ("a price of $10 for each unit sold", "$10", "units", True),
        ("a price of $10 per month", "$10", "units", False),
        ("a price of $10 for the units", "$10", "units", False),
    ],
)
def test_a_price_of_one_is_told(sentence: str, figure: str, things: str, is_so: bool) -> None:
    assert is_for_each(sentence, sentence.index(figure) + len(figure), things) is is_so


@pytest.mark.parametrize(
    "question",
    [
        "What is the fee?",
        "What is paid to the two parties?",
        "How much is paid in its three instalments?",
        "How much is due within 30 days?",
        "How much is paid for 3 units and 4 licences?",
        "What share of the $50,000 is left after the deduction?",
        "Fee rate on assets above $100 million, in percent?",
        "With the $500,000 credited and $100,000 paid, how much goes to Acme?",
        "How much is left to pay over the first year?",
        "How long is the first year?",
    ],
)
def test_other_questions_with_sums_ask_for_none(question: str) -> None:
    assert sum_question(understand(question)) is None


@pytest.mark.parametrize(
    ("sentence", "figure", "each", "many"),
    [
        ("Customer pays $40,000 per month for the services.", "$40,000", Fraction(1), 12),
        ("a monthly fee of $450", "$450", Fraction(1), 12),
        ("$10,000 in each calendar quarter", "$10,000", Fraction(3), 4),
        ("an annual royalty of $50,000", "$50,000", Fraction(12), None),
        ("a fee of $450", "$450", None, None),
    ],
)
def test_a_rate_is_taken_as_often_as_its_period_fits(
    sentence: str, figure: str, each: Fraction | None, many: int | None
) -> None:
    low = sentence.index(figure)
    period = period_of(sentence, low, low + len(figure), "What is it over year one?")
    assert period == each
    assert (periods_in(12, period) if period else None) == many


def test_a_cut_period_is_not_counted() -> None:
    assert periods_in(7, Fraction(3)) is None


def test_shares_in_steps_are_told() -> None:
    assert is_stepped("82.5% of the first $500,000 and 80% of the rest")
    assert is_stepped("the greater of 80% of the product cost and $80 per unit")
    assert is_stepped("80% of the product cost, but not less than $80 per unit")
    assert not is_stepped("5.2% of the gross proceeds")
