"""The value beside a clause: the one that is meant, or none."""

from __future__ import annotations

import pytest

from consolidation.answers.clause_values import value_held
from consolidation.briefs.making import brief

RENEWAL = (
    "This Agreement renews for successive terms of one (1) year each unless either party gives notice of non-renewal "
    "at least ninety (90) days before the end of the then current term."
)
TERM = "The term of this Agreement begins on January 1, 1998 and ends on December 31, 2000."


@pytest.mark.parametrize(
    ("kind", "clause", "shown"),
    [
        ("Notice Period To Terminate Renewal", RENEWAL, "90 days"),
        ("Renewal Term", RENEWAL, "1 year"),
        ("Expiration Date", TERM, "December 31, 2000"),
        ("Insurance", "Supplier keeps insurance of at least $2,000,000 per claim.", "USD 2,000,000"),
        ("Insurance", "Supplier insures $1,000,000 per claim and $2,000,000 in all.", None),
        (
            "Non-Compete",
            "For two years after the end, or five years after a sale, it shall not compete.",
            None,
        ),
        ("Non-Compete", "For two (2) years after the end it shall not compete.", "2 years"),
        ("Revenue/Profit Sharing", "The share is 82.5% and falls to 80% over $500,000.", None),
        ("Governing Law", "This Agreement is governed by the laws of the State of Ohio.", "Ohio"),
        ("Audit Rights", "The Buyer may audit the books for two years.", None),
    ],
)
def test_a_clause_holds_the_value_of_its_kind_or_none(kind: str, clause: str, shown: str | None) -> None:
    text = f"SUPPLY AGREEMENT\n\nThis Agreement is between Acme Inc. and Beta LLC.\n\n{clause}\n"
    low = text.index(clause)
    held = value_held(kind, brief(text), text, (low, low + len(clause)))
    assert (held.shown if held else None) == shown
