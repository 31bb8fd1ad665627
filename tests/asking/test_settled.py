"""What a sentence leaves open of a question, though it is the right one: all of it, and which day."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.grammar.settled import is_other_day, leaves_open


@pytest.mark.parametrize(
    ("question", "said", "sentence", "is_open"),
    [
        ("Does it bear the cost of every audit?", "Yes", "It bears the cost if it paid too little.", True),
        ("Does it bear the cost of every audit?", "Yes", "It bears the cost of each audit.", False),
        (
            "Does it bear the cost of every audit?",
            "Yes",
            "If it owes, it shall in any event bear the cost.",
            True,
        ),
        ("Does it bear the cost of every audit?", "No", "It bears the cost if it paid too little.", False),
        ("May it assign this?", "No", "Except as otherwise provided below, it may not assign this.", True),
        ("May it assign this?", "No", "It may not assign this.", False),
    ],
)
def test_less_than_is_asked_for_is_open(question: str, said: str, sentence: str, is_open: bool) -> None:
    assert leaves_open(question, said, sentence) is is_open


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("When was the agreement signed?", "made as of May 1, 2001 by all", True),
        ("When was the agreement signed?", "signed on May 1, 2001 by all", False),
        ("What is the date of the agreement?", "made as of May 1, 2001 by all", False),
        (
            "When does the agreement expire?",
            "ends on May 1, 2001 and is automatically renewed for a year",
            True,
        ),
        ("When does the agreement expire?", "ends on May 1, 2001 for good", False),
    ],
)
def test_a_day_that_may_be_another_is_not_settled(question: str, text: str, other: bool) -> None:
    asked, at = understand(question), text.index("May")
    assert is_other_day(asked, asked_field(asked), text, (at, at + 11)) is other
