"""Amounts of money, in contracts and in questions: a number and its currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from consolidation.text.numbers import numbers
from consolidation.text.values import Found

#: Signs and codes of currencies, and their names in words. The longer come first.
_SIGNS = {
    "HKD": r"HK\s?\$|HKD", "SGD": r"S\$|SGD", "TWD": r"NT\s?\$|TWD", "CAD": r"C\$|C(?:DN|AD)\s?\$|can\$|CAD",
    "AUD": r"A\$|AUD?\s?\$|AUD", "USD": r"USD?\s?\$|U\.S\.\s?\$|USD|\$", "EUR": r"€|EUR", "GBP": r"£|GBP",
    "CNY": r"RMB\s?¥?|CNY", "JPY": r"¥|JPY", "INR": r"INR|Rs\.?|₹", "CHF": r"CHF", "KRW": r"KRW|₩",
    "ILS": r"NIS|ILS", "KZT": r"KZT",
}  # fmt: skip
_WORDS = {
    "HKD": r"hong\s+kong\s+dollars?", "SGD": r"singapore\s+dollars?", "CAD": r"canadian\s+dollars?",
    "AUD": r"australian\s+dollars?", "USD": r"(?:U\.?S\.?\s+|united\s+states\s+)?dollars?", "EUR": r"euros?",
    "GBP": r"pounds?(?:\s+sterling)?", "CNY": r"renminbi|yuan", "JPY": r"yen", "INR": r"rupees?",
    "CHF": r"swiss\s+francs?", "KRW": r"won", "ILS": r"shekels?", "KZT": r"tenge",
}  # fmt: skip
_NAMED = {code: "|".join(filter(None, (signs, _WORDS.get(code)))) for code, signs in _SIGNS.items()}
_IN_PROSE = {code: "|".join(filter(None, (code, _WORDS.get(code)))) for code in _SIGNS} | {
    "CNY": "RMB|CNY|renminbi|yuan"
}
_TIMES = {
    "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mm": 10**6, "m": 10**6, "billion": 10**9,
}  # fmt: skip


def _any_of(side: str, forms: Mapping[str, str]) -> str:
    return "(?:" + "|".join(f"(?P<{side}{code}>{form})" for code, form in forms.items()) + ")"


# NB: a sign between two numbers belongs to the second ("in year 5 $1,000").
_NOT_OF_THE_NEXT = r"(?![A-Za-z])(?!\s?\d)"
# NB: figures that go on are another number, or were left out in part ("$2,___,000").
_ENDS = r"(?![,.]?(?:\d|_|\[?\s?\*)|\s?\d{{1,2}}/\d)"
_NUMBER = (
    r"(?P<{0}n>\d{{1,3}}(?:[,\s]\d{{3}}){{1,5}}(?:\.\d{{1,12}})?|\d{{1,15}}(?:\.\d{{1,12}})?|\.\d{{1,12}})"
    + _ENDS
    + r"(?:\s{{0,9}}(?P<{0}times>hundred|thousand|million|billion|mm|[mk])\b)?"
)
_AMOUNT = re.compile(
    r"(?<![A-Za-z])" + _any_of("a", _NAMED) + r"\s{0,9}" + _NUMBER.format("a")
    + r"|(?<![\d/])(?<!\d[,.])" + _NUMBER.format("b") + r"\)?\s{0,9}" + _any_of("b", _NAMED) + _NOT_OF_THE_NEXT,
    re.IGNORECASE,
)  # fmt: skip
_WRITTEN_NUMBER = (
    r"(?P<{0}n>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,2}})?|\d{{1,12}}(?:\.\d{{1,4}})?)"
    r"(?![,.]?(?:\d|_|\[?\s?\*))"
)
_WRITTEN = re.compile(
    r"(?<![A-Za-z])" + _any_of("a", _SIGNS) + r"\s{0,3}" + _WRITTEN_NUMBER.format("a")
    + r"(?:\s{0,2}(?P<atimes>thousand|million|billion|MM|[KM])\b)?"
    + r"|\b" + _WRITTEN_NUMBER.format("b") + r"\s{0,3}(?:(?P<btimes>thousand|million|billion)\s{1,3})?"
    + _any_of("b", _IN_PROSE) + _NOT_OF_THE_NEXT,
    re.IGNORECASE,
)  # fmt: skip
#: Figures in brackets after the currency's name: "Seventy Thousand Dollars (70,000)".
_BRACKETED = re.compile(
    r"(?<=[a-z])\s{0,3}\(\s?(?P<an>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,2})?)\s?\)", re.IGNORECASE
)
_LAST_WORDS = re.compile(r"\b" + _any_of("a", _WORDS) + r"\Z", re.IGNORECASE)
#: Longest name of a currency, in characters.
_LONGEST_NAME = 24
_CENTS = re.compile(r"(?<![\d.,])(?P<n>\d{1,9}(?:\.\d{1,9})?)\s?(?:¢|cents?\b)", re.IGNORECASE)
_NAMES = re.compile(r"(?<![A-Za-z])" + _any_of("a", _NAMED) + r"(?![A-Za-z])", re.IGNORECASE)
_CLOSES = re.compile(r"\s?\)?\s{0,3}(?:and\s{1,3}(?:no|\d{1,2})/100\s{1,3})?", re.IGNORECASE)
#: No amount of a contract is larger; what is written larger is no amount.
_MOST = Decimal(10) ** 15


def decimal(number: str) -> Decimal | None:
    """The number that figures with commas or spaces write; None where they write none."""
    try:
        return Decimal(re.sub(r"[,\s]", "", number))
    except InvalidOperation:
        return None


def _amount_in_words(text: str) -> tuple[Decimal, str] | None:
    """ "Sixty Thousand U.S. Dollars": the number beside the name of a currency, else the first one."""
    named = list(_NAMES.finditer(text))
    read = numbers(text) if named else []
    if not read:
        return None
    begins = {name.start(): name for name in named}
    beside = (
        (number, begins[close.end()])
        for number in read
        if (close := _CLOSES.match(text, number.end)) and close.end() in begins
    )
    number, name = next(beside, (read[0], named[0]))
    return _within(number.value, _code("a", name))


def _code(side: str, match: re.Match[str], codes: Iterable[str] = tuple(_SIGNS)) -> str:
    return next(code for code in codes if match[f"{side}{code}"])


def _within(value: Decimal, currency: str) -> tuple[Decimal, str] | None:
    return (value, currency) if value < _MOST else None


def _amount(match: re.Match[str]) -> tuple[Decimal, str] | None:
    side = "a" if match["an"] else "b"
    value = decimal(match[f"{side}n"])
    times = match[f"{side}times"]
    return (
        None
        if value is None
        else _within(value * (_TIMES[times.lower()] if times else 1), _code(side, match))
    )


def money(text: str) -> tuple[Decimal, str] | None:
    """The first amount in words of people and its currency (ISO 4217; "$" and cents count as US dollars)."""
    if match := _AMOUNT.search(text):
        return _amount(match)
    if match := _CENTS.search(text):
        cents = decimal(match["n"])
        return None if cents is None else (cents / 100, "USD")
    return _amount_in_words(text)


def written_amounts(text: str) -> list[Found]:
    """The amounts that a contract writes in figures; the value is a currency and a plain number, as "USD 1500000"."""
    found = []
    for match in _WRITTEN.finditer(text):
        if amount := _amount(match):
            found.append(Found(match.start(), match.end(), _comparable(*amount)))
    found += _bracketed(text)
    return sorted(found, key=lambda one: one.start)


def _bracketed(text: str) -> Iterator[Found]:
    for match in _BRACKETED.finditer(text):
        named = _LAST_WORDS.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
        number = decimal(match["an"])
        if named and number is not None and number < _MOST:
            yield Found(named.start(), match.end(), _comparable(number, _code("a", named, _WORDS)))


def _comparable(number: Decimal, currency: str) -> str:
    shown = format(number.quantize(Decimal("0.01")), "f").removesuffix(".00")
    return f"{currency} {shown}"
