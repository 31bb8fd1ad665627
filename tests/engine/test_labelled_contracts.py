"""Training data of labelled contracts as they are: their split, their wordings, their facts and swaps."""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from laboratory.data.clause_wordings import CLAUSE_CATEGORIES, clause_paraphrases
from laboratory.data.computed import CHECK_CATEGORIES, COMPUTED_CATEGORIES
from laboratory.data.facts import (
    SHORT_CATEGORIES,
    Contract,
    facts_of,
    held_out,
    parties,
)
from laboratory.data.selfstudy import EACH, STUDY_CATEGORIES, every_fact
from laboratory.data.swaps import swapped
from laboratory.data.wordings import PARAPHRASES, UNRELATED, WHOLE_QUESTIONS, paraphrases
from tests.engine.test_training_data import written

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "cuad" / "contracts.jsonl.xz"


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
        every, used = paraphrases(category, "X", training=False), paraphrases(category, "X")
        assert len(every) == len(set(every))
        assert used == (every if category in WHOLE_QUESTIONS else every[:-1])
        assert len(every) >= 7 or category in WHOLE_QUESTIONS
    assert {*STUDY_CATEGORIES, *COMPUTED_CATEGORIES, *CHECK_CATEGORIES, *SHORT_CATEGORIES} <= set(PARAPHRASES)
    assert len(CLAUSE_CATEGORIES) == 33
    for category in CLAUSE_CATEGORIES:
        assert set(clause_paraphrases(category)) < set(clause_paraphrases(category, training=False))
    assert len(set(UNRELATED)) == len(UNRELATED) >= 120


@lru_cache
def real_contracts() -> tuple[Contract, ...]:
    """Every fifteenth labelled contract, read without loading the others' labels."""
    import json
    import lzma

    from laboratory.data.facts import _clauses

    chosen = []
    with lzma.open(SHARED, "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            row = json.loads(line) if i % 15 == 0 else {}
            if row.get("labels"):
                clauses = {c: _clauses(row["text"], v["spans"]) for c, v in row["labels"].items()}
                answers = {c: v["answer"] for c, v in row["labels"].items()}
                facts = tuple(facts_of(row["text"], row["labels"], clauses))
                chosen.append(Contract(row["id"], row["text"], facts, clauses, answers))
    return tuple(chosen)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the labelled contracts")
@pytest.mark.parametrize("swapping", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_facts_of_real_contracts_stand_where_they_say(swapping: bool) -> None:
    contracts = real_contracts()
    training = [c for c in contracts if not held_out(c.id)]
    counts: Counter[str] = Counter()
    for i, original in enumerate(contracts):
        contract = swapped(original, training, random.Random(i)) if swapping else original
        facts = every_fact(contract, random.Random(i))
        counts.update(f.category for f in facts)
        for fact in facts:
            assert fact.gold and fact.places, fact
            assert all(0 <= a < b <= len(contract.text) for a, b in fact.places), fact
            if fact.category in STUDY_CATEGORIES:
                assert written(contract, fact) == fact.gold
            assert bool(fact.answer) == (fact.category in (*COMPUTED_CATEGORIES, *CHECK_CATEGORIES))
        asked = Counter((f.category, f.subject.lower()) for f in facts if f.category in STUDY_CATEGORIES)
        assert all(n == 1 for n in asked.values())
        assert all(n <= EACH for n in Counter(category for category, _ in asked).values())
    assert all(counts[c] > 0 for c in (*STUDY_CATEGORIES, *COMPUTED_CATEGORIES, *CHECK_CATEGORIES))


@pytest.mark.skipif(not SHARED.exists(), reason="needs the labelled contracts")
def test_no_name_of_a_held_out_contract_comes_into_a_swapped_one() -> None:
    contracts = real_contracts()
    training = [c for c in contracts if not held_out(c.id)]
    kept_out = {f.gold for c in contracts if held_out(c.id) for f in c.facts if f.category == "Party By Role"}
    kept_out -= {f.gold for c in training for f in c.facts}
    assert kept_out
    for i, contract in enumerate(training):
        fresh = swapped(contract, training, random.Random(i))
        assert not [name for name in kept_out if name in fresh.text and name not in contract.text]
