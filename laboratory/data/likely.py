"""Plausible places, durations and dates: what swaps write, and what wrong answers are made of.

Also the dates and durations of a whole text, found once and kept while it is being studied.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from functools import lru_cache

from consolidation.text.values import MONTHS, Found, find_dates, find_durations, number_words

_ONE_WORD = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii "
    "Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan "
    "Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee "
    "Texas Utah Vermont Virginia Washington Wisconsin Wyoming England Scotland Ireland Germany France "
    "Israel India Singapore Japan Switzerland Netherlands Sweden Brazil Ontario Quebec Alberta Bermuda"
)
_SEVERAL_WORDS = (
    "New York,New Jersey,New Mexico,New Hampshire,New South Wales,New Zealand,North Carolina,North Dakota,"
    "South Carolina,South Dakota,South Africa,South Korea,West Virginia,Rhode Island,British Columbia,Hong Kong,"
    "Puerto Rico,the Cayman Islands,the District of Columbia,the People's Republic of China,"
    "the Republic of Korea,the United Kingdom,England and Wales,Nova Scotia,Western Australia"
)
PLACES = (*_ONE_WORD.split(), *_SEVERAL_WORDS.split(","))

#: Counts that contracts use with each unit.
COUNTS = {
    "day": (5, 7, 10, 14, 15, 20, 21, 30, 45, 60, 75, 90, 100, 120, 150, 180, 270, 365),
    "week": (1, 2, 3, 4, 6, 8, 10, 12, 16, 26),
    "month": (1, 2, 3, 4, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60),
    "year": (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30),
}
DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
FIRST_YEAR, LAST_YEAR = 1990, 2035
_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def any_date(dice: random.Random) -> datetime.date:
    """A day of the years that swapped contracts live in."""
    first, last = datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)
    return first + datetime.timedelta(days=dice.randrange((last - first).days + 1))


def full_date(date: datetime.date) -> str:
    """As "March 31, 2017"."""
    return f"{MONTHS[date.month - 1]} {date.day}, {date.year}"


def plural(value: str) -> str:
    """A duration in its comparable form ("30 day") as it is said ("30 days")."""
    n, unit = value.split()
    return f"{n} {unit}" if n == "1" else f"{n} {unit}s"


def in_days(value: str) -> float:
    """Length of a duration in its comparable form."""
    n, unit = value.split()
    return int(n) * DAYS[unit]


def large_number_words(n: int) -> str:
    """English words of 1 to 999,999,999,999 ("one million two hundred fifty thousand")."""
    words = []
    for size, name in _SCALES:
        if n >= size:
            words.append(f"{number_words(n // size)} {name}")
            n %= size
    return " ".join([*words, number_words(n)] if n else words)


@lru_cache(maxsize=8)
def dates_of(text: str) -> tuple[Found, ...]:
    """Full calendar dates in a text."""
    return tuple(find_dates(text))


@lru_cache(maxsize=8)
def durations_of(text: str) -> tuple[Found, ...]:
    """Durations in a text."""
    return tuple(find_durations(text))


_FIRST_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINALS = dict(enumerate(_FIRST_ORDINALS, 1)) | {25: "twenty-fifth", 30: "thirtieth"}
_ORDINAL_NUMBERS = {word: n for n, word in ORDINALS.items()}
ANNIVERSARY = re.compile(
    r"\b(?P<word>" + "|".join(sorted(_ORDINAL_NUMBERS, key=len, reverse=True)) + r")?(?P<gap>\s*)"
    r"(?P<digits>\(?\s?\d{1,2}\s?(?:st|nd|rd|th|s t|n d|r d|t h)\s?\)?)?(?P<noun>\s+(?:year\s+)?anniversary)\b",
    re.IGNORECASE,
)


def anniversaries(text: str) -> Iterator[Found]:
    """Anniversaries in a text ("fifth (5th) anniversary"), each as a duration ("5 year")."""
    for match in ANNIVERSARY.finditer(text):
        digits = re.search(r"\d+", match["digits"] or "")
        if digits or match["word"]:
            n = int(digits[0]) if digits else _ORDINAL_NUMBERS[match["word"].lower()]
            yield Found(match.start(), match.end(), f"{n} year")


def ordinal_ending(n: int) -> str:
    """The letters after an ordinal's digits."""
    return "th" if 10 < n % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
