"""Dates of making, ends and renewals, and names that were defined before."""

import time

import pytest

from consolidation.briefs import brief
from consolidation.briefs.dates import dates
from consolidation.briefs.durations import durations
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
    assert (
        value(
            brief("August 24, 2005\n\nAda Dorn\nDear Ada,\n\nJoin Zond Corp on May 2, 2006.\n"),
            "agreement_date",
        )
        == "2005-08-24"
    )
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
        "Unless terminated or extended by the parties, the Term shall continue for thirty-six (36) months.": "",
        "The Term shall extend until the four (4) year anniversary of the Effective Date.": "",
        "This Agreement shall be effective on May 1, 2007 and shall continue thereafter until all is paid.": "",
        "Depomed shall annually report on the renewal of its licences.": "",
        "Unless Depomed objects within three (3) months, it shall renew for one twelve-month period.": "12 month",
    }
    assert {words: value(brief(SUPPLY + first + words), "renewal_term") for words in renewed} == renewed


def test_names_that_were_defined_before_are_no_further_parties() -> None:
    again = brief(
        'Depomed, Inc. ("Depomed") and King Pharma, Inc. ("King") merge. This Affiliate Agreement is made by and '
        "between Depomed and King.\n"
    )
    assert names(again) == ["Depomed, Inc.", "King Pharma, Inc."]


def test_a_duration_beside_the_term_or_before_a_day_is_none_of_the_agreement() -> None:
    sentences = {
        "During the term of this Agreement and for a period of one year thereafter, neither party shall hire. This "
        "Agreement shall remain in effect perpetually unless it is terminated.": "perpetual",
        "Restricted Customers are those of the twelve month period ending with the date on which this Agreement "
        "terminates. Your employment shall commence on 26 September 2019 and shall continue unless and until either "
        "party gives notice.": "perpetual",
        "This Agreement shall come into force on the Effective Date and remain valid for 1 year.": "2007-06-27",
        'The period from June 27, 2006 through December 31, 2012 is the "Contract Period".': "2012-12-31",
        "This Agreement shall be in effect until March 18. 2021, unless sooner ended by either party.": "2021-03-18",
        "This Agreement shall remain in effect until the end of the current calendar year.": "2006-12-31",
        "This agreement will be in effect until the end of 2009 and be looked at then.": "2009-12-31",
        "This Agreement is in effect as to covenants from the date hereof until the Termination Date.": "",
        "This Agreement is with you at will; its end brings up to six (6) months of base salary.": "",
        "By its terms that Agreement expired as of June 27, 2010 and is in force retroactive to May 2, 2011.": "",
        "You receive your salary after employment up to and including June 30, 2008.": "",
        '"Support Contract" means an agreement that has a term of greater than one (1) year.': "",
        "The agreement on shares ends if the split does not take effect prior to June 30, 2010.": "",
        "This IP Agreement shall extend until the last date of expiration of the Rights.": "perpetual",
    }
    assert {words: value(brief(SUPPLY + words), "expiry") for words in sentences} == sentences


def test_notice_at_the_end_of_a_term_renewal_by_another_month_and_law_that_determines() -> None:
    made = brief(
        SUPPLY
        + "Customer, upon thirty days prior written notice, may cancel this Agreement at the end of the Initial "
        "Term. Otherwise this Agreement will automatically extend for an additional month. Any controversy "
        "shall be determined in accordance with the laws of the State of Michigan."
    )
    asked = ("notice_period", "renewal_term", "governing_law")
    assert [value(made, type_) for type_ in asked] == ["30 day", "1 month", "Michigan"]
    any_time = "Either party may terminate this Agreement at any time upon thirty days prior written notice."
    assert value(brief(SUPPLY + any_time), "notice_period") == ""


