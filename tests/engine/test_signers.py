"""Questions about signatures: what the blocks answer, what is no answer beside them, and what may be sure."""

from dataclasses import replace
from pathlib import Path

import pytest

from consolidation import Bank, Engine, Source
from consolidation.answers.examination import Examination
from consolidation.answers.examine import decided, weighable
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.parts.confidence import BIAS, Fitted
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.signing import Signers, signers
from consolidation.text.windows import split
from tests.engine.tiny import Words

PIECES = Words()
OPENING = (
    'This Agreement is made as of May 1, 2001 between Acme Widgets, Inc., a Nevada corporation (the "Company"), and '
    'Beta Holdings, LLC, a Texas limited liability company (the "Lender").\n\nNothing more is agreed.\n\n'
)
WITNESS = (
    "IN WITNESS WHEREOF, the parties have executed this Agreement as of the date first above written.\n\n"
)
BLOCK = (
    "ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\nName: Jo Parsi\nTitle: Chief Executive Officer\nDate: May 2, 2001\n\n"
    "BETA HOLDINGS, LLC\n\nBy: /s/ Michelle Stein\nName: Michelle Stein\nTitle: Vice President\nDate: May 9, 2001"
)
BLANK = "ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\n\nBETA HOLDINGS, LLC\n\nBy: __________\nName:\nTitle:"


def told(question: str, block: str = BLOCK, opening: str = OPENING) -> Signers:
    found = signers(understand(question), Passages(split(opening + WITNESS + block, PIECES, 128)))
    assert found is not None
    return found


def said(question: str, block: str = BLOCK, opening: str = OPENING) -> str:
    found = told(question, block, opening)
    return found.answer.said if found.answer and found.proven else ""


def reader(words: str, text: str = OPENING + WITNESS + BLOCK) -> Candidate:
    at = max(text.find(words), 0)
    return Candidate("reader", words, ((at, at + len(words)),), 0)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who signed the Acme agreement for Beta Holdings?", "Michelle Stein"),
        ("Who signed the Acme agreement for the lender?", "Michelle Stein"),
        ("Who signed it for the bank?", "Michelle Stein"),
        ("Who signed the Beta agreement on behalf of Acme Widgets, Inc.?", "Jo Parsi"),
        ("who signed it for the company?", "Jo Parsi"),
        ("Who signed for Beta Holdings, and in what capacity?", "Michelle Stein; Vice President"),
        ("Who signed for the lender, and with what title?", "Michelle Stein; Vice President"),
        (
            "Who signed on behalf of the finance subsidiary Beta and what was her office?",
            "Michelle Stein; Vice President",
        ),
        ("Name of the CEO who signed for Acme?", "Jo Parsi"),
        ("who signed on Beta's side and as what", "Michelle Stein; Vice President"),
        ("who signed for Acme and whats his job", "Jo Parsi; Chief Executive Officer"),
        ("Which director signed for Acme?", ""),
        ("Who signed for the airline?", ""),
        (
            "Who signed the Zond amendment?",
            "Jo Parsi (ACME WIDGETS, INC.); Michelle Stein (BETA HOLDINGS, LLC)",
        ),
        ("Who was the Acme signatory?", "Jo Parsi"),
        ("Who signed for Capital One?", ""),
        ("Who signed for Parsi and Sons?", ""),
        ("Which vice president signed the agreement?", ""),
        ("When did Beta sign the agreement?", "May 9, 2001"),
        ("When did Jo Parsi sign?", "May 2, 2001"),
        ("Who is the CEO of Acme Widgets?", "Jo Parsi"),
        ("Who is the CEO of Beta Holdings?", ""),
        ("Who is the vice president of Beta Holdings?", "Michelle Stein"),
        ("Who is the VP of Beta Holdings?", "Michelle Stein"),
        ("Who is the president of Beta Holdings?", ""),
        ("Who is the general counsel of Acme Widgets?", ""),
        ("Who is the trustee of Beta Holdings?", ""),
        ("Who is the officer of Acme Widgets?", ""),
    ],
)
def test_signatures_answer(question: str, answer: str) -> None:
    assert said(question) == answer


def test_a_party_that_the_brief_does_not_have_is_taken_from_its_block() -> None:
    opening = "This Agreement is made as of May 1, 2001 on the terms below.\n\n"
    assert said("Who signed the Acme agreement for Beta Holdings?", opening=opening) == "Michelle Stein"
    assert said("Who signed on behalf of Acme Widgets, Inc.?", opening=opening) == "Jo Parsi"


def test_an_officer_signs_for_the_company_and_the_employee_for_himself() -> None:
    opening = OPENING.replace(
        'Beta Holdings, LLC, a Texas limited liability company (the "Lender")', "Jane Q. Rowe"
    )
    block = "ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\nJo Parsi, Chairman\n\n/s/ Jane Q. Rowe\nJane Q. Rowe"
    assert said("Who signed it for the company?", block, opening) == "Jo Parsi"
    assert not told("Who signed it for the company?", block, opening).allows(reader("Jane Q. Rowe"))


