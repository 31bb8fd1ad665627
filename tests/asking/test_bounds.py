"""Bounds that questions set, and their negations: which documents are met, and what is asked as yes or no instead."""

from __future__ import annotations

import datetime
import time

import pytest

from consolidation.asking.cells import cell_of
from consolidation.asking.fold import fold
from consolidation.asking.understand import Understanding, understand

TODAY = datetime.date(2026, 11, 28)
EXPIRES, SIGNED = "When does the agreement expire?", "When was the agreement signed?"


def met(question: str, values: list[str]) -> list[str]:
    """Which of the values, one a document, meet what a question says; where conditions are parts, each gets it."""
    asked = understand(question, today=TODAY)
    cells = []
    for value in values:
        parts = [cell_of(one, value, "supported", value) for one in asked.questions]
        cells.append(cell_of(asked, value, "supported", value, parts=parts))
    found = fold(asked, cells)
    assert {*found.meets, *found.fails} == {*values}
    return list(found.meets)


@pytest.mark.parametrize(
    ("bound", "meets"),
    [
        ("over 5 years", "7 years"),
        ("not over 5 years", "3 years, 5 years"),
        ("of not more than 5 years", "3 years, 5 years"),
        ("of no longer than 5 years", "3 years, 5 years"),
        ("no greater than 5 years", "3 years, 5 years"),
        ("not exceeding 5 years", "3 years, 5 years"),
        ("not in excess of 5 years", "3 years, 5 years"),
        ("that doesn't exceed 5 years", "3 years, 5 years"),
        ("that is never longer than 5 years", "3 years, 5 years"),
        ("that may not exceed 5 years", "3 years, 5 years"),
        ("of no less than 5 years", "5 years, 7 years"),
        ("not shorter than 5 years", "5 years, 7 years"),
        ("not below 5 years", "5 years, 7 years"),
        ("less than or equal to 5 years", "3 years, 5 years"),
        ("of at least 5 years", "5 years, 7 years"),
        ("of 5 years or longer", "5 years, 7 years"),
        ("of 5 years or fewer", "3 years, 5 years"),
        ("under 5 years", "3 years"),
    ],
)
def test_a_negated_bound_is_met_by_what_the_bound_is_not(bound: str, meets: str) -> None:
    asked = understand(f"Which leases have a term {bound}?", today=TODAY)
    assert asked.each == "What is the term?"
    assert ", ".join(met(asked.question, ["3 years", "5 years", "7 years"])) == meets


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("Which deals lack a fee above $40?", "Does the agreement have a fee above $40?"),
        ("contracts without a deposit under $40", "Does the agreement have a deposit under $40?"),
        ("Do any leases have no cure period over 9 days?", "Does the agreement have a cure period over 9 days?"),
        ("Which have a fee of at least $40 or $60?", "Does the agreement have a fee of at least $40 or $60?"),
        ("Which leases start more than 3 days after June?", "Does the agreement start more than 3 days after June?"),
    ],
)  # fmt: skip
def test_a_bound_that_cannot_be_told_is_asked_as_yes_or_no(question: str, each: str) -> None:
    asked = understand(question, today=TODAY)
    assert asked.yes_no and asked.each.replace("have cure", "have a cure") == each


@pytest.mark.parametrize(
    ("question", "meets"),
    [
        ("Which leases don't have a term over 5 years?", "3 years"),
        ("Which leases have a term that does not run longer than 5 years?", None),
        ("Which leases do not run longer than 5 years?", "3 years"),
        ("Do any leases not have a term over 5 years?", "3 years"),
    ],
)
def test_what_documents_do_not_have_is_outside(question: str, meets: str | None) -> None:
    if meets is None:
        assert understand(question, today=TODAY).yes_no
    else:
        assert ", ".join(met(question, ["3 years", "7 years"])) == meets


