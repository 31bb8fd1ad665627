"""Questions about people and companies that a document does not mention."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.contrary import is_contrary
from consolidation.passages.passages import Passages, passages_of
from consolidation.proposals.lacking import lacks_name
from consolidation.text.windows import split
from tests.engine.tiny import Words

TEXT = """HOSTING AGREEMENT
This Agreement is made on March 3, 2014 between Diplomat Direct Marketing Corporation and Tadeo E-Commerce Corp.
Late payments bear interest at 15 %. i-on hosts the site. Teardrop Putter Corporation buys putters from J.P. Morgan.
"""


def passages(text: str) -> Passages:
    return passages_of(text, lambda text: split(text, Words(), 64))


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("What late fee does eGain charge on late payments?", True),
        ("Is eGain liable?", True),
        ("What is eGain's late fee?", True),
        ("Does TEKNO pay interest?", True),
        ("Will a-zon host the site?", True),
        ("Who is Brad Baker?", True),
        ("Who is Brad Baker Jr.?", True),
        ("Who is Tadeo E-Commerce Corporation?", False),
        ("Who is Diplomat Direct Marketing Inc.?", False),
        ("Who is CEO?", False),
        ("What late fee does Diplomat charge?", False),
        ("What late fee does DIPLOMAT charge?", False),
        ("What does Diplomatt pay?", False),
        ("Will i-on host the site?", False),
        ("Is I-on liable?", False),
        ("What does TPC buy?", False),
        ("Does JP Morgan sell putters?", False),
        ("Does the Licensee pay?", False),
        ("Does VAT apply?", False),
        ("Is New York law chosen?", False),
        ("If I've paid late, is OK'd interest due?", False),
        ("What late fee is charged?", False),
        ("Does Falcon pay?", False),
    ],
)
def test_nothing_is_found_of_who_is_not_mentioned(question: str, lacks: bool) -> None:
    assert lacks_name(understand(question), passages(TEXT), "Project Falcon.pdf") is lacks


@pytest.mark.parametrize(
    ("question", "said", "contrary"),
    [
        ("Who does Turpin work for?", "Kenneth Turpin", True),
        ("Which company does Turpin work for?", "TURPIN", True),
        ("Who does Turpin work for?", "Visualant Incorporated", False),
        ("Who employs Turpin?", "Visualant Incorporated", False),
        ("Which company does Acme own?", "Acme Sub, Inc.", False),
    ],
)
def test_who_is_asked_about_is_no_answer(question: str, said: str, contrary: bool) -> None:
    asked = understand(question)
    assert is_contrary(asked, asked_field(asked), passages(said), (0, len(said)), said, said) is contrary


@pytest.mark.parametrize(
    ("question", "text", "contrary"),
    [
        ("When was the agreement signed?", "This Agreement is effective as of May 1, 1998.", True),
        ("When was the agreement signed?", "This Agreement is made and effective as of May 1, 1998.", False),
        ("When was the agreement signed?", "This Agreement is dated May 1, 1998.", False),
        ("What is the date of the agreement?", "This Agreement is effective as of May 1, 1998.", False),
    ],
)
def test_a_day_of_effect_is_not_that_of_signing(question: str, text: str, contrary: bool) -> None:
    asked, at = understand(question), text.index("May")
    assert (
        is_contrary(asked, asked_field(asked), passages(text), (at, at + 11), "May 1, 1998", text) is contrary
    )