def test_parties_are_told_from_kinds_of_company_roles_offices_and_who_signs_for_another() -> None:
    opened = {
        'made by and between Zond Solar, Inc., a Utah corporation ("Zond Solar"), and Zond, Inc., a Utah corporation '
        '(the "Buyer")': ["Zond Solar, Inc.", "Zond, Inc."],
        'made by and between Zond Corp ("Zond") and its subsidiary Tern Works Inc. ("Tern"), and Vex '
        '(Hong Kong) Co., Ltd. ("Vex")': ["Zond Corp", "Tern Works Inc.", "Vex (Hong Kong) Co., Ltd."],
        'made between "Zond Talk Holding AG", represented by its Chief Officer Jan Dorn ("ZOND"), and Tern B.V., a '
        'company ("Tern")': ["Zond Talk Holding AG", "Tern B.V."],
        "made on May 2, 2014 between:\n\nParty A: People's Government of Fenyi County\n\nParty B: Tern Energy Co., "
        "Ltd.\n\n": ["People's Government of Fenyi County", "Tern Energy Co., Ltd."],
    }
    opened |= {
        'made between professional golfer, ADA DORN ("CONSULTANT") and ZOND GOLF, LTD. ("ZOND")': [
            "ADA DORN",
            "ZOND GOLF, LTD.",
        ],
        'made by and between Zond Inc. (the "Buyer"), BO T. EK and ADA DORN (the "Sellers"), and '
        'Tern Bank, National Association, a bank (the "Bank")': [
            "Zond Inc.",
            "BO T. EK",
            "ADA DORN",
            "Tern Bank, National Association",
        ],
        "entered into.\nLENDER: Tern Bank\nBORROWER: Zond Homes, L.P. Type: limited partnership": [
            "Tern Bank",
            "Zond Homes, L.P.",
        ],
    }
    assert {words: names(brief(f"This Supply Agreement is {words}.")) for words in opened} == opened
    letter = brief(
        "SALES AGENCY\n\nTern Research & Trading, LLC\nDear Ladies and Gentlemen:\n\nZond Bancorp, a newly formed "
        'Maryland corporation (the "Holding Company"), and Zond Bank ("Bank") agree with the Holding Company as told '
        '("Offer").\n'
    )
    assert names(letter) == ["Zond Bancorp", "Zond Bank"]
    filed = brief(
        "JOINT FILING\n\nThe undersigned file jointly.\n\nZOND TRUST\n\nBy: /s/ Ada Dorn\n\nTERN FUND L.P.\n"
        "By: Vex LLC\nBy: /s/ Bo Ek\nBo Ek\nVice President\n\nADA B. DORN /s/ Ada B. Dorn\n"
    )
    assert names(filed) == ["ZOND TRUST", "TERN FUND L.P.", "ADA B. DORN"]


def test_an_end_is_not_counted_from_a_day_in_an_annex_nor_from_an_event() -> None:
    opened = (
        'This Carriage Agreement, made on May 20, 1992, is between Zond Corp ("Zond") and Tern GmbH ("Tern").\n\n'
        "WHEREAS, Tern has oil.\n\n5.1 This Agreement shall be effective as of the date of {} and shall continue "
        "for a primary term of ten years.\n\nIN WITNESS WHEREOF, all have signed.\nBy: /s/ Ada Dorn\n"
    )
    bid = "SCHEDULE 2\nE. The term of the capacity is permanent, beginning June 1, 2000 and ending later.\n"
    event = brief(opened.format("physical completion of the line") + bid)
    assert [value(event, t) for t in ("effective_date", "expiry", "term")] == ["", "", "10 year"]
    assert value(brief(opened.format("this Agreement") + bid), "expiry") == "2002-05-20"
    later = opened.format("this Agreement").replace("\n\nIN", " Zond's term commences on June 1, 2000.\n\nIN")
    assert value(brief(later), "expiry") == "2002-05-20"
    guaranty = "{}\nThis guaranty of the Agreement shall be effective upon the execution hereof.\n"
    without = opened.replace("effective as of the date of {} and shall ", "")
    assert value(brief(without + guaranty.format("GUARANTY")), "effective_date") == ""
    assert value(brief(without + guaranty.format("It is agreed.")), "effective_date") == "1992-05-20"


def test_notice_of_several_cases_is_told_of_each_and_is_no_term() -> None:
    opened = (
        SUPPLY
        + "This Agreement shall continue for a primary term of ten years. Thereafter, it shall continue {}"
    )
    cases = brief(
        opened.format(
            "month to month, until terminated by King upon the following notice: sixty (60) days for "
            "interruptible supplies and 180 days for firm ones.\n"
        )
    )
    notice, term = cases.first("notice_period"), cases.first("term")
    assert notice is not None and [notice.value, *(o.value for o in notice.alternatives)] == [
        "60 day",
        "180 day",
    ]
    assert term is not None and (term.value, term.alternatives) == ("10 year", ())
    one = brief(opened.format("until ended upon sixty (60) days' notice, after an audit of 90 days.\n"))
    notice = one.first("notice_period")
    assert notice is not None and (notice.value, notice.alternatives) == ("60 day", ())


def test_an_opening_ends_before_signatures_whose_days_are_none_of_the_making() -> None:
    made = brief(
        "This amendment to the Milling Agreement is made effective March 4, 2011 by and between Zond "
        'Corp ("Zond") and Tern GmbH ("Tern").\nACCEPTED AND AGREED:\n/s/ Ada Dorn /s/ Bo Bell\nChair Partner\n'
        "Date: 3/1/11 Date: 3/9/11\n"
    ).first("agreement_date")
    assert made is not None and made.value == "2011-03-04"
    assert [other.value for other in made.alternatives] == ["2011-03-09", "2011-03-01"]


