"""Blocks of signatures: who signed for which party, as filings set them; nothing where unsure."""

import pytest

from consolidation.briefs import brief
from consolidation.briefs.signatures import signatures

OPENING = (
    'This Agreement is made as of May 1, 2001 between Acme Widgets, Inc., a Nevada corporation (the "Company"), and '
    'Beta Holdings, LLC, a Texas limited liability company (the "Supplier").\n\n'
)
EMPLOYED = (
    "This Employment Agreement is made as of May 1, 2001 between Acme Widgets, Inc., a Nevada corporation (the "
    '"Company"), '
    'and Jane Q. Rowe (the "Executive").\n\n'
)
BANKED = (
    "This Credit Agreement is made as of May 1, 2001 between Acme Water Company, a California corporation (the "
    '"Borrower"), '
    'and Harbor Bank National Association (the "Bank").\n\n'
)
WITNESS = (
    "IN WITNESS WHEREOF, the parties have executed this Agreement as of the date first above written.\n\n"
)
JO, MICHELLE = ("Jo Parsi", 0), ("Michelle Stein", 1)


def signed(text: str) -> list[tuple[str, int]]:
    found = signatures(text, brief(text).parties)
    return [(" ".join(text[slice(*one.person)].split()), one.party) for one in found if one.person]


@pytest.mark.parametrize(
    "block",
    [
        "ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\nName: Jo Parsi\nTitle: CEO\n\nBETA HOLDINGS, LLC\n\nBy: /s/ "
        "Michelle Stein\n"
        "Name: Michelle Stein\nTitle: Vice President",
        "ACME WIDGETS, INC. BETA HOLDINGS, LLC\n\nBy: /s/ Jo Parsi By: /s/ Michelle Stein Name: Jo Parsi Name: "
        "Michelle "
        "Stein Title: CEO Title: Vice President",
        "ACME WIDGETS, INC.                 BETA HOLDINGS, LLC\n\nBy: /s/ Jo Parsi                   By: /s/ "
        "Michelle Stein\n"
        "    --------------                     ------------------\nJo Parsi, CEO                      Michelle "
        "Stein",
        "ACME WIDGETS, INC.\n\n\n\nBETA HOLDINGS, LLC\n\nBy: /s/ Jo Parsi\n\nBy: /s/ Michelle Stein\n\nJo "
        "Parsi\n\nMichelle Stein",
        "COMPANY:                           SUPPLIER:\n\nACME WIDGETS, INC.                 BETA HOLDINGS, LLC\n\n"
        "By: Jo Parsi                       By: Michelle Stein\nTitle: CEO                         Title: Vice "
        "President",
        "ACME WIDGETS, "
        "INC.\nBy:\u00a0\u00a0/s/\u00a0Jo\u00a0Parsi\nName:\u00a0Jo\u00a0Parsi\n\nBETA\u00a0HOLDINGS, LLC\n"
        "By:\t\u00a0\t/s/ Michelle\u00a0Stein\nName:\t\u00a0\tMichelle\u00a0Stein",
        "Acme Widgets, Inc. By: /s/Jo Parsi Name: Jo Parsi Title: Beta Holdings, LLC By: /s/ Michelle Stein",
        "ACME WIDGETS, INC.\na Nevada corporation\n\nBy /s/ JO PARSI\nJo Parsi\nIts President\n\nBETA HOLDINGS, "
        "LLC\nBy: Beta "
        "Management, Inc., its manager\n\nBy: /s/ MICHELLE STEIN",
        "ACME WIDGETS, INC.\n\nBy: ____________\nName: Jo Parsi\nTitle: CEO\n\nBETA HOLDINGS, LLC\n\nBy: "
        "____________\n"
        "Name: Michelle Stein\nTitle: Vice President",
        "THE ACME WIDGETS, INC., an Illinois corporation\n\nBy: /s/ Jo Parsi\nName: Jo Parsi\n\nBETA HOLDINGS, LLC, "
        "a limited liability company organized under the laws of Texas\n\nBy: /s/ Michelle Stein",
        "ACME WIDGETS, INC., as Administrative\nAgent and a Lender\n\nBy: /s/ Jo Parsi\n\nBETA HOLDINGS, LLC, as "
        "Agent on behalf of and for\nthe benefit of the Lenders\n\nBy: /s/ Michelle Stein",
        "DEBTOR:\n\nACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\nTitle: Authorized Agent for Acme Widgets, Inc.\n\n"
        "SECURED PARTY:\n\nBETA HOLDINGS, LLC\n\nBy: /s/ Michelle Stein",
        "ACME WIDGETS,\nINC.\nBETA HOLDINGS, LLC\n\nBy: /s/ Jo Parsi\nBy: /s/ Michelle Stein\n\nName: Jo Parsi     "
        "Name: Michelle Stein",
        "ACME WIDGETS, INC.\nBy:\n/s/\nJo Parsi\nName:\n\nJo\nParsi\n\nBETA HOLDINGS, LLC\nBy:\n/s/\nMichelle Stein",
        "By: /s/ Jo Parsi......\nBy:\n..../s/.... Michelle Stein\n\nJo Parsi\nCFO\nAcme Widgets, Inc.\n\nMichelle "
        "Stein\nPresident\nBETA HOLDINGS, LLC\n",
        "FOR AND ON BEHALF OF ACME WIDGETS, INC.\n\nSignature: /s/ Jo Parsi\nDate: May 2, 2001\n\nFOR AND ON "
        "BEHALF OF BETA "
        "HOLDINGS, LLC\n\nSignature: /s/ Michelle Stein\nDate: May 3, 2001",
        "[Signature page follows]\n\n12\n\nACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\n\n[Signature Page to "
        "Agreement]\n\nBETA "
        "HOLDINGS, LLC\n\nBy: /s/ Michelle Stein",
    ],
)  # fmt: skip
def test_who_signed_is_told_by_party(block: str) -> None:
    told = [(name.title(), party) for name, party in signed(OPENING + WITNESS + block)]
    assert told == [JO, MICHELLE]


