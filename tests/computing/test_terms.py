"""How long an agreement runs that states its last day, and what lasts beyond it."""

from __future__ import annotations

import pytest

from consolidation.briefs import brief
from consolidation.computing.terms import term_until
from consolidation.grammar.afterwards import lacks_what_comes_after

TEXT = """SUPPLY AGREEMENT

This Supply Agreement is made as of January 10, 2000 by and between Orvelane Systems, Inc. and Tamberlin Foods LLC.
This Agreement shall be effective as of January 10, 2000.
"""


@pytest.mark.parametrize(
    ("said", "long"),
    [
        ("December 31, 2004", "5 years"),
        ("January 9, 2001", "1 year"),
        ("until June 30, 2000", "6 months"),
        ("five years", None),
        ("three years expiring May 31, 2003", None),
        ("January 1, 1999", None),
        ("between May 1, 2001 and May 1, 2002", None),
        ("until terminated", None),
        ("", None),
    ],
)
def test_a_term_is_counted_to_its_last_day(said: str, long: str | None) -> None:
    counted = term_until(brief(TEXT), said)
    assert (counted.said if counted else None) == long
    assert counted is None or counted.how.startswith("from January 10, 2000 to ")


def test_without_a_beginning_nothing_is_counted() -> None:
    assert term_until(brief("It ends on December 31, 2004."), "December 31, 2004") is None


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        (
            "how long does it go on after the contract ends?",
            "The term of this Agreement is five (5) years.",
            True,
        ),
        (
            "how long is it secret after termination",
            "It lasts for three years after any termination.",
            False,
        ),
        ("how long after the deal is over?", "Section 9 shall survive for two years.", False),
        ("by how many years can it be extended once it expires?", "It may be extended for ten years.", False),
        ("for how long is it secret?", "The term of this Agreement is five (5) years.", False),
    ],
)
def test_a_term_does_not_say_what_comes_after_it(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_what_comes_after(question, sentence) is lacks
