"""Which questions ask for a kind of clause, and which only sound like it."""

from __future__ import annotations

import pytest

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.understand import understand


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Is there an exclusivity clause?", "Exclusivity"),
        ("Which contracts require insurance?", "Insurance"),
        ("How many agreements lack a cap on liability?", "Cap On Liability"),
        ("Show me every contract that includes audit rights", "Audit Rights"),
        ("How many contracts are without a non-compete?", "Non-Compete"),
        ("Which deals can be terminated for convenience?", "Termination For Convenience"),
        ("Does the agreement assign inventions to the other party?", "Ip Ownership Assignment"),
        ("Is there a carve-out from the exclusivity?", "Competitive Restriction Exception"),
        ("Is the licensee obliged to take out insurance?", ""),
        ("May Acme assign the agreement without consent?", ""),
        ("Can the agreement be assigned without consent?", ""),
        ("What is the cap on liability?", ""),
        ("Would this contract end if the license were terminated?", ""),
    ],
)
def test_questions_about_a_kind_of_clause_are_told(question: str, kind: str) -> None:
    assert clause_kind(understand(question)) == kind


@pytest.mark.parametrize(
    "question", ["How many contracts are without insurance?", "Which contracts are missing insurance?"]
)
def test_being_without_is_lacking(question: str) -> None:
    asked = understand(question)
    assert asked.condition is not None
    assert asked.condition.test == "lacks"