def test_offices_dates_and_whether_a_signature_is_there_are_told() -> None:
    text = (
        OPENING
        + WITNESS
        + "ACME WIDGETS, INC.\nBy: /s/ Jo Parsi\nTitle: Chief Executive Officer\nDate: May 2, 2001\n\n"
        "BETA HOLDINGS, LLC\nBy: ______\nName: ______\nTitle: ______\nDate: ______"
    )
    acme, beta = signatures(text, brief(text).parties)
    assert acme.title and text[slice(*acme.title)] == "Chief Executive Officer"
    assert acme.date and text[slice(*acme.date)] == "May 2, 2001"
    assert acme.signed and not beta.signed and beta.person is None and beta.party == 1


def test_a_second_officer_signs_for_the_same_party() -> None:
    text = OPENING + WITNESS + (
        "ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\nIts: President\n\nBy: /s/ Al Knoll\nIts: Secretary\n\nBETA "
        "HOLDINGS, LLC\n\n"
        "By: /s/ Michelle Stein"
    )  # fmt: skip
    assert signed(text) == [JO, ("Al Knoll", 0), MICHELLE]


def test_one_who_signs_for_himself_is_told_by_name_or_role() -> None:
    company = "ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\nJo Parsi, Chairman of the Board\n\n"
    for own in ("/s/ Jane Q. Rowe\nJANE Q. ROWE", "EXECUTIVE\n\n/s/ Jane Q. Rowe\n\nJane Q. Rowe"):
        assert signed(EMPLOYED + WITNESS + company + own) == [JO, ("Jane Q. Rowe", 1)]
    letter = (
        "Very truly yours,\n\n/s/ Jo Parsi\n\nJo Parsi\n\nI accept the terms and conditions that are set "
        "out above.\n\n"
    )
    assert signed(EMPLOYED + letter + "/s/ Jane Q. Rowe") == [("Jo Parsi", -1), ("Jane Q. Rowe", 1)]


