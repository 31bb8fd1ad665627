"""Who does what to whom in a sentence, and whether that is what a question asks of a party."""

from __future__ import annotations

import time

import pytest

from consolidation.asking.understand import understand
from consolidation.briefs import brief
from consolidation.grammar.roles import doings
from consolidation.grammar.whom import compared, is_of_another, is_paid_back, is_value_of_another
from consolidation.passages.passages import passages_of
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.owners import without_anothers
from consolidation.text.windows import split
from tests.engine.tiny import Words

OPENING = (
    'This Agreement is made on May 1, 2001 between Acme Widgets, Inc. (the "Company") and Franklin Lines, LLC '
    '(the "Carrier").\n\n'
)
PARTIES = brief(OPENING).parties


def _compared(question: str, sentence: str) -> str:
    return compared(question, sentence, (0, len(sentence)), PARTIES)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # the agent stands before an active verb, or behind "by"
        ("Must Acme pay the fee?", "The Company shall pay the fee to the Carrier."),
        ("Does the Company pay the fee?", "The fee shall be paid to Franklin by Acme."),
        ("Must the fee be paid by Acme?", "The Company shall, within 30 days, pay the Carrier the fee."),
        ("Does the Company pay the fee?", "Upon the Carrier's request, the Company shall pay the fee."),
        ("Can Franklin audit the books?", "If so asked by Franklin, Acme may refuse; Carrier may audit books."),
        # whoever gets it
        ("Is Franklin paid a fee?", "The Company shall pay the Carrier a fee."),
        ("Does Franklin receive a fee?", "A fee shall be paid to the Carrier."),
        ("Will the Carrier be indemnified?", "The Company agrees to indemnify the Carrier."),
        # whoever is let do it does it
        ("May Franklin use the marks?", "The Company grants to the Carrier a licence to use the marks."),
        ("Must Franklin keep records?", "The Company may require the Carrier to keep records."),
        ("May Acme require Franklin to keep records?", "The Company may require the Carrier to keep records."),
        # what belongs to somebody, and what somebody bears
        ("Does Acme own the work?", "All work shall be the sole property of the Company."),
        ("Does Acme own the work?", "Work that the Carrier makes shall vest in the Company."),
        ("Does Franklin bear the cost?", "The costs of repairs shall be borne by the Carrier."),
        ("Is Acme's consent needed to assign it?", "The Carrier may not assign it without the Company's consent."),
        # all of them
        ("May Franklin terminate?", "Either party may terminate this Agreement."),
        ("May Franklin terminate?", "Acme and Franklin may each terminate this Agreement."),
        ("May Franklin assign it?", "Neither party may assign this Agreement."),
        # "it" is whoever agrees to it
        ("Must Franklin insure the goods?", "The Carrier agrees that it shall insure the goods."),
        ("Is it up to Acme to insure the goods?", "The Company shall insure the goods."),
        ("If Franklin is late, may Acme cancel?", "The Company may cancel if the Carrier is late."),
    ],
)  # fmt: skip
def test_a_party_in_the_part_that_is_asked_about_agrees(question: str, sentence: str) -> None:
    assert _compared(question, sentence) == "agrees"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Must Franklin pay the fee?", "The Company shall pay the fee to the Carrier."),
        ("Does the Carrier pay the fee?", "The fee shall be paid to Franklin by Acme."),
        ("Must the fee be paid by Franklin?", "The Company shall, within 30 days, pay the Carrier the fee."),
        ("Must Franklin pay a fee?", "A fee shall be paid to the Carrier."),
        ("Is Acme paid a fee?", "The Company shall pay the Carrier a fee."),
        ("Will the Company be indemnified by Franklin?", "The Company agrees to indemnify the Carrier."),
        ("May Acme use the marks?", "Franklin may use the marks."),
        ("Does Franklin own the work?", "All work shall be the sole property of the Company."),
        ("Does Acme bear the cost?", "The costs of repairs shall be borne by the Carrier."),
        ("Is Franklin's consent needed to sell?", "The Carrier may not sell without the Company's consent."),
        ("Must Acme insure the goods?", "The Carrier agrees that it shall insure the goods."),
        ("If Franklin is late, may Franklin cancel?", "The Company may cancel if the Carrier is late."),
        ("Must Acme notify Franklin?", "The Carrier shall notify the Company."),
    ],
)  # fmt: skip
def test_another_party_in_the_part_that_is_asked_about_contradicts(question: str, sentence: str) -> None:
    assert _compared(question, sentence) == "contradicts"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Is it assignable?", "The Carrier may assign it."),
        ("Who pays Franklin?", "The Company shall pay Franklin."),
        ("Must Dana Rowe pay?", "The Company shall pay."),
        ("Must Franklin pay?", "It shall pay within 30 days."),
        ("Is it to be by Acme?", "It is to be as Franklin's wish has it by Franklin's hand."),
        ("", "Acme shall pay."),
        ("Must Acme pay?", ""),
        ("Must Franklin pay?", "Payment is due within 30 days."),
        ("May Franklin visit the site?", "Acme shall provide to Franklin access to the site."),
    ],
)
def test_what_cannot_be_told_is_unknown(question: str, sentence: str) -> None:
    assert _compared(question, sentence) == "unknown"


