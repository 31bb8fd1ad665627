"""Which documents are meant: what is asked of each, and which of several documents a question only speaks of."""

from __future__ import annotations

import datetime

import pytest

from consolidation.asking.cells import cell_of
from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.fold import fold
from consolidation.asking.matters import Over, Quantifier
from consolidation.asking.understand import understand

TODAY = datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "over", "each"),
    [
        ("do any of these have an exclusivity clause", "which", "Does the agreement have an exclusivity clause?"),
        ("do any of them auto-renew?", "which", "Does the agreement auto-renew?"),
        ("are all of them under NY law", "which", "What is the governing law?"),
        ("how many of them are governed by Delaware law", "count", "What is the governing law?"),
        ("how many have a term over 2 years", "count", "What is the term?"),
        ("what percentage of contracts have a cap", "count", "Does the agreement have a cap?"),
        ("# of contracts with arbitration", "count", "Does the agreement have arbitration?"),
        ("which has the longest term", "highest", "What is the term?"),
        ("which of the agreements has the longest cure period", "highest", "What is the cure period?"),
        ("which of the endorsement agreements has the longest term", "highest", "What is the term?"),
        ("which lease gives the tenant the longest time to move out", "highest", "What is the time to move out?"),
        ("which leases expired in the last 10 days", "which", "When does the agreement expire?"),
        ("contracts signed in 2019", "which", "When was the agreement signed?"),
        ("documents mentioning Krill Oil", "which", "Does the agreement mention Krill Oil?"),
        ("agreements where liability is uncapped", "which", "Is liability uncapped?"),
        ("contracts where Acme pays tax", "which", "Is it so that Acme pays tax?"),
        ("agreements in which the customer can terminate", "which", "Can the customer terminate?"),
        ("which documents are leases", "which", "What is the title of the agreement?"),
        ("which contracts have been amended", "which", "Has the agreement been amended?"),
        ("which documents are in German", "which", "Is the agreement in German?"),
        ("which contracts did John Smith sign", "which", "Did John Smith sign the agreement?"),
        ("which contracts were signed by Jane Doe", "which", "Was the agreement signed by Jane Doe?"),
        ("which contracts is Acme a party to", "which", "Is Acme a party to the agreement?"),
        ("what contracts does Acme have", "which", "Who are the parties?"),
        ("find me the contract with Acme", "which", "Who are the parties?"),
        ("any contracts with MFN?", "which", "Does the agreement have MFN?"),
        ("which contracts have a royalty rate of at least 5%", "which", "What is the royalty rate?"),
        ("which contracts have notice periods of 30 days or more", "which", "What is the notice period?"),
        ("contracts that can be terminated on 30 days notice", "which",
         "Can the agreement be terminated on 30 days notice?"),
        ("list expiry dates of all contracts", "each", "expiry dates"),
    ],
)  # fmt: skip
def test_what_each_document_is_asked(question: str, over: Over, each: str) -> None:
    asked = understand(question, today=TODAY)
    assert (asked.over, asked.each) == (over, each)
    assert asked.over == "each" or asked.condition is not None or over == "highest"


@pytest.mark.parametrize(
    "question",
    """Which article deals with the joint management committee?
Which documents must the licensee keep?
which earlier contracts does this one replace?
What papers must be handed over at closing?
Which documents together form the whole deal?
Which are the Ancillary Agreements?
How many originals of the contract are made?
Which part of the contract has the price?
Is the customer data owned by both of them?
How many service days are owed in each contract year?
Must they fix the contract by agreement?
What becomes of the licences when it ends?
Does the buyer own the documents it is given?
Is there any need to file with a regulator?
Are there any documents the buyer must deliver?
Is there any agreement between the parties on prices?
Does all of the agreement fall away?
Are earlier deals on the same thing replaced?""".splitlines(),
)
def test_documents_that_are_only_spoken_of(question: str) -> None:
    assert understand(question).over == "document"


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("contracts expiring between January 2024 and March 2025", (2024, 1, 1), (2025, 3, 31)),
        ("which contracts expire between March 1, 2024 and June 30, 2025", (2024, 3, 1), (2025, 6, 30)),
        ("which contracts expire before March 1, 2025", None, (2025, 2, 28)),
        ("which NDAs expire this year", (2026, 1, 1), (2026, 12, 31)),
        ("which contracts have already expired", None, (2026, 2, 28)),
        ("which contracts are still in force", (2026, 3, 1), None),
    ],
)
def test_days_of_a_condition(
    question: str, low: tuple[int, int, int] | None, high: tuple[int, int, int] | None
) -> None:
    found = understand(question, today=TODAY).condition
    days = [datetime.date(*day).toordinal() if day else None for day in (low, high)]
    assert found is not None and [found.low, found.high] == days


def test_no_condition_of_two_is_lost() -> None:
    asked = understand("which contracts renew automatically but don't expire before 2026")
    assert asked.each == "Does the agreement renew automatically but does it not expire before 2026?"
    assert clause_kind(asked) == "" and [one.each for (one,) in asked.tested] == [
        "Does the agreement renew automatically?",
        "When does the agreement expire?",
    ]
    assert understand("Which contracts are governed by the laws of England and Wales?").value == "law"


def test_what_a_clause_denies_is_counted_where_it_is_denied() -> None:
    asked = understand("contracts where the supplier cannot terminate")
    assert asked.each == "Can the supplier terminate?"
    found = fold(asked, [cell_of(asked, "a", "supported", "No"), cell_of(asked, "b", "supported", "Yes")])
    assert (found.meets, found.fails) == (("a",), ("b",))


@pytest.mark.parametrize(
    ("question", "quantifier", "each"),
    [
        ("do they all have the same term", "same", "How long is the term of the agreement?"),
        ("is the notice period the same in both leases", "same", "What is the notice period?"),
        ("Same governing law in Acme and Beta?", "same", "What is the governing law?"),
        ("are the Acme and Beta leases of the same date", "same", "What is the date of the agreement?"),
        ("are any perpetual", "any", "Is the agreement perpetual?"),
    ],
)
def test_whether_all_say_the_same(question: str, quantifier: Quantifier, each: str) -> None:
    asked = understand(question)
    assert (asked.quantifier, asked.each) == (quantifier, each)


def test_what_documents_cannot_is_asked_as_what_they_can() -> None:
    asked = understand("Which agreements can't be assigned without consent?")
    assert asked.each == "Can the agreement be assigned without consent?"
    assert asked.condition and asked.condition.test == "lacks"