def days(asked: Understanding) -> list[str]:
    """The first and last days of what is asked, "..." where there is none."""
    conditions = [one.condition for one in asked.questions] or [asked.condition]

    def day(one: float | None) -> str:
        return "..." if one is None else str(datetime.date.fromordinal(int(one)))

    return [f"{day(one.low)} {day(one.high)}" for one in conditions if one]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("no later than 2031", ["... 2031-12-31"]),
        ("not later than May 4, 2031", ["... 2031-05-04"]),
        ("no earlier than 2031", ["2031-01-01 ..."]),
        ("not before May 2031", ["2031-05-01 ..."]),
        ("not until 2031", ["2031-01-01 ..."]),
        ("not after 2031", ["... 2031-12-31"]),
        ("later than 2031", ["2032-01-01 ..."]),
        ("on or before May 4, 2031", ["... 2031-05-04"]),
        ("on or after May 4, 2031", ["2031-05-04 ..."]),
        ("by May 2031", ["... 2031-05-31"]),
        ("by the end of May 2031", ["... 2031-05-31"]),
        ("by the end of next month", ["... 2026-12-31"]),
        ("before May 2031", ["... 2031-04-30"]),
        ("in 2031 or later", ["2031-01-01 ..."]),
        ("in 2031 or earlier", ["... 2031-12-31"]),
        ("in 2030 or 2031", ["2030-01-01 2031-12-31"]),
        ("in 2030 and 2031", ["2030-01-01 2031-12-31"]),
        ("in 2029, 2030 or 2031", ["2029-01-01 2031-12-31"]),
        ("after 2029 or 2031", ["2030-01-01 ..."]),
        ("in 2028 or 2031", ["2028-01-01 2028-12-31", "2031-01-01 2031-12-31"]),
        ("on May 4, 2030 or June 5, 2031", ["2030-05-04 2030-05-04", "2031-06-05 2031-06-05"]),
        ("in 2030 to 2032", ["2030-01-01 2032-12-31"]),
        ("between May 2030 and June 2031", ["2030-05-01 2031-06-30"]),
        ("within six months from now", ["2026-11-28 2027-05-30"]),
        ("more than 10 days from now", ["2026-12-09 ..."]),
        ("in the next two weeks", ["2026-11-28 2026-12-12"]),
    ],
)
def test_days_on_which_documents_expire(when: str, told: list[str]) -> None:
    asked = understand(f"Which contracts expire {when}?", today=TODAY)
    assert days(asked) == told
    assert {one.each for one in asked.questions or (asked,)} == {EXPIRES}


@pytest.mark.parametrize(
    ("question", "each", "told"),
    [
        ("Which leases were signed by the end of 2031?", SIGNED, ["... 2031-12-31"]),
        (
            "Which leases started before the end of 2031?",
            "When does the agreement take effect?",
            ["... 2031-12-31"],
        ),
        ("Which leases ended by the end of 2031?", EXPIRES, ["... 2031-12-31"]),
        ("Which leases were signed over 10 days ago?", SIGNED, ["... 2026-11-17"]),
        ("Which leases were signed at least 10 days ago?", SIGNED, ["... 2026-11-18"]),
        ("Which leases were signed less than 10 days ago?", SIGNED, ["2026-11-19 2026-11-28"]),
        ("Which leases were signed no more than ten days ago?", SIGNED, ["2026-11-18 2026-11-28"]),
        ("Which leases were signed before 2 weeks ago?", SIGNED, ["... 2026-11-13"]),
        ("Which leases were signed less than a week ago?", SIGNED, ["2026-11-22 2026-11-28"]),
        ("Which leases have a date before 2031?", "What is the date of the agreement?", ["... 2030-12-31"]),
        ("Which leases expired in the last 10 days?", EXPIRES, ["2026-11-18 2026-11-28"]),
    ],
)
def test_which_day_is_meant_and_how_it_lies_to_today(question: str, each: str, told: list[str]) -> None:
    asked = understand(question, today=TODAY)
    assert (asked.each, days(asked)) == (each, told)