def test_a_person_and_a_company_of_that_name_are_two() -> None:
    opening = OPENING.replace("Acme Widgets, Inc.", "Jane Rowe, Inc.").replace(
        "Beta Holdings, LLC", "Jane Rowe"
    )
    block = "/s/ Jane Rowe\nJANE ROWE, Individually\n\nJANE ROWE, INC.\n\nBy: /s/ Al Knoll\nIts: President"
    assert said("Who signed for Jane Rowe, Inc.?", block, opening) == "Al Knoll"


def test_both_who_signed_for_a_party_are_the_answer() -> None:
    block = BLOCK.replace("\n\nBETA", "\n\nBy: /s/ Al Knoll\nTitle: Secretary\n\nBETA")
    assert said("Who signed for Acme Widgets?", block) == "Jo Parsi; Al Knoll"


def test_nobody_else_is_an_answer() -> None:
    asked = told("Who signed for Acme Widgets?")
    assert asked.answer is not None and asked.allows(asked.answer) and asked.settles(asked.answer)
    assert asked.allows(reader("Jo Parsi")) and asked.allows(reader("Mr. Jo Parsi, Chief Executive Officer"))
    for other in ("Michelle Stein", "Jo Parsi Michelle Stein", "Parsi", "Fay Form"):
        assert not asked.allows(reader(other))


def test_what_blocks_do_not_establish_is_never_sure() -> None:
    unknown = told("Who signed for the airline?")
    assert unknown.allows(reader("Jo Parsi")) and not unknown.settles(reader("Jo Parsi"))
    printed = told("Who signed for Acme?", "ACME WIDGETS, INC.\n\nBy: __________\nName: Jo Parsi\nTitle: CEO")
    assert printed.answer is not None and not printed.settles(printed.answer)
    office = told("Who signed for Beta, and in what capacity?")
    assert office.answer is not None and office.allows(replace(office.answer, reads=2.0, judged=1.0))
    assert not office.allows(reader("Michelle Stein"))
    empty = told("Who signed for Beta Holdings?", BLANK)
    assert not empty.allows(reader("Jo Parsi")) and not empty.settles(reader("Nothing"))
    assert not told("Who signed this?", BLANK).proven
    assert told("Who signed this?").proven and not told("Who signed the guaranty?").proven
    assert not told("When did Beta sign the agreement?", BLANK).settles(reader("May 1, 2001"))


def test_the_judge_alone_makes_no_signer_sure(tiny: Engine, tmp_path: Path) -> None:
    judged = {"judged": 1.0, BIAS: 0.0}
    sure = replace(tiny, confidence=Fitted({}, (), judged, judged, judged, judged, judged, judged))
    text = OPENING + WITNESS + BLOCK
    passages = Passages(split(text, PIECES, 128))

    def state(question: str, words: str) -> str:
        asked = understand(question)
        source = Source("1", "a.txt", Bank(tmp_path), None, text)
        known = Examination(asked, asked_field(asked), source, passages, signed=signers(asked, passages))
        told = weighable(known, [replace(reader(words), judged=9.0)])
        return decided(sure, known, told).decision.state

    assert state("Who signed for Beta Holdings?", "Michelle Stein") == "supported"
    assert state("Who signed for Beta Holdings?", "Jo Parsi") == "not_found"
    assert state("Who signed for the airline?", "Jo Parsi") == "check"
    assert state("Who trains it?", "Jo Parsi") == "supported"
    # who signs does not do what the agreement is about
    assert state("Who supplies it?", "Jo Parsi") == "not_found"


def test_what_a_reader_marks_without_a_word_is_weighed_for_no_question(tmp_path: Path) -> None:
    text = OPENING + WITNESS + BLOCK
    passages, source = Passages(split(text, PIECES, 128)), Source("1", "a.txt", Bank(tmp_path), None, text)
    for question in ("How long is the notice period?", "Who signed for Acme?", "When does the loan mature?"):
        asked = understand(question)
        known = Examination(asked, asked_field(asked), source, passages)
        assert weighable(known, [replace(reader("Nothing"), said=said) for said in ("", " - ")]) == []


def test_a_blank_line_is_no_yes() -> None:
    yes, no = (replace(reader("Nothing"), said=word) for word in ("Yes", "No"))
    for question in (
        "Was it signed by Beta Holdings?",
        "Has Beta Holdings signed it?",
        "Is it signed by both parties?",
    ):
        blank, whole = told(question, BLANK), told(question)
        assert not blank.allows(yes) and blank.allows(no) and not blank.settles(no)
        assert whole.allows(yes) and whole.settles(yes)
    unknown = told("Was it signed by Partner Fifteen?")
    assert unknown.allows(yes) and not unknown.settles(yes)


