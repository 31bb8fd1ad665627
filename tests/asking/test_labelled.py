"""Things that are told apart by a letter or a number."""

from __future__ import annotations

import pytest

from consolidation.grammar.labelled import is_of_another_label, labels

TRANCHES = "The Tranche A Commitment shall be $75,000,000 and the Tranche B Commitment $5,000,000."
SECTIONS = "Section 8(a) shall continue for two years, and Sections 7 and 8(b) shall continue."


def test_several_labels_are_told_apart() -> None:
    assert labels("Sections 7 and 8(b) of the contract, Exhibit C and year two") == {
        "section": {"7", "8(b)"}, "exhibit": {"c"}, "year": {"2"},
    }  # fmt: skip
    assert labels("Party A is in a class of its own") == {}


@pytest.mark.parametrize(
    ("question", "sentence", "value", "another"),
    [
        ("What is the Tranche B commitment?", TRANCHES, "$75,000,000", True),
        ("What is the Tranche B commitment?", TRANCHES, "$5,000,000", False),
        ("How long do Sections 7 and 8(b) stay?", SECTIONS, "two years", True),
        ("How long does Section 8(a) stay?", SECTIONS, "two years", False),
        ("How long does Section 8 stay?", SECTIONS, "two years", False),
        ("How long does it stay?", SECTIONS, "two years", False),
        ("What is due in year 2?", "In Year One $5 is due.", "$5", True),
        ("What is due in year 2?", "Five dollars are due.", "Five dollars", False),
    ],
)
def test_what_is_said_of_another_is_told(question: str, sentence: str, value: str, another: bool) -> None:
    at = sentence.index(value)
    assert is_of_another_label(question, sentence, (at, at + len(value))) is another


def test_of_a_whole_sentence_any_of_them_will_do() -> None:
    assert not is_of_another_label("Does the Tranche B commitment fall?", TRANCHES)
    assert is_of_another_label("Does the Tranche C commitment fall?", TRANCHES)