def test_other_readings_are_of_the_same_fact() -> None:
    made = brief(
        SUPPLY
        + '1.2 The term of this Agreement will commence on January 1, 2007 (the "Start Date") and will end on '
        'December 31, 2009, a period of three (3) years.\n"Contract Year" shall mean that twelve (12) month period '
        "commencing each January.\n(b) King may extend the term for one more year if it gives 60 days' notice.\n"
    )
    for type_ in ("agreement_date", "expiry", "term"):
        found = made.first(type_)
        assert found is not None and found.alternatives == (), type_
    assert value(made, "expiry") == "2009-12-31"
    going_on = brief(
        SUPPLY
        + "(a) The term of this Agreement shall begin on the date hereof and shall continue for a period of 12 "
        "months thereafter in full effect until it is terminated.\n(b) King may extend the term for an additional "
        "one year, provided it gives at least sixty (60) days advance notice before its end.\n"
    )
    renewal, notice = going_on.first("renewal_term"), going_on.first("notice_period")
    assert renewal is not None and (renewal.value, renewal.alternatives) == ("1 year", ())
    assert notice is not None and (notice.value, notice.alternatives) == ("60 day", ())


def test_the_upper_end_of_a_range_is_no_duration() -> None:
    assert not durations("eighteen (18) to thirty (30) months, 20-40 days or twenty to forty weeks")
    assert [one.value for one in durations("twenty-five (25) years to be paid in five (5) months")] == [
        "25 year",
        "5 month",
    ]


def test_a_blank_of_any_length_before_a_year_is_read_at_once() -> None:
    began = time.process_time()
    assert [one.value for one in dates("_" * 40_000 + " 2011", partial=True)] == ["2011"]
    assert time.process_time() - began < 1


def test_times_of_other_things_are_no_term_renewal_or_notice_and_days_of_other_papers_none_of_this() -> None:
    made = brief(
        SUPPLY
        + "This Agreement has an initial term of two years and renews for terms of one year, provided that notice of "
        "any increase in fees is given at least ninety (90) days prior to the end of the term, unless terminated by "
        "either party by written notice no less than thirty (30) days prior to the end of the term. After the first "
        "three months of the initial term of this Agreement, either party may terminate it. You have five years from "
        "your termination date to exercise the options."
    )
    asked = ("term", "renewal_term", "notice_period")
    assert [value(made, type_) for type_ in asked] == ["2 year", "1 year", "30 day"]
    paid = "Oak agrees to extend the severance to 26 weeks, and to provide an additional 26 weeks, or $55,120.00."
    assert value(brief(SUPPLY + paid), "renewal_term") == ""
    amendment = brief(
        "AMENDMENT NO. 8 TO LOAN AGREEMENT\n\nThis Amendment No. 8 to Loan Agreement, dated June 28, 2004 (the "
        '"Amendment"), among Oak Loans, LLC and Fern Bank, Inc. is made by them.\n'
    )
    assert value(amendment, "agreement_date") == "2004-06-28"
    release = brief(
        "SEVERANCE AGREEMENT\n\nOak Loans, LLC and Fern Bank, Inc. agree to modify their Severance Protection "
        'Agreement, dated November 3, 2000 ("Severance Protection Agreement").\n'
    )
    assert value(release, "agreement_date") == ""


def test_law_of_a_state_that_was_named_before_and_no_title_in_the_middle_of_a_sentence() -> None:
    made = brief(
        "Oak Loans, LLC writes to Fern Bank, Inc. under a letter\nagreement\ndated March 16, 1998. This letter has "
        "been made in the State of Texas and shall be governed by the internal laws of such State, come what may."
    )
    assert (value(made, "governing_law"), value(made, "title")) == ("Texas", "")


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        (
            'This Amendment No. 3 to Loan Agreement, dated as of March 1, 2000 ("THIS AMENDMENT"), is of one '
            "of October 6, 1998, as amended by Amendment No. 1 thereto, dated as of January 5, 1999.",
            "2000-03-01",
        ),
        (
            "This Amendment, dated as of March 9, 2004, amends the Loan Agreement, entered into as of March 11, 2000 "
            "by Oak Loans, LLC and Fern Bank, Inc.",
            "2004-03-09",
        ),
        (
            'This Amendment to Loan Agreement (the "Amendment") effective June 1, 2015 amends that certain Loan '
            "Agreement made between Oak Loans, LLC and W. Fern dated May 1, 2007, as amended January 1, 2008.",
            "2015-06-01",
        ),
        (
            "Third Amendment to Loan Agreement. This Amendment to Loan Agreement is made effective the 30th day of "
            "December, 2008. It was amended by that certain Amendment to Loan Agreement dated November 10, 2004 (the "
            '"First Amendment").',
            "2008-12-30",
        ),
        (
            "Oak, Bonn, August 30, 1999. The undersigned, Oak Loans, LLC and W. Fern, born on April 9, 1952 agree.",
            "1999-08-30",
        ),
    ],
)
def test_the_date_of_a_document_is_not_that_of_what_it_changes(opening: str, day: str) -> None:
    assert value(brief(f"AGREEMENT\n\n{opening}\n\nThey agree.\n"), "agreement_date") == day
