"""Training data: facts stand where they say, and swaps move text and facts alike."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from consolidation.training.clauses import CLAUSE_CATEGORIES, clause_paraphrases
from consolidation.training.facts import SHORT_CATEGORIES, Contract, Range, facts_of, held_out, parties
from consolidation.training.questions import PARAPHRASES, paraphrases
from consolidation.training.swaps import swapped
from consolidation.values import exact_match
from tests.engine.conftest import CONTRACT

LABELS = {
    "Document Name": "MASTER SUPPLY AGREEMENT",
    "Parties": 'Orvelane Systems, Inc. ("Supplier"); Tamberlin Foods LLC ("Customer")',
    "Agreement Date": "3/3/14",
    "Effective Date": "4/1/14",
    "Expiration Date": "3/31/19",
    "Renewal Term": "successive 2 years",
    "Notice Period To Terminate Renewal": "90 days",
    "Governing Law": "Oregon",
}


@pytest.fixture
def contract() -> Contract:
    clauses: dict[str, tuple[Range, ...]] = {category: ((0, len(CONTRACT)),) for category in LABELS}
    labels = {category: {"answer": answer} for category, answer in LABELS.items()}
    facts = tuple(facts_of(CONTRACT, labels, clauses))
    return Contract("supply", CONTRACT, facts, clauses, LABELS)


def test_every_labelled_value_is_found_where_it_is_written(contract: Contract) -> None:
    assert {fact.category for fact in contract.facts} == set(SHORT_CATEGORIES)
    for fact in contract.facts:
        written = "; ".join(CONTRACT[a:b] for a, b in fact.places)
        assert exact_match(written, fact.gold), fact.category


@pytest.mark.parametrize("seed", range(20))
def test_swaps_change_values_in_text_and_facts_alike(contract: Contract, seed: int) -> None:
    fresh = swapped(contract, [replace(contract, id=str(i)) for i in range(6)], random.Random(seed))
    assert fresh.text != contract.text
    for fact in fresh.facts:
        written = "; ".join(" ".join(fresh.text[a:b].split()) for a, b in fact.places)
        assert exact_match(written, fact.gold), fact.category
    law = next(f for f in fresh.facts if f.category == "Governing Law")
    assert f"laws of the State of {law.gold}" in " ".join(fresh.text.split())


def test_parties_and_their_roles_are_told_apart() -> None:
    label = 'BIOCEPT, INC. ("Biocept"); LIFE TECHNOLOGIES CORPORATION ("Licensee"); (each a "Party")'
    assert parties(label) == [("BIOCEPT, INC.", ["Biocept"]), ("LIFE TECHNOLOGIES CORPORATION", ["Licensee"])]


def test_the_split_is_fixed_by_the_id_alone() -> None:
    names = [f"contract {i}" for i in range(900)]
    share = sum(map(held_out, names)) / len(names)
    assert 0.07 < share < 0.16
    assert [held_out(n) for n in names] == [held_out(n) for n in names]


def test_a_wording_of_each_question_is_kept_out_of_training() -> None:
    for category in PARAPHRASES:
        assert len(paraphrases(category, "X", training=False)) == 1 + len(paraphrases(category, "X"))
    assert len(CLAUSE_CATEGORIES) == 33
    for category in CLAUSE_CATEGORIES:
        assert set(clause_paraphrases(category)) < set(clause_paraphrases(category, training=False))
