"""What is asked for by its name is asked of a document in the words in which people ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from consolidation import Engine, answer_question
from consolidation.asking.natural import as_people_ask, value_had
from consolidation.asking.understand import understand
from tests.engine.conftest import CONTRACT, source_of

DEFAULT = """
7. Default. If either party commits a material breach of this Agreement that is not remedied within thirty (30) days
after written notice thereof, the other party may terminate this Agreement.

8. Payment. Customer shall pay all invoices within forty-five (45) days of receipt.
"""


@pytest.mark.parametrize(
    "question",
    [
        "What is the cure period?",
        "what's the cure period for a breach",
        "cure period of the agreement?",
        "Cure period?",
    ],
)
def test_a_name_is_asked_for_in_other_words(question: str) -> None:
    assert as_people_ask(question)[0] == "How long does a party have to cure a breach after notice?"


@pytest.mark.parametrize(
    "question",
    [
        "What is the cure period for a missed payment of rent?",
        "Is there a cure period?",
        "What is the notice period for a price increase?",
        "Who pays the price?",
        "",
        "?",
    ],
)
def test_what_says_more_than_a_name_stays(question: str) -> None:
    assert as_people_ask(question) == ()
    assert understand(question).each is not None


def test_a_length_is_had_where_it_is_told() -> None:
    assert value_had("Does the agreement have a cure period?") == "What is the cure period?"
    assert value_had("Does the agreement have a cure?") == ""


def test_the_sentence_is_found_by_its_own_words(engine: Engine, folder: Path) -> None:
    source = source_of(engine, CONTRACT + DEFAULT, folder)
    cure, pay = (
        answer_question(engine, f"What is the {noun} period?", source) for noun in ("cure", "payment")
    )
    assert "thirty (30) days" in cure.text
    assert "forty-five (45) days" in pay.text
    assert cure.asked.each == "What is the cure period?"


def test_there_is_one_where_it_says_how_long_it_is(engine: Engine, folder: Path) -> None:
    source = source_of(engine, CONTRACT + DEFAULT, folder)
    found = answer_question(engine, "Does the agreement have a cure period?", source)
    assert found.text == "Yes" and "thirty (30) days" in found.quotes[0].quote
    without = source_of(engine, CONTRACT, folder, "other.pdf")
    assert answer_question(engine, "Does the agreement have a cure period?", without).text != "Yes"


def test_what_is_said_about_a_clause_is_the_clause(engine: Engine, folder: Path) -> None:
    indemnity = "\n9. Indemnification. Supplier shall indemnify and hold harmless Customer from any claim.\n"
    source = source_of(engine, CONTRACT + DEFAULT + indemnity, folder)
    found = answer_question(engine, "What does the agreement say about indemnities?", source)
    assert "shall indemnify and hold harmless Customer" in found.text
    assert found.state == "check" and found.quotes
    nothing = answer_question(engine, "What does the agreement say about escrow?", source)
    assert nothing.state != "supported" and "escrow" not in nothing.text
