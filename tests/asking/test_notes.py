"""Short notes: several facts at once, terms, statements to confirm, and what asks for a value."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.typed import ValueType
from consolidation.asking.understand import understand


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("parties, term, governing law", ["parties", "term", "governing law"]),
        ("rent and deposit?", ["rent", "deposit"]),
        ("What are the rent and the deposit?", ["What is the rent?", "What is the deposit?"]),
        ("1) governing law 2) term 3) notice period", ["governing law", "term", "notice period"]),
        ("- governing law\n- venue", ["governing law", "venue"]),
        ("governing law, and is there an arbitration clause?", ["governing law", "is there an arbitration clause?"]),
        ("can we terminate early and do we have to pay a fee", ["can we terminate early", "do we have to pay a fee"]),
        ("can Buyer terminate, and on what notice", ["can Buyer terminate?", "On what notice can Buyer terminate?"]),
        ("parties, term, law of Holiday RV", ["parties of Holiday RV", "term of Holiday RV", "law of Holiday RV"]),
        ("expiry date and notice period of the Acme lease",
         ["expiry date of the Acme lease", "notice period of the Acme lease"]),
    ],
)  # fmt: skip
def test_a_note_of_several_facts_asks_for_each(note: str, asked: list[str]) -> None:
    assert [part.each for part in understand(note).parts] == asked


@pytest.mark.parametrize(
    "note",
    ["term and termination", "insurance of tools and plant",
     "On which market and at what hour is it taken?", "is there a cap? if so how much", "Mr. Smith's salary?"],
)  # fmt: skip
def test_one_question_is_not_parted(note: str) -> None:
    assert not understand(note).parts


def test_facts_of_each_document_are_asked_of_each() -> None:
    asked = understand("give me the expiry date and notice period for each contract")
    assert [(part.over, part.value) for part in asked.parts] == [("each", "date"), ("each", "duration")]


@pytest.mark.parametrize(
    ("note", "value", "field"),
    [
        ("term?", "duration", "term"),
        ("what's the term", "duration", "term"),
        ("start date", "date", "effective_date"),
        ("exp date", "date", "expiry"),
        ("Delaware or New York law?", "law", "governing_law"),
        ("doc type", "title", "title"),
        ("how long before expiry must we give notice?", "duration", ""),
        ("who signed for the buyer?", "person", ""),
        ("who gets notice", "person", ""),
        ("number of renewal terms", "number", ""),
        ("what survives termination", "list", ""),
        ("supplier obligations", "list", ""),
        ("what are tenant's repair obligations", "list", ""),
        ('"Net Sales"?', "definition", ""),
        ('def of "Affiliate"', "definition", ""),
        ("what does the contract say on liability", "free", ""),
        ("IP ownership", "free", ""),
    ],
)
def test_what_a_note_asks_for(note: str, value: ValueType, field: str) -> None:
    asked = understand(note)
    assert (asked.value, asked.yes_no, asked_field(asked)) == (value, False, field)


@pytest.mark.parametrize(
    "statement",
    """Licensee may sublicense to affiliates?
the landlord has to repair the roof?
Vendor indemnifies us?
There is no cap on liability
The agreement renews automatically.
Confirm the agreement is governed by New York law
please confirm liability is capped
I assume Buyer can terminate early?
True or false: the agreement renews automatically
Am I right that the licence is perpetual?
the term is 5 years, right
auto-renewal y/n
so the distributor must help when it ends?
third-party beneficiaries?
uncapped liability?
governed by Delaware law?
anything on data breach
if Buyer is late can Seller charge interest
After termination must data be returned""".splitlines(),
)
def test_a_statement_is_to_be_confirmed(statement: str) -> None:
    assert understand(statement).yes_no


@pytest.mark.parametrize(
    "question",
    """Please confirm the city in which arbitration would be held.
Confirm the notice period
amount Licensee must pay?
A notice is put in the post to the borrower: from when does it count?
effect of force majeure on duties
type of insurance both sides must carry
Confidential information is subject to which provision?
no material adverse change since when?
non-compete ends when?
if goods are defective who pays for return
How long has it to say yes or no?
city of the arbitration?""".splitlines(),
)
def test_what_asks_for_a_value_is_not_to_be_confirmed(question: str) -> None:
    assert not understand(question).yes_no
