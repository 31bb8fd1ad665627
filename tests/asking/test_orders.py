"""Documents in order: some places of it, all of it, and what comes next."""

from __future__ import annotations

import datetime

import pytest

from consolidation.asking.cells import cell_of
from consolidation.asking.fold import Summary, fold
from consolidation.asking.matters import Over
from consolidation.asking.understand import understand

TODAY = datetime.date(2026, 3, 1)
NAMES = {name: f"{name}.pdf" for name in "abcde"}
EXPIRES, SIGNED = "When does the agreement expire?", "When was the agreement signed?"
DATED = "What is the date of the agreement?"
TAKES_EFFECT = "When does the agreement take effect?"
TERM, VALUE, CAP = (
    "How long is the term of the agreement?",
    "What is the total value of the agreement?",
    "What is the liability cap?",
)


@pytest.mark.parametrize(
    ("question", "over", "each", "places"),
    [
        ("top 3 by value", "highest", VALUE, (1, 3)),
        ("show me the top 5 contracts by term", "highest", TERM, (1, 5)),
        ("bottom three by liability cap", "lowest", CAP, (1, 3)),
        ("the three longest terms", "highest", TERM, (1, 3)),
        ("longest three terms", "highest", TERM, (1, 3)),
        ("the five earliest", "earliest", DATED, (1, 5)),
        ("five most recently signed contracts", "latest", SIGNED, (1, 5)),
        ("which two contracts expire first", "earliest", EXPIRES, (1, 2)),
        (
            "which contracts have the three longest notice periods",
            "highest",
            "What is the notice period?",
            (1, 3),
        ),
        ("second latest", "latest", DATED, (2, 2)),
        ("which contract has the second highest cap", "highest", CAP, (2, 2)),
        ("third longest term", "highest", TERM, (3, 3)),
        ("rank the contracts by liability cap", "highest", CAP, (1, None)),
        ("sort by effective date", "earliest", TAKES_EFFECT, (1, None)),
        ("sort contracts by expiration, latest first", "latest", EXPIRES, (1, None)),
        ("list the contracts by expiry date", "earliest", EXPIRES, (1, None)),
        ("list contracts from longest to shortest term", "highest", TERM, (1, None)),
        ("in what order do the contracts expire", "earliest", EXPIRES, (1, None)),
        ("which contracts are about to expire", "earliest", EXPIRES, (1, None)),
        ("next 3 expirations", "earliest", EXPIRES, (1, 3)),
        ("upcoming expirations in the portfolio", "earliest", EXPIRES, (1, None)),
        ("which contract expires first", "earliest", EXPIRES, (1, 1)),
    ],
)
def test_places_of_an_order(question: str, over: Over, each: str, places: tuple[int, int | None]) -> None:
    asked = understand(question, today=TODAY)
    assert (asked.over, asked.each, (asked.places.first, asked.places.last)) == (over, each, places)


@pytest.mark.parametrize(
    ("question", "low"),
    [
        ("which contract expires next", (2026, 3, 1)),
        ("what expires next", (2026, 3, 1)),
        ("which agreement is the next to expire", (2026, 3, 1)),
        ("what expires first after today", (2026, 3, 2)),
        ("which contract expires first after January 1, 2012", (2012, 1, 2)),
        ("earliest expiry after 2010", (2011, 1, 1)),
        ("the next renewal", (2026, 3, 1)),
        ("which contract is up for renewal next", (2026, 3, 1)),
    ],
)
def test_what_comes_next_is_the_earliest_from_a_day(question: str, low: tuple[int, int, int]) -> None:
    asked = understand(question, today=TODAY)
    assert (asked.over, asked.each) == ("earliest", EXPIRES)
    assert asked.condition and asked.condition.low == datetime.date(*low).toordinal()
    renews = [one.each for group in asked.tested for one in group]
    assert renews == (["Does the agreement renew?"] if "renewal" in question else [])


