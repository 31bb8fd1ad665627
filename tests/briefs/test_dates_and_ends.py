"""Dates of making, ends and renewals, and names that were defined before."""

from consolidation.briefs import brief
from tests.briefs.samples import SUPPLY, names, value


def test_dates_are_told_from_what_stands_nearest_to_the_making_and_from_signatures() -> None:
    two = brief(
        'Zond Corp ("Zond") hosts an event on April 22, 2000, and this Sponsorship Agreement dated as of April 14, '
        '2000 is made by and between Zond Corp ("Zond") and Tern GmbH ("Tern"), effective as of May 1, 2000.\n'
    )
    assert (value(two, "agreement_date"), value(two, "effective_date")) == ("2000-04-14", "2000-05-01")
    letter = brief(
        "Exhibit 1.1\n\nAGENCY AGREEMENT\n\nMay 14, 2014\n\nTern GmbH\nLadies and Gentlemen:\n\nZond Corp, a "
        'company (the "Company"), and Tern GmbH (the "Agent") agree under the letter agreements, dated October 7, '
        "2013, as follows.\n"
    )
    assert value(letter, "agreement_date") == "2014-05-14"
    blank = brief(
        'This Supply Agreement is made as of        , 2006 (the Effective Date) between Zond Corp ("Zond") and '
        'Tern GmbH ("Tern"). The term of this Agreement is three (3) years from the Effective Date.\n'
    )
    assert {value(blank, t) for t in ("agreement_date", "effective_date")} == {"2006"}
    assert value(blank, "expiry") == "2009"
    signed = brief(
        'This Agreement between Zond Corp ("Zond") and Tern GmbH ("Tern") is effective as of the date set forth '
        "below.\n\n"
        + "Nothing in this clause limits what the parties owe. " * 60
        + "\n\nZond Corp\n/s/ A. Bell\nBoston, 19 Oct. 2011\n\nTern GmbH\n/s/ C. Dorn\nBonn, 24 OCT 2011\n"
    )
    made = signed.first("agreement_date")
    assert made is not None and made.value == value(signed, "effective_date") == "2011-10-24"
    assert made.confidence < 0.5


def test_what_outlives_an_agreement_is_no_term_of_it_and_what_has_no_end_is_perpetual() -> None:
    opened = SUPPLY + "The term of this Agreement shall begin on the date hereof and continue until {}.\n"
    after = "Neither party shall, during the term of this Agreement and for one (1) year after its termination, hire."
    assert value(brief(opened.format("terminated by either party") + after), "expiry") == "perpetual"
    assert value(brief(opened.format("Depomed ceases development of the Product")), "expiry") == "perpetual"
    sooner = (
        "This OMA shall expire upon the earlier of the first anniversary of the Effective Date or a sale.\n"
    )
    assert value(brief(SUPPLY + sooner), "expiry") == "2007-06-27"
    first = "The initial term of this Agreement is five (5) years. "
    renewed = {
        "Thereafter, this Agreement shall continue on a month to month basis until terminated.": "1 month",
        "Thereafter, this Agreement shall continue in effect until either party gives notice.": "perpetual",
        "Unless Depomed objects within three (3) months, it shall renew for one twelve-month period.": "12 month",
    }
    assert {words: value(brief(SUPPLY + first + words), "renewal_term") for words in renewed} == renewed


def test_names_that_were_defined_before_are_no_further_parties() -> None:
    again = brief(
        'Depomed, Inc. ("Depomed") and King Pharma, Inc. ("King") merge. This Affiliate Agreement is made by and '
        "between Depomed and King.\n"
    )
    assert names(again) == ["Depomed, Inc.", "King Pharma, Inc."]
