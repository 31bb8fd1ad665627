"""Values as reviewers write them, in the comparable form of an answer's `value_normalised`."""

import datetime
import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from dateutil import parser

from reviewapp.frame.errors import ActionError
from reviewapp.frame.words_numbers import day_words

#: Days of a unit, the unit it is counted in and how many of those it holds.
_UNITS = {
    "day": (1.0, "day", 1),
    "week": (7.0, "day", 7),
    "month": (30.4375, "month", 1),
    "year": (365.25, "month", 12),
}
_DURATION = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>day|week|month|year)s?\.?", re.IGNORECASE)
_AMOUNT = re.compile(r"(?P<before>[A-Za-z]{3}|[$€£¥])?\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<after>[A-Za-z]{3})?")
_YEAR_FIRST = re.compile(r"\d{4}")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_FIRST, _SECOND = datetime.datetime(2000, 1, 1), datetime.datetime(2001, 2, 2)

Normalised = dict[str, Any]


class ValueTypeError(ActionError):
    """What was written is no value of the type that is asked for."""


def normalised(kind: str, text: str) -> Normalised | None:
    """The value in comparable form; None for a type whose values are only words.

    Raises ValueTypeError for a date, duration, amount or yes/no that cannot be read as one.
    """
    reads = {"date": _date, "duration": _duration, "amount": _amount, "yes_no": _yes_no}.get(kind)
    return reads(text.strip()) if reads else None


def _made(kind: str, text: str, comparable: str, order: float, unit: str = "") -> Normalised:
    if not math.isfinite(order):
        raise ValueTypeError("value-not-of-type", "The number is larger than any that can be compared.")
    return {
        "kind": kind, "text": text, "comparable": comparable, "shown": text, "order": order, "unit": unit,
    }  # fmt: skip


def _date(text: str) -> Normalised:
    try:
        day, other = parser.parse(text, default=_FIRST), parser.parse(text, default=_SECOND)
    except (ValueError, OverflowError):
        day, other = _FIRST, _SECOND
    if day.date() != other.date():
        raise ValueTypeError("value-not-of-type", "Write the date with day, month and year: 2026-03-31.")
    _refuse_either_order(text, day.date())
    return _made("date", text, day.date().isoformat(), float(day.toordinal()), "day")


def _refuse_either_order(text: str, day: datetime.date) -> None:
    """Raises ValueTypeError where the numbers of a date are another date with the day before the month."""
    if _YEAR_FIRST.match(text):
        return
    other = parser.parse(text, default=_FIRST, dayfirst=True).date()
    if other != day:
        either = f"{day_words(day.isoformat())} or {day_words(other.isoformat())}"
        raise ValueTypeError("value-not-of-type", f"This can be {either}. Write the month by its name.")


def _duration(text: str) -> Normalised:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueTypeError(
            "value-not-of-type", "Write the time with a number and a unit: 30 days, 2 years."
        )
    days, counted, times = _UNITS[found["unit"].lower()]
    amount = float(found["n"])
    return _made("duration", text, f"{amount * times:g} {counted}", amount * days, "day")


def _amount(text: str) -> Normalised:
    found = _AMOUNT.fullmatch(text)
    try:
        value = Decimal(found["n"].replace(",", "")) if found else None
    except InvalidOperation:
        value = None
    if found is None or value is None:
        raise ValueTypeError("value-not-of-type", "Write the amount with its currency: USD 1,000,000.")
    currency = found["before"] or found["after"] or ""
    currency = _SIGNS.get(currency, currency.upper())
    return _made("amount", text, f"{currency} {value.normalize():f}".strip(), float(value), currency)


def _yes_no(text: str) -> Normalised:
    said = text.casefold()
    if said not in {"yes", "no"}:
        raise ValueTypeError("value-not-of-type", "Write Yes or No.")
    return _made("yes_no", text.capitalize(), said, float(said == "yes"))