@pytest.mark.parametrize(
    ("question", "said", "sentence", "of_another"),
    [
        ("Is the Carrier the owner of the work?", "Yes", "The Company shall be the owner of the work.", True),
        ("Is Acme the owner of the work?", "Yes", "The Company shall be the owner of the work.", False),
        ("Is Acme the exclusive carrier?", "Yes", "Acme appoints Franklin as the exclusive carrier.", True),
        ("Is Franklin the exclusive carrier?", "Yes", "Acme appoints Franklin as the exclusive carrier.", False),
        ("Must Franklin pay Acme a fee?", "Yes", "The Company shall pay Franklin a fee.", True),
        ("Must Acme pay Franklin a fee?", "Yes", "The Company shall pay Franklin a fee.", False),
        ("Does Acme have to buy it from the Carrier?", "Yes", "The Carrier agrees to buy it from Acme.", True),
        ("Must Acme buy it?", "Yes", "If this ends, the Carrier agrees to buy it from Acme.", True),
        ("Must Franklin pay a fee?", "Yes", "Either party shall pay Acme.", False),
        ("Is it assignable?", "Yes", "The Carrier may assign it.", False),
        ("Must Dana Rowe pay?", "Yes", "The Company shall pay.", False),
        # what another does proves a No; what another may not do proves none
        ("Must Franklin pay the fee?", "No", "The Company shall pay the fee.", False),
        ("May Franklin assign it?", "No", "The Company may not assign it.", True),
        ("May Acme assign it?", "No", "The Company may not assign it.", False),
        # nobody is told to do anything, but only another is named
        ("Does Franklin's cover end then?", "Yes", "Cover of Acme ends then.", True),
        ("Does Franklin's cover end then?", "Yes", "Cover of any party ends then, as Acme's does.", False),
    ],
)  # fmt: skip
def test_what_is_said_of_another_party_settles_nothing(
    question: str, said: str, sentence: str, of_another: bool
) -> None:
    assert is_of_another(question, said, sentence, (0, len(sentence)), PARTIES) is of_another


def test_what_is_said_beside_the_proof_counts_less() -> None:
    sentence = "The Carrier shall keep the goods dry, and the Company shall insure the goods."
    proof = sentence.index("the Company"), len(sentence)
    assert compared("Must Acme insure the goods?", sentence, proof, PARTIES) == "agrees"
    assert compared("Must Franklin insure the goods?", sentence, proof, PARTIES) == "contradicts"


def test_an_ordinary_word_is_a_name_only_as_it_is_written() -> None:
    parties = brief(
        "This Agreement is made on May 1, 2001 between The Time Works, Inc. and Franklin Lines, LLC.\n\n"
    ).parties
    assert len(parties) == 2
    sentence = "At any time the lender may ask, and Franklin shall pay."
    assert compared("Must Franklin pay?", sentence, (0, len(sentence)), parties) == "agrees"
    assert compared("Must Franklin pay?", "Time shall pay Franklin.", (0, 24), parties) == "contradicts"


