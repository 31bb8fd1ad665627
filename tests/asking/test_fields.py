"""Which fact of a brief a question asks for: one meaning, one fact, in whatever words."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand

ASKED = {
    "expiry": (
        "On what date does the agreement run out?", "Which day is the contract's last?", "When does the deal expire?",
        "Until when does this contract hold?", "When is the lease finished?",
        "What is the date the agreement ends on?",
        "When will the agreement no longer be in force?", "The agreement terminates on which date by its terms?",
        "When does the initial term come to an end?", "Up to what date does the agreement stay alive?",
    ),
    "effective_date": (
        "When does the agreement start?", "From which date is the contract in force?", "What's the effective date?",
        "On what day did the contract term begin?", "When does the deal kick in?",
        "Since what date has it been effective?",
        "As of when does the agreement apply?", "When does the contract become binding?",
        "On which date does the agreement begin to run?", "Effective from when is the agreement?",
    ),
    "agreement_date": (
        "When was the contract made?", "What date was the agreement signed on?",
        "When did the parties enter into the agreement?",
        "What's the date of this agreement?", "On which date was the deal struck?", "When was it executed?",
        "Which date does the contract bear?", "When did both sides sign the contract?",
        "signing date of the contract?",
        "How is the agreement dated?",
    ),
    "governing_law": (
        "What is the law of the contract?", "Which country's law governs this?", "Under which law is it to be read?",
        "Governing law?", "The laws of which state apply?", "What law rules the agreement?", "Whose laws control it?",
        "Is it English law or which law that governs?", "Which jurisdiction governs the agreement?",
        "By which law is the agreement construed?",
    ),
    "renewal_term": (
        "For how long is it renewed each time?", "How many years does one renewal add?", "What's the renewal period?",
        "How long is each extension?", "When it rolls over, for how long?", "Length of the extension term?",
        "What period is it extended by?", "How long are renewals?", "By how many months does it renew?",
        "What is the duration of the renewal term?",
    ),
    "notice_period": (
        "By when do we have to speak up if we don't want it to roll over?",
        "How far before the end must a party say no to the extension?",
        "How much notice stops it from renewing?", "How many days ahead must non-renewal be notified?",
        "How long before the end must one give notice not to renew?", "What notice keeps it from being extended?",
        "How far in advance can I stop the renewal?", "How many months' notice of non-renewal?",
        "How early does notice against renewal have to come?", "What is the notice period for non-renewal?",
        "With how much notice can the extension be prevented?", "How long ahead do we opt out of the renewal?",
    ),
    "party": (
        "Which parties made this agreement?", "Who is contracting here?", "Between who is it?",
        "Who are both sides of the contract?", "Name the contracting companies.",
        "Which companies entered into this?",
        "Name the contracting parties.", "Who is a party to the agreement?", "With whom was the agreement made?",
        "Which two parties is this between?",
    ),
    "title": (
        "What's the document's title?", "What is this agreement named?", "What type of document is it?",
        "How is this contract titled?", "What contract is this?", "What is the heading of the agreement?",
        "Name of the contract?", "Under which title was the agreement made?", "What is the caption on this document?",
        "What does this agreement call itself?",
    ),
    "term": (
        "How long does the contract run?", "What's the contract term?", "For how many years does the agreement last?",
        "What is the length of the agreement?", "Duration of the agreement?", "How long is it in force?",
        "For what time is the contract concluded?", "How many years does the agreement cover?",
        "How long will this deal last?", "For which period does the agreement hold?",
    ),
    "forum": (
        "Before which courts do disputes go?", "What is the forum for disputes?", "Where can they sue each other?",
        "Which city is the venue?", "Where is arbitration held?", "The courts of which state decide?",
        "Where do lawsuits have to be filed?", "In which courts may one litigate?", "What venue was agreed?",
        "Where does one have to go to court?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("field", ASKED)
def test_whatever_the_words_the_same_fact_is_asked_for(field: str) -> None:
    said = {question: asked_field(understand(question)) for question in ASKED[field]}
    assert len(said) == len(ASKED[field]) >= 10
    assert {question: found for question, found in said.items() if found != field} == {}


@pytest.mark.parametrize(
    "question",
    [
        "How long is the non-compete in the agreement?",
        "How long do confidentiality obligations of the contract last?",
        "How long does the warranty under the agreement run?",
        "How long does severance last under the contract?",
    ],
)
def test_what_lasts_for_a_time_of_its_own_is_not_the_term(question: str) -> None:
    assert asked_field(understand(question)) == ""


@pytest.mark.parametrize(
    "question", ["Where must disputes be brought?", "Where may an action under it be brought?"]
)
def test_where_disputes_go_is_the_forum(question: str) -> None:
    assert asked_field(understand(question)) == "forum"


@pytest.mark.parametrize(
    "question",
    ["How long is he hired for?", "For how long is the consultant engaged?", "How long does the job last?"],
)
def test_how_long_somebody_is_employed_is_the_term(question: str) -> None:
    assert asked_field(understand(question)) == "term"


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Who are all the parties?", "party"),
        ("Who are all the parties based outside the United States?", ""),
        ("Who are the foreign parties?", ""),
        ("Which parties are incorporated in Delaware?", ""),
    ],
)
def test_some_of_the_parties_are_not_all_of_them(question: str, field: str) -> None:
    assert asked_field(understand(question)) == field
