"""Where the companies of a document were formed, told from its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from consolidation import Engine, answer_question
from tests.engine.conftest import CONTRACT, source_of

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
