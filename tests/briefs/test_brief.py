"""The brief of a document on short passages of real contracts (CUAD v1, CC BY 4.0, The Atticus Project)."""

import pytest

from consolidation.briefs import Field, brief, described
from tests.briefs.samples import AMENDMENT, DISTRIBUTION, RENEWAL, SUPPLY, names, value


def test_an_opening_gives_title_parties_short_names_and_dates() -> None:
    made = brief(SUPPLY + RENEWAL)
    assert value(made, "title") == "PROMOTION AGREEMENT"
    assert names(made) == ["Depomed, Inc.", "King Pharmaceuticals, Inc."]
    assert [named.name for party in made.parties for named in party.short_names] == ["Depomed", "King"]
    assert value(made, "agreement_date") == value(made, "effective_date") == "2006-06-27"


def test_what_a_company_is_and_where_it_sits_is_no_party() -> None:
    assert names(brief(DISTRIBUTION)) == ["ACCURAY INCORPORATED", "SIEMENS AKTIENGESELLSCHAFT"]


def test_roles_are_told_from_short_names() -> None:
    text = (
        'This Distributor Agreement is made and entered into as of May 1, 2019 (the "Effective '
        'Date") by and between '
        'Driven Deliveries, Inc. ("Company"), a Nevada corporation, and TruckThat LLC '
        '("Consultant" or "TruckThat").'
    )
    company, consultant = brief(text).parties
    assert [named.name for named in company.roles] == ["Company"]
    assert [named.name for named in consultant.roles] == ["Consultant"]
    assert [named.name for named in consultant.short_names] == ["TruckThat"]


def test_term_renewal_notice_law_and_forum() -> None:
    made = brief(SUPPLY + RENEWAL)
    assert value(made, "term") == "3 year"
    assert value(made, "renewal_term") == "1 year"
    assert value(made, "notice_period") == "90 day"
    assert value(made, "governing_law") == "New York"
    welsh = brief(RENEWAL.replace("the State of New York", "England and Wales")).first("governing_law")
    assert welsh is not None
    assert (welsh.value, welsh.written) == ("England and Wales", "England and Wales")
    assert value(made, "forum") == "Santa Clara County, California"


def test_an_expiry_is_computed_from_start_and_term_with_both_places() -> None:
    found = brief(SUPPLY + RENEWAL).first("expiry")
    assert found is not None
    assert found.value == "2009-06-27"
    assert found.written == "three (3) years; June 27, 2006"
    assert len(found.places) == len(found.quotes) == 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "This Agreement shall commence on the Effective Date and shall expire on December 31, 2021.",
            "2021-12-31",
        ),
        (
            "The term of this Agreement will end on the second (2nd) anniversary of the Effective Date.",
            "2008-06-27",
        ),
        ("This Agreement shall remain in effect until terminated by the Parties.", "perpetual"),
        ("This Agreement shall be valid for a period of twelve (12) months.", "2007-06-27"),
        ("The term of this Agreement shall be [***] years from the Effective Date.", ""),
        ("Each party shall keep Confidential Information secret for five (5) years after receipt.", ""),
    ],
)
def test_expiry(sentence: str, expected: str) -> None:
    assert value(brief(SUPPLY + sentence), "expiry") == expected


def test_the_date_first_written_above_is_the_agreements_date() -> None:
    text = (
        SUPPLY.replace(' (the "Effective Date")', "")
        + "This Agreement is effective as of the date first written above."
    )
    found = brief(text).first("effective_date")
    assert found is not None
    assert (found.value, found.written) == ("2006-06-27", "June 27, 2006; date first written above")
    ended = brief(SUPPLY + "This Agreement commences on the Effective Date and continues until 2 March 2024.")
    begun = ended.first("effective_date")
    assert begun is not None and "2024-03-02" not in {begun.value, *(one.value for one in begun.alternatives)}


