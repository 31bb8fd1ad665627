"""What a document's text tells by itself, and what it says against an answer."""

from __future__ import annotations

import pytest

from consolidation.answers.denying import denies
from consolidation.answers.passages import Passages, passages_of
from consolidation.answers.struck import is_struck
from consolidation.answers.told import lacks_term, told_by_text
from consolidation.asking.understand import understand
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
        ("Does the agreement mention Boston?", TEXT, "", ""),
        ("Does the agreement mention how it ends?", TEXT, "", ""),
        ("Is the term automatically extended?", TEXT, "Yes", "shall automatically be extended"),
        ("Does the agreement renew automatically?", CHOSEN, "No", "mutually agree in writing to extend"),
        ("Does the agreement not renew automatically?", CHOSEN, "", ""),
        ("Does the Acme agreement have a non-solicitation clause?", TEXT, "Yes", "2. NON-SOLICITATION"),
        ("Is there an arbitration clause in the agreement?", TEXT, "No", ""),
        ("Is there a staff clause?", TEXT, "", ""),
        ("What is the term?", TEXT, "", ""),
    ],
)
def test_the_text_itself_tells_what_stands_in_it(question: str, text: str, said: str, stands: str) -> None:
    told = told_by_text(understand(question), passages(text))
    assert (told.said if told else "") == said
    places = told.places if told else ()
    assert [text[a:b].startswith(stands) for a, b in places[:1]] == ([True] if stands else [])


def test_a_term_is_defined_only_where_it_stands() -> None:
    made = passages(TEXT)
    assert [
        lacks_term(understand(q), made)
        for q in ("What are the Goods?", "Define “Hosted Site”", "Who signed?")
    ] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("question", "sentence", "denied"),
    [
        ("Is the fee refundable?", "This fee shall not be refundable for any reason.", True),
        ("Can the tenant sublet?", "The Tenant shall not sublet the Premises.", True),
        ("Can it be assigned?", "Neither party may assign this Agreement.", True),
        ("Can it be assigned?", "Neither party may assign this Agreement without consent.", False),
        ("Is the tenant barred from subletting?", "The Tenant shall not sublet the Premises.", False),
        ("Is the fee refundable?", "The fee shall be refundable and shall not bear interest.", False),
    ],
)
def test_a_sentence_denies_what_it_says_is_not_so(question: str, sentence: str, denied: bool) -> None:
    assert denies(question, sentence) is denied


def test_what_is_deleted_for_something_else_holds_no_more() -> None:
    old, new = ((TEXT.index(date), TEXT.index(date) + len(date)) for date in ("May 1, 2015", "May 1, 2018"))
    assert is_struck("When does the agreement end?", TEXT, old)
    assert not is_struck("When does the agreement end?", TEXT, new)
    assert not is_struck("When did it originally end?", TEXT, old)