@pytest.mark.parametrize(
    "question",
    """which party's consent is needed first
the next business day
top-up
first refusal and last look
what happens next
when is the next payment due
the next renewal term
the first renewal
the first three years
the five most recent financial statements
the five largest shareholders
top ten suppliers by spend
top management
second anniversary of the effective date
the second party
order by fax
purchase order by email
in what order are payments applied
which claim ranks first
ranking of creditors
which option expires first
what is the longest notice period in the Acme contract
what are the two longest notice periods in this agreement
what expires on termination
what expires 30 days after delivery
what renews automatically
the latest date on which notice can be given
last in first out
which licence fee is the highest in this agreement
fees by month
two most recent appraisals
upcoming deadlines""".splitlines(),
)
def test_what_is_in_order_inside_a_document(question: str) -> None:
    assert understand(question, today=TODAY).over == "document"


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("what expires this year", (2026, 1, 1), (2026, 12, 31)),
        ("which contracts expire in the next 12 months", (2026, 3, 1), (2027, 3, 1)),
        ("which contracts expire in the next year", (2026, 3, 1), (2027, 3, 1)),
        ("contracts expiring next year", (2027, 1, 1), (2027, 12, 31)),
        ("contracts expiring next quarter", (2026, 4, 1), (2026, 6, 30)),
        ("anything expiring before 2012?", None, (2011, 12, 31)),
        ("which contracts expire between 2010 and 2012", (2010, 1, 1), (2012, 12, 31)),
        ("which agreements expire after 2010 but before 2015", (2011, 1, 1), (2014, 12, 31)),
    ],
)
def test_days_to_come(
    question: str, low: tuple[int, int, int] | None, high: tuple[int, int, int] | None
) -> None:
    found = understand(question, today=TODAY)
    days = [datetime.date(*day).toordinal() if day else None for day in (low, high)]
    assert found.over == "which" and found.condition and not found.tested
    assert [found.condition.low, found.condition.high] == days


def folded(question: str, *values: str) -> Summary:
    """The cells a, b, c, ... of these values; an empty one is not found, one with "?" is to be checked."""
    asked = understand(question, today=TODAY)
    cells = [
        cell_of(
            asked, name, "check" if "?" in value else "supported" if value else "not_found", value.strip("?")
        )
        for name, value in zip("abcde", values, strict=False)
    ]
    return fold(asked, cells, NAMES)


def test_what_comes_next_leaves_what_is_over_and_lists_what_cannot_be_compared() -> None:
    found = folded(
        "which contract expires next", "May 1, 2027", "May 1, 2020", "June 1, 2026", "on completion", ""
    )
    assert [(one.shown, one.documents) for one in found.extremes] == [("June 1, 2026", ("c",))]
    assert (found.fails, found.unread, found.not_found) == (("b",), ("d",), ("e",))
    assert found.sentences == (
        "Earliest, on or after March 1, 2026: June 1, 2026 (c.pdf).",
        "1 document is not so.",
        "1 document gave an answer that cannot be compared.",
        "Nothing was found in 1 document.",
    )


def test_places_that_are_shared_are_told_and_each_currency_has_its_own() -> None:
    found = folded("top 2 by value", "$5", "$4", "$4", "EUR 7?", "")
    assert [(one.place, one.shown, one.documents) for one in found.extremes] == [
        (1, "EUR 7", ("d",)),
        (1, "USD 5", ("a",)),
        (2, "USD 4", ("b", "c")),
    ]
    assert found.sentences == (
        "Highest 2: 1. EUR 7 (d.pdf).",
        "Only 1 document can be put in order.",
        "Highest 2: 1. USD 5 (a.pdf); 2. USD 4 (b.pdf and c.pdf).",
        "3 documents are told, as the last place is shared.",
        "1 answer is to be checked.",
        "Nothing was found in 1 document.",
    )


def test_a_place_that_is_shared_is_followed_by_the_next_but_one() -> None:
    found = folded("rank the contracts by term", "two years", "5 years", "24 months", "1 year")
    assert [(one.place, one.documents) for one in found.extremes] == [
        (1, ("b",)),
        (2, ("a", "c")),
        (4, ("d",)),
    ]
    assert found.sentences[0].startswith(
        "In order, longest first: 1. 5 years (b.pdf); 2. 2 years (a.pdf and c.pdf); 4."
    )
    assert [group.documents for group in found.groups] == [("b",), ("a", "c"), ("d",)]


def test_the_second_is_that_of_values_and_what_stands_before_it_is_told() -> None:
    found = folded("second longest term", "5 years", "60 months", "2 years")
    assert found.sentences == ("Second longest: 2 years (c.pdf). Before it: 5 years (a.pdf and b.pdf).",)
    none = folded("third longest term", "5 years", "2 years")
    assert none.sentences[0].startswith("Third longest: there is none")


def test_an_order_of_such_documents_asks_for_both() -> None:
    asked = understand("which contract with a cap on liability expires next", today=TODAY)
    assert [one.each for one in asked.questions] == [EXPIRES, "Does the agreement have a cap on liability?"]
    rows = {"a": ("May 1, 2027", "Yes"), "b": ("May 1, 2026", "No"), "c": ("May 1, 2028", "")}
    cells = [
        cell_of(
            asked, name, "check", "together",
            parts=[
                cell_of(one, name, "supported" if value else "not_found", value)
                for one, value in zip(asked.questions, values, strict=True)
            ],
        )
        for name, values in rows.items()
    ]  # fmt: skip
    found = fold(asked, cells, NAMES)
    assert (found.meets, found.fails, found.not_found) == (("a",), ("b",), ("c",))
    assert [(one.shown, one.documents) for one in found.extremes] == [("May 1, 2027", ("a",))]
