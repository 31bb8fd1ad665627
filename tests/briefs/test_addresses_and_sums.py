"""Addresses, sums, places of courts, names over signatures, and spaces of all kinds."""

import pytest

from consolidation.briefs import brief, headings
from consolidation.briefs.signatures import signatures
from consolidation.text.sentences import sentences
from tests.briefs.samples import SUPPLY, names, value

NOTICES = SUPPLY + "9. Notices. All notices shall be in writing, addressed as follows:\n"


def addresses(words: str) -> list[str]:
    return [found.value for found in brief(NOTICES + words).all("notice_address")]


@pytest.mark.parametrize(
    "following",
    [
        "(f) The provisions of Sections 2 and 3 hereof shall survive.",
        "(ii) if to King:\nKing, 2 Hill Road, Bristol, TN 37620",
        "All written notices, requests and statements shall be sufficiently given if mailed.",
        "4.4 COUNTERPARTS. This Agreement may be executed in several counterparts.",
        "In the case of King:\nKing, 2 Hill Road, Bristol, TN 37620",
    ],
)
def test_an_address_ends_where_the_next_clause_or_address_begins(following: str) -> None:
    first = "Depomed, Inc. 12 Sain Street Menlo Park, CA 94025 Attention: Ada Dorn"
    written = first.replace(" 12", "\n12").replace(" Menlo", "\nMenlo").replace(" Attention", "\nAttention")
    for opening in ("If to Depomed:", "(i) if to Depomed:", "In the case of Depomed:"):
        assert addresses(f"{opening}\n{written}\n{following}\n")[:1] == [first]


def test_blanks_and_columns_that_were_run_together_are_no_addresses() -> None:
    assert addresses("If to King:\n____________ ____________\nFacsimile: [____]\nAttention: _______\n") == []
    assert addresses("If to King:\nKing, LLC\n____________\nAttention: ____\n\n\n") == []
    assert (
        addresses(
            "If to King: If to Depomed:\nKing, LLC Depomed, Inc.\n4 Hill Road 12 Sain Street\nFax: 61\n"
        )
        == []
    )
    assert addresses("In the case of King's default, the price is due to: King, 4 Hill Road\n") == []


def test_the_forum_is_the_place_that_is_named_more_closely_and_excludes_others() -> None:
    state = "The parties submit to the jurisdiction of the courts of the State of New York for all disputes under it"
    made = brief(
        f"{SUPPLY}{state} and agree that the exclusive venue shall be courts located in Erie County, Ohio.\n"
    )
    forum = made.first("forum")
    assert forum is not None and forum.value == "Erie County, Ohio"
    assert [other.value for other in forum.alternatives] == ["State of New York"]
    venued = "All disputes shall be venued exclusively in state or federal courts situated in Akron, Ohio."
    assert value(brief(SUPPLY + venued), "forum") == "Akron, Ohio"


def test_sums_are_whole_and_told_in_brackets_rows_and_lists() -> None:
    def sums(words: str) -> list[str]:
        return [found.value for found in brief(SUPPLY + words).all("amount")]

    assert sums("King shall pay fees of $____, $2,___,000, $[***] and $35[***].\n") == []
    assert sums("King shall pay Seventy Thousand U.S. Dollars (70,000) of fees.\n") == ["USD 70000"]
    bonuses = (
        "King pays:\n(a) $60,000, each time it wins; and\n(b) $20,000 if second; and\n"
        "(c) Seven\nThousand U.S. Dollars\n($7,500)\nif third.\n"
    )
    assert sums(bonuses) == ["USD 60000", "USD 20000", "USD 7500"]
    assert sums(bonuses.replace("and\n", "and\n\n")) == sums(bonuses)
    rows = "Fees payable\nYear 1 $1,100\nYear 2 $1,200\n(Jan. 1, 2008) $1,300\n"
    assert sums(rows) == ["USD 1100", "USD 1200", "USD 1300"]
    cells = "Fees payable\t$1,100   Boxes of 2   $1,200 2009 $1,300\n"
    assert sums(cells) == ["USD 1100", "USD 1200", "USD 1300"]
    assert sums("King pays $1,100 at once. Its insurer holds $9,000,000 of cover.\n") == ["USD 1100"]
    assert sums("King pays a fee of $1,100.\n\n(b) The cover of its insurer is $9,000,000.\n") == ["USD 1100"]