@pytest.mark.parametrize(
    ("question", "said", "sentence", "of_another"),
    [
        ("What does the Carrier pay?", "$100", "The Company shall pay the Carrier $100 a month.", True),
        ("What does the Company pay?", "$100", "The Company shall pay the Carrier $100 a month.", False),
        ("How much is Franklin paid?", "$100", "The Company shall pay the Carrier $100 a month.", False),
        ("How much is Acme paid?", "$100", "The Company shall pay the Carrier $100 a month.", True),
        (
            "How much notice must Franklin give?",
            "30 days'",
            "The Carrier shall give 60 days' notice, and the Company shall give 30 days' notice.",
            True,
        ),
        (
            "How much notice must Franklin give?",
            "60 days'",
            "The Carrier shall give 60 days' notice, and the Company shall give 30 days' notice.",
            False,
        ),
        ("How much notice must Franklin give?", "60 days", "Either party shall give 60 days' notice.", False),
        ("How much notice must Franklin give?", "60 days", "Notice of 60 days shall be given.", False),
        ("What is the Carrier's notice period?", "60 days", "Notice to Acme is 60 days.", True),
        ("What is the notice period?", "60 days", "The Carrier shall give 60 days' notice.", False),
        # who it is that is asked for
        ("Who pays the fee?", "Franklin", "The Company shall pay Franklin the fee.", True),
        ("Who pays the fee?", "the Company", "The Company shall pay Franklin the fee.", False),
        ("Who receives the fee?", "Franklin", "The Company shall pay Franklin the fee.", False),
        ("Which party must insure the goods?", "the Company", "The Carrier shall insure the goods.", True),
        ("Who pays the fee?", "Dana Rowe", "The Company shall pay Franklin the fee.", False),
        ("Who does Acme pay?", "Franklin", "The Company shall pay Franklin the fee.", False),
        # somebody who is no party of the brief
        (
            "Who pays for it?",
            "The Agent",
            "The Agent shall help, all costs of it being paid by the Owners.",
            True,
        ),
        (
            "Who pays for it?",
            "the Owners",
            "The Agent shall help, all costs of it being paid by the Owners.",
            False,
        ),
        (
            "Who pays the fees?",
            "The Agent",
            "The Agent shall pay the fees; taxes are paid by the Owners.",
            False,
        ),
    ],
)
def test_a_value_of_another_party_does_not_settle_what_is_asked(
    question: str, said: str, sentence: str, of_another: bool
) -> None:
    at = sentence.find(said) if said in sentence else 0
    place = at, at + len(said)
    assert is_value_of_another(question, said, sentence, place, PARTIES) is of_another


def test_bullets_of_private_characters_name_nobody() -> None:
    sentence = "\ue001 shall pay, and \uf0b7 the Carrier shall insure the goods."
    assert _compared("Must Franklin insure the goods?", sentence) == "agrees"
    assert _compared("Must Franklin pay?", "\ue000 shall pay.") == "unknown"


@pytest.mark.parametrize(
    "piece",
    ["Acme, ", "the Company and the ", "Acme is ", "is it ", "give Acme a ", "Acme by ", "(Acme ", "be x "],
)
def test_long_words_are_read_in_a_moment(piece: str) -> None:
    began = time.process_time()
    doings(piece * 2000, PARTIES)
    doings(piece * 2000, PARTIES, asked=True)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("How much notice must Franklin give?", ["60 days"]),
        ("How much notice must Acme give?", ["30 days"]),
        ("How much notice is to be given?", ["60 days", "30 days"]),
        ("How much notice must Dana Rowe give?", ["60 days", "30 days"]),
    ],
)
def test_of_two_values_of_a_sentence_the_party_has_its_own(question: str, kept: list[str]) -> None:
    text = (
        OPENING + "The Carrier shall give notice of 60 days, and the Company shall give notice of 30 days.\n"
    )
    passages = passages_of(text, lambda text: split(text, Words(), 128))
    places = [(at := text.index(days), at + len(days)) for days in ("60 days", "30 days")]
    proposed = [Candidate("reader", text[slice(*place)], (place,), 0) for place in places]
    assert [one.said for one in without_anothers(understand(question), passages, proposed)] == kept


@pytest.mark.parametrize(
    ("question", "said", "sentence", "back"),
    [
        (
            "Who pays attorney's fees in a dispute?",
            "the prevailing party",
            "In any action the prevailing party shall be entitled to recover its attorneys' fees.",
            True,
        ),
        ("who bears the costs", "Norbury", "Norbury will be reimbursed for all costs by Tilling.", True),
        ("Who pays the costs?", "Norbury", "Norbury may recover such costs from Tilling.", True),
        ("Who pays the costs?", "Tilling", "Norbury may recover such costs from Tilling.", False),
        ("Who pays the costs?", "Norbury", "Norbury shall pay all costs and receive a receipt.", False),
        (
            "Who recovers its fees?",
            "the prevailing party",
            "The prevailing party shall recover its fees.",
            False,
        ),
    ],
)
def test_whoever_recovers_costs_does_not_pay_them(
    question: str, said: str, sentence: str, back: bool
) -> None:
    assert is_paid_back(question, said, sentence) is back
