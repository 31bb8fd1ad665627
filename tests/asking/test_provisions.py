"""Provisions that are asked for by what they do, and minimums: told by sentences, by no mere mention."""

from __future__ import annotations

import pytest

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.clause_names import FEES_OF_WINNER, MANDATORY_ARBITRATION, clause_named
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_against
from consolidation.passages.passages import Passages, passages_of
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.told import told_by_text
from consolidation.text.windows import split
from tests.engine.tiny import Words

ARBITRATED = "Does the agreement require disputes to go to arbitration?"
WINNER = "Does the winning party recover attorneys' fees?"
WORTH = "Does the agreement set a minimum tangible net worth?"


def passages(text: str) -> Passages:
    return passages_of(text, lambda text: split(text, Words(), 64))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        (ARBITRATED, MANDATORY_ARBITRATION),
        ("Do disputes have to be arbitrated?", MANDATORY_ARBITRATION),
        ("Must all claims be submitted to binding arbitration?", MANDATORY_ARBITRATION),
        ("Is arbitration mandatory?", MANDATORY_ARBITRATION),
        ("Is there an arbitration clause?", "arbitration"),
        ("Is arbitration required if the parties cannot agree?", ""),
        ("Can the parties arbitrate?", ""),
        ("Must disputes about royalties be arbitrated?", ""),
        (WINNER, FEES_OF_WINNER),
        ("Is the prevailing party entitled to its legal fees?", FEES_OF_WINNER),
        ("Does the loser pay the other side's lawyers' costs?", FEES_OF_WINNER),
        ("Does the borrower pay the bank's legal fees?", ""),
        ("Does the winner recover attorneys' fees if it settles?", ""),
    ],
)
def test_a_provision_is_asked_for_by_what_it_does(question: str, name: str) -> None:
    assert clause_named(understand(question)) == name


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (ARBITRATED, "Any dispute shall be settled by arbitration under the rules of the AAA.", "Yes"),
        (ARBITRATED, "The parties agree to submit all claims to binding arbitration in Texas.", "Yes"),
        (ARBITRATED, "A party may pursue a claim for damages through binding arbitration.", "Yes"),
        (ARBITRATED, "In an action to enforce this, including arbitration, the winner shall be paid.", ""),
        (ARBITRATED, "If a court or arbitrator shall find a term void, the rest shall stand.", ""),
        (ARBITRATED, "Disputes may by mutual agreement be settled by arbitration.", ""),
        (ARBITRATED, "No dispute shall be submitted to arbitration.", ""),
        (ARBITRATED, "Disputes shall be heard by the courts of Texas.", "No"),
        ("Is there an arbitration clause?", "In a suit, or arbitration, the winner shall be paid.", ""),
        ("Is there an arbitration clause?", "The arbitration will be conducted by one person.", "Yes"),
        (WINNER, "The prevailing party shall recover its costs and reasonable attorneys' fees.", "Yes"),
        (WINNER, "Reasonable legal fees shall be awarded to the party that prevails.", "Yes"),
        (
            WINNER,
            "The defaulting party shall pay all costs, including attorney\u2019s fees, of the other.",
            "Yes",
        ),
        (WINNER, "She releases any and all claims for attorneys' fees.", ""),
        (WINNER, "Each party shall bear its own attorneys' fees, even where it prevails.", ""),
        (WINNER, "The price is paid in cash.", "No"),
        (WORTH, "Keep a minimum Consolidated\nTangible Net Worth of $9,000,000.", "Yes"),
        (WORTH, "The Borrower will maintain Tangible Net Worth of not less than Thirty Million.", "Yes"),
        (WORTH, "It is a default if its tangible net worth falls below $5,000,000.", "Yes"),
        (WORTH, "“Tangible Net Worth” means equity minus goodwill.", ""),
        (WORTH, "There is no minimum tangible net worth of $5 or any sum.", ""),
        (WORTH, "EBITDA shall be at least $5,220,000.", "No"),
        ("Is there a minimum liquidity?", "Unrestricted cash shall be at least $5.", ""),
        ("Is there a minimum order of steel?", "Tangible net worth is $5.", ""),
    ],
)
def test_a_provision_is_told_by_its_sentence(question: str, text: str, said: str) -> None:
    told = told_by_text(understand(question), passages(text))
    assert (told.said if told else "") == said
    assert told is None or bool(told.places) is (said == "Yes")


@pytest.mark.parametrize(
    ("question", "sentence", "against"),
    [
        (ARBITRATED, "In an action, including arbitration, the winner shall receive its fees.", True),
        (ARBITRATED, "A court or arbitrator may strike a term.", True),
        (ARBITRATED, "The claim is referred to arbitration.", False),
        (ARBITRATED, "Disputes, including those about arbitration, go to a panel.", False),
        (WINNER, "She releases all claims for attorneys' fees and costs.", True),
        (WINNER, "It pays any loss (including reasonable fees of attorneys) from a suit.", True),
        (WINNER, "Whoever prevails is paid its costs, including attorneys' fees.", False),
        (WINNER, "The loser's expenses, including attorneys' fees, are its own.", False),
        (WORTH, "EBITDA shall be at least $5,220,000.", True),
        (WORTH, "Its consolidated net worth shall be kept.", False),
        ("Is a net worth of $5 kept?", "EBITDA shall be at least $5.", False),
    ],
)
def test_a_mention_is_no_provision(question: str, sentence: str, against: bool) -> None:
    asked, place = understand(question), (0, len(sentence))
    yes, no = (Candidate("reader", said, (place,), 0) for said in ("Yes", "No"))
    assert is_against(asked, asked_field(asked), passages(sentence), yes) is against
    both = against and "net worth" not in question
    assert is_against(asked, asked_field(asked), passages(sentence), no) is both


def test_financial_minimums_are_no_commitments_to_buy() -> None:
    assert not clause_kind(understand("Does the agreement have a minimum debt service coverage ratio?"))
    assert not clause_kind(understand(WORTH))
    assert clause_kind(understand("Does the agreement have a minimum purchase?")) == "Minimum Commitment"
