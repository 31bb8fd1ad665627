"""Questions how a sum is worked out, for what is lent, how often, and answers that speak of another matter."""

from __future__ import annotations

import time

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.splitting import several
from consolidation.asking.typed import ValueType
from consolidation.asking.understand import understand
from consolidation.objections.fitting import fits, is_mere_figure, is_of_another_matter
from consolidation.proposals.candidates import Candidate


def said(words: str) -> Candidate:
    return Candidate("reader", words, ((0, len(words)),), 0)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How is the builder's fee calculated?", "amount"),
        ("How is the royalty that Acme pays to Beta computed?", "amount"),
        ("How are the liquidated damages determined under the lease?", "amount"),
        ("how is the bonus worked out?", "amount"),
        ("How is interest calculated?", "free"),
        ('How is "Net Sales" calculated?', "definition"),
        ("How is EBITDA calculated?", "definition"),
        ("How is the dispute determined?", "free"),
        ("What is the letter of credit sublimit?", "amount"),
        ("swingline sub-limit under the Acme agreement?", "amount"),
        ("What's the general debt basket?", "amount"),
        ("What is the revolving commitment under the agreement?", "amount"),
        ("What is the Harbor line of credit?", "amount"),
        ("How big is the line?", "amount"),
        ("What is the excess availability under the line?", "amount"),
        ("What is the availability of the service?", "free"),
        ("What is the line of credit used for?", "free"),
        ("What is a Revolving Commitment?", "definition"),
        ("What is the commitment termination date?", "date"),
        ("What is the vendor's commitment to uptime?", "percent"),
        ("What retainage is held?", "percent"),
        ("What is the total severance payable to her?", "amount"),
        ("How often is interest paid?", "duration"),
        ("How frequently must reports be delivered?", "duration"),
    ],
)
def test_the_type_of_what_is_asked(question: str, value: ValueType) -> None:
    assert understand(question).value == value


def test_how_often_is_a_frequency_and_no_length_of_time() -> None:
    assert understand("How often may Acme audit Beta?").sentence == "Asks for a frequency."
    assert understand("How long may Acme audit Beta?").sentence == "Asks for a length of time."


def test_how_a_sum_is_worked_out_is_asked_as_what_it_is() -> None:
    asked = understand("How is the builder's fee calculated under the Harbor contract?")
    assert asked.each == "What is the builder's fee under the Harbor contract?"
    assert understand("How is EBITDA calculated?").each == "How is EBITDA calculated?"


@pytest.mark.parametrize(
    ("question", "answer", "fitting"),
    [
        ("How is the fee calculated?", "5% of the final cost", True),
        ("How is the fee calculated?", "three times the base salary", True),
        ("How is the fee calculated?", "the greater of the rent and the rates", True),
        ("How is the fee calculated?", "$5,000", False),
        ("How is the fee calculated?", "as if the work had been done", False),
        ("How often may Acme audit Beta?", "not more than once each twelve (12) month period", True),
        ("How often may Acme audit Beta?", "once per calendar year", True),
        ("How often may Acme audit Beta?", "at any time", True),
        ("How often may Acme audit Beta?", "upon ten (10) days' notice", False),
        ("When does the note mature?", "June 30, 2009", True),
        ("How much biomass is sold?", "30,000 lbs.", True),
        ("How much biomass is sold?", "by the seller", False),
        ("How much is paid for biomass?", "30,000 lbs.", False),
        ("What royalty does it pay?", "royalty-free", True),
        ("What royalty does it pay?", "$3 for each copy", True),
        ("What is the royalty rate?", "$3 for each copy", False),
        ("How long is the licence good for?", "until terminated", True),
        ("How long is the licence good for?", "for the licensee", False),
        ("What is the term of the agreement?", "until terminated by either party", True),
        ("What is the maximum fee?", "one (1) month's fees", True),
        ("What is the maximum fee?", "one party", False),
        ("What is its accounting year-end?", "31st day of December of each year", True),
        ("go live deadline?", "November 5, 2007", True),
    ],
)
def test_the_form_that_is_asked_for(question: str, answer: str, fitting: bool) -> None:
    asked = understand(question)
    assert fits(asked, asked_field(asked), said(answer), f"It matures on {answer}.") is fitting


def test_a_day_in_whose_place_another_may_come_is_to_be_checked() -> None:
    asked = understand("When does the line expire?")
    assert fits(asked, "expiry", said("June 30, 2009"), "The line expires on June 30, 2009.")
    open_ended = "It expires on June 30, 2009, or such later date as may be designated by the Bank."
    assert not fits(asked, "expiry", said("June 30, 2009"), open_ended)


