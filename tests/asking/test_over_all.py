"""Questions that are asked of many documents at once, in whatever words: what each of them is then asked."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.cells import Cell
from consolidation.asking.fold import fold
from consolidation.asking.matters import Over
from consolidation.asking.over_all import over_all
from consolidation.asking.typed import normalise
from consolidation.asking.understand import understand

TODAY = datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "over", "each"),
    [
        ("who has audit rights in these agreements, and against whom?", "which",
         "Does the agreement give somebody audit rights?"),
        ("Does anyone have a right of first refusal?", "which",
         "Does the agreement give somebody a right of first refusal?"),
        ("where is liability capped or limited?", "which", "Is liability capped or limited?"),
        ("Which contracts are missing uncapped liability?", "which", "Does the agreement have uncapped liability?"),
        ("third party beneficiary rights - where?", "which",
         "Does the agreement have third party beneficiary rights?"),
        ("change of control - which ones bite?", "which", "Does the agreement have change of control?"),
        ("How many of the twelve were made in 1998?", "count",
         "What is the date of the agreement?"),
        ("any with a cap?", "which", "Does the agreement have a cap?"),
        ("any of these under New York law?", "which", "What is the governing law?"),
        ("anything here governed by English law?", "which", "What is the governing law?"),
        ("is there one with a liquidated damages clause?", "which",
         "Does the agreement have a liquidated damages clause?"),
        ("is there an mfn hiding somewhere in these", "which", "Does the agreement have an mfn?"),
        ("any jury trial waivers?", "which", "Does the agreement have any jury trial waivers?"),
        ("which ones go to arbitration", "which", "Does the agreement go to arbitration?"),
        ("show me the ones that can't be assigned without consent", "which",
         "Can the agreement be assigned without consent?"),
        ("non-compete contracts", "which", "Does the agreement have a non-compete clause?"),
        ("pull every agreement with a most favoured nation clause", "which",
         "Does the agreement have a most favoured nation clause?"),
        ("anything in here we can walk out of for convenience - which ones?", "which",
         "Can the agreement be terminated for convenience?"),
        ("Do any of the suppliers get to put their prices up?", "which",
         "Does the supplier get to put their prices up?"),
        ("Are we on the hook for late interest anywhere?", "which", "Are we on the hook for late interest?"),
        ("Would insolvency let them terminate? Which ones?", "which", "Would insolvency let them terminate?"),
        ("what's already dead in here?", "which", "When does the agreement expire?"),
        ("How many of these contracts were made in 1998, and which?", "count", "What is the date of the agreement?"),
        ("what share of them renew automatically", "count", "Does the agreement renew automatically?"),
        ("how many can we get out of with 30 days notice or less", "count",
         "Can the agreement be terminated with 30 days notice or less?"),
        ("has everything been signed by both sides", "which", "Has the agreement been signed by both sides?"),
        ("shortest initial term?", "lowest", "What is the initial term?"),
        ("longest notice period anyone has to give to terminate?", "highest",
         "What is the notice period to terminate?"),
        ("who charges the most late interest", "highest", "What is the late interest?"),
        ("the least time we have to fix a breach - which contract is that", "lowest",
         "What is the period to fix a breach?"),
        ("what's the latest date any of these can run to", "latest", "When does the agreement expire?"),
        ("what's the oldest agreement in here and which one is the most recent?", "earliest",
         "What is the date of the agreement?"),
        ("newest to oldest pls, all of them", "latest", "What is the date of the agreement?"),
        ("who signed what", "each", "Who signed the agreement?"),
        ("list all the parties", "each", "Who are the parties to the agreement?"),
        ("pull all royalty rates", "each", "What are the royalty rates?"),
        ("liability caps side by side", "each", "Liability caps?"),
        ("where would we get sued under each of these", "each", "Where would we get sued?"),
        ("which contracts auto renew, and how much notice to stop it?", "each",
         "how much notice to stop the renewal?"),
        ("which of these just keep rolling over if nobody says anything?", "which",
         "Does the agreement just keep rolling over if nobody says anything?"),
        ("If there's a fight, which of these send us to arbitrators?", "which",
         "Does the agreement send us to arbitrators if there's a fight?"),
        ("Out of the twelve, how many have an entire-agreement clause?", "count",
         "Does the agreement have an entire-agreement clause?"),
        ("In how many does the loser pay the winner's lawyers?", "count", "Does the loser pay the winner's lawyers?"),
        ("what's the oldest paper in this pile and what's the newest?", "earliest",
         "What is the date of the agreement?"),
        ("Where can somebody walk away without giving any reason, and how much warning do they have to give?", "each",
         "how much warning do they have to give?"),
        ("Is there a cap on liability, and what is it?", "each", "what is the cap on liability?"),
        ("How many of the agreements were made before the year 2000?", "count", "What is the date of the agreement?"),
        ("how long does each one last / when does it end?", "each", "how long does the agreement last"),
        ("which agreements can a party transfer without the other side's okay?", "which",
         "Can the agreement be assigned without the other side's okay?"),
        ("Which amendments say what law governs them?", "which", "Does the agreement have a governing law clause?"),
        ("which docs in the file are unsigned, ie the signature lines are blank", "which",
         "Is the agreement unsigned?"),
    ],
)  # fmt: skip
def test_what_each_of_many_documents_is_asked(question: str, over: Over, each: str) -> None:
    asked = understand(over_all(question), today=TODAY)
    assert (asked.over, asked.each) == (over, each)


@pytest.mark.parametrize(
    "question",
    """What is the governing law?
