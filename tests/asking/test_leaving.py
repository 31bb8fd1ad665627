"""Who quits is not dismissed: a sentence of the one proves nothing of the other."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_settled
from consolidation.proposals.candidates import Candidate
from tests.engine.test_whole_answers import passages_of

QUITS, FIRED = "How much notice must he give to quit?", "How much notice does he get if he is fired?"
CURE = "Before the Company terminates Executive it shall give him notice of it and 14 days in which to cure."
BOTH = (
    "The Company may terminate the Executive on 14 days' notice; the Executive may resign on 60 days' notice."
)


def _is_settled(question: str, text: str, said: str) -> bool:
    asked, words = understand(question), said if said in text else text
    at = text.index(words)
    candidate = Candidate("reader", said, ((at, at + len(words)),), 0)
    return is_settled(asked, asked_field(asked), passages_of(text), candidate)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (QUITS, CURE, "14 days"),
        (QUITS, BOTH, "14 days"),
        (FIRED, BOTH, "60 days"),
        ("notice to resign?", "The Corporation may dismiss the employee on 14 days' notice.", "14 days"),
        (
            "What must she give if she leaves?",
            "The Employer may terminate this on 14 days' notice.",
            "14 days",
        ),
        ("Can the manager walk out?", "The Company may terminate the Manager's employment.", "Yes"),
        (
            "How soon can he quit?",
            "His employment may be terminated by the Board on 14 days' notice.",
            "14 days",
        ),
        (FIRED, "The Executive may resign on 60 days' notice.", "60 days"),
        (FIRED, "The Employee may terminate his employment on 60 days' notice.", "60 days"),
        ("What if she is terminated?", "Upon resignation for Good Reason she gets 60 goats.", "60 goats"),
        ("What if they let her go?", "Upon resignation for Good Reason she gets 60 goats.", "60 goats"),
    ],
)
def test_a_sentence_of_the_other_end_settles_nothing(question: str, text: str, said: str) -> None:
    assert not _is_settled(question, text, said)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (QUITS, BOTH, "60 days"),
        (FIRED, BOTH, "14 days"),
        (QUITS, "Either party may terminate the Executive's employment on 14 days' notice.", "14 days"),
        (QUITS, "The Executive may terminate his employment by the Company on 14 days' notice.", "14 days"),
        (QUITS, "He may end this on 14 days' notice.", "14 days"),
        (QUITS, "Baan may terminate this on 14 days' notice to the Company.", "14 days"),
        (QUITS, "Notice of resignation or of dismissal of the Executive is 14 days.", "14 days"),
        ("May Goat Land quit early?", "The Company may terminate this on 14 days' notice.", "Yes"),
        ("Can the agent or the owner quit?", "Any party may remove the agent.", "Yes"),
        (FIRED, "If the Company terminates him, he gets 14 days' notice.", "14 days"),
        (FIRED, "If he resigns for Good Reason or is terminated, 14 days are given.", "14 days"),
        ("What does he get if he quits or is fired?", CURE, "14 days"),
        ("Is a gas-fired plant sold?", "The Executive may resign.", "Yes"),
        ("How much annual leave does the employee get?", "The Company fires the Employee in 14 days.", "14 days"),
    ],
)  # fmt: skip
def test_a_sentence_of_that_end_or_of_both_does(question: str, text: str, said: str) -> None:
    assert _is_settled(question, text, said)
