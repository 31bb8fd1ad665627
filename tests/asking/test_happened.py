"""What came about is not proven by what was agreed."""

from __future__ import annotations

import pytest

from consolidation.grammar.happened import is_only_agreed

RENEWS = "This Agreement shall be renewed for a year unless either party gives notice."


@pytest.mark.parametrize(
    ("question", "sentence", "only_agreed"),
    [
        ("Was the agreement actually renewed after its first term?", RENEWS, True),
        ("Has it ever been renewed?", RENEWS, True),
        ("Are the parties currently in a dispute?", "Disputes shall be settled by arbitration.", True),
        ("Did they already pay the fee?", "The fee will be paid at signing.", True),
        ("Did they already pay the fee?", "The fee has been paid, and no more shall be due.", False),
        ("Has a default ever occurred?", "No default has occurred, and Borrower shall certify so.", False),
        ("Is there currently a suit?", "There is no suit pending that would hinder the Seller.", False),
        ("Is it renewed automatically?", RENEWS, False),
        ("Was the agreement made in 2012?", RENEWS, False),
        ("Does he ever have to pay?", "He shall pay.", False),
    ],
)
def test_what_is_only_agreed(question: str, sentence: str, only_agreed: bool) -> None:
    assert is_only_agreed(question, sentence) is only_agreed
