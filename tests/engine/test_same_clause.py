"""What is asked of documents that meet a condition is looked for in the clause that proves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from consolidation import Engine, answer_question
from consolidation.asking.understand import understand
from tests.engine.conftest import CONTRACT, source_of

CLAUSES = """
4. Records. Customer shall keep books of account. Supplier may audit such books on ten (10) days written notice, and
Customer shall pay the cost of the audit if it has underpaid by more than five percent (5%).

5. Insurance. Customer shall carry liability insurance of not less than $2,000,000 per occurrence.

6. Price. Customer shall pay a fee of $400 for each visit. All invoices are payable within forty-five (45) days.
"""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (
            "Of the contracts that renew automatically: how far ahead do we have to speak up?",
            "ninety (90) days",
        ),
        ("Of the contracts that require insurance: for how much?", "$2,000,000"),
    ],
)
def test_the_clause_that_proves_a_condition_answers_what_is_asked_of_it(
    engine: Engine, folder: Path, question: str, value: str
) -> None:
    source = source_of(engine, CONTRACT + CLAUSES, folder)
    found = answer_question(engine, question, source)
    told, condition = found.parts
    assert told is not None and condition is not None
    assert value in told.text
    assert condition.text == "Yes"
    assert all(quote.quote == source.text[quote.start : quote.end] for quote in told.quotes)


def test_what_is_of_another_thing_is_not_taken_from_it(engine: Engine, folder: Path) -> None:
    source = source_of(engine, CONTRACT + CLAUSES, folder)
    for value in ("what is the governing law?", "within how many days must invoices be paid?"):
        alone = answer_question(engine, value, source)
        found = answer_question(engine, f"Of the contracts that renew automatically: {value}", source)
        told = found.parts[0]
        assert told is not None
        assert (told.text, told.state, told.quotes) == (alone.text, alone.state, alone.quotes)


def test_what_a_clause_alone_brings_is_to_be_checked(engine: Engine, folder: Path) -> None:
    source = source_of(engine, CONTRACT + CLAUSES, folder)
    question = "Of the contracts that renew automatically: how far ahead do we have to speak up?"
    told = answer_question(engine, question, source).parts[0]
    alone = answer_question(engine, understand("How far ahead do we have to speak up?"), source)
    assert told is not None
    assert told.state == "check" or (told.text, told.state) == (alone.text, alone.state)


def test_nothing_is_taken_from_a_clause_that_is_not_there(engine: Engine, folder: Path) -> None:
    source = source_of(engine, CONTRACT, folder)
    question = "Of the contracts that have audit rights: who pays for the audit?"
    told, condition = answer_question(engine, question, source).parts
    assert told is not None and condition is not None
    assert condition.text != "Yes"
    assert told.state == "not_found" or told.quotes
