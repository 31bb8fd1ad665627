"""Questions that are put the other way round, and statements that are to be confirmed."""

from __future__ import annotations

import pytest

from consolidation.asking.supposing import value_supposed
from consolidation.asking.understand import understand


@pytest.mark.parametrize(
    ("question", "each", "turned", "doubt"),
    [
        ("Is it false that it renews?", "Is it true that it renews?", True, ""),
        ("Is it untrue that the lease is exclusive?", "Is the lease exclusive?", True, ""),
        ("Isn't it the case that the lease is exclusive?", "Is the lease exclusive?", False, ""),
        ("Is it true that the lease is not exclusive?", "Is the lease exclusive?", True, "negation"),
        ("Is it false that the lease is not exclusive?", "Is the lease exclusive?", False, "negation"),
        ("Is it not the case that the lease is exclusive?", "Is the lease exclusive?", False, "reading"),
        ("It is not true that the lease is exclusive.", "Is the lease exclusive?", True, ""),
        ("Isn't the lease exclusive?", "Is the lease exclusive?", False, ""),
        ("Can't we end it early?", "Can we end it early?", False, ""),
        ("Is it true that there is no indemnity?", "Is there an indemnity?", True, "negation"),
        ("There are no audit rights.", "Are there any audit rights?", True, "negation"),
        ("The lease does not renew.", "Does the lease renew?", True, "negation"),
        ("Does it lack an indemnity?", "Does it have an indemnity?", True, ""),
        ("Is the lease missing a merger clause?", "Does the lease have a merger clause?", True, ""),
        ("Is there no indemnity?", "Is there an indemnity?", True, "reading"),
        # what must not be done is more than what need not be done, and one side of two is no opposite
        ("Is it true that he must not sublet?", "Is it true that he must not sublet?", False, "negation"),
        ("Is it false that neither may sublet?", "Is it true that neither may sublet?", True, "negation"),
        ("Is the lease not exclusive?", "Is the lease not exclusive?", False, "negation"),
        # a bound and a right to leave something deny nothing
        ("Is the rent not more than $5?", "Is the rent not more than $5?", False, ""),
        ("May it choose not to renew?", "May it choose not to renew?", False, ""),
        ("May it end for no reason?", "May it end for no reason?", False, ""),
        ("Is it true that it may end without cause?", "May it end without cause?", False, ""),
        ("What isn't covered?", "What isn't covered?", False, ""),
    ],
)
def test_what_is_asked_is_said_without_what_turns_it(
    question: str, each: str, turned: bool, doubt: str
) -> None:
    asked = understand(question)
    assert (asked.each, asked.turned, asked.doubt) == (each, turned, doubt)


def test_people_are_told_how_a_turned_question_was_understood() -> None:
    assert (
        "opposite of: Is the lease exclusive"
        in understand("Is it untrue that the lease is exclusive?").sentence
    )
    assert "Check which way" in understand("Is the lease not exclusive?").sentence
    assert "nderstood" not in understand("Is the lease exclusive?").sentence


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Acme is governed by New York law.", "New York"),
        ("The supply contract with Acme is governed by New York law.", "New York"),
        ("The governing law is New York.", "New York"),
        ("New York law governs the agreement.", "New York"),
        ("It is governed by the laws of Texas.", "Texas"),
        ("Is Acme governed by Texas law?", "Texas"),
        ("The term is five years.", "five years"),
        ("It expires on May 1, 2012.", "on May 1, 2012"),
        # a part of the agreement, or a dispute, may have a law of its own
        ("Schedule B is governed by Texas law.", ""),
        ("Disputes are governed by Texas law.", ""),
        ("Any claim is governed by Texas law.", ""),
        ("Which agreement is governed by Texas law?", ""),
        ("governed by which law?", ""),
    ],
)
def test_a_statement_about_a_value_is_to_be_confirmed(statement: str, words: str) -> None:
    asked = understand(statement)
    supposed = value_supposed(asked)
    assert (supposed.condition.words if supposed and supposed.condition else "") == words
    assert asked.yes_no or not words


@pytest.mark.parametrize(
    ("statement", "stated"),
    [
        ("It may be assigned.", True),
        ("Licensee must insure the goods.", True),
        ("Either party can terminate on 30 days notice.", True),
        ("The sponsor's yearly pay.", False),
        ("Notice period.", False),
        ("The Licensee has breached. What can the licensor do?", False),
    ],
)
def test_a_sentence_about_a_party_is_to_be_confirmed_with_a_full_stop_too(
    statement: str, stated: bool
) -> None:
    assert understand(statement).yes_no is stated
