"""Where the companies of a document were formed, told from its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from consolidation import Bank, Engine, Source, answer_question
from consolidation.answers.examination import Examination
from consolidation.answers.examine import weighable
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.formed import formed_in
from consolidation.text.windows import split
from tests.engine.conftest import CONTRACT, source_of
from tests.engine.tiny import Words

OTHERS = (
    "\nThe Guarantor is a company organized and existing under the laws of Germany. Offices are in Nevada.\n"
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does the agreement involve a Delaware company?", "Delaware corporation"),
        ("Does the agreement have a party from Germany?", "laws of Germany"),
        ("Does the agreement have a party from the United States?", "Delaware corporation"),
        ("Does the agreement name a company organized in Germany?", "laws of Germany"),
        ("Does the agreement have a party from Nevada?", ""),
        ("Does the agreement involve a Texas corporation?", ""),
    ],
)
def test_a_place_is_told_by_what_is_said_of_a_company(
    engine: Engine, folder: Path, question: str, words: str
) -> None:
    source = source_of(engine, CONTRACT + OTHERS, folder)
    found = answer_question(engine, question, source)
    assert found.text == ("Yes" if words else "")
    assert not words or any(words in quote.quote for quote in found.quotes)
    assert words or found.state == "not_found"


TWO = (
    'This Agreement is made as of May 1, 2001 between Acme Widgets, Inc., a Nevada corporation (the "Company"), and '
    "Beta Holdings, LLC, a limited liability company organized under the laws of the State of Texas "
    '(the "Lender").\n\nThis Agreement is governed by the laws of Ohio.\n'
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what state is acme incorporated in", "Nevada"),
        ("Where was the lender formed?", "Texas"),
        ("Under the laws of which state is Beta Holdings organized?", "Texas"),
        ("What is Acme's state of incorporation?", "Nevada"),
        ("state of incorporation of the company?", "Nevada"),
        ("Which country is Gamma registered in?", ""),
        ("Which state's law governs?", ""),
        ("Was Acme formed in Nevada?", ""),
    ],
)
def test_where_a_party_was_formed_is_told_behind_its_name(tmp_path: Path, question: str, words: str) -> None:
    asked, passages = understand(question), Passages(split(TWO, Words(), 128))
    told = formed_in(asked, passages)
    assert (told.said if told else "") == words
    places = {said: TWO.index(said) for said in ("Nevada", "Texas", "Ohio")}
    both = [Candidate("reader", said, ((at, at + len(said)),), 0) for said, at in places.items()]
    known = Examination(asked, asked_field(asked), Source("1", "a.txt", Bank(tmp_path), None, TWO), passages)
    kept = {one.said for one in weighable(known, both)}
    assert kept == {words} if words else {"Nevada", "Texas"} <= kept or asked.yes_no


@pytest.mark.parametrize(
    "question", ["Under the laws of which state is the lender organized?", "What law was Acme formed under?"]
)
def test_the_law_of_a_company_is_not_that_of_the_agreement(question: str) -> None:
    assert asked_field(understand(question)) != "governing_law"
    assert asked_field(understand("Which state's law governs the agreement?")) == "governing_law"
