"""What a text calls whom it names: another role is another's, and a signature says nothing of what is done."""

from __future__ import annotations

import pytest

from consolidation.grammar.called import is_called_otherwise, is_mere_signature, is_party_for_another
from tests.engine.test_whole_answers import passages_of

BUILT = (
    'It builds by the plans of Ann Gold (the "Architect") and with Care Concepts, Inc., a Texas corporation '
    '(hereinafter called the "General Contractor"), for Blue Sky LLC ("Blue Sky").'
)


def place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("question", "name", "otherwise"),
    [
        ("Who is the builder?", "Ann Gold", True),
        ("Who is the general contractor?", "Ann Gold", True),
        ("who's the architect", "Ann Gold", False),
        ("Who is the contractor?", "Care Concepts, Inc.", False),
        ("Which firm acts as the architect?", "Care Concepts, Inc.", True),
        ("Who is the owner?", "Blue Sky LLC", False),
        ("Who draws the plans?", "Care Concepts, Inc.", False),
    ],
)
def test_a_name_in_another_role(question: str, name: str, otherwise: bool) -> None:
    assert is_called_otherwise(question, BUILT, place(BUILT, name)) is otherwise


SIGNED = "The Employee reports to the Board.\n/s/ Steven Davis\nSteven Davis\nBy: Kevin Kearney"


@pytest.mark.parametrize(
    ("question", "name", "mere"),
    [
        ("Who does he answer to?", "Steven Davis", True),
        ("Who pays the taxes?", "Kevin Kearney", True),
        ("To whom does he report?", "the Board", False),
        ("Who is Acme's customer?", "Steven Davis", True),
        ("Who is the witness?", "Steven Davis", False),
        ("Who signed it?", "Steven Davis", False),
        ("Who put pen to paper for Acme?", "Steven Davis", False),
        ("By whom was it signed?", "Steven Davis", False),
        ("Who is the chief executive?", "Kevin Kearney", False),
    ],
)
def test_a_signature_says_nothing_of_what_is_done(question: str, name: str, mere: bool) -> None:
    assert is_mere_signature(question, SIGNED, place(SIGNED, name)) is mere


BETWEEN = (
    'This Agreement is made by and between Acme Software, Inc., a Delaware corporation ("Licensor"), and '
    'First Hay, N.A., a national association ("Bank"). Acme Software deposits its code with an escrow agent.'
)


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("name of the escrow company holding the code?", "Acme Software", True),
        ("Who is the escrow agent?", "Acme Software, Inc.", True),
        ("Who is the bank?", "First Hay, N.A.", False),
        ("Who is the escrow agent?", "Some Trust Company", False),
        ("Who is the licensor?", "Acme Software", False),
    ],
)
def test_a_party_is_none_of_those_beside_the_parties(question: str, said: str, other: bool) -> None:
    parties = passages_of(BETWEEN).brief.parties
    assert len(parties) == 2 and is_party_for_another(question, said, parties) is other