def test_an_amendment_has_its_own_date_and_the_title_of_what_it_amends() -> None:
    made = brief(AMENDMENT)
    assert value(made, "agreement_date") == "2018-06-22"
    later = (
        'This Amendment (the "Amendment"), effective as of August 1, 2002, is made by and between Zond Corp ("Zond") '
        'and Ada Dorn ("Executive"), who amend the Employment Agreement dated November 23, 1999 as follows.'
    )
    assert value(brief(later), "agreement_date") == "2002-08-01"
    named = brief(
        "THIS AMENDMENT NO. 1 TO HIRE AGREEMENT is made as of May 2, 2000, by Zond Corp and Tern GmbH."
    )
    assert [one.confidence > 0.9 for one in named.all("agreement_date")] == [True]
    assert value(made, "amended_title").upper() == "SUPPLY AND MANUFACTURING AGREEMENT"
    assert names(made) == ["Cerus Corporation", "Porex Corporation"]


def test_blanks_are_no_values() -> None:
    text = (
        'THIS AGREEMENT (the "Agreement") is entered into as of ____________ (the "Effective '
        'Date"), by and between STAAR '
        'SURGICAL AG, a Swiss corporation ("STAAR"), and _______________, a corporation '
        '("Distributor"). The initial term of '
        "this Agreement is [***] years. The price shall be $[***]. This Agreement is governed by "
        "the laws of [***]."
    )
    made = brief(text)
    assert names(made) == ["STAAR SURGICAL AG"]
    types = {found.type for found in made.fields}
    assert not types & {"agreement_date", "effective_date", "expiry", "term", "governing_law", "amount"}


def test_a_blank_day_leaves_the_month() -> None:
    text = SUPPLY.replace("June 27, 2006", "November ___, 2006")
    assert value(brief(text), "agreement_date") == "2006-11"


def test_a_line_of_the_filing_is_no_date_of_the_agreement() -> None:
    text = SUPPLY.replace("as of June 27, 2006 ", "as of ____ ") + "\nSource: DEPOMED INC, 8-K, 8/9/2006\n"
    assert brief(text).first("agreement_date") is None


def test_amounts_caps_signatures_and_notices() -> None:
    made = brief(
        SUPPLY
        + "3.1 Fees. King shall pay Depomed a fee of US $1.5 million and thereafter $20,000.50 a month.\n\n"
        "8. In no event shall either party's aggregate liability exceed $2,000,000.\n\n"
        "9. Notices. All notices shall be in writing.\nIf to Depomed: Depomed, Inc., 1360 O'Brien "
        "Drive, Menlo Park, California 94025"
        "\n\n\nIN WITNESS WHEREOF, the parties have signed.\nBy: /s/ Carl A. Pelzel\nName: Carl A. "
        "Pelzel\nTitle: Vice President\n"
    )
    assert [found.value for found in made.all("amount")] == ["USD 1500000", "USD 20000.50"]
    assert [found.value for found in made.all("cap")] == ["USD 2000000"]
    assert [found.value for found in made.all("signatory")] == ["Carl A. Pelzel"]
    assert "Menlo Park" in value(made, "notice_address")


def test_terms_with_the_sentence_that_defines_them() -> None:
    text = SUPPLY + '1.1 "Net Sales" means the gross amount invoiced for the Product.\n'
    made = brief(text)
    found = {term.term: text[term.definition[0] : term.definition[1]] for term in made.terms}
    assert found["Net Sales"].endswith("means the gross amount invoiced for the Product.")
    assert "Effective Date" in found


def test_several_agreements_in_one_file() -> None:
    filler = "Nothing in this clause limits what the parties owe each other. " * 60
    made = brief(SUPPLY + filler + SUPPLY.replace("PROMOTION", "SUPPLY"))
    assert len(made.openings) == 2


