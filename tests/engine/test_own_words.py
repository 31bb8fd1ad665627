"""Questions that name a party are put in the words by which the document itself speaks of it."""

import pytest

from consolidation.passages.passages import passages_of
from consolidation.proposals.own_words import in_own_words
from consolidation.text.windows import split
from tests.engine.tiny import Words

LOAN = """CREDIT AGREEMENT

This Credit Agreement is made as of May 1, 2020 between Norbury Orchards, Inc., a Delaware corporation
(the "Borrower"), and Harrow Savings Bank (the "Bank").

1. The Borrower shall pay to the Bank a commitment fee of one percent. The Borrower may not grant liens.
2. The Borrower shall keep its books in order. The Borrower shall let the Bank look at them.
The Bank shall keep what it sees to itself. The Bank may set off against accounts of the Borrower.
3. The Borrower may repay early. The Bank shall accept it.
"""
NAMED = """SUPPLY AGREEMENT

This Supply Agreement is made as of May 1, 2020 between Norbury Orchards, Inc.
("Supplier") and Tilling Foods LLC ("Buyer").

1. Norbury shall deliver apples to Tilling. Norbury may use carriers. Norbury bears the risk until then.
2. Tilling shall pay Norbury within thirty days. Tilling may set off nothing.
"""


def told(question: str, text: str = LOAN) -> str:
    return in_own_words(question, passages_of(text, lambda words: split(words, Words(), 64)))


@pytest.mark.parametrize(
    ("question", "own"),
    [
        ("What fee does Norbury Orchards pay?", "What fee does the Borrower pay?"),
        ("What fee does Norbury Orchards, Inc. pay?", "What fee does the Borrower pay?"),
        ("May Norbury grant liens to Harrow Savings Bank?", "May the Borrower grant liens to the Bank?"),
        ("can norbury repay early", "can the Borrower repay early"),
        ("Must Harrow Savings Bank keep Norbury's papers?", "Must the Bank keep the Borrower's papers?"),
    ],
)
def test_parties_are_called_as_the_text_calls_them(question: str, own: str) -> None:
    assert told(question) == own


@pytest.mark.parametrize(
    "question",
    [
        "What fee does the Borrower pay?",
        "Who is Norbury Orchards?",
        "What is Norbury's role?",
        "Who signed for Norbury Orchards?",
        "What is the address of Norbury Orchards?",
        "Where is Norbury Orchards incorporated?",
        "What fee does Tilling Foods pay?",
        "What does the Norbury apple cost?",
        "What is the commitment fee?",
    ],
)
def test_what_is_asked_of_names_and_of_others_stays(question: str) -> None:
    assert told(question) == question


def test_a_name_that_the_text_itself_goes_on_with_stays() -> None:
    question = "When must Tilling pay Norbury?"
    assert told(question, NAMED) == question
