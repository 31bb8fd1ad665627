"""Amounts of money in a text: a number and its currency."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from consolidation.text.values import WORD_NUMBERS

_CURRENCIES = {
    "USD": r"US\s?\$|U\.S\.\s?\$|USD|U\.?S\.?\s+dollars?|united states dollars?|\$|dollars?",
    "CAD": r"C(?:DN|AD)?\s?\$|CAD|canadian dollars?|can\$", "AUD": r"A(?:UD?)?\s?\$|AUD|australian dollars?",
    "HKD": r"HK\s?\$|HKD|hong kong dollars?", "SGD": r"S\s?\$|SGD|singapore dollars?",
    "EUR": r"€|EUR|euros?", "GBP": r"£|GBP|pounds? sterling|pounds?", "JPY": r"JPY|yen",
    "CNY": r"RMB|CNY|renminbi|yuan|¥", "INR": r"INR|Rs\.?|rupees?|₹", "CHF": r"CHF|swiss francs?",
    "KRW": r"KRW|won|₩", "ILS": r"NIS|ILS|shekels?", "TWD": r"NT\s?\$|TWD", "KZT": r"KZT|tenge",
}  # fmt: skip
_BY_LENGTH = (
    "HKD",
    "SGD",
    "TWD",
    "CAD",
    "AUD",
    "USD",
    "EUR",
    "GBP",
    "CNY",
    "JPY",
    "INR",
    "CHF",
    "KRW",
    "ILS",
    "KZT",
)
_MONEY = "|".join(f"(?P<{{0}}{code}>{_CURRENCIES[code]})" for code in _BY_LENGTH)
_NUMBER = (
    r"(?P<{0}n>\d{{1,3}}(?:[,\s]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:\s*(?P<{0}times>hundred|thousand|million|billion|mm|[mk])\b)?"
)
_AMOUNT = re.compile(
    r"(?<![A-Za-z])(?:" + _MONEY.format("a") + r")\s*" + _NUMBER.format("a")
    + "|" + _NUMBER.format("b") + r"\)?\s*(?:" + _MONEY.format("b") + r")(?![A-Za-z])",
    re.IGNORECASE,
)  # fmt: skip
_TIMES = {
    "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mm": 10**6, "m": 10**6, "billion": 10**9,
}  # fmt: skip
_CENTS = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?:¢|cents?\b)", re.IGNORECASE)


def decimal(number: str) -> Decimal | None:
    """The number that figures with commas or spaces write; None where they write none."""
    try:
        return Decimal(re.sub(r"[,\s]", "", number))
    except InvalidOperation:
        return None


def _amount_in_words(text: str) -> tuple[Decimal, str] | None:
    """ "Sixty Thousand U.S. Dollars", where no figures are given."""
    total, part, seen = 0, 0, False
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text.lower()):
        if word in WORD_NUMBERS:
            part, seen = part + WORD_NUMBERS[word], True
        elif word in _TIMES and len(word) > 2 and seen:
            part = part * _TIMES[word]
            if word != "hundred":
                total, part = total + part, 0
        elif seen and word != "and":
            break
    money = next((code for code in _BY_LENGTH if re.search(rf"\b(?:{_CURRENCIES[code]})", text, re.I)), None)
    return (Decimal(total + part), money) if seen and money else None


def money(text: str) -> tuple[Decimal, str] | None:
    """The first amount in a text and its currency (ISO 4217; "$" and cents count as US dollars)."""
    if match := _AMOUNT.search(text):
        side = "a" if match["an"] else "b"
        value = decimal(match[f"{side}n"])
        currency = next(code for code in _BY_LENGTH if match[f"{side}{code}"])
        if value is None:
            return None
        times = match[f"{side}times"]
        return value * (_TIMES[times.lower()] if times else 1), currency
    if match := _CENTS.search(text):
        cents = decimal(match["n"])
        return None if cents is None else (cents / 100, "USD")
    return _amount_in_words(text)
