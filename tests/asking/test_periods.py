"""Figures of tables by periods, which stand before or behind these."""

from __future__ import annotations

import pytest

from consolidation.asking.understand import understand
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.periods import of_its_period
from consolidation.text.windows import split
from tests.engine.tiny import Words

QUESTION = "Minimum earnings for the quarter ending June 30, 2008?"
QUARTERS = ("March 31, 2008", "June 30, 2008", "September 30, 2008", "December 31, 2008")
SUMS = ("$\n5,000", "$\n6,000", "$\n7,000", "$\n8,000")
PERIODS = [f"For\nthe quarter ending\n{day}" for day in QUARTERS]
BEFORE = "\n\n".join(cell for row in zip(SUMS, PERIODS, strict=True) for cell in row)
BEHIND = "\n\n".join(cell for row in zip(PERIODS, SUMS, strict=True) for cell in row)


def shown(table: str, said: str, question: str = QUESTION) -> str:
    text = f"It shall earn as much as stands beside each period.\n\n{table}\n\nNothing more is agreed."
    passages = Passages(split(text, Words(), 128))
    at = text.index(said)
    one = Candidate("reader", " ".join(said.split()), ((at, at + len(said)),), 0)
    return of_its_period(understand(question), passages, one).said


@pytest.mark.parametrize("said", SUMS)
def test_the_figure_is_that_of_the_period_that_is_asked_for(said: str) -> None:
    assert shown(f"Amount\nPeriod\n\n{BEFORE}", said) == "$ 6,000"
    assert shown(f"Period\nAmount\n\n{BEHIND}", said) == "$ 6,000"


def test_ratios_stand_by_their_periods_too() -> None:
    ratios = BEFORE.replace("$\n", "").replace(",000", ".00:1.00")
    question = "What is the maximum leverage ratio for the quarter ending September 30, 2008?"
    assert shown(ratios, "6.00:1.00", question) == "7.00:1.00"


@pytest.mark.parametrize(
    ("table", "question"),
    [
        (BEFORE, "Minimum earnings for the quarter ending June 30, 2011?"),
        (BEFORE, "Minimum earnings at June 30, 2008?"),
        (BEFORE, "Minimum earnings from the quarter ending March 31, 2008 to that ending June 30, 2008?"),
        (BEFORE, "When does the quarter ending June 30, 2008 end?"),
        (f"{BEFORE}\n\n$\n9,000", QUESTION),
        (f"12\n\n{BEHIND}".removesuffix("\n\n$\n8,000"), QUESTION),
        (BEFORE.replace("$\n7,000", "$\n7,000\n\n$\n7,500"), QUESTION),
        (BEFORE.replace("\n\nFor\nthe quarter ending\nSept", " is earned\n\nFor the quarter ending\nSept"), QUESTION),
    ],
)  # fmt: skip
def test_where_it_cannot_be_told_nothing_is_changed(table: str, question: str) -> None:
    assert shown(table, "$\n5,000", question) == "$ 5,000"