@pytest.mark.parametrize(
    "block",
    [
        "HARBOR BANK,\nACME WATER COMPANY                 NATIONAL ASSOCIATION\n\nBy: Roy Roth\n\nBy: Ken Herr",
        "ACME WATER COMPANY       HARBOR BANK, NATIONAL ASSOCIATION\n\nBy: /s/ Roy Roth",
        "ACME WATER COMPANY\nHARBOR BANK, NATIONAL ASSOCIATION\n\nBy: /s/ Roy Roth\nBy: /s/ Ken Herr",
        "ACME WATER COMPANY       HARBOR BANK, NATIONAL ASSOCIATION\n\nBy: /s/ Roy Roth         By: /s/ Ken Herr\n"
        "Name: Ken Herr           Name: Roy Roth",
        "ACME WATER COMPANY\nThe Trustees of the Pier\n\nBy: /s/ Roy Roth",
    ],
)  # fmt: skip
def test_where_columns_cannot_be_told_no_party_is(block: str) -> None:
    assert {party for _, party in signed(BANKED + WITNESS + block)} == {-1}


def test_names_that_are_run_together_are_nobody() -> None:
    text = BANKED + WITNESS + "ACME WATER COMPANY\nBy: Kevin W. Herr W. Richard Roth"
    assert signed(text) == []


def test_notaries_witnesses_contacts_exhibits_and_filers_sign_for_no_party() -> None:
    block = (
        "ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\nWitness: /s/ Will Ness\n\nBETA HOLDINGS, LLC\n\nBy: /s/ "
        "Michelle Stein\n\n"
    )
    after = (
        "STATE OF NEVADA\nCOUNTY OF CLARK\n\nThe foregoing instrument was acknowledged before me by Jo "
        "Parsi.\n\n/s/ Nora Tarr\n"
        "Notary Public\n\n"
        "APPENDIX A\n\nCONTACTS\n\nName: Carl Contact\nTelephone: 555 1234\n\n"
        "EXHIBIT B\n\nForm of Note\n\nIN WITNESS WHEREOF, the undersigned has signed.\n\nACME WIDGETS, "
        "INC.\n\nBy: /s/ Fay Form\n"
    )  # fmt: skip
    text = OPENING + WITNESS + block + after
    assert signed(text) == [JO, MICHELLE]
    assert [one.value for one in brief(text).all("signatory")] == ["Jo Parsi", "Michelle Stein"]
    attested = (
        "ATTEST:                            ACME WIDGETS, INC.\n\nBy: /s/ Al Knoll                   By: "
        "/s/ Jo Parsi"
    )
    assert signed(OPENING + WITNESS + attested) == [JO]
    filed = (
        "The registrant has duly caused this report to be signed on its behalf.\n\nACME WIDGETS, INC.\n\nBy: "
        "/s/ Fay Filer"
    )
    assert signed(OPENING + filed) == []


def test_a_letter_says_for_whom_under_the_name_and_not_over_the_next() -> None:
    text = EMPLOYED + (
        "Sincerely,\n\n/s/ Jo Parsi\n\nJo Parsi\n\nAcme Widgets, Inc.\n\nAccepted:\n\n/s/ Jim Other\n\nJim Other"
    )
    assert signed(text) == [("Jo Parsi", -1), ("Jim Other", -1)]


def test_a_role_that_the_brief_gives_to_the_wrong_party_is_not_believed() -> None:
    text = OPENING.replace("Acme Widgets, Inc., a Nevada corporation", "Acme Widgets, Inc.") + WITNESS + (
        "SUPPLIER\n\nBy: /s/ Sue Plier\n\nBETA HOLDINGS, LLC\n\nBy: /s/ Michelle Stein"
    )  # fmt: skip
    assert signed(text) == [("Sue Plier", -1), MICHELLE]


def test_columns_are_told_role_by_role_where_their_lines_are_run_together() -> None:
    text = (
        OPENING
        + WITNESS
        + (
            "Company:\nAcme Widgets, Inc.   Supplier:\nBeta Holdings, LLC\n\n"
            "By:   /s/\nJo Parsi   By:   /s/ Michelle\nStein\n\n"
            "Date:\nMay 2, 2001   Date:\nMay 9, 2001"
        )
    )
    assert signed(text) == [JO, MICHELLE]
    turned = text.replace("Company:\n", "Supplier:\n", 1).replace("   Supplier:", "   Company:", 1)
    assert signed(turned) == [("Jo Parsi", -1), ("Michelle Stein", -1)]


