"""What a document's text tells by itself, and what it says against an answer."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.contrary import is_contrary
from consolidation.passages.passages import Passages, passages_of
from consolidation.proposals.lacking import lacks_name
from consolidation.proposals.mentioning import from_text
from consolidation.proposals.told import lacks_term, told_by_text
from consolidation.text.windows import split
from tests.engine.tiny import Words

TEXT = """SUPPLY AGREEMENT

This Agreement is made on March 3, 2014 between Acme Ltd and Beta Inc of Nashville. "Goods" means steel pipes.

1. TERM
The initial term is two years. The term shall automatically be extended for one more year unless notice is given.

2. NON-SOLICITATION
Neither party shall solicit the other's staff. Section 6 is amended by deleting the date "May 1, 2015" and inserting
in its place the date "May 1, 2018".
"""
CHOSEN = "This Agreement ends in 2020. The parties must mutually agree in writing to extend the term.\n"


def passages(text: str) -> Passages:
    return passages_of(text, lambda text: split(text, Words(), 64))


@pytest.mark.parametrize(
    ("question", "text", "said", "stands"),
    [
        ("Does the agreement mention nashville?", TEXT, "Yes", "Nashville"),
        ("Is steel pipe mentioned in the Acme contract?", TEXT, "Yes", "steel pipes"),
        ("Does the agreement mention Boston?", TEXT, "No", ""),
        ("Does the agreement mention how it ends?", TEXT, "", ""),
        ("Does the agreement mention warranties?", TEXT, "No", ""),
        ("does it mention bitcoin?", TEXT, "No", ""),
        ("any mention of steel pipes?", TEXT, "Yes", "steel pipes"),
        ("mention nashville?", TEXT, "Yes", "Nashville"),
        ("does it mention pets?", "Petty cash is kept.", "", ""),
        ("does it mention force majeure?", "No party is liable for acts of God.", "", ""),
        ("does it mention indemnity?", "Acme shall indemnify Beta for claims.", "Yes", "Acme shall"),
        ("does it mention pets?", "No dog is kept.", "No", ""),
        ("does it mention taxes?", "No tax is due.", "", ""),
        ("does it mention indemnities?", "Acme is kept whole and harmless.", "", ""),
        ("Does the agreement mention a soliciting party?", TEXT, "", ""),
        ("Is the term automatically extended?", TEXT, "Yes", "shall automatically be extended"),
        ("Does the agreement renew automatically?", CHOSEN, "No", "mutually agree in writing to extend"),
        ("Does the agreement not renew automatically?", CHOSEN, "", ""),
        ("Is it renewed automatically?", "It ends, subject to any automatic renewal by law.", "No", ""),
        ("Does the Acme agreement have a non-solicitation clause?", TEXT, "Yes", "2. NON-SOLICITATION"),
        ("Is there an arbitration clause in the agreement?", TEXT, "No", ""),
        ("Arbitration clause?", TEXT, "No", ""),
        (
            "arbitration clause",
            "Three arbitrators shall decide. Fees are shared.",
            "Yes",
            "Three arbitrators shall",
        ),
        ("Is there an arbitration clause?", "The arbitrators of taste wrote this.", "", ""),
        (
            "Does it renew automatically?",
            "This form renews for periods of a year unless ended.",
            "Yes",
            "form renews for",
        ),
        ("Is there a staff clause?", TEXT, "", ""),
        ("Does the agreement mention Steel?", TEXT, "No", ""),
        ("Does the agreement name a buyer?", "No buyer is known.", "", ""),
        ("Is Nashville named in the agreement?", TEXT, "Yes", "Nashville"),
        ("Does it renew automatically?", "This agreement shall not be automatically renewed.", "No", "auto"),
        ("Does it renew automatically?", "In no event shall the term automatically renew.", "No", "auto"),
        ("Does it renew automatically?", "This lease will not renew unless both agree.", "No", "will not"),
        ("Does it renew automatically?", "Unless told, Ann shall renew the policy for the term.", "No", ""),
        ("Is there an arbitration clause?", "In no case shall any arbitrator be named; none shall.", "", ""),
        (
            "Is there a secrecy clause?",
            "AGREEMENT\n\n1. No Secrecy\nAnything may be told, in secrecy or not.\n",
            "",
            "",
        ),
        ("What is the term?", TEXT, "", ""),
    ],
)
def test_the_text_itself_tells_what_stands_in_it(question: str, text: str, said: str, stands: str) -> None:
    asked, made = understand(question), passages(text)
    told = from_text(asked, made) or told_by_text(asked, made)
    assert (told.said if told else "") == said
    places = told.places if told else ()
    assert [text[a:b].startswith(stands) for a, b in places[:1]] == ([True] if stands else [])


def test_who_somebody_is_tells_no_document_that_does_not_name_them() -> None:
    made = passages(TEXT + "Jane Doe signs.")
    asked = ("Who is Katherine Blomqvist?", "who is Jane Doe", "Who is the buyer?")
    assert [lacks_name(understand(one), made) for one in asked] == [True, False, False]


def test_a_term_is_defined_only_where_it_stands() -> None:
    made = passages(TEXT)
    assert [
        lacks_term(understand(q), made)
        for q in (
            "What are the Goods?", "Define “Hosted Site”", "Who signed?", "What counts as being let go for cause?",
            "What counts as “being let go for cause”?", "What counts as the firm changing hands?",
        )
    ] == [False, True, False, False, True, False]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "sentence", "said", "contrary"),
    [
        ("Is the fee refundable?", "This fee shall not be refundable for any reason.", "Yes", True),
        ("Is the fee refundable?", "This fee shall not be refundable for any reason.", "No", False),
        ("Can the tenant sublet?", "The Tenant shall not sublet the Premises.", "Yes", True),
        ("Can it be assigned?", "Neither party may assign this Agreement.", "Yes", True),
        ("Can it be assigned?", "Neither party may assign this Agreement without consent.", "Yes", False),
        (
            "May it be assigned without consent?",
            "No party may assign it without prior approval.",
            "Yes",
            True,
        ),
        ("May it be assigned without consent?", "It may be assigned without consent.", "Yes", False),
        (
            "May it be assigned to an affiliate without consent?",
            "No party may assign it without consent, except to an affiliate.",
            "Yes",
            False,
        ),
        (
            "May it be assigned without consent?",
            "Neither this Agreement nor the rights of either Party hereunder shall be assigned without consent.",
            "Yes",
            True,
        ),
        (
            "May it be assigned without consent?",
            "Neither party may, or shall have the right to, assign it without the other's consent.",
            "Yes",
            True,
        ),
        (
            "May ACME assign the agency agreement without consent?",
            "ACME may assign this to an affiliate. The Agency may not assign this without consent.",
            "Yes",
            False,
        ),
        ("Is the tenant barred from subletting?", "The Tenant shall not sublet the Premises.", "Yes", False),
        ("Is the fee refundable?", "The fee shall be refundable and shall not bear interest.", "Yes", False),
        (
            "When does the agreement expire?",
            "It runs ten years beginning on May 1, 2015.",
            "May 1, 2015",
            True,
        ),
        ("When does it expire?", "Contract start: 04-01-06 Contract end: 04-01-08", "04-01-06", True),
        ("When does it expire?", "Contract start: 04-01-06 Contract end: 04-01-08", "04-01-08", False),
        ("When does the agreement expire?", "It runs from now through May 1, 2015.", "May 1, 2015", False),
        ("When does the term end?", "Effective Date: May 1, 2015; term three years.", "May 1, 2015", True),
        (
            "What happens to a Leaver's shares?",
            '"Leaver" means one who resigns early.',
            "resigns early",
            True,
        ),
        ("What happens to a Leaver's shares?", "A Leaver sells at par.", "sells at par", False),
        (
            "How many times a year may it inspect?",
            "It gives five days' notice, twice a year.",
            "five days",
            True,
        ),
        ("How many times a year may it inspect?", "It may, twice in a year.", "twice in a year", False),
        ("How often does it report?", "It reports every 30 days.", "every 30 days", False),
        ("Where was the meeting held?", "It met on May 14, 2024.", "May 14, 2024", True),
        ("Where was the meeting held?", "It met in Portland, Oregon.", "Portland, Oregon", False),
        ("Who is the finance director?", "Signed for Osprey Logistics plc", "Osprey Logistics plc", True),
        ("Who is the finance director?", "Signed by Ann Lee for Osprey", "Ann Lee", False),
        ("When does the agreement take effect?", "It continues through May 1, 2015.", "May 1, 2015", True),
        ("What is the notice period?", "A Year is twelve months.", "twelve months", True),
        ("What is the notice period?", "It ends by two months' notice.", "two months", False),
        ("When does it end?", 'Deleting "May 1, 2015" and inserting "May 1, 2018".', "May 1, 2015", True),
        ("When does it end?", 'Deleting "May 1, 2015" and inserting "May 1, 2018".', "May 1, 2018", False),
        (
            "When did it originally end?",
            'Deleting "May 1, 2015" and inserting "May 1, 2018".',
            "May 1, 2015",
            False,
        ),
    ],
)
def test_no_proposal_stands_against_its_own_sentence(
    question: str, sentence: str, said: str, contrary: bool
) -> None:
    asked = understand(question)
    at = max(0, sentence.find(said))
    place = (at, at + len(said))
    assert is_contrary(asked, asked_field(asked), passages(sentence), place, said, sentence) is contrary
