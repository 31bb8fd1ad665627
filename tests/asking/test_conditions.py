"""Several conditions at once: each is asked by itself, and what is not known of a document decides nothing."""

from __future__ import annotations

import datetime
import itertools

import pytest

from consolidation.asking.cells import Cell, CellState, cell_of
from consolidation.asking.excluding import leaving_out
from consolidation.asking.fold import Summary, fold
from consolidation.asking.understand import understand

TODAY = datetime.date(2026, 3, 1)
LAW, EXPIRES = "What is the governing law?", "When does the agreement expire?"
RENEWS = "Does the agreement renew?"
HAS = "Does the agreement have {}?"


@pytest.mark.parametrize(
    ("question", "tested"),
    [
        ("which contracts are governed by New York law and expire after 2010", [[LAW], [EXPIRES]]),
        (
            "which have a non-compete but no exclusivity",
            [[HAS.format("a non-compete")], [HAS.format("exclusivity")]],
        ),
        (
            "contracts with a cap on liability or an insurance requirement",
            [[HAS.format("a cap on liability"), HAS.format("an insurance requirement")]],
        ),
        (
            "how many are governed by California law and can be ended for convenience",
            [[LAW], ["Can the agreement be ended for convenience?"]],
        ),
        (
            "contracts with a cap or an indemnity that are governed by Texas law",
            [[HAS.format("a cap"), HAS.format("an indemnity")], [LAW]],
        ),
        ("contracts without a cap or exclusivity", [[HAS.format("a cap")], [HAS.format("exclusivity")]]),
        ("NDAs that have neither a cap nor insurance", [[HAS.format("a cap")], [HAS.format("insurance")]]),
        ("agreements with Acme that expire after 2012", [["Who are the parties?"], [EXPIRES]]),
        (
            "agreements with Acme and a cap on liability",
            [["Who are the parties?"], [HAS.format("a cap on liability")]],
        ),
        ("contracts under New York law with a non-compete", [[LAW], [HAS.format("a non-compete")]]),
        ("which contracts were signed before 2010 or after 2015", [["When was the agreement signed?"] * 2]),
        ("are all contracts governed by Delaware law and capped?", [[LAW], ["Is the agreement capped?"]]),
        ("which contracts renew this year", [["Does the agreement renew?"], [EXPIRES]]),
        (
            "which contracts have a cap, are governed by New York law and expire after 2010",
            [[HAS.format("a cap")], [LAW], [EXPIRES]],
        ),
        ("are all leases governed by both Ohio and Texas law", [[LAW], [LAW]]),
        ("which leases signed in 2031 have ended", [["When was the agreement signed?"], [EXPIRES]]),
        ("which leases are both governed by Ohio law and capped", [[LAW], ["Is the agreement capped?"]]),
        ("which leases governed by Ohio law have a cap", [[LAW], [HAS.format("a cap")]]),
        ("which leases with Acme expire in 2031", [["Who are the parties?"], [EXPIRES]]),
        ("which leases signed by May 2031 don't renew", [["When was the agreement signed?"], [RENEWS]]),
        ("which leases that don't expire before 2031 have a cap", [[EXPIRES], [HAS.format("a cap")]]),
        ("which leases expire in 2031 but not in May 2031", [[EXPIRES], [EXPIRES]]),
    ],
)  # fmt: skip
def test_each_condition_is_a_question_of_its_own(question: str, tested: list[list[str]]) -> None:
    asked = understand(question, today=TODAY)
    assert [[one.each for one in group] for group in asked.tested] == tested
    assert len(asked.questions) == sum(map(len, tested))
    assert all(one.condition and one.condition.words in asked.sentence for one in asked.questions)


@pytest.mark.parametrize(
    "question",
    """which contracts have terms and conditions
which contracts have an exception to the non-compete or exclusivity
which contracts contain representations and warranties
which contracts are governed by the laws of England and Wales
which contracts are governed by New York or Delaware law
which contracts have an exclusive and non-transferable license
which contracts have a cap on direct and indirect damages
which contracts have a license that is exclusive
which contracts were amended and restated in 2010
which contracts have a term of 2 years and 6 months
which contracts are with Acme and Beta as parties
which contracts are governed by New York law or expire after 2010 and renew automatically
agreements where the supplier is liable and is insured
which contracts are governed by Ohio and Texas law
which contracts are not governed by both Ohio and Texas law
which contracts are governed by neither Ohio nor Texas law
which contracts have a fee over $5 and under $10
which contracts expire on or before May 4, 2031
which contracts expire after 2010 but not after 2015
which contracts expire except in 2031
which contracts expire between 2010 and the end of 2012
which contracts expire between 2010 and 2012""".splitlines(),
)
def test_what_is_one_condition_or_could_be_meant_in_two_ways_is_left_whole(question: str) -> None:
    asked = understand(question, today=TODAY)
    assert asked.over == "which" and not asked.tested


@pytest.mark.parametrize(
    "question",
    [
        "does it have a cap and an indemnity",
        "can it be assigned and terminated",
        "is there a cap or an indemnity",
    ],
)
def test_of_one_document_nothing_is_taken_apart(question: str) -> None:
    assert understand(question).over == "document" and not understand(question).tested