Who may terminate the agreement, Acme or Beta?
Where do we bring a dispute?
where are notices sent
Where is the client allowed to sell the lights?
What is the most either side could be made to pay in damages?
Is it New York law or something else? Which?
Some patents are kept out of the licensed group. Which ones?
Which claims did the company hold back, i.e. where is it not letting him off the hook?
How many signed originals are there?
who can RCP talk to for payroll consulting
May anyone on the operator's staff ring the hotline?
Is there a fixed end date, or how long does it last?
how many have an arbitration clause and how many go to court
When does it expire?
Which agreements renew automatically?
What is the price per contract year?""".splitlines(),
)
def test_what_is_asked_of_a_document_stays(question: str) -> None:
    assert over_all(question) == question


@given(st.text(max_size=120))
def test_any_words_give_a_question(words: str) -> None:
    said = over_all(words)
    understand(said, today=TODAY)
    assert bool(re.search(r"\w{2}", said)) or said == words


@pytest.mark.parametrize(
    ("question", "each", "tested"),
    [
        ("which agreements contain a limitation of liability, and what are the carve-outs?",
         "what are the carve-outs?",
         "Does the agreement have a limitation of liability?"),
        ("for each contract that renews automatically, what is the notice period?", "what is the notice period?",
         "Does the agreement renew automatically?"),
        ("Of the leases governed by Texas law: what is the rent?", "what is the rent?", "What is the governing law?"),
    ],
)  # fmt: skip
def test_what_is_asked_of_such_documents_alone(question: str, each: str, tested: str) -> None:
    asked = understand(over_all(question), today=TODAY)
    assert (asked.over, asked.each) == ("each", each)
    assert [one.each for group in asked.tested for one in group] == [tested]


def of_parts(document: str, length: str, renews: str) -> Cell:
    value = Cell(document, "supported", length, normalise("duration", length))
    said = Cell(document, "supported", renews, normalise("free", renews))
    return Cell(document, "supported", f"(1) {length} (2) {renews}", None, parts=(value, said))


def test_values_of_such_documents_alone_are_folded() -> None:
    asked = understand(
        "Of the contracts that renew automatically: how long is the notice period?", today=TODAY
    )
    cells = [of_parts("a", "30 days", "Yes"), of_parts("b", "30 days", "Yes"), of_parts("c", "90 days", "No")]
    told = fold(asked, cells)
    assert (told.meets, told.fails) == (("a", "b"), ("c",))
    assert [(group.shown, group.documents) for group in told.groups] == [("30 days", ("a", "b"))]
    assert told.sentences[:2] == (
        "2 of the 3 documents where this could be told: renew automatically.",
        "Of these: 30 days: 2 documents.",
    )


def test_a_document_meets_a_condition_whatever_is_found_of_what_is_asked_besides() -> None:
    asked = understand("Of the contracts that renew automatically: how long is the notice?", today=TODAY)
    silent = Cell("b", "not_found", "")
    said = Cell("b", "supported", "Yes", normalise("free", "Yes"))
    cells = [
        of_parts("a", "30 days", "Yes"),
        Cell("b", "check", "(1) not found (2) Yes", None, parts=(silent, said)),
        of_parts("c", "90 days", "No"),
    ]
    told = fold(asked, cells)
    assert (told.meets, told.fails, told.not_found) == (("a", "b"), ("c",), ())
    assert told.sentences[:2] == (
        "2 of the 3 documents where this could be told: renew automatically.",
        "Of these: 30 days: 1 document; nothing found in 1 document.",
    )


@pytest.mark.parametrize(
    ("question", "title", "meets"),
    [
        ("how many amendments are there?", "SECOND AMENDMENT TO CO-BRANDING AGREEMENT", True),
        ("how many amendments are there?", "CO-BRANDING AGREEMENT", False),
        ("how many NDAs do we have", "Mutual Non-Disclosure Agreement", True),
        ("which documents are employment agreements", "AMENDED AND RESTATED EMPLOYMENT AGREEMENT", True),
        ("which of these are leases", "Sublease", True),
        ("which of these are leases", "Purchase Agreement", False),
        ("which contracts are not amendments", "FIRST AMENDMENT", False),
        ("how many of the documents are amendments of an earlier agreement?", "Amendment No. 1", True),
    ],
)
def test_what_documents_are_is_told_by_their_titles(question: str, title: str, meets: bool) -> None:
    asked = understand(question, today=TODAY)
    assert asked.each == "What is the title of the agreement?"
    told = fold(asked, [Cell("a", "supported", title, normalise("title", title))])
    assert bool(told.meets) is meets and bool(told.fails) is not meets


@pytest.mark.parametrize(
    ("question", "words"),
    [("how many are from 1998?", "in 1998"), ("which contracts are from 1998 onwards", "from 1998")],
)
def test_a_year_that_documents_are_from_is_theirs(question: str, words: str) -> None:
    asked = understand(over_all(question), today=TODAY)
    assert asked.condition and (asked.condition.words, asked.each) == (
        words,
        "What is the date of the agreement?",
    )
    assert (asked.condition.high is not None) is (words == "in 1998")


@pytest.mark.parametrize(
    "question",
    [
        "how many contracts are there",
        "which of these are mutual NDAs?",
        "Which contracts are missing a non-transferable license?",
    ],
)
def test_what_no_title_says_is_not_told_by_it(question: str) -> None:
    assert understand(question, today=TODAY).each != "What is the title of the agreement?"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "Is any licence perpetual, and if so can Oak cancel it?",
            "Of the contracts that are perpetual: can Oak cancel it?",
        ),
        (
            "Do any agreements contain a non-compete, and if so how long is it?",
            "Of the contracts that contain a non-compete: how long is the non-compete?",
        ),
        (
            "In which document does a borrower release its lenders?",
            "In which contracts does a borrower release its lenders?",
        ),
        ("which contracts have a cap, and if so how much?", "Of the contracts that have a cap: how much?"),
    ],
)
def test_what_is_asked_of_those_that_are_so(question: str, words: str) -> None:
    assert over_all(question) == words
