"""Who all the parties are: one of them is no answer, nor is half a name."""

from __future__ import annotations

import pytest

from consolidation.asking.understand import understand
from consolidation.passages.passages import passages_of
from consolidation.proposals.all_parties import as_all_parties
from consolidation.proposals.candidates import Candidate, from_brief
from consolidation.text.windows import split
from tests.engine.tiny import Words

TEXT = (
    'This Agreement is made on May 1, 2001 between Acme Widgets, Inc., a Nevada corporation (the "Company"), and '
    'Franklin Lines, LLC, a Texas limited liability company (the "Carrier").\n\nDana Rowe is told.\n'
)
BOTH = "Acme Widgets, Inc.; Franklin Lines, LLC"


@pytest.mark.parametrize(
    ("question", "said", "becomes"),
    [
        ("Who are the parties?", "Acme Widgets, Inc.", None),
        ("List the parties", "the Carrier", None),
        ("Who are the parties?", "Widgets; Franklin Lines, LLC", BOTH),
        ("Who is it between?", "the Company and the Carrier", BOTH),
        (
            "Who are the parties?",
            "Acme Widgets, Franklin Lines and Dana Rowe",
            "Acme Widgets, Franklin Lines and Dana Rowe",
        ),
        ("Who are the parties?", "Dana Rowe", "Dana Rowe"),
        ("Who is the agreement with?", "Franklin Lines, LLC", "Franklin Lines, LLC"),
        ("Who is the carrier?", "Franklin Lines, LLC", "Franklin Lines, LLC"),
    ],
)
def test_all_parties_are_said_in_full_or_not_at_all(question: str, said: str, becomes: str | None) -> None:
    asked, passages = understand(question), passages_of(TEXT, lambda text: split(text, Words(), 64))
    by_rules = list(from_brief(asked, passages))
    read = Candidate("reader", said, ((0, 1),), 0)
    told = as_all_parties(asked, passages.brief.parties, [*by_rules, read])
    assert [one.said for one in told if one.maker == "reader"] == ([becomes] if becomes else [])
    assert [one for one in told if one.maker == "rules"] == by_rules


def test_a_kind_of_company_is_no_party() -> None:
    asked, passages = (
        understand("Who are the parties?"),
        passages_of(TEXT, lambda text: split(text, Words(), 64)),
    )
    said = "Acme Widgets, Inc.; a Nevada mining corporation (ACME); Franklin Lines, LLC"
    read = Candidate("reader", said, ((0, 1), (2, 3), (4, 5)), 0)
    (told,) = as_all_parties(asked, passages.brief.parties, [*from_brief(asked, passages), read])[-1:]
    assert told.said == BOTH
