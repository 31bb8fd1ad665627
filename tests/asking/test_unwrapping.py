"""What people put around a question is taken off, and what is left is in the order of a question."""

from __future__ import annotations

import pytest

from consolidation.asking.unwrapping import unwrapped


@pytest.mark.parametrize(
    ("question", "inner"),
    [
        ("Could you please confirm who Kubient's customer is?", "who is Kubient's customer?"),
        ("Can you tell me what the fee for late filing was?", "what was the fee for late filing?"),
        ("Do you know where the premises are", "where are the premises?"),
        ("Can you tell me who pays what is due?", "who pays what is due?"),
        ("Tell me who the parties are and what they pay.", "who the parties are and what they pay."),
        ("Who the customer is?", "Who the customer is?"),
        ("Can we have the source code put into escrow?", "Can we have the source code put into escrow?"),
        ("Can we have the name of the buyer?", "the name of the buyer?"),
    ],
)
def test_the_question_inside(question: str, inner: str) -> None:
    assert unwrapped(question).text == inner
