"""Sentences that speak of what is asked and settle it for nobody."""

from __future__ import annotations

import pytest

from consolidation.asking.understand import understand
from consolidation.grammar.looks_alike import (
    is_of_another_time,
    is_one_choice,
    only_severs,
    turns_what_it_is_free_of,
)
from consolidation.grammar.other_cases import denies_what_comes_later, is_late_otherwise
from consolidation.grammar.which_sum import is_another_sum
from consolidation.objections.several import has_another_for_a_case, says_two_sums

SEVERED = (
    "If any provision of this Release is found to be unenforceable, the remaining provisions stay in effect."
)


@pytest.mark.parametrize(
    ("question", "sentence", "turned"),
    [
        ("Is the loan interest-free?", "The loan carries no interest and has no maturity date.", True),
        ("Is the loan interest free?", "The loan shall be interest-free.", False),
        ("Do they get it free of charge?", "The Company shall pay a charge of $5.", True),
        ("Do they get it free of charge?", "It is provided free of any charge.", False),
        ("Is there a toll-free line?", "Support is given by telephone.", False),
        ("Is Acme free to do co-branded versions?", "Acme may brand its content with others.", False),
        ("Does the loan bear interest?", "The loan carries no interest.", False),
    ],
)
def test_what_is_free_of_a_thing_is_not_told_by_the_thing(question: str, sentence: str, turned: bool) -> None:
    assert turns_what_it_is_free_of(question, sentence) is turned


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        (
            "Do the new rates apply retroactively?",
            "The rates apply to fees accruing after the Effective Date.",
            True,
        ),
        ("Do the new rates apply retroactively?", "The rates apply retroactively to January 1.", False),
        ("Do the new rates apply?", "The rates apply to fees accruing after the Effective Date.", False),
    ],
)
def test_the_time_before_is_not_told_by_the_time_after(question: str, sentence: str, other: bool) -> None:
    assert is_of_another_time(question, sentence) is other


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("What is he not giving up under the release?", True),
        ("What happens if a part of it is invalid?", False),
        ("Does the rest of it stand if a court strikes a clause?", False),
    ],
)
def test_what_remains_of_an_invalid_part_answers_nothing_else(question: str, only: bool) -> None:
    assert only_severs(question, SEVERED) is only
    assert not only_severs(question, "He keeps his stock options.")


@pytest.mark.parametrize(
    ("question", "sentence", "otherwise"),
    [
        (
            "What happens if the goods are delivered late?",
            "If any payment is overdue, Seller may suspend.",
            True,
        ),
        ("What if they pay late?", "If any delivery is delayed Seller shall be liable.", True),
        ("What if they pay late?", "Late payments bear interest of 1%.", False),
        (
            "What if the work is completed late?",
            "It shall pay $500 for each day of delay in completion.",
            False,
        ),
        ("What if the goods come late and payment is late?", "Late payments bear interest.", False),
    ],
)
def test_late_goods_are_not_late_payments(question: str, sentence: str, otherwise: bool) -> None:
    assert is_late_otherwise(question, sentence) is otherwise


@pytest.mark.parametrize(
    ("question", "said", "two"),
    [
        ("How much does it still owe on the loan?", "$13,400 and $ 663", True),
        ("How much does it still owe on the loan?", "the greater of $5,000 and $6,000", False),
        ("How much does it still owe on the loan?", "$663", False),
        ("What are the two amounts?", "$5,000 and $6,000", False),
        ("What is the fee?", "$5,000 (five thousand dollars) and $5,000", False),
    ],
)
def test_two_sums_are_not_the_one_that_is_asked_for(question: str, said: str, two: bool) -> None:
    assert says_two_sums(understand(question), said) is two


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        (
            "What does the contractor pay for every day it falls behind?",
            "The Owner will pay a monthly progress amount of 70% of the work completed that month.",
            True,
        ),
        (
            "What does the contractor pay for every day it falls behind?",
            "The Contractor shall pay $500 per calendar day of delay.",
            False,
        ),
        ("What is the daily rate?", "The Consultant is paid $2,000 per diem.", False),
        ("What is the daily rate?", "The Consultant is paid a retainer of $2,000.", True),
        ("How much is due each month?", "Rent of $4,000 is payable on the first day of January.", True),
        ("How much is due every 30 days?", "Rent of $4,000 is payable in advance.", False),
        (
            "How much is knocked off for going early?",
            "The pension shall be $25,000 per month, starting at age 62.",
            True,
        ),
        (
            "How much is knocked off for going early?",
            "The amount is reduced by 5/12 of one percent for each month before age 62.",
            False,
        ),
        ("How much is the fee?", "The fee is $400.", False),
    ],
)
def test_a_sum_by_the_day_or_taken_off_is_told_as_such(question: str, sentence: str, another: bool) -> None:
    assert is_another_sum(question, sentence) is another


LATER = "This Agreement does not release any claims that may arise after Employee signs it."


@pytest.mark.parametrize(
    ("question", "sentence", "later"),
    [
        ("Does the release cover claims he does not know about when he signs?", LATER, True),
        ("Are claims that arise after signing released?", LATER, False),
        ("Are future claims released?", LATER, False),
        ("Does the release cover claims for pay?", "This Agreement does not release claims for pay.", False),
    ],
)
def test_a_no_to_what_comes_later_is_none_to_what_is(question: str, sentence: str, later: bool) -> None:
    assert denies_what_comes_later(question, sentence) is later


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        (
            "If the Borrower confirms nothing, from when do the days run?",
            "Shares are sent within five days after the Confirmation (or the Notice, if there is no Confirmation).",
            True,
        ),
        (
            "From when do the days run?",
            "Shares are sent within five days after the Confirmation (or the Notice, if there is no Confirmation).",
            False,
        ),
        (
            "If the Borrower confirms nothing, from when do the days run?",
            "Shares are sent within five days after the Confirmation (which is final).",
            False,
        ),
    ],
)
def test_a_value_with_another_for_a_case_does_not_settle_one(
    question: str, sentence: str, another: bool
) -> None:
    place = sentence.index("within"), sentence.index(" (")
    assert has_another_for_a_case(understand(question), sentence, place) is another


BONUS = "The bonus is payable in cash or stock at the discretion of the Board."


@pytest.mark.parametrize(
    ("question", "sentence", "one"),
    [
        ("Does the bonus have to be paid in cash?", BONUS, True),
        ("Can the bonus be paid in cash?", BONUS, False),
        ("Must the bonus be paid in cash or stock?", BONUS, False),
        ("Must the bonus be paid in cash?", "The bonus is payable in cash or by check.", False),
    ],
)
def test_that_one_may_be_chosen_does_not_say_that_it_must(question: str, sentence: str, one: bool) -> None:
    assert is_one_choice(question, sentence) is one