def test_a_passage_tagged_as_such_a_clause_is_preferred() -> None:
    text = SUPPLY + (
        "The guaranty is governed by the laws of the State of Texas. The lease is governed by the "
        "laws of Ohio."
    )
    at = text.index("The lease")
    assert value(brief(text, tags={"Governing Law": [(at, len(text), 0.9)]}), "governing_law") == "Ohio"


def test_a_document_is_described_by_its_own_words() -> None:
    found = described(SUPPLY, "EX-10.1.txt", "7")
    assert (found.document_id, found.file_name) == ("7", "EX-10.1.txt")
    assert found.titles[0] == "PROMOTION AGREEMENT"
    assert found.parties == ("Depomed, Inc.", "King Pharmaceuticals, Inc.")
    assert found.short_names == ("Depomed", "King")
    assert found.dates == ("2006-06-27",)
    named = SUPPLY.replace("Depomed, Inc.,", "Depomed, Inc., f/k/a Golfworth, Inc.,") + "Eurotel sells.\n" * 3
    more = described(named, "a.txt")
    assert {"Golfworth, Inc.", "Eurotel"} <= {*more.short_names, *more.mentioned}
    assert "WHEREAS" not in more.mentioned


@pytest.mark.parametrize("text", [SUPPLY + RENEWAL, DISTRIBUTION, AMENDMENT])
def test_every_place_is_whole_words_inside_its_quote(text: str) -> None:
    made = brief(text)
    fields: list[Field] = [*made.fields, *(party.name for party in made.parties)]
    assert fields
    for found in fields:
        assert found.written == "; ".join(text[low:high] for low, high in found.places)
        for (low, high), (start, end) in zip(found.places, found.quotes, strict=True):
            assert 0 <= start <= low < high <= end <= len(text)
            assert not (low and text[low - 1].isalnum() and text[low].isalnum())
            assert not (high < len(text) and text[high - 1].isalnum() and text[high].isalnum())


def test_ends_and_beginnings_that_are_told_in_other_words() -> None:
    opened = (
        'This Agreement is made as of June 27, 2006, between Zond Corp ("Zond") and Tern GmbH ("Tern").\n\n'
    )
    anniversary = "This Agreement shall end on the seventh anniversary of the date hereof.\n"
    event = "This Agreement shall terminate upon Tern's payment of the whole price.\n"
    until = (
        "The term will continue until the earlier of (i) December 31, 2022, and (ii) the end of the lease.\n"
    )
    said = [brief(opened + words).first("expiry") for words in (anniversary, event, until)]
    assert [one.value for one in said if one] == ["2013-06-27", "perpetual", "2022-12-31"]
    assert said[1] is not None and said[1].confidence < 0.55
    signed = (
        'This Agreement between Zond Corp ("Zond") and Tern GmbH ("Tern") is effective on the last signature.\n'
        "\nIN WITNESS WHEREOF the parties sign.\nZond Corp\nBy: A. Bell\nDate: May 2, 2016\n"
        "Tern GmbH\nBy: C. Dorn\nDate: May 11, 2016\n"
    )
    made = brief(signed)
    effective = made.first("effective_date")
    assert effective is not None and effective.value == "2016-05-11" and len(effective.quotes) == 2
    told = (
        'Zond Bank ("Bank") sells Products for the Company (the "Products") to the Investor Group ("Group").'
    )
    assert names(brief(told)) == ["Zond Bank"]
    roles = brief("Agency terms of the Company, a Delaware corporation.\n\nFor the Company\nBy: President\n")
    assert not roles.parties


