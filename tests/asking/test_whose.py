"""Of whom a sentence says that something may or may not be done, where a question asks of somebody else."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.contrary import is_contrary
from consolidation.passages.passages import passages_of
from consolidation.text.windows import split
from tests.engine.tiny import Words

OPENING = (
    'This Agreement is made on May 1, 2001 between Acme Widgets, Inc. (the "Company") and Franklin Lines, LLC '
    '(the "Carrier").\n\n'
)


@pytest.mark.parametrize(
    ("question", "sentence", "said", "contrary"),
    [
        ("May Acme assign it without consent?", "The Carrier may not assign it without consent.", "No", True),
        ("May the Company assign it?", "The Carrier may not assign it to the Company.", "No", True),
        ("Can the Carrier terminate?", "The Company may terminate by notice to the Carrier.", "Yes", True),
        ("Must Franklin insure the goods?", "Acme shall insure the goods.", "Yes", True),
        ("Must Franklin insure the goods?", "The Carrier shall insure the goods of Acme.", "Yes", False),
        ("Can Franklin terminate?", "Either Party may terminate upon notice to Franklin.", "Yes", False),
        ("Can Franklin terminate?", "Each Party, including Acme, may terminate.", "Yes", False),
        ("May Acme assign it?", "The Company may assign it to any affiliate of Acme.", "Yes", False),
        ("May Acme assign it?", "The Company shall not assign it to a competitor of Acme.", "No", False),
        ("Is Franklin insured?", "Acme shall insure Franklin.", "Yes", False),
        ("Will Franklin be insured?", "Acme shall not insure Franklin.", "No", False),
        (
            "May it be assigned with consent?",
            "Neither Party may assign it without prior consent.",
            "No",
            True,
        ),
        ("If Acme agrees, may it be assigned?", "It may not be assigned without approval.", "No", True),
        (
            "If Acme withholds consent, may it be assigned?",
            "It may not be assigned without consent.",
            "No",
            False,
        ),
        ("May it be assigned with notice?", "It may not be assigned without consent.", "No", False),
        ("May it be assigned with consent?", "It may not be assigned.", "No", False),
        ("Can it be terminated?", "The Company may terminate it.", "Yes", False),
        ("Can Acme or Franklin terminate?", "The Company may terminate it.", "Yes", False),
    ],
)
def test_what_another_party_may_do_answers_nothing(
    question: str, sentence: str, said: str, contrary: bool
) -> None:
    text = OPENING + sentence
    made = passages_of(text, lambda text: split(text, Words(), 128))
    asked, place = understand(question), (len(OPENING), len(text))
    assert is_contrary(asked, asked_field(asked), made, place, said, sentence) is contrary