def test_a_blank_line_under_an_unread_mark_and_under_a_name_without_its_form_is_the_partys() -> None:
    unread = (
        OPENING
        + WITNESS
        + "ACME WIDGETS, INC.\n\n/s/\n\nBy:\nTitle:\n\nBETA HOLDINGS, LLC\n\nBy: /s/ Michelle Stein"
    )
    places = signatures(unread, brief(unread).parties)
    assert [(one.person is None, one.party, one.signed) for one in places] == [
        (True, 0, True),
        (False, 1, True),
    ]
    blank = (
        OPENING
        + WITNESS
        + "The Company:\nAcme\nWidgets\n\n_______\n\nBy:\n\nThe Supplier:\nBeta Holdings\n\nBy: /s/ Michelle Stein"
    )
    places = signatures(blank, brief(blank).parties)
    assert [(one.person is None, one.party, one.signed) for one in places] == [
        (True, 0, False),
        (False, 1, True),
    ]


def test_who_signs_and_is_printed_again_under_it_is_one_and_an_officer_after_him_signs_for_the_same() -> None:
    block = (
        "ACME WIDGETS, INC.\n\n/s/ Jo Parsi\nBy:\tJO PARSI\nIts:\tPresident\n\n"
        "/s/ Sid Quill\nBy:\tSID QUILL\nIts:\tSecretary\n\nEMPLOYEE\n\n/s/ Jim Other\nBy: JIM OTHER"
    )
    text = OPENING + WITNESS + block
    found = signatures(text, brief(text).parties)
    assert [(text[slice(*one.person)], one.party) for one in found if one.person] == [
        ("Jo Parsi", 0),
        ("Sid Quill", 0),
        ("Jim Other", -1),
    ]
    assert [text[slice(*one.title)] for one in found if one.title] == ["President", "Secretary"]


def test_what_a_notary_says_of_one_signature_ends_no_block() -> None:
    sworn = (
        "STATE OF NEVADA\nCOUNTY OF CLARK\n\nThe foregoing instrument was acknowledged before me by Jo Parsi.\n\n"
        "/s/ Nora Tarr\nNotary Public\n\n10 of 11\n\n"
    )
    block = f"ACME WIDGETS, INC.\n\nBy: /s/ Jo Parsi\n\n{sworn}"
    block += f"BETA HOLDINGS, LLC\n\nBy: /s/ Michelle Stein\n\n{sworn}"
    assert signed(OPENING + WITNESS + block) == [JO, MICHELLE]


def test_a_note_that_signatures_follow_heads_none() -> None:
    block = (
        "(Signature page follows)\n\nACME WIDGETS, INC.      BETA HOLDINGS, LLC\n\n"
        "/s/ Jo Parsi      /s/ Michelle Stein\nSignature      Signature"
    )
    assert signed(OPENING + WITNESS + block) == [JO, MICHELLE]


def test_a_line_under_an_office_is_for_who_is_printed_under_it() -> None:
    text = (
        EMPLOYED + WITNESS + "ACME WIDGETS, INC.\n\nBy_______________________\nChief Executive Officer\n\n"
        "_______________________\nJane Q. Rowe\n"
    )
    found = signatures(text, brief(text).parties)
    assert [(one.person and text[slice(*one.person)], one.party) for one in found] == [
        (None, 0),
        ("Jane Q. Rowe", 1),
    ]


def test_a_name_under_the_label_of_an_employee_and_a_company_is_for_neither_surely() -> None:
    text = (
        EMPLOYED
        + WITNESS
        + "EMPLOYEE\n\nACME WIDGETS, INC.\n\n/s/ JANE ROE     Date: 5-4-05\n\nBy: /s/ JO PARSI\n"
    )
    assert ("JANE ROE", 0) not in signed(text)
    assert all(party == -1 for _, party in signed(text))


def test_more_of_a_name_and_names_in_capitals_head_a_signature() -> None:
    text = (
        'This Agreement is made between Acme (the "Company") and Beta Holdings, LLC (the "Supplier").\n\n'
        + WITNESS
        + "ACME INTERNATIONAL\n\nBy: /s/ Jo Parsi\n\nBETA HOLDINGS, LLC\n\nBy: /s/ Michelle Stein\n"
    )
    assert ("Michelle Stein", 1) in signed(text)
    found = signatures(text, brief(text).parties)
    assert [text[slice(*one.heads[0])] for one in found] == ["ACME INTERNATIONAL", "BETA HOLDINGS, LLC"]
