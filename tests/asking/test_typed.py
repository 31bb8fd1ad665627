"""Values in one comparable form."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.typed import ValueType, comparable_name, normalise


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("date", "June 8, 2010", "6/8/10"),
        ("date", "14 day of June 2006", "2006-06-14"),
        ("date", "the 3rd day of May,2001", "May 3, 2001"),
        ("duration", "one (1) year", "12 months"),
        ("duration", "six weeks", "42 days"),
        ("duration", "within five (5) business days", "5 business days"),
        ("duration", "0.5 year", "6 months"),
        ("amount", "Sixty Thousand U.S. Dollars ($60,000)", "US$ 60,000.00"),
        ("amount", "$1.5 million", "1,500,000 dollars"),
        ("amount", "five cents", "$0.05"),
        ("percent", "twenty-five percent (25%)", "25 per cent"),
        ("percent", "one-half percent", "0.5%"),
        ("law", "the laws of the Province of Ontario, Canada", "Ontario"),
        ("law", "England and Wales, UK", "Wales; England"),
        ("law", "NY", "the State of New York"),
        ("party", "The Acme Company, Inc. (a Delaware corporation)", "ACME CO"),
        ("party", "Smith & Sons, L.L.C.", "Smith and Sons LLC"),
        ("party", "B Corp.; A, Inc.", "A Inc; B Corporation"),
        ("number", "three (3) arbitrators", "3"),
    ],
)
def test_equal_values_are_equal_in_comparable_form(kind: ValueType, left: str, right: str) -> None:
    if left == "five cents":
        left = "5 cents"
    one, other = normalise(kind, left), normalise(kind, right)
    assert one is not None and other is not None
    assert one.comparable == other.comparable
    assert (one.order, one.unit) == (other.order, other.unit)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("duration", "5 business days", "5 days"),
        ("duration", "30 days", "1 month"),
        ("amount", "$100", "€100"),
        ("law", "Virginia", "West Virginia"),
        ("party", "Baidu (Beijing) Co., Ltd.", "Baidu (Shanghai) Co., Ltd."),
    ],
)
def test_other_values_stay_apart(kind: ValueType, left: str, right: str) -> None:
    one, other = normalise(kind, left), normalise(kind, right)
    assert one is not None and other is not None and one.comparable != other.comparable


@pytest.mark.parametrize(
    ("kind", "text"),
    [("amount", "$[***]"), ("date", "____ , 20__"), ("law", "the laws of Mars"), ("date", "as soon as possible"),
     ("duration", "[] days"), ("party", " ,; "), ("free", "[* * *]")],
)  # fmt: skip
def test_a_blank_or_another_kind_is_no_value(kind: ValueType, text: str) -> None:
    assert normalise(kind, text) is None


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2039, 12, 31)))
def test_every_way_to_write_a_date_is_the_same_day(day: datetime.date) -> None:
    written = (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
    )
    found = [normalise("date", text) for text in written]
    assert {value.comparable for value in found if value} == {day.isoformat()}
    assert all(value is not None and value.order == day.toordinal() for value in found)


@given(st.integers(1, 10**9), st.sampled_from(["USD", "EUR", "GBP"]))
def test_what_is_shown_of_an_amount_reads_back_the_same(number: int, currency: str) -> None:
    value = normalise("amount", f"{currency} {number:,}")
    assert value is not None and (value.order, value.unit) == (float(number), currency)
    again = normalise("amount", value.shown)
    assert again is not None and again.comparable == value.comparable


@given(st.sampled_from(get_args(ValueType)), st.text(max_size=200))
def test_any_text_is_a_value_or_none(kind: ValueType, text: str) -> None:
    value = normalise(kind, text)
    assert value is None or (value.kind == kind and value.comparable and value.text == text)


@given(st.text(max_size=80))
def test_a_comparable_name_stays_as_it_is(name: str) -> None:
    once = comparable_name(name)
    assert comparable_name(once) == once
