"""The day of one paper is not that of another, nor of a signature; an address has more than a name."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_settled
from consolidation.proposals.candidates import Candidate
from tests.engine.test_whole_answers import passages_of

LOAN = "What date does the underlying loan agreement carry?"
CHANGE = "When was the modification of the loan agreement made?"
BOTH = (
    "The Goat Loan Agreement, dated as of May 1, 1995, was modified by that certain Modification to Goat "
    "Loan Agreement, dated as of April 5, 1996."
)
LETTER = (
    "29 September 2010\n\nDear Sirs,\n\nThis letter agreement between Acme Widgets, Inc. and Beta Holdings, LLC lends"
    " goats.\n\n"
    + "Goats are kept in a dry barn and are fed with hay.\n\n"
    * 150
    + "ACME WIDGETS, INC.\n\nBy: /s/ Jo "
    "Parsi\nDate: October 18, 2010\n\nBETA HOLDINGS, LLC\n\nBy: /s/ Michelle Stein\nDate: October 18, 2010"
)
AMENDED = (
    "FIRST AMENDMENT TO LEASE\n\nThis Amendment is made as of May 1, 1995 between Acme Inc. and Beta LLC."
)
LEASED = "LEASE AGREEMENT\n\nThis Lease is made as of May 1, 1995 between Acme Inc. and Beta LLC."
NOTICES = "Notices go to Acme Widgets, Inc., 5 Hay Lane, Goatham, Attention: Jo Parsi, Vice President."


def settles(question: str, text: str, said: str) -> bool:
    asked, at = understand(question), text.rindex(said)
    return is_settled(
        asked,
        asked_field(asked),
        passages_of(text),
        Candidate("reader", said, ((at, at + len(said)),), 0),
    )


@pytest.mark.parametrize(
    ("question", "text", "said", "settled"),
    [
        (LOAN, BOTH, "April 5, 1996", False),
        (LOAN, BOTH, "May 1, 1995", True),
        (CHANGE, BOTH, "April 5, 1996", True),
        ("When was the bank's letter to Acme written?", LETTER, "October 18, 2010", False),
        ("When was it signed?", LETTER, "October 18, 2010", True),
        ("When was the amendment made?", AMENDED, "May 1, 1995", True),
        ("When was the amendment made?", LEASED, "May 1, 1995", False),
        ("When was the lease made?", LEASED, "May 1, 1995", True),
        ("When does a change in control count?", LEASED, "May 1, 1995", True),
        ("What is the contact person and street address for notices?", NOTICES, "Jo Parsi", False),
        ("What is the address for notices?", NOTICES, "5 Hay Lane, Goatham", True),
        ("Who is the contact for notices?", NOTICES, "Jo Parsi", True),
    ],
)
def test_a_day_is_settled_by_the_paper_that_is_asked_about(
    question: str, text: str, said: str, settled: bool
) -> None:
    assert settles(question, text, said) is settled
