"""One of several things is not what they come to."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_settled
from consolidation.objections.several import says_again
from consolidation.proposals.candidates import Candidate
from tests.engine.test_whole_answers import passages_of

SUM, LESS = (
    "What is the rent plus the service charge?",
    "What is the difference between the rent and the charge?",
)
RENT, TOTAL = "The rent is $500.", "Rent and service charge are $500 in total."


@pytest.mark.parametrize(
    ("question", "text", "said", "settled"),
    [
        (SUM, RENT, "$500", False),
        ("We have drawn $300 of it. How much is left to draw?", "The line is $500.", "$500", False),
        ("We have drawn $300 of it. How much is left to draw?", "The balance then is $500.", "$500", True),
        ("How much of the line is left to draw?", "The line is $500.", "$500", True),
        (SUM, TOTAL, "$500", True),
        (LESS, RENT, "$500", False),
        (LESS, TOTAL, "$500", False),
        (LESS, "The difference is $500.", "$500", True),
        ("What are the rent and the charge combined?", RENT, "$500", False),
        ("Add up what Goat Co and Hay Co pay.", RENT, "$500", False),
        ("What is the notice plus the time to cure?", "The notice is 30 days.", "30 days", False),
        ("What is the total rent?", RENT, "$500", True),
        ("What is the rent?", RENT, "$500", True),
        ("What is paid for hay and oats?", RENT, "$500", True),
        ("Is the rent plus the charge $500?", RENT, "Yes", True),
        ("Who pays the rent plus the charge?", "Goat Co pays rent and the charge.", "Goat Co", True),
    ],
)
def test_a_sum_is_settled_by_a_sentence_of_a_sum(question: str, text: str, said: str, settled: bool) -> None:
    asked, words = understand(question), said if said in text else text
    candidate = Candidate("reader", said, ((text.index(words), text.index(words) + len(words)),), 0)
    assert is_settled(asked, asked_field(asked), passages_of(text), candidate) is settled


@pytest.mark.parametrize(
    ("question", "said", "again"),
    [
        ("How much of the $100 million is lent in euros?", "$100,000,000", True),
        ("How much of the $100 million is lent in euros?", "$40,000,000", False),
        ("Is the price $5 or $10 a copy, and what amount is it?", "$5", False),
        ("How long after 30 days' notice does it end?", "30 days", False),
    ],
)
def test_what_a_question_states_itself_is_no_answer_to_it(question: str, said: str, again: bool) -> None:
    assert says_again(understand(question), said) == again
