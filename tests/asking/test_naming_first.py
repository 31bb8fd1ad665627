"""A document that is named before anything is asked of it."""

from __future__ import annotations

import pytest

from consolidation.asking.understand import understand


@pytest.mark.parametrize(
    ("question", "each"),
    [
        (
            "Quaker Chemical contract - who is the buyer and which law applies?",
            ["Who is the buyer", "which law applies?"],
        ),
        ("Valspar loan: what is the rate and when does it end?", ["What is the rate", "when does it end?"]),
        (
            "In the Wang letter, what is the fee and how long is the term?",
            ["What is the fee", "how long is the term?"],
        ),
        ("Valspar loan: what is the rate?", ["What is the rate?"]),
    ],
)
def test_what_is_asked_of_it_is_asked_one_by_one(question: str, each: list[str]) -> None:
    asked = understand(question)
    assert [one.each for one in asked.parts or (asked,)] == each
    assert asked.question == question


@pytest.mark.parametrize(
    "question",
    [
        "Under the lease, can the tenant sublet?",
        "Term loan: what is the rate?",
        "Under the old supply deal, was Oak the one that paid?",
        "Instead of ending the agreement, what can Oak do?",
        "If Oak ends the agreement, what is paid?",
        "The agreement is what and when?",
    ],
)
def test_other_beginnings_stay(question: str) -> None:
    asked = understand(question)
    assert not asked.parts and asked.each == question
