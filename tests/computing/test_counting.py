"""From which day a time runs that a sentence states, and where no day can be counted from it."""

from __future__ import annotations

import pytest

from consolidation.briefs import brief
from consolidation.computing.counting import counted_day
from consolidation.computing.day_questions import DayQuestion
from consolidation.computing.days import days_in

HEAD = """SERVICES AGREEMENT

This Services Agreement is made on March 3, 2014 by and between Orvelane Systems, Inc. ("Supplier") and
Tamberlin Foods LLC ("Customer"). This Agreement is effective as of April 1, 2014 and expires on March 31, 2019.

"""
SUPPOSED = DayQuestion("", days_in("June 1, 2016")[0][0])


@pytest.mark.parametrize(
    ("asked", "sentence", "length", "said", "how"),
    [
        (
            SUPPOSED,
            "He may resign upon 30 days' notice.",
            "30 days",
            "July 1, 2016",
            "30 days after June 1, 2016",
        ),
        (
            DayQuestion("", SUPPOSED.day, last=True),
            "A draft is sent at least seven days before its use.",
            "seven days",
            "May 25, 2016",
            "7 days before June 1, 2016",
        ),
        (
            DayQuestion("", SUPPOSED.day, last=True, told=True),
            "It ends upon 30 days' prior written notice.",
            "30 days",
            "July 1, 2016",
            "30 days after June 1, 2016",
        ),
        (
            DayQuestion("", from_end=True),
            "Secrets are kept for five years thereafter.",
            "five years",
            "March 31, 2024",
            "5 years after March 31, 2019",
        ),
        (
            DayQuestion(""),
            "The plan is delivered within 60 days after the Effective Date.",
            "within 60 days",
            "May 31, 2014",
            "60 days after April 1, 2014",
        ),
        (
            DayQuestion("", last=True),
            "It renews unless notice is given 90 days before the end of the term.",
            "90 days",
            "December 31, 2018",
            "90 days before March 31, 2019",
        ),
        (
            DayQuestion("", last=True),
            "It renews unless a party gives sixty (60) days' written notice prior to the end of the term.",
            "sixty (60) days",
            "January 30, 2019",
            "60 days before March 31, 2019",
        ),
    ],
)
def test_a_time_runs_from_the_day_that_is_meant(
    asked: DayQuestion, sentence: str, length: str, said: str, how: str
) -> None:
    low = len(HEAD) + sentence.index(length)
    counted = counted_day(asked, brief(HEAD + sentence), sentence, len(HEAD), (low, low + len(length)))
    assert counted is not None
    assert (counted.said, counted.how) == (said, how)


@pytest.mark.parametrize(
    ("asked", "sentence", "length"),
    [
        (SUPPOSED, "The term of this Agreement shall be three years.", "three years"),
        (SUPPOSED, "It runs for three years from the Effective Date.", "three years"),
        (SUPPOSED, "Payment is due two months after July 4, 2015.", "two months"),
        (SUPPOSED, "He may resign at any time.", "any time"),
        (DayQuestion(""), "Invoices are paid within 30 days after receipt.", "30 days"),
    ],
)
def test_what_runs_from_another_day_or_from_none_that_is_known_is_not_counted(
    asked: DayQuestion, sentence: str, length: str
) -> None:
    low = len(HEAD) + sentence.index(length)
    assert counted_day(asked, brief(HEAD + sentence), sentence, len(HEAD), (low, low + len(length))) is None
