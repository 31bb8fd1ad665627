"""Questions that go on from another, as people ask them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.following import Earlier, Of, follow_up

LAW = Earlier("What is the governing law of the agreement?", "Ashworth")
EXPIRY = Earlier("When does the agreement expire?", "supply agreement")
FEE = Earlier("What late fee does eGain charge on late payments?", "eGain")
HIGHEST = Earlier("Which contract has the highest fee?")
UNNAMED = Earlier("Which law governs?")


@pytest.mark.parametrize(
    ("question", "before", "named", "text", "of"),
    [
        ("and when does it expire?", LAW, "", "When does the Ashworth agreement expire?", "same"),
        ("How long does it run?", LAW, "", "How long does the Ashworth agreement run?", "same"),
        ("And who signed it?", EXPIRY, "", "Who signed the supply agreement?", "same"),
        ("what is its notice period?", LAW, "", "What is the Ashworth agreement's notice period?", "same"),
        ("Does this agreement renew?", LAW, "", "Does the Ashworth agreement renew?", "same"),
        ("and who signed?", LAW, "", "Who signed in the Ashworth agreement?", "same"),
        ("and the notice period?", LAW, "", "What is the notice period in the Ashworth agreement?", "same"),
        ("What about liability cap?", LAW, "", "What is the liability cap in the Ashworth agreement?", "same"),
        ("Can it assign its rights?", UNNAMED, "", "Can it assign its rights?", "same"),
        ("Can a tenant move its goods?", EXPIRY, "", "Can a tenant move its goods in the supply agreement?", "same"),
        ("for how long?", EXPIRY, "", "When does the supply agreement expire? For how long?", "same"),
        ("why?", EXPIRY, "", "When does the supply agreement expire? Why?", "same"),
        ("and the next renewal?", LAW, "", "What is the next renewal in the Ashworth agreement?", "same"),
        ("and the next renewal?", UNNAMED, "", "and the next renewal?", "own"),
        ("which contract expires next?", LAW, "", "which contract expires next?", "own"),
        ("and when does it expire?", UNNAMED, "", "When does it expire?", "same"),
        ("what about the Sykes agreement?", EXPIRY, "Sykes", "When does the Sykes agreement expire?", "own"),
        ("And Sykes?", LAW, "Sykes", "What is the governing law of the Sykes agreement?", "own"),
        ("and for Tern?", EXPIRY, "and for Tern", "When does the Tern agreement expire?", "own"),
        ("same for the Sykes lease", UNNAMED, "Sykes lease", "Which law governs in the Sykes lease?", "own"),
        ("and in Sykes copy A.pdf?", EXPIRY, "Sykes copy A.pdf", "When does Sykes copy A.pdf expire?", "own"),
        ("Does the Sykes agreement renew?", LAW, "Sykes", "Does the Sykes agreement renew?", "own"),
        ("and the others?", LAW, "", "What is the governing law of the agreement?", "others"),
        ("What about all the other contracts?", EXPIRY, "", "When does the agreement expire?", "others"),
        ("and for the other one?", EXPIRY, "", "When does the agreement expire?", "other"),
        ("the rest?", UNNAMED, "", "Which law governs?", "others"),
        ("and when do they expire?", UNNAMED, "", "When do they expire?", "met"),
        ("and sublet?", Earlier("Can the tenant assign the lease?"), "", "Can the tenant sublet?", "same"),
        ("a cap?", Earlier("Does the agreement have a ban?"), "", "Does the agreement have a cap?", "same"),
        ("Which contracts renew?", LAW, "", "Which contracts renew?", "own"),
        ("What about the Tadeo one?", FEE, "Tadeo", "What late fee does Tadeo charge on late payments?", "own"),
        ("and in the hosting lease?", FEE, "hosting lease", f"{FEE.neutral[:-1]} in the hosting lease?", "own"),
        ("and the Tadeo one?", HIGHEST, "Tadeo", "What is the fee in the Tadeo agreement?", "own"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_taken_from_the_question_before(
    question: str, before: Earlier, named: str, text: str, of: Of
) -> None:
    followed = follow_up(question, before, named)
    assert (followed.text, followed.of) == (text, of)


@given(st.text(max_size=80), st.text(min_size=1, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_any_text_gives_a_question(question: str, before: str, called: str, named: str) -> None:
    assert follow_up(question, Earlier(before, called), named).of in get_args(Of)
