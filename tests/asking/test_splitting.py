"""Several questions in one sentence: where they part, and what a later one takes from the first."""

from __future__ import annotations

import time

import pytest

from consolidation.asking.splitting import several
from consolidation.asking.understand import understand


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("What is the royalty, and when is it paid?", ["What is the royalty", "when is the royalty paid?"]),
        (
            "What royalty does Acme pay and when is it due?",
            ["What royalty does Acme pay", "when is the royalty due?"],
        ),
        (
            "How many arbitrators are there and who pays for them?",
            ["How many arbitrators are there", "who pays for the arbitrators?"],
        ),
        (
            "Who pays the insurance premiums and how often are they paid?",
            ["Who pays the insurance premiums", "how often are the insurance premiums paid?"],
        ),
        (
            "When does the extended term start and when does it stop?",
            ["When does the extended term start", "when does the extended term stop?"],
        ),
        (
            "What insurance must the builder have, and for how much?",
            ["What insurance must the builder have?", "For how much must the builder have the insurance?"],
        ),
        ("What is the governing law and where is venue?", ["What is the governing law", "where is venue?"]),
        (
            "What is the governing law and when does it expire?",
            ["What is the governing law", "when does it expire?"],
        ),
        (
            "does it renew automatically and for how long?",
            ["does it renew automatically?", "For how long does it renew automatically?"],
        ),
        ("Can Torvec cancel, and by when?", ["Can Torvec cancel?", "By when can Torvec cancel?"]),
        (
            "Can the tenant end the lease early and on what notice?",
            ["Can the tenant end the lease early?", "On what notice can the tenant end the lease early?"],
        ),
        (
            "Who is the guarantor and when did he sign?",
            ["Who is the guarantor", "when did the guarantor sign?"],
        ),
        ("Who is the CEO and what is his salary?", ["Who is the CEO", "what is the CEO's salary?"]),
        (
            "Does it renew automatically, and how much notice to stop it?",
            ["Does it renew automatically", "how much notice to stop the renewal?"],
        ),
        ("Who is the landlord and can we get out of it?", ["Who is the landlord", "can we get out of it?"]),
    ],
)
def test_each_question_is_whole(sentence: str, pieces: list[str]) -> None:
    assert several(sentence) == pieces


@pytest.mark.parametrize(
    "sentence",
    [
        "Is there a termination fee, and how much is it?",
        "Is there a cap, and what is it?",
        "What is the rent, and who pays it?",
        "Who signed for CytoDyn and what is his position?",
        "Which company makes the product and which one buys it?",
        "Does the tenant pay taxes and insurance?",
        "Is it up to the consultant when and where to work?",
        "Does the agreement say when and how it ends?",
        "how many options and at what price?",
        "Who decides when and how often the checks take place?",
    ],
)
def test_what_is_one_question_stays_one(sentence: str) -> None:
    assert len(several(sentence)) == 1


def test_what_stays_one_and_asks_for_two_things_says_so() -> None:
    assert "more than one thing" in understand("how many options and at what price?").sentence
    assert "more than one thing" not in understand("Is there a cap, and what is it?").sentence
    assert "more than one thing" not in understand("What is the rent?").sentence


def test_a_verdict_and_a_time_are_both_asked() -> None:
    parts = understand("does it renew automatically and for how long?").parts
    assert [(part.yes_no, part.value) for part in parts] == [(True, "free"), (False, "duration")]


@pytest.mark.parametrize(
    "piece", ["can it end and ", "what is the fee and when is it ", "who is the x and he "]
)
def test_long_sentences_part_in_time(piece: str) -> None:
    began = time.process_time()
    several((piece * 500)[:4000])
    assert time.process_time() - began < 2