def test_an_office_of_another_party_is_no_answer() -> None:
    assert not told("Who is the president of Acme Widgets?").allows(reader("Michelle Stein"))
    notices = OPENING + (
        "Any notices shall be sent as follows:\n\nIf to the Lender: Beta Holdings, LLC, 1 Main Street, Dallas, "
        "Texas 75001, "
        "Attention: Tom Lone, President\n\n"
    )
    asked = told("Who is the president of the Company?", opening=notices)
    assert not asked.allows(reader("Tom Lone", notices))


@pytest.mark.parametrize(
    "question",
    [
        "Who supplies Beta Holdings?",
        "Has Beta Holdings executed a release?",
        "Is a signed writing needed?",
        "Who must sign change orders?",
        "With whom was the agreement signed?",
        "When does it end?",
        "Who is the landlord?",
        "When was it signed?",
    ],
)
def test_other_questions_ask_nothing_of_signatures(question: str) -> None:
    assert signers(understand(question), Passages(split(OPENING + WITNESS + BLOCK, PIECES, 128))) is None


COMPANIES = (
    'This Agreement is made as of May 1, 2001 between Acme Widgets, Inc., a Nevada corporation ("Acme"), and '
    'Beta Holdings, LLC, a Texas limited liability company ("Beta").\n\nNothing more is agreed.\n\n'
)
WITH_EMPLOYEE = (
    "This Agreement is made as of May 1, 2001 between Acme Widgets, Inc., Acme Tools, Inc. and Jane Q. Rowe (the "
    '"Employee").\n\nNothing more is agreed.\n\n'
)
UNREAD = (
    "ACME WIDGETS, INC.\n\n/s/\n\nBy:\nTitle:\n\n"
    "ACME TOOLS, INC.\n\n/s/\n\nBy:\nTitle:\n\nEMPLOYEE\n\n/s/ Jane Q. Rowe\n\nJane Q. Rowe"
)


def test_who_signed_for_the_company_is_all_who_did_where_none_is_called_so_and_never_sure() -> None:
    found = told("Who signed each agreement for the company?", opening=COMPANIES)
    assert found.answer is not None and not found.proven
    assert found.answer.said == "Jo Parsi (ACME WIDGETS, INC.); Michelle Stein (BETA HOLDINGS, LLC)"
    assert not found.allows(reader("Jo Parsi"))
    assert said("Who signed for Acme?", opening=COMPANIES) == "Jo Parsi"
    assert said("Who signed for the company?") == "Jo Parsi"


def test_an_employee_and_the_company_itself_did_not_sign_for_the_company() -> None:
    text = WITH_EMPLOYEE + WITNESS + UNREAD
    found = told("Who signed it for the company?", UNREAD, WITH_EMPLOYEE)
    assert found.answer is None
    for words in ("Jane Q. Rowe", "ACME TOOLS, INC.", "ACME WIDGETS, INC."):
        assert not found.allows(reader(words, text))
    assert said("Who signed it for the employee?", UNREAD, WITH_EMPLOYEE) == "Jane Q. Rowe"


def test_a_name_that_is_said_twice_is_no_answer() -> None:
    found = told("Who signed for Beta Holdings?")
    assert not found.allows(reader("Michelle Stein Michelle Stein"))
    assert found.allows(reader("Michelle Stein"))


def test_of_those_whose_office_is_printed_the_one_that_is_asked_for_is_told() -> None:
    block = BLOCK + "\n\nACME WIDGETS, INC.\n\n/s/ Sid Quill\nBy: SID QUILL\nIts: Secretary\n\n/s/ Una Titled"
    found = told("Who put their name to it as company secretary?", block)
    assert found.answer is not None and not found.proven
    assert found.answer.said.startswith("Sid Quill") and "Una" not in found.answer.said


def test_of_companies_of_one_name_it_is_the_one_that_is_named_whole() -> None:
    block = f"{BLOCK}\n\nACME WIDGETS INTERNATIONAL, INC.\n\nBy: /s/ Ann Roe\nTitle: President"
    assert told("Who signed for Acme Widgets, Inc.?", block).answer is not None
    assert said("Who signed for Acme Widgets, Inc.?", block) == "Jo Parsi"


def test_where_the_line_is_blank_and_no_name_is_printed_nobody_signed() -> None:
    found = told("Who signed for the lender?", BLANK)
    assert found.answer is None and not found.allows(reader("Jo Parsi"))
    trust = OPENING.replace(
        "Beta Holdings, LLC, a Texas limited liability company", "Elm Realty Trust, a trust"
    )
    block = BLANK.replace("BETA HOLDINGS, LLC", "ELM REALTY TRUST")
    assert not told("Who signed for the trust?", block, trust).allows(reader("Jo Parsi"))


def test_a_name_with_its_last_word_before_it_is_no_answer() -> None:
    assert not told("Who signed for the airline?").allows(reader("Parsi Jo Parsi"))