@pytest.mark.parametrize(
    ("question", "meets"),
    [
        ("Which leases do not expire in 2030 or 2032?", "May 1, 2031"),
        ("Which leases haven't expired by 2030?", "May 1, 2031, May 1, 2032"),
        ("Which leases never expire before 2031?", "May 1, 2031, May 1, 2032"),
        ("Which leases expire in 2030 or 2032?", "May 1, 2030, May 1, 2032"),
    ],
)
def test_documents_of_several_days_or_none_of_them(question: str, meets: str) -> None:
    assert ", ".join(met(question, ["May 1, 2030", "May 1, 2031", "May 1, 2032"])) == meets


@pytest.mark.parametrize(
    "when",
    """expire six months from now
expire after 5 years
expire in the next few months
expire in the next 9999999 days
expire in the next 99999999 years
expire in the next perpetual years
expired 2 years ago
expired within 3 years
expire within 30 days of closing
expire in May or June 2031
expire in 2031 or on notice
expire in the last quarter of 2031
expire later this year
fail to expire before 2031
were signed between 2030 or 2031
don't expire until 2031
were signed before 2031, not in 2030""".splitlines(),
)
def test_days_that_cannot_be_told_are_asked_as_yes_or_no(when: str) -> None:
    asked = understand(f"Which contracts {when}?", today=TODAY)
    assert asked.over == "which" and asked.yes_no and not asked.tested


@pytest.mark.parametrize(
    ("question", "each", "tested"),
    [
        ("which lease has the longest term signed in 2031", "What is the term?", [SIGNED]),
        (
            "which lease has the highest fee under Ohio law",
            "What is the fee?",
            ["What is the governing law?"],
        ),
        ("what is the highest fee across leases signed in 2031", "What is the fee?", [SIGNED]),
        ("which lease has the longest notice period", "What is the notice period?", []),
    ],
)
def test_what_is_said_behind_an_order_is_a_condition(question: str, each: str, tested: list[str]) -> None:
    asked = understand(question, today=TODAY)
    assert (asked.over, asked.each) == ("highest", each)
    assert [one.each for group in asked.tested for one in group] == tested


def test_an_order_keeps_its_bound_or_is_none() -> None:
    first = understand("Which lease expires first no earlier than 2031?", today=TODAY)
    assert (first.over, days(first)) == ("earliest", ["2031-01-01 ..."])
    for question in (
        "which lease has the highest fee not over $40",
        "which lease with the longest term expires before 2031",
        "which lease expires first in 2029 or 2031",
    ):
        asked = understand(question, today=TODAY)
        assert asked.over == "which" and asked.yes_no and not asked.tested


def test_questions_as_long_as_allowed_are_understood_at_once() -> None:
    for lead, again in (
        ("Which contracts were signed other than ", "the Acme lease, "),
        ("Except ", "Acme and "),
        ("Which contracts have a cap other than ", "Acme & "),
        ("Which contracts expire in ", "2031 or "),
        ("Which contracts have a fee ", "not more than "),
        ("Do any leases have ", "a cap and "),
        ("Rank the leases by ", "the longest "),
    ):
        begun = time.process_time()
        understand(f"{lead}{again * 2000}"[:1980] + " in 2012 by us?", today=TODAY)
        assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("such", "each"),
    [
        ("have a delivery date before 2031", "What is the delivery date?"),
        ("have a final completion date after May 2031", "What is the final completion date?"),
        ("mature in 2031", "What is the maturity date?"),
        ("have an expiry date before 2031", "When does the agreement expire?"),
    ],
)
def test_a_date_by_its_name_is_compared(such: str, each: str) -> None:
    asked = understand(f"Which contracts {such}?", today=TODAY)
    assert asked.condition and (asked.condition.test, asked.condition.kind, asked.each) == (
        "between",
        "date",
        each,
    )
