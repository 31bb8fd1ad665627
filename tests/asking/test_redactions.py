"""Whether parts of a document were taken out is told by the marks in their place."""

from __future__ import annotations

import pytest

from consolidation.asking.understand import understand
from consolidation.proposals.redactions import UNMARKED, from_redactions
from tests.engine.test_whole_answers import passages_of

MARKED = "The Buyer pays [***] per copy and ***% of its sales. It lasts two years."
PLAIN = "The Buyer pays five dollars per copy.\n* * *\nIt lasts two years (see note *)."


@pytest.mark.parametrize(
    "question",
    [
        "Have bits been blacked out or hidden?",
        "Does the agreement have redacted parts?",
        "Is anything in this contract redacted?",
        "Does the agreement have numbers blacked out?",
        "Are there any redactions?",
    ],
)
def test_marks_tell_that_something_was_taken_out_and_their_absence_is_no_proof(question: str) -> None:
    asked = understand(question)
    told = from_redactions(asked, passages_of(MARKED))
    assert told is not None and told.said == "Yes" and len(told.places) == 2
    assert MARKED[slice(*told.places[0])] == "[***]"
    none = from_redactions(asked, passages_of(PLAIN))
    assert none is not None and none.said == "No" and none.score == UNMARKED


@pytest.mark.parametrize(
    "question",
    [
        "Has the price been redacted?",
        "Is the name of the buyer redacted?",
        "What was redacted?",
        "Does it last two years?",
    ],
)
def test_what_of_it_was_taken_out_is_another_question(question: str) -> None:
    assert from_redactions(understand(question), passages_of(MARKED)) is None
