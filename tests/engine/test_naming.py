"""Questions that name a document."""

from __future__ import annotations

import pytest

from consolidation.answers.naming import named, unnamed

NAMES = (
    "Ashworth - Promotion Agreement.pdf",
    "VerticalNet Co-Branding Agreement.pdf",
    "Zond License Agreement.pdf",
    "Holiday RV - Endorsement Agreement.pdf",
)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "What is the governing law of the Ashworth promotion agreement?",
            "What is the governing law of the agreement?",
        ),
        (
            "Who are the parties to the VerticalNet co-branding agreement?",
            "Who are the parties to the agreement?",
        ),
        ("Which law governs the Holiday RV endorsement agreement?", "Which law governs the agreement?"),
        ("When was the promotion agreement signed?", "When was the agreement signed?"),
        ("Does Zond have a non-compete?", "Does agreement have a non-compete?"),
        ("Who is the Promotion?", "Who is the Promotion?"),
        ("What is the license fee?", "What is the license fee?"),
        ("What is the date of the agreement?", "What is the date of the agreement?"),
        ("Ashworth?", "Ashworth?"),
        ("", ""),
    ],
)
def test_mentions_of_documents_become_the_agreement(question: str, asked: str) -> None:
    assert unnamed(question, NAMES) == asked


def test_the_document_that_is_named_stands_out() -> None:
    clear = named("What is the governing law of the Ashworth promotion agreement?", NAMES)
    assert clear[0] > 0
    assert clear[1:] == [0.0, 0.0, 0.0]
    assert named("What is the license fee?", NAMES) == [0.0, 0.0, 0.0, 0.0]
    both = named("Who are the parties to the licensing deed of Zond and of Ashworth?", NAMES)
    assert both[0] == both[2] > both[1]
