"""Values in one comparable form."""

from __future__ import annotations

import datetime
import time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.asking.typed import ValueType, name_without_form, normalise
from tests.odd_texts import ODD_TEXTS


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("date", "June 8, 2010", "6/8/10"),
        ("date", "14 day of June 2006", "2006-06-14"),
        ("date", "the 3rd day of May,2001", "May 3, 2001"),
        ("duration", "one (1) year", "12 months"),
        ("duration", "six weeks", "42 days"),
        ("duration", "within five (5) business days", "5 business days"),
        ("duration", "within 72 hours", "three (3) days"),
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
        ("number", "four thousand crates", "4,000"),
        ("number", "six hundred and twelve", "612"),
        ("number", "3 million labels", "3,000,000"),
        ("amount", "three and a half million euros", "EUR 3,500,000"),
        ("amount", "a quarter million dollars", "$250,000"),
        ("amount", "Ninety Thousand and No/100 Dollars", "$90,000"),
        ("percent", "two and one-quarter percent", "2.25%"),
        ("percent", "0.75 of one percent", "three quarters of a percent"),
        ("percent", "4 1/2 %", "four and one-half per cent"),
        ("percent", "forty basis points", "0.4%"),
        ("duration", "two and a half years", "30 months"),
        ("duration", "three (3) years and two (2) months", "38 months"),
        ("duration", "twelve (12) to eighteen (18) months", "12 months to 18 months"),
        ("duration", "not less than ten (10) nor more than twenty (20) days", "between 10 and 20 days"),
        ("date", "3/4/45", "March 4, 2045"),
        ("date", "3/4/51", "March 4, 1951"),
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
        ("duration", "36 hours", "2 days"),
        ("duration", "12 to 18 months", "18 months"),
        ("duration", "12 to 18 months", "12 or 18 months"),
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


def test_business_days_are_ordered_by_the_weeks_that_they_fill_and_a_range_has_no_order() -> None:
    fifty, two_months, range_ = (
        normalise("duration", text) for text in ("50 business days", "two months", "one to three months")
    )
    assert fifty and two_months and range_
    assert (fifty.shown, fifty.order) == ("50 business days", 70.0)
    assert two_months.order is not None and fifty.order is not None and two_months.order < fifty.order
    assert (range_.shown, range_.order) == ("1 to 3 months", None)
    alone = normalise("duration", "8 days, or on the next business day")
    assert alone is not None and alone.shown == "8 days"


@given(st.sampled_from(get_args(ValueType)), ODD_TEXTS)
def test_odd_numbers_and_signs_are_a_value_or_none(kind: ValueType, text: str) -> None:
    value = normalise(kind, text)
    assert value is None or (value.kind == kind and value.comparable)


@pytest.mark.parametrize(
    "piece", ["a", "1", "1,", "1 ", "one ", "$1", "a-", " ", "5 to ", "May 1 ", "(1) ", "1/2 "]
)
@pytest.mark.parametrize("kind", get_args(ValueType))
def test_time_grows_no_faster_than_the_text(kind: ValueType, piece: str) -> None:
    text, took = "over 5" + piece * (4_000 // len(piece)), list[float]()
    for _ in range(3):  # what else a process does may fall into one of them
        began = time.process_time()
        normalise(kind, text)
        took.append(time.process_time() - began)
    assert min(took) < 0.3


@given(st.sampled_from(get_args(ValueType)), st.text(max_size=200))
def test_any_text_is_a_value_or_none(kind: ValueType, text: str) -> None:
    value = normalise(kind, text)
    assert value is None or (value.kind == kind and value.comparable and value.text == text)


@given(st.text(max_size=80))
def test_a_comparable_name_stays_as_it_is(name: str) -> None:
    once = name_without_form(name)
    assert name_without_form(once) == once
