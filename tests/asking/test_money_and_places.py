"""Amounts and jurisdictions: one knowledge, for questions as typed and for contracts as written."""

from decimal import Decimal

import pytest

from consolidation.asking.typed import normalise
from consolidation.text.jurisdictions import jurisdictions, written_jurisdictions
from consolidation.text.money import money, written_amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("pay a $500 fee", "USD 500"),
        ("Exhibit A $500", "USD 500"),
        ("in year 5 $1,000", "USD 1000"),
        ("no less than AU$10 million", "AUD 10000000"),
        ("(USD$6,700)", "USD 6700"),
        ("RMB ¥500", "CNY 500"),
        ("¥500", "JPY 500"),
        ("two payments, 1,500 euros each", "EUR 1500"),
    ],
)
def test_an_amount_is_the_same_in_a_question_and_in_a_contract(text: str, amount: str) -> None:
    currency, number = amount.split()
    assert money(text) == (Decimal(number), currency)
    assert [found.value for found in written_amounts(text)] == [amount]


def test_what_contracts_write_otherwise_is_no_amount() -> None:
    assert not written_amounts("Rs. 5,00,000 and $6.745.000")


def test_places_are_the_same_in_a_question_and_in_a_contract() -> None:
    assert jurisdictions("is it under irish law or that of the u.s.?") == ("Ireland", "United States")
    written = (
        "the laws of the State of New York, United States of America, and the People\u2019s Republic of China"
    )
    assert jurisdictions(written) == ("New York", "China")
    assert [name for _, name in written_jurisdictions(written)] == ["New York", "China"]
    assert not written_jurisdictions("a polish for china and a jersey")


def test_prices_of_less_than_a_cent_keep_their_digits() -> None:
    said = {
        "$0.005 per access": "USD 0.005",
        "$19.95": "USD 19.95",
        "$0.10": "USD 0.10",
        "$1.5 million": "USD 1,500,000",
    }
    assert {text: found.shown for text in said if (found := normalise("amount", text))} == said
