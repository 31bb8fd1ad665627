"""Standing questions are understood as what briefs hold, and their kinds are the tagger's and the brief's."""

from typing import get_args

import pytest

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.understand import understand
from consolidation.briefs.fields import Type
from consolidation.parts.tagger import CATEGORIES
from reviewapp.briefs.standing import COMMERCIAL, FIELD_OF_CLAUSE, STANDING, StandingQuestion


def test_they_are_all_fields_and_all_kinds_of_clause() -> None:
    assert {f"clause:{kind}" for kind in CATEGORIES} | {f"field:{type_}" for type_ in get_args(Type)} == set(
        STANDING
    )
    assert len(COMMERCIAL) == len(set(COMMERCIAL)) == len(CATEGORIES)
    assert set(COMMERCIAL) <= set(STANDING)


@pytest.mark.parametrize("standing", STANDING.values(), ids=STANDING)
def test_each_asks_one_document_for_a_value_of_its_type(standing: StandingQuestion) -> None:
    asked = understand(standing.words)
    assert (asked.over, asked.parts, asked.refused) == ("document", (), "")
    assert standing.value == ("yes_no" if asked.yes_no else asked.value)


@pytest.mark.parametrize("name", [name for name in COMMERCIAL if name.startswith("clause:")])
def test_in_free_words_a_kind_of_clause_is_the_same_kind(name: str) -> None:
    assert clause_kind(understand(STANDING[name].words)) == name.removeprefix("clause:")
    assert name.removeprefix("clause:") not in FIELD_OF_CLAUSE
