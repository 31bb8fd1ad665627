"""A fact of a document answers no question for that of another thing."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_against, is_settled
from consolidation.objections.of_itself import asks_of_itself, is_other_law
from consolidation.proposals.candidates import Candidate
from tests.engine.test_whole_answers import passages_of

LAW = "6. Governing Law. This Agreement is governed by the laws of the State of Oregon."
TEXT = (
    "JOINT SOFTWARE LICENSE AGREEMENT\n\nThis Joint Software License Agreement is made and effective as of "
    'May 1, 2001 between Acme Widgets, Inc., a Nevada corporation (the "Licensor"), and Beta Holdings, LLC '
    f'(the "Licensee").\n\n1. Term. This Agreement expires on April 30, 2009.\n\n{LAW}\n\n'
    "7. Courts. Any action relating to this Agreement shall be brought in the courts of Portland, Oregon.\n"
)
OREGON, END, MADE, COURTS = "State of Oregon", "April 30, 2009", "May 1, 2001", "Portland, Oregon"


def settles(question: str, said: str, text: str = TEXT) -> bool:
    asked, at = understand(question), text.index(said)
    candidate = Candidate("rules", said, ((at, at + len(said)),), 0)
    return is_settled(asked, asked_field(asked), passages_of(text), candidate)


@pytest.mark.parametrize(
    ("question", "said", "settled"),
    [
        ("Which state's law governs?", OREGON, True),
        ("What law governs the licence?", OREGON, True),
        ("whose law applies if there's a lawsuit?", OREGON, True),
        ("Which state's usury law limits the interest?", OREGON, False),
        ("which export laws apply to the software", OREGON, False),
        ("What laws must the licensee comply with?", OREGON, False),
        ("what law governs the guaranty", OREGON, False),
        ("When does the license run out?", END, True),
        ("when does the deal end?", END, True),
        ("when does the warranty expire?", END, False),
        ("when does the option expire", END, False),
        ("When does the executive's employment end?", END, False),
        ("When was the agreement made?", MADE, True),
        ("effective date of the merger", MADE, False),
        ("when does the registration statement become effective", MADE, False),
        ("Where would a lawsuit have to be brought?", COURTS, True),
        ("where was the lawsuit filed", COURTS, False),
        ("which court approved the settlement", COURTS, False),
    ],
)
def test_what_a_document_says_of_itself_settles_nothing_of_another_thing(
    question: str, said: str, settled: bool
) -> None:
    assert settles(question, said) is settled


@pytest.mark.parametrize(
    ("question", "settled"),
    [
        ("how long must he keep secrets?", True),
        ("how long does the non-compete last", False),
        ("how long is the lock-up", False),
    ],
)
def test_a_time_is_that_of_what_its_sentence_speaks_of(question: str, settled: bool) -> None:
    secret = "LETTER\n\nFor a period of eighteen months you will not use or disclose any Confidential Information.\n"
    assert settles(question, "eighteen months", secret) is settled


def test_what_is_computed_is_of_the_same_thing() -> None:
    at = TEXT.index(MADE)
    counted = Candidate("rules", MADE, ((at, at + len(MADE)),), 0, value="2009-05-01")
    for question, settled, against in (
        ("when does it end?", True, False),
        ("when does the warranty end?", False, True),
        ("when does the license end?", True, False),
    ):
        asked, passages = understand(question), passages_of(TEXT)
        assert is_settled(asked, asked_field(asked), passages, counted) is settled
        assert is_against(asked, asked_field(asked), passages, counted) is against


def test_a_sentence_that_names_the_thing_is_of_it() -> None:
    own = TEXT.replace("This Agreement is governed", "This Guaranty is governed")
    assert settles("what law governs the guaranty", OREGON, own)
    keeps = "Licensee shall comply with the export laws of the United States."
    assert not is_other_law("Which export laws must the licensee comply with?", keeps)
    assert is_other_law("Which export laws must the licensee comply with?", LAW)


@pytest.mark.parametrize(
    ("question", "against"),
    [
        ("Which maritime law governs salvage claims?", True),
        ("effective date of the debarment", True),
        ("How long does the go-shop last?", True),
        ("Which law governs?", False),
        ("whose law counts if we end up quarrelling over the widgets", False),
        ("when does the trucking deal run out?", False),
        ("date of the licence agrement", False),
    ],
)
def test_of_what_a_text_has_no_word_it_says_nothing(question: str, against: bool) -> None:
    asked, passages = understand(question), passages_of(TEXT)
    said = OREGON if "law" in question else END if "long" in question or "run" in question else MADE
    at = TEXT.index(said)
    candidate = Candidate("rules", said, ((at, at + len(said)),), 0)
    assert is_against(asked, asked_field(asked), passages, candidate) is against


@pytest.mark.parametrize(
    ("question", "itself"),
    [
        ("Which state's law governs the Acme licence?", True),
        ("If this gets fought over, which law do we read it under?", True),
        ("What law governs the turbines?", False),
        ("Which law protects the employees' pensions?", False),
    ],
)
def test_only_a_question_for_nothing_else_needs_no_reading(question: str, itself: bool) -> None:
    assert asks_of_itself(understand(question), passages_of(TEXT), LAW) is itself
