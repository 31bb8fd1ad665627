"""What a sentence leaves open of a question, though it is the right one: whose it is, all of it, and which day."""

from __future__ import annotations

import pytest

from consolidation.answers.settled import is_of_another, is_other_day, leaves_open
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.briefs import brief

PARTIES = brief(
    'This Agreement is made on May 1, 2001 between Acme Widgets, Inc. (the "Company") and Franklin Lines, LLC '
    '(the "Carrier").\n\n'
).parties


@pytest.mark.parametrize(
    ("question", "sentence", "of_another"),
    [
        (
            "Is the Carrier the exclusive owner of the work?",
            "The Company shall be the owner of the work.",
            True,
        ),
        ("Is Acme the owner of the work?", "The Company shall be the owner of the work.", False),
        ("Is Acme the exclusive carrier?", "Acme appoints Franklin as the exclusive carrier.", True),
        ("Is Franklin the exclusive carrier?", "Acme appoints Franklin as the exclusive carrier.", False),
        ("Must Franklin pay Acme a fee?", "The Company shall pay Franklin a fee.", True),
        ("Must Acme pay Franklin a fee?", "The Company shall pay Franklin a fee.", False),
        ("Does Acme have to buy it from the Carrier?", "The Carrier agrees to buy it from Acme.", True),
        ("Must Acme buy it?", "If this ends for any reason, the Carrier agrees to buy it from Acme.", True),
        ("Must Franklin pay a fee?", "Either party shall pay Acme.", False),
        ("Is it assignable?", "The Carrier may assign it.", False),
        ("Who pays Franklin?", "The Company shall pay Franklin.", False),
        ("Must Dana Rowe pay?", "The Company shall pay.", False),
    ],
)
def test_what_is_said_of_another_party_settles_nothing(
    question: str, sentence: str, of_another: bool
) -> None:
    assert is_of_another(question, sentence, PARTIES) is of_another


def test_an_ordinary_word_is_a_name_only_as_it_is_written() -> None:
    parties = brief(
        "This Agreement is made on May 1, 2001 between The Time Works, Inc. and Franklin Lines, LLC.\n\n"
    ).parties
    assert len(parties) == 2
    assert not is_of_another(
        "Must Franklin pay?", "At any time the lender may ask, and Franklin shall pay.", parties
    )
    assert is_of_another("Must Franklin pay?", "Time shall pay Franklin.", parties)


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
