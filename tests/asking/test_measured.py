"""Lengths, shares and sums that a question supposes: a sentence that says another, or none, settles nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.grammar.measured import lacks_measure, says_another_notice
from consolidation.grammar.settled import leaves_open
from consolidation.objections.objections import as_measured, is_against
from consolidation.passages.passages import Passages, passages_of
from consolidation.proposals.candidates import Candidate
from consolidation.text.windows import split
from tests.engine.tiny import Words

THIRTY = "Either party may terminate without cause upon thirty (30) days' prior written notice."
LONG = "This ends upon either party giving at least one hundred twenty (120) days advance written notice."
ASKED = "Can it be terminated on 30 days' notice?"


def passages(text: str) -> Passages:
    return passages_of(text, lambda text: split(text, Words(), 64))


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        (ASKED, LONG, True),
        (ASKED, THIRTY, False),
        ("Can it be terminated on one month's notice?", THIRTY, False),
        ("Can it be terminated on at least 30 days' notice?", LONG, False),
        ("Can it be terminated?", LONG, False),
        (ASKED, "It may be terminated if a breach is not cured within sixty (60) days.", False),
        (ASKED, "It may be terminated by written notice of not less than 90 days.", True),
        (ASKED, "It may be terminated on six months' notice.", True),
        (ASKED, "It may be terminated on one month's notice.", False),
        (ASKED, "It may be terminated by notice to the other party at least sixty days before.", True),
    ],
)
def test_another_notice_than_is_supposed(question: str, sentence: str, another: bool) -> None:
    assert says_another_notice(question, sentence) is another
    candidate = Candidate("reader", "Yes", ((0, len(sentence)),), 0)
    told = as_measured(understand(question), passages(sentence), candidate)
    assert told == (replace(candidate, said="No") if another else candidate)
    no = replace(candidate, said="No")
    assert as_measured(understand(question), passages(sentence), no) == no


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("Is there a two-year warranty?", "It is warranted for twenty-four (24) months.", False),
        ("Is there a two-year warranty?", "It is warranted to be free of defects.", True),
        ("Is it approved after two weeks?", "It is approved after fourteen (14) days.", False),
        ("Is it approved after two weeks?", "It is approved after fifteen (15) days.", True),
        ("Does it bear interest of 5%?", "Interest of 1.5 percent accrues.", True),
        ("Does it bear interest of 1.5 per cent?", "Interest of 1.5% accrues.", False),
        ("Is the fee $5,000?", "A fee of $5000 is due.", False),
        ("Is the fee more than $5,000?", "A fee is due.", False),
        ("Is there a warranty?", "It is warranted for a year.", False),
    ],
)
def test_what_is_supposed_is_settled_by_a_sentence_that_says_it(
    question: str, sentence: str, lacks: bool
) -> None:
    assert lacks_measure(question, sentence) is lacks
    assert leaves_open(question, "Yes", sentence) is lacks
    assert not leaves_open(question, "No", sentence)


def against(question: str, text: str, said: str, words: str) -> bool:
    asked, low = understand(question), text.index(words)
    candidate = Candidate("reader", said, ((low, low + len(words)),), 0)
    return is_against(asked, asked_field(asked), passages(text), candidate)


AMENDMENT = (
    "FIRST AMENDMENT\n\nThis First Amendment is made as of June 21, 2006 between Acme Widgets, Inc., a Nevada "
    'corporation ("Acme"), and Franklin Lines, LLC, a Texas company ("Franklin"), and amends that certain Lease '
    "dated January 6, 2006.\n"
)


def test_the_day_of_an_amendment_is_not_that_of_what_it_amends() -> None:
    for question in ("When was the original lease dated?", "What is the date of the lease that it amends?"):
        assert against(question, AMENDMENT, "June 21, 2006", "June 21, 2006")
        assert not against(question, AMENDMENT, "January 6, 2006", "January 6, 2006")
    assert not against("When was the amendment dated?", AMENDMENT, "June 21, 2006", "June 21, 2006")


def test_a_thing_without_any_of_its_words_is_no_yes() -> None:
    severance = "The Executive shall receive severance payments in cash."
    asks = "Does the agreement have a car allowance?"
    assert against(asks, severance, "Yes", severance)
    allowance = "The Executive shall receive an allowance for a car."
    assert not against(asks, allowance, "Yes", allowance)
    assert not against(asks, f"{severance} Cars and allowances are told apart.", "Yes", severance)
    assert not against("Does the agreement have a non-compete?", severance, "Yes", severance)


@pytest.mark.parametrize(
    ("question", "text", "none"),
    [
        (ASKED, "Acme may terminate it by so notifying Beta after a merger.", True),
        (ASKED, "Acme may terminate it on notice. The time is thirty days.", False),
        (ASKED, "Acme may terminate it upon six-months (6-months) written notice.", True),
        ("Can it be terminated on notice?", "Acme may terminate it by so notifying Beta.", False),
    ],
)
def test_a_yes_wants_the_notice_that_is_supposed_somewhere_in_its_passage(
    question: str, text: str, none: bool
) -> None:
    made, asked = passages(text), understand(question)
    yes = Candidate("reader", "Yes", ((0, len(text.split(".")[0]) + 1),), 0)
    assert is_against(asked, asked_field(asked), made, yes) is none
    assert not is_against(asked, asked_field(asked), made, replace(yes, said="No"))
