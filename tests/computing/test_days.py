"""Days as questions write them, and days counted from them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidation.computing.days import Day, days_in, moved, whole_months
from consolidation.text.lengths import Length, first_length


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("He resigns on June 1, 2019. When is he out?", "June 1, 2019"),
        ("a letter of Monday 3 June", "Monday 3 June"),
        ("sent on Friday, March 5, 2004", "Friday, March 5, 2004"),
        ("posted on 1st of September 2020.", "1 September 2020"),
        ("it arrives Dec. 24", "December 24"),
    ],
)
def test_days_are_found_as_they_are_written(text: str, shown: str) -> None:
    assert [day.shown for day, _ in days_in(text)] == [shown]


@pytest.mark.parametrize(
    "text", ["they may 3 times", "on February 30, 2019", "in March 2019", "section 3 of Marks"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert days_in(text) == []


@pytest.mark.parametrize(
    ("text", "length", "earlier", "shown"),
    [
        ("June 1, 2019", "thirty (30) days", False, "July 1, 2019"),
        ("March 1", "15 days", False, "March 16"),
        ("17 September 2007", "seven days", True, "10 September 2007"),
        ("January 31, 2003", "one month", False, "February 28, 2003"),
        ("February 29, 2004", "two years", False, "February 28, 2006"),
        ("Monday 3 June 2019", "five business days", False, "Monday 10 June 2019"),
        ("Monday 3 June", "3 business days", False, "Thursday 6 June"),
        ("Friday, March 5", "1 business day", False, "Monday, March 8"),
        ("August 16, 2012", "5 years", False, "August 16, 2017"),
        ("March 31, 2010", "two quarters", False, "September 30, 2010"),
    ],
)
def test_days_are_counted(text: str, length: str, earlier: bool, shown: str) -> None:
    (day, _), span = days_in(text)[0], first_length(length)
    assert span is not None
    counted = moved(day, span, earlier=earlier)
    assert counted is not None
    assert counted.shown == shown


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("February 20", "30 days"),  # a leap day may lie between
        ("March 1", "10 business days"),  # on which weekday it falls is not said
        ("March 1, 2004", "30 to 60 days"),
        ("March 1, 2004", "48 hours"),
        ("June 1, 2019", "9000 years"),
    ],
)
def test_what_cannot_be_known_is_not_counted(text: str, length: str) -> None:
    found, span = days_in(text), first_length(length)
    assert span is not None
    assert all(moved(day, span) is None for day, _ in found)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2045, 12, 31)), st.integers(1, 400), st.booleans())
def test_days_of_the_calendar_are_those_of_python(date: datetime.date, many: int, earlier: bool) -> None:
    counted = moved(Day(date.month, date.day, date.year), Length(many, "day"), earlier=earlier)
    step = datetime.timedelta(days=-many if earlier else many)
    assert counted is not None
    assert (counted.year, counted.month, counted.day) == (
        (date + step).year,
        (date + step).month,
        (date + step).day,
    )


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2045, 12, 31)), st.integers(1, 60))
def test_a_day_without_a_year_is_that_of_every_year_or_none(date: datetime.date, many: int) -> None:
    counted = moved(Day(date.month, date.day), Length(many, "day"))
    if counted is not None:
        for year in (2003, 2004):
            try:
                own = datetime.date(year, date.month, date.day) + datetime.timedelta(days=many)
            except ValueError:
                continue
            assert (counted.month, counted.day) == (own.month, own.day)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2045, 12, 31)), st.integers(1, 30))
def test_business_days_end_on_none_of_a_weekend(date: datetime.date, many: int) -> None:
    counted = moved(Day(date.month, date.day, date.year), Length(many, "day", business=True))
    assert counted is not None
    end = datetime.date(counted.year or 0, counted.month, counted.day)
    between = [date + datetime.timedelta(days=n) for n in range(1, (end - date).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == many
    assert end.weekday() < 5


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2004-01-01", "2004-12-31", 12),
        ("2004-03-15", "2006-03-15", 24),
        ("2004-03-15", "2004-03-20", None),
        ("2004-03-15", "2004-03-14", None),
        ("2004-03", "2005-03", None),
    ],
)
def test_whole_months_lie_between_two_days(start: str, end: str, months: int | None) -> None:
    assert whole_months(start, end) == months
