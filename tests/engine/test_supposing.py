"""Questions whether a value is one that they suppose: what the document is asked, and what follows from its value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consolidation import Bank, Engine, Source
from consolidation.answers.answer import answer_question
from consolidation.answers.finding import Finding
from consolidation.answers.supposed import verdict
from consolidation.answers.turned import turned
from consolidation.asking.supposing import value_supposed
from consolidation.asking.typed import normalise
from consolidation.asking.understand import understand

LAW, ENDS = "What is the governing law?", "When does the agreement expire?"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Is the Acme agreement governed by Texas law?", LAW),
        ("Is it governed by the laws of Texas?", LAW),
        ("Does Texas law govern the agreement?", LAW),
        ("Is the governing law Texas?", LAW),
        ("Does the agreement expire in 2012?", ENDS),
        ("Is the agreement dated May 1, 2001?", "What is the date of the agreement?"),
        ("Is the initial term five years?", "What is the initial term?"),
        ("Is the notice period 30 days?", "What is the notice period?"),
        ("Does it expire on notice?", ""),
        ("Is the agreement exclusive?", ""),
        ("Is it governed by Texas law only if signed there?", ""),
        ("Is the agreement governed by Texas or Nevada law?", ""),
        ("Is the term renewable?", ""),
        ("What is the governing law?", ""),
        ("Which agreements are governed by Texas law?", ""),
    ],
)
def test_the_value_is_asked_for(question: str, asks: str) -> None:
    supposed = value_supposed(understand(question))
    assert (supposed.each if supposed else "") == asks


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("Is it governed by Texas law?", "the State of Texas", "Yes"),
        ("Is it governed by Texas law?", "Nevada", "No"),
        ("Is it not governed by Texas law?", "Nevada", "Yes"),
        ("Does it expire in 2012?", "May 1, 2012", "Yes"),
        ("Does it expire before 2012?", "May 1, 2012", "No"),
        ("Is the agreement dated May 1, 2001?", "May 1, 2001", "Yes"),
        ("Is the agreement dated May 1, 2001?", "May 2, 2001", "No"),
        ("Is the initial term five years?", "sixty months", "Yes"),
        ("Is the notice period 60 days?", "two months", ""),
        ("Does it expire in 2012?", "when all is paid", ""),
    ],
)
def test_what_is_supposed_is_compared(
    question: str, value: str, said: str, tiny: Engine, tmp_path: Path
) -> None:
    asked = understand(question)
    supposed = value_supposed(asked)
    assert supposed is not None
    bare = answer_question(tiny, supposed, Source("a", "a", Bank(tmp_path), None, "Nothing."))
    for state in ("supported", "check"):
        found = replace(bare, state=state, text=value, typed=normalise(supposed.value, value))
        told = verdict(asked, supposed, found)
        assert (told.text if told else "", told.state if told else state) == (said, state)
    assert verdict(asked, supposed, _none(bare)) is None


@pytest.mark.parametrize(
    ("question", "by_value", "plain", "said", "state"),
    [
        ("Is it false that it is governed by Texas law?", True, "No", "Yes", "supported"),
        ("Is it false that it is governed by Texas law?", True, "Yes", "No", "supported"),
        ("Is it true that it is not governed by Texas law?", True, "Yes", "No", "supported"),
        ("Is it not so that it is governed by Texas law?", True, "Yes", "Yes", "check"),
        ("Is it true that it does not bind the heirs?", False, "Yes", "No", "check"),
        ("Is it false that it binds the heirs?", False, "Yes", "No", "supported"),
        ("Is it false that it binds the heirs?", False, "", "", "not_found"),
        ("Does it bind the heirs?", False, "Yes", "Yes", "supported"),
    ],
)
def test_what_is_put_the_other_way_round_is_answered_so(
    question: str, by_value: bool, plain: str, said: str, state: str, tiny: Engine, tmp_path: Path
) -> None:
    asked = understand(question)
    bare = answer_question(tiny, asked, Source("a", "a", Bank(tmp_path), None, "Nothing."))
    found = replace(bare, state="supported" if plain else "not_found", text=plain, condition="")
    told = turned(asked, found, by_value)
    assert (told.text, told.state) == (said, state)
    if asked.turned and plain:
        assert turned(asked, replace(found, condition="if paid"), by_value).state == "check"


def _none(found: Finding) -> Finding:
    return replace(found, state="not_found", text="", typed=None)
