"""A figure that is blanked out in the text is no answer; one that stands beside a blank is."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_against
from consolidation.proposals.candidates import Candidate
from tests.engine.test_whole_answers import passages_of

PRICE, RATE, TERM = "What is the price per copy?", "What is the royalty rate?", "How long does it last?"
END = "On what date does the lease end?"


def _is_none(question: str, text: str, said: str) -> bool:
    asked, at = understand(question), text.index(said)
    candidate = Candidate("reader", said, ((at, at + len(said)),), 0)
    return is_against(asked, asked_field(asked), passages_of(text), candidate)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (PRICE, "The price shall be $[***] per copy.", "$[***] per copy"),
        (PRICE, "The price shall be $[***] per copy.", "] per copy"),
        (PRICE, "The price shall be $[***] per copy.", "per copy"),
        (PRICE, "The price shall be $[***] per copy.", "copy"),
        (PRICE, "The price shall be [**] dollars per copy.", "[**] dollars per copy"),
        (PRICE, "The price shall be [ * ] per copy.", "[ * ] per copy"),
        (PRICE, "The price is $____ a copy.", "$____ a copy"),
        (PRICE, "The price is a sum of [REDACTED] for each copy.", "a sum of [REDACTED]"),
        (PRICE, "The price is a sum of [REDACTED] for each copy.", "a sum of"),
        (PRICE, "The price is [Confidential Treatment Requested] for each copy.", "for each copy"),
        (RATE, "The royalty is ____ percent of sales.", "percent of sales"),
        (RATE, "The royalty is […***…]% of sales.", "% of sales"),
        (TERM, "It lasts for [\u25cf] months.", "[\u25cf] months"),
        (TERM, "It lasts for (***) months.", "months"),
        ("How many goats are kept?", "It keeps [XXX] goats.", "goats"),
        (END, "The lease ends on March __, 2009.", "March __, 2009"),
        (END, "The lease ends on the ___ day of March, 2009.", "day of March, 2009"),
    ],
)
def test_what_is_blanked_out_is_no_answer(question: str, text: str, said: str) -> None:
    assert _is_none(question, text, said)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (PRICE, "The price shall be $5 per copy (was $[***]).", "$5 per copy"),
        (PRICE, "The price of [***] copies is $5 per copy.", "$5 per copy"),
        (PRICE, "The price is the fair market value [***].", "the fair market value"),
        (PRICE, "The price is the fair market value. [***]", "the fair market value"),
        (
            PRICE,
            "It pays the greater of $[***] and the cost of a copy.",
            "the greater of $[***] and the cost of a copy",
        ),
        (RATE, "The royalty is 5% of [***].", "5% of [***]"),
        (TERM, "It lasts for six months (see [***]).", "six months"),
        (
            TERM,
            "Under clause [c] it lasts until terminated by either party.",
            "until terminated by either party",
        ),
        ("Who supplies the [***]?", "The [***] Company supplies it.", "The [***] Company"),
        ("Is the price $5 per copy?", "The price shall be $[***] per copy.", "per copy"),
    ],
)
def test_what_is_told_beside_a_blank_may_be_one(question: str, text: str, said: str) -> None:
    assert not _is_none(question, text, said)
