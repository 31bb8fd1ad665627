"""Answers of another kind than the question's own words ask for, and answers that are not all of it."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_against, is_settled
from consolidation.proposals.candidates import Candidate
from tests.engine.test_whole_answers import passages_of, told

OTHER_KINDS = [
    ("In what language are the proceedings held?", "The seat is Zurich. They are held in English.", "Zurich", True),
    ("In what language are the proceedings held?", "The seat is Zurich. They are held in English.", "English", False),
    ("What is the language of the termination clause?", "It may end it on notice.", "may end it on notice", False),
    ("What's the contract price?", "The fund is 3% of contract price.", "3% of contract price", True),
    ("What's the contract price?", "The contract price is 3% of net sales.", "3% of net sales", False),
    ("What share of the price is held back?", "It holds back 3% of the price.", "3% of the price", False),
    ("What is Dale Mardak's job title?", "Signed: Donald F. Mardak", "Donald F. Mardak", True),
    ("What is Dale Mardak's job title?", "Signed for Goat Systems, Ltd.", "Goat Systems, Ltd.", True),
    ("What is Dale Mardak's job title?", "He is Senior Vice President.", "Senior Vice President", False),
    ("What is Dale Mardak's job title?", "He is Head Shepherd.", "Head Shepherd", False),
    ("List the guarantors of the loan.", "A guarantor owes $250,000.", "$250,000", True),
    ("List the guarantors of the loan.", "The guarantors are Goat Land and Hay Co.", "Goat Land and Hay Co", False),
    ("Who owns the changes?", "Goat Co owns changes at the direction of Hay.", "direction of", True),
    ("Who owns the changes?", "Goat Co owns changes at the direction of Hay.", "Goat Co", False),
    ("List the fees.", "The fees are $250,000.", "$250,000", False),
    ("When does the line of credit end?", "It is told by a note dated as of May 1, 2009.", "May 1, 2009", True),
    ("When does the line of credit end?", "It lends up to May 1, 2012.", "May 1, 2012", False),
    ("When was the note made?", "It is told by a note dated as of May 1, 2009.", "May 1, 2009", False),
    (
        "What does Baan get if he is dismissed?", "Baan shall be entitled to the payments and benefits below.",
        "Baan shall be entitled to the payments and benefits", True,
    ),
    (
        "What does Baan get if he is dismissed?", "Baan shall be entitled to two goats and benefits.",
        "Baan shall be entitled to two goats and benefits", False,
    ),
]  # fmt: skip


def _candidate(text: str, said: str) -> Candidate:
    at = text.index(said)
    return Candidate("reader", said, ((at, at + len(said)),), 0)


@pytest.mark.parametrize(("question", "text", "said", "other"), OTHER_KINDS)
def test_an_answer_of_another_kind_is_none(question: str, text: str, said: str, other: bool) -> None:
    asked = understand(question)
    assert is_against(asked, asked_field(asked), passages_of(text), _candidate(text, said)) is other


@pytest.mark.parametrize(
    ("question", "text", "said", "settled"),
    [
        ("Who supplies the materials?", "The owner provides energy nodes.", "The owner", False),
        ("Who supplies the materials?", "The owner provides all material needed.", "The owner", True),
        ("Who must pay the taxes on it?", "The owner bears any tax.", "The owner", True),
        ("Who is the owner?", "Goat Co is it.", "Goat Co", True),
        # half of a sum whose other half cannot be told apart is not all of it
        ("How much is it?", "Salary and hay plus a payment of $5.", "$5", False),
        ("How much is it?", "It gets a payment of $5.", "$5", True),
    ],
)
def test_what_is_done_and_all_of_a_sum(question: str, text: str, said: str, settled: bool) -> None:
    asked = understand(question)
    assert is_settled(asked, asked_field(asked), passages_of(text), _candidate(text, said)) is settled


@pytest.mark.parametrize(
    ("text", "said", "whole"),
    [
        (
            "He shall receive a payment of two years' salary, plus a cash payment of $300.", "$300",
            "two years' salary, plus a cash payment of $300",
        ),
        ("The fee is equal to $500 plus 3% of sales, and is due.", "$500", "$500 plus 3% of sales"),
        ("The fee is $500. Plus, it is due.", "$500", "$500"),
    ],
)  # fmt: skip
def test_a_sum_is_told_with_all_that_is_added(text: str, said: str, whole: str) -> None:
    assert told("How much is the fee?", text, said) == whole
