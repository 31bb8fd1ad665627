"""Figures are told with what makes them what they are, and of two values the one that holds."""

from __future__ import annotations

import pytest

from consolidation.asking.understand import understand
from consolidation.objections.objections import is_against
from consolidation.proposals.candidates import Candidate
from tests.engine.test_whole_answers import passages_of, told

BOUNDS = [
    # a bound without the figure itself
    ("What share may it hold?", "It may hold less than 2% of a rival.", "2%", "less than 2%"),
    ("What share may it hold?", "In no event shall ownership of less than 2% be a breach.", "2%", "less than 2%"),
    ("hours per week", "It helps (less than 20 hours per week).", "20 hours", "less than 20 hours per week"),
    ("How many goats is a herd?", "A herd is of fewer than 12 goats.", "12 goats", "fewer than 12 goats"),
    ("What share is control?", "Control is more than 50% of the votes.", "50%", "more than 50%"),
    ("How large is a claim?", "It is a claim of equal to or greater than $5.", "$5", "equal to or greater than $5"),
    ("What share is control?", "Control is forty-nine percent (49%) or more of the votes.", "49%", "(49%) or more"),
    ("How many goats is a herd?", "A herd is of 12 goats or more.", "12 goats", "12 goats or more"),
    ("What share is control?", "Control is 49% or more than a goat wants.", "49%", "49%"),
    # what is denied is no such bound, and a grace period is not more than itself
    ("What is the price?", "The price shall not be less than $5.", "$5", "$5"),
    ("What is the deductible?", "It bears losses in excess of $500.", "$500", "$500"),
    ("How long is the grace period?", "It is a default if late for more than 10 days.", "10 days", "10 days"),
    # the unit of a rate
    ("What is the fee?", "The fee is $50 per day of delay.", "$50", "$50 per day"),
    ("What is the fee?", "The fee is $50 a head.", "$50", "$50"),
    # of several
    (
        "How much is the fee?", "It pays a fee equal to the greater of $500.00 or 1.50% of the loan.", "$500.00",
        "the greater of $500.00 or 1.50% of the loan",
    ),
    (
        "How much is the fee?", "It pays the lesser of (a) $1,000, (b) the rent and (c) 5% of the price; no more.",
        "(a) $1,000", "the lesser of (a) $1,000, (b) the rent and (c) 5% of the price",
    ),
    (
        "When does it mature?", "It matures on the earlier of the closing and May 1, 2008, and is secured.",
        "May 1, 2008", "the earlier of the closing and May 1, 2008",
    ),
    (
        "How long is it?", "It lasts for the shorter of a goat's life or three days in the U.S. mail.", "three days",
        "the shorter of a goat's life or three days in the U.S. mail",
    ),
    (
        "How long is it?", "It lasts for the longer of two years or the period during which it grazes, and ends.",
        "two years", "the longer of two years or the period during which it grazes",
    ),
    (
        "When does it mature?", "It pays the greater of the rent up to May 1, 2008 or the price.", "May 1, 2008",
        "May 1, 2008",
    ),
    (
        "How long is it?", "It lasts for the longer of two years and the life of the goat.", "two years",
        "the longer of two years and the life of the goat",
    ),
    (
        "How much is paid per week?",
        "Until the earlier of (a) May 1, 2008 and (b) the sale of the farm, Acme (the “Farmer”) pays $20 and so on.",
        "$20", "$20",
    ),
    ("What is the fee?", "On the earlier of such days, it pays $700 to the herd and to the dog.", "$700", "$700"),
    # rates beside another
    (
        "What is the default rate?", "Interest is 2% above the otherwise applicable interest rate.", "2%",
        "2% above the otherwise applicable interest rate",
    ),
    (
        "What is the default rate?", "It bears 2% plus the rate that would apply otherwise, from that day.", "2%",
        "2% plus the rate that would apply otherwise",
    ),
    (
        "What is the interest rate?", "Loans bear interest at one month LIBOR plus 3.50%; provided it is paid.",
        "3.50%", "one month LIBOR plus 3.50%",
    ),
    (
        "What is the interest rate?", "RATE      The prime rate of the Bank plus 3%.", "plus 3%",
        "The prime rate of the Bank plus 3%",
    ),
    ("What is the interest rate?", "It is 5% over the term of the loan.", "5%", "5%"),
    ("What percentage is paid?", "The price is the cost of hay plus 3%.", "3%", "the cost of hay plus 3%"),
    ("What percentage is paid?", "It pays for hay, and is owed 3%.", "3%", "3%"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "figure", "shown"), BOUNDS)
def test_a_figure_is_told_with_what_says_what_it_is(
    question: str, text: str, figure: str, shown: str
) -> None:
    assert told(question, text, figure) == shown


