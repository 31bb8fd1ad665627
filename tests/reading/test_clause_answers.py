"""Questions about kinds of clause are answered from the tagger, with its passages."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from consolidation import Bank, Engine, Source, answer_question, consolidate, load_engine
from consolidation.asking.understand import understand
from consolidation.briefs import brief
from consolidation.briefs.clauses import clauses_of
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import comparable, from_brief

CONTRACT = """MASTER SUPPLY AGREEMENT

This Master Supply Agreement (the "Agreement") is made on March 3, 2014 by and between Orvelane Systems, Inc., a
Delaware corporation ("Supplier"), and Tamberlin Foods LLC ("Customer").

1. Term. This Agreement is effective as of April 1, 2014 (the "Effective Date") and shall continue for a period of
five (5) years from the Effective Date.

2. Governing Law. This Agreement shall be governed by the laws of the State of Oregon.

"""
FILLER = "The Supplier shall deliver the Products in accordance with the Specifications and the delivery schedule. "
INSURED = """
3. Insurance. Supplier shall maintain, at its own expense, commercial general liability insurance with limits of not
less than $2,000,000 per occurrence, and shall name Customer as an additional insured under such policies.

"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The shipped weights."""
    torch.set_num_threads(1)
    return load_engine()


def _insured(engine: Engine, folder: Path) -> Source:
    text = CONTRACT + FILLER * 40 + INSURED + FILLER * 40
    digest, bank = hashlib.sha256(text.encode()).hexdigest(), Bank(folder)
    key = engine.state_key(document_sha256=digest, text_version="test 1", text_sha256=digest)
    return Source("supply", "supply.pdf", bank, consolidate(engine, text, key, bank).name, text)


def test_a_clause_that_is_there_is_a_yes_with_its_passage(engine: Engine, tmp_path: Path) -> None:
    found = answer_question(engine, "Does the contract require insurance?", _insured(engine, tmp_path))
    assert (found.text, found.found_by) == ("Yes", ("tagger",))
    assert "commercial general liability insurance" in found.quotes[0].quote


def test_a_clause_that_is_nowhere_is_not_found(engine: Engine, tmp_path: Path) -> None:
    found = answer_question(engine, "Is there a source code escrow?", _insured(engine, tmp_path))
    assert (found.text, found.state, found.quotes) == ("", "not_found", ())
    assert found.passages


def test_clauses_of_the_sleep_phase_are_used_where_there_are_any(engine: Engine, tmp_path: Path) -> None:
    source = _insured(engine, tmp_path)
    clauses = clauses_of(engine, source.text, brief(source.text))
    assert clauses["Insurance"]
    without = replace(source, clauses={**clauses, "Insurance": ()})
    assert answer_question(engine, "Does the contract require insurance?", source).text == "Yes"
    assert answer_question(engine, "Does the contract require insurance?", without).state == "not_found"
    assert answer_question(engine, "Which contracts do not require insurance?", without).text == "No"


def test_a_computed_date_is_compared_as_what_was_computed(engine: Engine) -> None:
    asked = understand("When does the agreement expire?")
    first = next(from_brief(asked, Passages(engine.memory.tokenise(CONTRACT))))
    assert comparable(asked, first).startswith("2019-0")


def test_a_computed_date_is_told_with_both_of_its_places(engine: Engine, tmp_path: Path) -> None:
    found = answer_question(engine, "When does the agreement expire?", _insured(engine, tmp_path))
    assert found.text == "April 1, 2019" and found.typed and found.typed.comparable == "2019-04-01"
    marked = [_insured(engine, tmp_path).text[a:b] for quote in found.quotes for a, b in quote.marked]
    assert marked == ["April 1, 2014", "five (5) years"]


def test_several_questions_at_once_are_answered_one_by_one(engine: Engine, tmp_path: Path) -> None:
    asked = "What is the governing law, and does the contract require insurance?"
    found = answer_question(engine, asked, _insured(engine, tmp_path))
    assert found.text.startswith("(1) ") and found.text.endswith("State of Oregon (2) Yes")
    quoted = " ".join(quote.quote for quote in found.quotes)
    assert "laws of the State of Oregon" in quoted and "liability insurance" in quoted
    assert "tagger" in found.found_by and len(found.found_by) > 1
    nothing = answer_question(
        engine, "What is the governing law, and what is the royalty rate?", _insured(engine, tmp_path)
    )
    assert nothing.text.endswith("State of Oregon (2) not found") and nothing.state == "check"