def test_money_is_no_time() -> None:
    asked = understand("Over what period is the severance paid?")
    assert is_mere_figure(asked, "Four Hundred Thousand Dollars ($400,000)")
    assert not is_mere_figure(asked, "twelve (12) months")
    assert not is_mere_figure(understand("What is the severance?"), "$400,000")


LAW = "What law governs the agreement?"
FORUM = "Where are disputes under the agreement resolved?"
NOTICE = "How much notice must Acme give to terminate the agreement?"
DISABLED = (
    "if she is disabled, Acme may end it by written notice to her guardian, with effect six (6) months later"
)
TWO = "upon her death or disability; or (b) by Acme on sixty (60) days' written notice"


@pytest.mark.parametrize(
    ("question", "answer", "sentence", "other"),
    [
        (LAW, "Texas law", "It is submitted to arbitration pursuant to Texas law and its rules.", True),
        (LAW, "Texas", "It is governed by Texas law and disputes go to arbitration.", False),
        (LAW, "Texas", "The laws of Texas are chosen.", False),
        (FORUM, "12 Elm St, Reno", "Notices go by mail to its office (12 Elm St, Reno).", True),
        (FORUM, "Reno", "Any dispute shall be brought in Reno.", False),
        (FORUM, "Reno", "It shall be settled by arbitration in Reno.", False),
        (NOTICE, "six (6) months", DISABLED, True),
        ("How much notice must Acme give if she is disabled?", "six (6) months", DISABLED, False),
        (NOTICE, "sixty (60) days", TWO, False),
        (NOTICE, "30 days", "Acme may terminate it on 30 days' notice.", False),
        ("When does the facility mature?", "May 1, 2001", "The Interim Loans shall mature on May 1, 2001.", True),
        ("When do the interim loans mature?", "May 1, 2001", "The Interim Loans shall mature on May 1, 2001.", False),
        ("When does the facility mature?", "May 1, 2001", "The Loans shall mature on May 1, 2001.", False),
        ("When does the facility mature?", "May 1, 2001", "Dear Sirs, May 1, 2001, Page 7.", True),
        ("When does the facility mature?", "May 1, 2001", "The Facility shall terminate on May 1, 2001.", False),
    ],
)  # fmt: skip
def test_what_is_said_of_another_matter_is_no_answer(
    question: str, answer: str, sentence: str, other: bool
) -> None:
    asked = understand(question)
    assert is_of_another_matter(asked, asked_field(asked), answer, sentence) is other


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("When does the severance agreement terminate?", "expiry"),
        ("When will the agreement terminate automatically?", "expiry"),
        ("When does this contract terminate under its terms?", "expiry"),
        ("When does the right to terminate the agreement arise?", ""),
        ("When may either party terminate the agreement?", ""),
        ("When did Acme terminate the agreement?", ""),
    ],
)
def test_what_terminates_by_itself_ends(question: str, fact: str) -> None:
    assert asked_field(understand(question)) == fact


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        (
            "What is the total severance payable to Ann Roe and over what period?",
            ["What is the total severance payable to Ann Roe?",
             "Over what period is the total severance payable to Ann Roe?"],
        ),
        (
            "How much does Acme pay Beta for the license and when?",
            ["How much does Acme pay Beta for the license?", "When does Acme pay Beta for the license?"],
        ),
        (
            "What fees does Acme pay, and to whom?",
            ["What fees does Acme pay?", "To whom does Acme pay the fees?"],
        ),
        (
            "How big is the Harbor line of credit to Acme and when does it expire?",
            ["How big is the Harbor line of credit to Acme", "when does the Harbor line expire?"],
        ),
        (
            "Retainage in the Harbor contract, and does it drop at any point?",
            ["Retainage in the Harbor contract,", "does the Retainage drop at any point?"],
        ),
    ],
)  # fmt: skip
def test_a_sum_and_one_thing_more_are_two_questions(sentence: str, pieces: list[str]) -> None:
    assert [one.rstrip(",") for one in several(sentence)] == [one.rstrip(",") for one in pieces]
    assert len(understand(sentence).parts) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "What does the agreement say and when?",
        "What is paid for and by whom?",
        "What may the tenant do and when?",
        "What must Acme deliver after closing and by when?",
        "Acme defaults under the lease and is it liable?",
        "How much is the rent and for how long?",
    ],
)
def test_what_cannot_be_put_in_full_stays_one(sentence: str) -> None:
    assert len(several(sentence)) == 1


@pytest.mark.parametrize(
    "words", ["what is a payable ", "how much does it pay, and ", "how is the fee ", "what fees and when x "]
)
def test_long_questions_are_read_at_once(words: str) -> None:
    begun = time.perf_counter()
    understand(words * 400)
    assert time.perf_counter() - begun < 5