RAISED = "Acme agrees to increase the base salary from $650,000 to $700,000."
WORDS = "The fee is hereby reduced from Five Dollars ($5.00) to Four Dollars ($4.00), effective at once."
EXTENDED = "The maturity date is extended from May 1, 2008 to June 1, 2009."
OPTION = "The Lender may increase the rate from 5% to 6% by notice."
HOLDING = [
    ("What is the base salary?", RAISED, "$650,000 to $700,000", "$700,000"),
    ("What is the base salary?", RAISED, "$650,000", "$700,000"),
    ("What is the base salary?", RAISED, "$700,000", "$700,000"),
    ("What is the fee?", WORDS, "Five Dollars ($5.00)", "Four Dollars ($4.00)"),
    ("When does it mature?", EXTENDED, "May 1, 2008", "June 1, 2009"),
    ("To what was the salary raised?", RAISED, "$650,000 to $700,000", "$700,000"),
    # the former, the change itself, and what may never be
    ("What was the former base salary?", RAISED, "$650,000 to $700,000", "$650,000"),
    ("What is the base salary before the increase?", RAISED, "$700,000", "$650,000"),
    ("How was the base salary changed in dollars?", RAISED, "$650,000 to $700,000", "$650,000 to $700,000"),
    ("What is the rate?", OPTION, "5%", "5%"),
    ("What is the rate?", "If it is late, the rate is raised from 5% to 6%.", "5%", "5%"),
    # a range, and a way
    ("What is the salary?", "The salary ranges from $5 to $7.", "$5 to $7", "$5 to $7"),
    ("How much is the rent?", "It moves goats from barns to hills for $5.", "$5", "$5"),
    # the most
    (
        "What is the cap?",
        "Pay, with a fee of $200, shall not exceed $900.",
        "$200, shall not exceed $900",
        "$900",
    ),
    ("What is the maximum pay?", "Pay, with a fee of $200, shall not exceed $900.", "$200", "$900"),
    ("What is the fee?", "Pay, with a fee of $200, shall not exceed $900.", "$200", "$200"),
]


@pytest.mark.parametrize(("question", "text", "words", "shown"), HOLDING)
def test_of_two_values_in_one_sentence_the_one_that_holds_is_told(
    question: str, text: str, words: str, shown: str
) -> None:
    assert told(question, text, words) == shown


NOT_IN_TIME = (
    "It is a default if uncured for thirty (30) days after notice; provided, however, that if it cannot be cured in "
    "that time, it has up to 180 days after notice."
)
CURES = [
    ("How long is the cure period?", NOT_IN_TIME, "180 days", "thirty (30) days; up to 180 days"),
    ("How long is the cure period?", NOT_IN_TIME, "thirty (30) days", "thirty (30) days; up to 180 days"),
    ("How long is the notice?", NOT_IN_TIME, "thirty (30) days", "thirty (30) days"),
    (
        "How long is the cure period?",
        "Rent is cured in 5 days, and all else in 30 days.",
        "30 days",
        "30 days",
    ),
]


@pytest.mark.parametrize(("question", "text", "words", "shown"), CURES)
def test_both_periods_to_cure_are_told(question: str, text: str, words: str, shown: str) -> None:
    assert told(question, text, words) == shown


SUM = "It pays three times the sum of (A) the salary then in force and (B) the bonus for the year; in cash."
THEN = "Upon default the Lender shall (a) sell the goats; and (b) keep the barn. It rains."
CASES = "It loses (a) the goats, if late; and (b) the barn, if bankrupt, or (c) nothing."
PARTS = [
    (
        "How much is paid?", SUM, "three times the sum of (A) the salary then in force",
        "three times the sum of (A) the salary then in force and (B) the bonus for the year",
    ),
    (
        "What happens on default?", THEN, "shall (a) sell the goats",
        "shall (a) sell the goats; and (b) keep the barn",
    ),
    ("What happens on default?", THEN, "keep the barn", "keep the barn"),
    ("How much is paid?", "It pays (i) $5 in May; and (ii) $6 in June.", "$5", "$5"),
    ("What happens when it is late?", CASES, "loses (a) the goats", "loses (a) the goats"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "words", "shown"), PARTS)
def test_an_answer_of_lettered_parts_is_told_whole(question: str, text: str, words: str, shown: str) -> None:
    assert told(question, text, words) == shown


@pytest.mark.parametrize(
    ("question", "mark", "none"),
    [
        ("What insurance limit must it carry?", "BONDS", True),
        ("What insurance limit must it carry?", "$2,000", False),
        ("What does article 2 deal with?", "BONDS", False),
    ],
)
def test_no_heading_is_a_figure(question: str, mark: str, none: bool) -> None:
    text = (
        "CONTRACT\n\n1. INSURANCE\n\nThe Contractor carries $2,000.\n\n2. BONDS\n\nThere are no bonds yet.\n"
    )
    asked, passages = understand(question), passages_of(text)
    low = text.index(mark)
    said = Candidate("reader", mark, ((low, low + len(mark)),), 0)
    assert is_against(asked, "", passages, said) is none