def test_a_date_that_is_not_so_is_outside() -> None:
    asked = understand("which contracts don't expire before 2012")
    rows = [cell_of(asked, "a", "supported", "May 1, 2011"), cell_of(asked, "b", "supported", "May 1, 2012")]
    assert (fold(asked, rows).meets, fold(asked, rows).fails) == (("b",), ("a",))


@pytest.mark.parametrize(
    ("question", "quantifier"),
    [
        ("do all leases signed in 2031 have a cap", ""),
        ("do all leases have a cap and expire in 2031", "all"),
        ("do all leases renew this year", "all"),
        ("do any leases signed in 2031 have a cap", "any"),
    ],
)
def test_of_some_documents_alone_it_is_not_told_whether_all_are_so(question: str, quantifier: str) -> None:
    asked = understand(question, today=TODAY)
    assert asked.tested and asked.quantifier == quantifier


def test_a_law_of_both_is_that_of_each() -> None:
    asked = understand("which leases are governed by both Ohio and Texas law")
    cells = [
        cell_of(asked, name, "supported", "", parts=[cell_of(one, name, "supported", law) for one in asked.questions])
        for name, law in (("a", "Ohio and Texas"), ("b", "Ohio"))
    ]  # fmt: skip
    assert (fold(asked, cells).meets, fold(asked, cells).fails) == (("a",), ("b",))


def folded(question: str, *rows: tuple[str, ...]) -> Summary:
    """Cells a, b, c, ... with the values of their parts: an empty one is not found, "-" is not examined."""
    asked = understand(question, today=TODAY)
    cells = []
    for name, values in zip("abcdef", rows, strict=False):
        states: list[CellState] = [
            "not_examined" if v == "-" else "supported" if v else "not_found" for v in values
        ]
        parts = [
            cell_of(one, name, state, value.strip("-"))
            for one, state, value in zip(asked.questions, states, values, strict=True)
        ]
        cells.append(cell_of(asked, name, "check", "together", parts=parts))
    return fold(asked, cells)


def test_one_that_fails_decides_and_what_is_not_known_is_listed_apart() -> None:
    found = folded(
        "which contracts are governed by New York law and expire after 2010",
        ("New York", "May 1, 2012"), ("Delaware", ""), ("New York", ""), ("-", "-"), ("New York", "on completion"),
    )  # fmt: skip
    assert (found.meets, found.fails, found.not_found) == (("a",), ("b",), ("c",))
    assert (found.not_examined, found.unread) == (("d",), ("e",))
    assert found.sentences == (
        "1 of the 2 documents where this could be told: are governed by New York law and expire after 2010.",
        "By condition: are governed by New York law: yes 3, no 1, not told 1; "
        "expire after 2010: yes 1, no 0, not told 4.",
        "1 document gave an answer that cannot be compared.",
        "Of 1 document it is not known, as nothing was found of a condition that decides.",
        "1 document was not examined.",
    )


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("contracts with a cap and insurance", all, True),
        ("contracts with a cap or insurance", any, True),
        ("contracts with a cap but no insurance", all, False),
    ],
)
def test_and_or_and_but_not_of_what_may_be_unknown(question: str, first: object, second: bool) -> None:
    for said in itertools.product(("Yes", "No", ""), repeat=2):
        known = [
            None if not word else (word == "Yes") == wanted
            for word, wanted in zip(said, (True, second), strict=True)
        ]
        decides = first is not all
        expected = decides if decides in known else None if None in known else not decides
        found = folded(question, said)
        told = True if found.meets else False if found.fails else None
        assert told is expected, said


def test_an_answer_to_all_conditions_at_once_stays_one() -> None:
    asked = understand("contracts with a cap and insurance")
    assert fold(asked, [Cell("a", "supported", "Yes"), Cell("b", "check", "No")]).meets == ("a",)


@pytest.mark.parametrize(
    ("question", "rest", "names"),
    [
        (
            "which contracts other than the Acme lease have a cap",
            "which contracts have a cap",
            "the Acme lease",
        ),
        ("Which contracts except Acme have a cap?", "Which contracts have a cap?", "Acme"),
        ("excluding Acme, which contracts have a cap", "which contracts have a cap", "Acme"),
        (
            "rank the contracts by term, except Sierra and Zond",
            "rank the contracts by term",
            "Sierra and Zond",
        ),
        ("which contracts expire next other than Acme", "which contracts expire next", "Acme"),
        ("which agreements apart from sierra.pdf have a cap", "which agreements have a cap", "sierra.pdf"),
    ],
)
def test_documents_that_are_left_out(question: str, rest: str, names: str) -> None:
    assert leaving_out(question) == (rest, names)
    asked = understand(question, today=TODAY)
    assert asked.left_out == names and asked.sentence.endswith(f"It leaves out {names}.")
    assert names not in asked.each and (asked.over, asked.each) == (
        understand(rest, today=TODAY).over,
        understand(rest, today=TODAY).each,
    )


@pytest.mark.parametrize(
    "question",
    """What are the fees, excluding VAT?
Who other than the Licensee may use it?
which contracts are governed by law other than New York
which contracts allow use by parties other than Affiliates
total fees across all contracts excluding VAT
Except for Section 5, what survives termination?
are the parties other than Acme liable
anyone other than Acme
which contracts have an exclusivity clause other than for Acme""".splitlines(),
)
def test_what_is_excepted_inside_a_document_leaves_none_out(question: str) -> None:
    assert understand(question).left_out == ""