def test_titles_are_whole_and_parties_in_lists_are_each_named() -> None:
    amended = brief(
        "Exhibit 10.4\n\nAmendment #3 to the Manufacturing Agreement\n\nThis Amendment #3 to the Manufacturing "
        'Agreement (this "Amendment #3") is made as of December 21, 2017 by and between Alpha, Inc. ("Alpha") and '
        'Beta LLC ("Beta").\n'
    )
    assert value(amended, "title") == "Amendment #3 to the Manufacturing Agreement"
    bracketed = brief(
        "EXCLUSIVE SUPPLY AGREEMENT (Non-exclusive in Ohio)\n\nThis Supply Agreement is made as of May 1, 2019 by "
        'and between Keefe, Bruyette & Woods, Inc. ("Keefe"), and Gamma Partners L.P., Delta Fund, L.P., Epsilon '
        'Research & Management, LLC and Zeta S.\u00c0 R.L. (the "Funds" and, together with ALPHA and OMEGA, "All").\n'
    )
    assert value(bracketed, "title") == "SUPPLY AGREEMENT (Non-exclusive in Ohio)"
    assert names(bracketed) == [
        "Keefe, Bruyette & Woods, Inc.",
        "Gamma Partners L.P.",
        "Delta Fund, L.P.",
        "Epsilon Research & Management, LLC",
        "Zeta S.\u00c0 R.L.",
    ]
    purpose = (
        'THIS AGREEMENT FOR THE SALE OF SHARES (the "Agreement") is made by Zond Corp ("Zond") and Tern GmbH.'
    )
    assert value(brief(purpose), "title") == "AGREEMENT FOR THE SALE OF SHARES"
    assert value(
        brief("THIS AMENDMENT 2010-1 TO HIRE AGREEMENT is made by Zond Corp and Tern GmbH."), "title"
    ) == ("AMENDMENT 2010-1 TO HIRE AGREEMENT")
    other = brief(
        'This Joint Venture Agreement is made by and between e-centives, Inc. ("e-centives") and Omega Corporation, '
        'd/b/a ALFA AESAR ("Omega"). The Joint Venture shall commence on the 1st of March, 2003.\n'
    )
    assert names(other) == ["e-centives, Inc.", "Omega Corporation"]
    assert value(other, "effective_date") == "2003-03-01"
    small = brief(
        'This WEB SITE HOSTING AGREEMENT is entered into by and between Zond International, a Florida corporation ("'
        'the Customer"), and t-on interactive, a Florida corporation ("t-on").\n\nDEFINITIONS\n'
    )
    assert names(small) == ["Zond International", "t-on interactive"]
    assert [t.name for t in small.parties[1].short_names] == ["t-on"]


def test_what_is_subject_to_the_laws_of_governments_is_no_governing_law() -> None:
    text = (
        "This Agreement is subject to all laws, regulations and licence conditions of Canadian municipal and "
        "federal governments which are now in force.\n\nThis Agreement shall be governed by laws of the Province of "
        "Ontario and the federal laws of Canada applicable therein.\n"
    )
    assert value(brief(text), "governing_law") == "Ontario"


@pytest.mark.parametrize("label", ["Exhibit D", "SCHEDULE B", "Annex A"])
def test_the_letter_of_an_exhibit_is_no_part_of_the_title(label: str) -> None:
    text = f"{label}\n\nJOINT FILING AGREEMENT\n\nThe undersigned agree that the statement is filed for each of them."
    assert value(brief(text), "title") == "JOINT FILING AGREEMENT"


@pytest.mark.parametrize(
    ("sentence", "forum"),
    [
        (
            "Any dispute shall be submitted to binding arbitration by the American Arbitration Association.",
            "binding arbitration, American Arbitration Association",
        ),
        ("All claims shall be resolved by arbitration before JAMS.", "arbitration, JAMS"),
        (
            "Disputes are settled by arbitration of the American Arbitration Association, held in Reno, Nevada.",
            "Reno, Nevada",
        ),
        ("The rules of the American Arbitration Association are published each year.", ""),
        ("The arbitrator shall be named by the parties.", ""),
    ],
)
def test_arbitration_by_an_institution_is_a_forum_where_no_place_is_said(sentence: str, forum: str) -> None:
    found = brief(
        f"This Agreement is made as of May 1, 2001 between Acme, Inc. and Beta, Inc.\n\n{sentence}"
    ).first("forum")
    assert (found.value if found else "") == forum
