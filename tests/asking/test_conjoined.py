"""Several things said of the same documents, each told by its own words; orders and what is left aside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.conjoined import by_pieces, conjoined, end_alone, of_those_too
from consolidation.asking.in_words import InWords
from consolidation.asking.intents import Intent
from consolidation.asking.over_all import over_all
from consolidation.asking.understand import understand


def reads(subject: str, sure: float = 0.95, *, lacking: bool = False) -> Callable[[str], Intent]:
    return lambda words: Intent("which", 0.95, subject, sure, lacking, question=words)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "Tennessee law ones - and which of those also fix the courts?",
            "Tennessee law ones",
            "fix the courts",
        ),
        ("Which have a cap? Which of these renew?", "Which have a cap", "renew"),
        ("what renews, and which of them let us leave early", "what renews", "let us leave early"),
    ],
)
def test_a_second_condition_is_told_by_itself(question: str, first: str, second: str) -> None:
    assert of_those_too(question) == (first, f"Which contracts {second}?")


@pytest.mark.parametrize(
    "question", ["Which of these renew?", "Which contracts have a cap?", "which of them is it", ""]
)
def test_one_question_is_not_taken_for_two(question: str) -> None:
    assert of_those_too(question) is None


def test_both_are_one_question_with_what_each_leaves_aside() -> None:
    first = InWords("Which contracts are governed by the law of Tennessee?", ("ones",))
    both = conjoined(first, InWords("Which contracts have a jurisdiction clause?"))
    assert both == InWords(
        "Which contracts are governed by the law of Tennessee and have a jurisdiction clause?", ("ones",)
    )
    assert len(understand(both.words).tested) == len((first, both))
    assert conjoined(first, InWords("What is the cap?")) is None


def test_conditions_that_only_a_model_knows_are_put_in_the_words_of_their_subjects() -> None:
    told = InWords(
        "Of the contracts that give one side the right to look at the other's books: on what terms?"
    )
    assert by_pieces(told, reads("audit")).words == "Of the contracts that have audit rights: on what terms?"
    for other in (reads("audit", 0.5), reads("audit", lacking=True), reads("other"), reads("exhibits")):
        assert by_pieces(told, other) == told


def test_conditions_that_the_grammar_knows_stay() -> None:
    told = InWords("Which contracts have a cap on liability and renew automatically?")
    assert by_pieces(told, reads("audit")) == told


def test_who_has_the_most_is_left_aside_and_told() -> None:
    alone = end_alone("What's the biggest insurance limit anyone has to carry, and who has to carry it?")
    assert alone is not None
    assert alone.words == "Which contract has the biggest insurance limit?"
    assert alone.aside and "who" in alone.aside[0]
    assert end_alone("what's the most recent agreement and when was it signed") == InWords(
        "what's the most recent agreement", ("when was it signed",)
    )
    for question in (
        "What's the biggest cap?",
        "Who has to carry insurance, and what's the biggest limit?",
        "",
    ):
        assert end_alone(question) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Put all twelve in date order, oldest first", "Sort the contracts by date, earliest first"),
        ("line them up chronologically", "Sort the contracts by date, earliest first"),
        ("newest to oldest pls, all of them", "Sort the contracts by date, newest first"),
        ("Which one runs for the longest, which for the shortest?", "Sort the contracts by term, longest first"),
        ("longest and shortest notice period?", "Sort the contracts by notice period, longest first"),
        ("sort the payment deadlines quickest to slowest", "Sort the contracts by payment period, shortest first"),
        ("Rank the end dates from earliest to latest", "Sort the contracts by expiry date, earliest first"),
        (
            "line up the contracts by how many days the payer gets to send the money, slowest first",
            "Sort the contracts by payment period, longest first",
        ),
        (
            "where there's a secrecy clause, how long does it go on?",
            "Of the contracts that have a secrecy clause: how long does it go on?",
        ),
        ("does anybody mention Acme Widgets?", "Which contracts mention Acme Widgets?"),
        (
            "how many have a force majeure clause? list the ones that don't as well",
            "How many contracts have a force majeure clause?",
        ),
    ],
)  # fmt: skip
def test_orders_and_asides_are_put_as_the_grammar_has_them(question: str, words: str) -> None:
    assert over_all(question) == words
    assert understand(words).over != "document"


@pytest.mark.parametrize(
    "question",
    [
        "Sort by payment date, oldest first",
        "top 3 by value",
        "if there's a fight, which of these send us to arbitrators?",
    ],
)
def test_other_orders_stay(question: str) -> None:
    assert "Sort the contracts by date" not in over_all(question)
    assert "Of the contracts that have" not in over_all(question)


@pytest.mark.parametrize(
    "words",
    ["the law of a US state", "U.S. state law", "the laws of any state", "American law"],
)
def test_the_law_of_any_state_is_american(words: str) -> None:
    condition = understand(f"Which contracts are under {words}?").condition
    assert condition is not None
    assert (condition.kind, condition.words) == ("law", "United States")


@given(st.text(max_size=120))
def test_any_text_is_put(text: str) -> None:
    assert isinstance(over_all(text), str)
    assert of_those_too(text) is None or len(of_those_too(text) or ()) > 1
    assert by_pieces(InWords(text), reads("audit")).aside == ()
    end_alone(text)