def test_a_party_and_its_affiliates_are_called_by_its_name_and_a_name_has_one_stop() -> None:
    made = brief(
        "This Confidentiality Agreement is made on May 2, 2016 between Zond Works, LLC, on behalf of itself and its "
        'affiliates (collectively, "Zond Works"), and Tern Inc.., a Texas corporation (the "Supplier"; '
        'collectively, the "Parties").\n\nWHEREAS, the parties agree.\n'
    )
    assert names(made) == ["Zond Works, LLC", "Tern Inc."]
    assert [[term.name for term in party.short_names] for party in made.parties] == [["Zond Works"], []]


def test_parties_are_named_before_what_they_agree_where_nothing_says_between() -> None:
    text = (
        "EXHIBIT 10\nACME\nAGENCY AGREEMENT\n\nAcme Mutual Insurance Corporation of Ohio, an Ohio insurance\n"
        'corporation (ACME) and Hill, Dale & Moss-Utah, Inc., a Utah corporation, ("Agency"), (sometimes referred to '
        "as the Parties) agree\nas follows:\n\nA. The Agency sells.\n\n/s/ Ann Hill\nHILL, DALE & MOSS, INC.\n"
    )
    found = brief(text).parties
    named = [party.name.written for party in found]
    assert named == ["Acme Mutual Insurance Corporation of Ohio", "Hill, Dale & Moss-Utah, Inc."]
    assert [term.name for term in found[1].roles] == ["Agency"]


def test_parties_of_a_copy_that_nobody_signed_are_named_under_the_words_that_announce_signatures() -> None:
    text = (
        'This Non-Disclosure Agreement (the "NDA") is effective 3 May, 2019 and governs what the entity identified '
        "below tells the other.\n\n1. Definition. All is secret.\n\nIN WITNESS WHEREOF, the parties have executed "
        "this NDA.\n{}\n12 Park Avenue, Akron 9 Hill Road, Bonn\n_______ _______\nAuthorized Signature\n"
    )
    assert names(brief(text.format("Zond Inc. Tern Widgets Corp."))) == ["Zond Inc.", "Tern Widgets Corp."]
    assert names(brief(text.format("Authorized persons of Zond Inc. sign here"))) == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u202f", "\u3000"])
def test_spaces_of_all_kinds_are_alike_and_places_stay(space: str) -> None:
    plain = (
        SUPPLY + "ARTICLE V\nTERM OF AGREEMENT\n5.1   Term. This Agreement shall continue for ten years.\n"
        "5.2   Waiver. No waiver is implied.\nIN WITNESS WHEREOF, all signed.\nDepomed, Inc.\nBy: /s/ Ada Dorn\n"
        "Name: Ada Dorn\n"
    )
    other = plain.replace(" ", space)
    first, second = brief(plain), brief(other)
    assert [h.place for h in headings(other)] == [h.place for h in headings(plain)] != []
    assert [(f.type, f.value, f.places) for f in second.fields] == [
        (f.type, f.value, f.places) for f in first.fields
    ]
    assert (second.mentioned, names(second)) == (first.mentioned, names(first))
    lines = "All is done.\n{}\nEXHIBIT A"
    assert sentences(lines.format(space)) == sentences(lines.format(" ")) == [(0, 12), (15, 24)]
    assert signatures(other, second.parties) == signatures(plain, first.parties) != ()


def test_titles_that_differ_in_capitals_are_one_and_none_begins_inside_a_word() -> None:
    text = (
        "MUTUAL CONFIDENTIALITY AND NON-DISCLOSURE AGREEMENT\n\nThis Mutual Confidentiality and  Non-Disclosure "
        'Agreement is made on May 2, 2016 between Zond Corp ("Zond") and Tern GmbH ("Tern").\n'
    )
    title = brief(text).first("title")
    assert title is not None and title.alternatives == ()
    form = brief(
        "COMMERCIAL CONFIDENTIALITY AND SECRECY AGREEMENT\nThis Commercial CONFIDENTIALITY AND SECRECY AGREEMENT "
        "is given.\n"
    ).first("title")
    assert form is not None
    assert all(one.value[0] == "C" for one in (form, *form.alternatives))


def test_what_is_not_limited_to_something_and_what_no_liability_is_beside_is_no_cap() -> None:
    capped = "The liability of Oak, including but not limited to attorneys' fees and amounts paid to Fern, survives."
    far = (
        "Oak may subordinate its liabilities on terms "
        + "that Fern accepts " * 40
        + "in an amount not to exceed $35,000,000."
    )
    assert not [*brief(SUPPLY + capped).all("cap"), *brief(SUPPLY + far).all("cap")]
    assert value(brief(SUPPLY + "The liability of Oak shall be limited to $5,000."), "cap") == "USD 5000"
