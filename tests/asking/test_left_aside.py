"""Questions that say more than the words of their subject: what is left aside is told, or these are not put."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consolidation.asking.halves import intent_by_halves
from consolidation.asking.in_words import in_words
from consolidation.asking.intents import Intent
from consolidation.asking.over_all import over_all
from tests.asking.test_in_words import meant


@pytest.mark.parametrize(
    ("question", "intent", "words", "aside"),
    [
        ("if somebody buys us, where does that trigger something?",
         meant("which", "change_of_control", thing="buys us"),
         "Which contracts have a change of control clause?", ("where does that trigger something",)),
        ("Marketing here. Whose papers let us check the books when mistakes are found?",
         meant("which", "audit", thing="check the books"), "Which contracts have audit rights?",
         ("when mistakes are found",)),
        ("who has the fattest payout, as a multiple of pay", meant("max", "severance", thing="payout"),
         "Which contract has the highest severance pay?", ("who has the fattest", "as a multiple of pay")),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told(question: str, intent: Intent, words: str, aside: tuple[str, ...]) -> None:
    told = in_words(over_all(question), replace(intent, question=question))
    assert (told.words, told.aside) == (words, aside)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("whose papers never let us check the books when mistakes are found",
         meant("which", "audit", thing="check the books")),
        ("if there are mistakes, whose books may be checked by Acme",
         meant("which", "audit", thing="books may be checked")),
        ("if mistakes are found, which leases let us check the books",
         meant("which", "audit", thing="check the books")),
        ("when it goes wrong, top 3 payouts please", meant("max", "severance", thing="payouts")),
        ("exclusive AND renews on its own - whose?", meant("which", "exclusivity", thing="exclusive AND renews")),
        ("who may only check our books if mistakes are found", meant("which", "audit", thing="check our books")),
    ],
)  # fmt: skip
def test_denials_names_kinds_and_second_conditions_are_never_left_out(question: str, intent: Intent) -> None:
    told = in_words(over_all(question), replace(intent, question=question))
    assert told.words == over_all(question) and not told.aside


@pytest.mark.parametrize(
    ("question", "intent", "words"),
    [
        ("whose loan papers have a cross default", meant("which", "cross_default", thing="cross default"),
         "Which contracts have a cross-default?"),
        ("whose loan papers roll over", meant("which", "renewal", thing="roll over"),
         "Which contracts are loan agreements and renew automatically?"),
        ("how many leases just roll over", meant("count", "renewal", thing="just roll over"),
         "How many contracts are leases and renew automatically?"),
        ("on the building jobs, is there a fine for finishing late? and how much?",
         meant("which_and", "liquidated_damages", thing="fine for finishing late", asked="how much"),
         "Of the contracts that are construction agreements and have liquidated damages: "
         "what is the liquidated damages?"),
        ("leaving aside the loans, who rolls over", meant("which", "renewal", thing="rolls over"),
         "leaving aside the loans, who rolls over"),
        ("Please go through all and tell me which state's or country's rules apply to each one. One line each.",
         meant("each", "governing_law", thing="rules"), "What is the governing law of each contract?"),
        ("who gets a company car", meant("which", "benefits", thing="a company car"),
         "who gets a company car"),
    ],
)  # fmt: skip
def test_documents_of_a_kind_and_things_of_their_own(question: str, intent: Intent, words: str) -> None:
    assert in_words(over_all(question), replace(intent, question=question)).words == words


@pytest.mark.parametrize(
    ("question", "intent", "words", "aside"),
    [
        ("which lenders get an observer on the board", meant("which", "board_seat", thing="observer on the board"),
         "Which contracts give a board seat?", ("observer",)),
        ("Which fights go to private judges, and how many judges are there?",
         meant("which_and", "arbitration", thing="go to private judges", asked="how many judges are there"),
         "Of the contracts that require arbitration of disputes: what is the number of judges?", ()),
        ("Which fights go to private judges, and who are these?",
         meant("which_and", "arbitration", thing="go to private judges", asked="who are"),
         "Which contracts require arbitration of disputes?", ("Which fights", "who are")),
        ("hospitals with no best-price promise", meant("which", "mfn", thing="best-price promise", lacking=True),
         "Which contracts do not have a most favored nation clause?", ("hospitals with no",)),
        ("execs with no severance", meant("which", "severance", thing="severance", lacking=True),
         "Which contracts are employment agreements and have no severance pay?", ()),
        ("any with Northwind Logistics?", meant("any", "parties", thing="with Northwind", value="Northwind"),
         "Are there any contracts with Northwind Logistics?", ()),
        ("whose counterparty is Northwind Logistics?",
         meant("which", "parties", thing="counterparty is Northwind", value="Northwind"),
         "Which contracts are with Northwind Logistics?", ()),
    ],
)  # fmt: skip
def test_one_thing_of_a_subject_and_who_is_meant_are_told(
    question: str, intent: Intent, words: str, aside: tuple[str, ...]
) -> None:
    told = in_words(over_all(question), replace(intent, question=question))
    assert (told.words, told.aside) == (words, aside)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("anyone moonlighting with our blessing?", meant("which", "working_time", thing="moonlighting")),
        ("whose subs could slap a claim on my land", meant("which", "liens", thing="slap a claim on my land")),
        ("who lets us pay late for free", meant("which", "late_interest", thing="pay late")),
        ("who keeps title till paid", meant("which", "risk_of_loss", thing="keeps title till paid")),
        ("deals w/o an authority rep", meant("which", "representations", thing="authority rep", lacking=True)),
        ("monthly rent above 20k", meant("which", "expiry", thing="rent", value="above 20k")),
        ("90 days or more to stop it", meant("which", "expiry", thing="stop it", value="90 days or more")),
    ],
)  # fmt: skip
def test_the_opposite_a_neighbour_and_a_value_of_another_kind_are_none_of_a_subject(
    question: str, intent: Intent
) -> None:
    assert in_words(over_all(question), replace(intent, question=question)).words == over_all(question)


def test_which_documents_are_meant_is_told_without_what_is_asked_of_them() -> None:
    question = "Which bring down the reps, and how long do they live after?"
    told = {
        question: meant("which_and", "survival", thing="live after", asked="how long do they live after"),
        "Which bring down the reps": meant("each", "representations", thing="bring down the reps"),
        "Which have a cap?": meant("which", "liability_cap", thing="cap"),
    }
    both = intent_by_halves(lambda words: replace(told[words], question=words), question)
    assert (both.form, both.subject, both.thing) == ("which_and", "representations", "bring down the reps")
    assert (both.asked, both.question) == ("how long do they live after", question)
    assert intent_by_halves(lambda words: told[words], "Which have a cap?") is told["Which have a cap?"]


@pytest.mark.parametrize(
    ("question", "intent", "words"),
    [
        ("Can you put all twelve in order of there date, oldest first?", meant("earliest", "agreement_date",
         thing="all twelve in order of there date"), "Sort the contracts by date, earliest first"),
        ("when must what was lent be back, soonest first?",
         meant("earliest", "maturity", thing="what was lent be back"),
         "Which contract has the earliest maturity date?"),
        ("Line them up from oldest to newest by the date on them", meant("latest", "agreement_date", thing="date"),
         "Sort the contracts by date, earliest first"),
        ("whose deals just keep rolling on by themselves if nobody says stop",
         meant("which", "renewal", thing="keep rolling on by themselves", lacking=True),
         "Which contracts renew automatically?"),
        ("who drags us before a judge in London?", meant("which", "forum", thing="a judge", value="in London"),
         "Which contracts send disputes to the courts of London?"),
        ("Are all twelve of them under American law?",
         meant("all", "governing_law", thing="American law", value="under American"),
         "Are all contracts governed by the law of the United States?"),
    ],
)  # fmt: skip
def test_orders_courts_and_laws(question: str, intent: Intent, words: str) -> None:
    told = in_words(over_all(question), replace(intent, question=question))
    assert told.words == words
