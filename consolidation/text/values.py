"""Values that reviewers ask for (dates, durations, names) in one comparable form.

Answers are compared in this form, so "June 8, 2010" equals "6/8/10" and "thirty (30) days" equals "30 days".
"""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from consolidation.text.numbers import TENS, UNITS

MONTHS = ("January February March April May June July August September October November December").split()
_MONTH = r"(?:" + "|".join(f"{m}|{m[:3]}" for m in MONTHS) + r"|Sept)\.?"
_DAY = r"(?P<{0}>\d{{1,2}})\s?(?:st|nd|rd|th|s t|n d|r d|t h)?"
_DATE = re.compile(
    r"\b(?:"
    + r"(?P<m1>"
    + _MONTH
    + r")\s+"
    + _DAY.format("d1")
    + r"\s?,?\s+(?P<y1>\d{4})"
    + r"|"
    + _DAY.format("d2")
    + r"(?:\s+day)?(?:\s+of)?\s+(?P<m2>"
    + _MONTH
    + r")\s?,?\s+(?P<y2>\d{4})"
    + r"|(?P<m3>\d{1,2})\s?[/-]\s?(?P<d3>\d{1,2})\s?[/-]\s?(?P<y3>\d{4}|\d{2})"
    + r")(?!\d)",
    re.IGNORECASE,
)


def number_words(n: int) -> str:
    """English words of 1 to 999, as contracts write them ("one hundred twenty")."""
    if n >= 100:
        rest = n % 100
        return UNITS[n // 100 - 1] + " hundred" + (f" {number_words(rest)}" if rest else "")
    if n < 20:
        return UNITS[n - 1]
    tens = TENS[n // 10 - 2]
    return tens if n % 10 == 0 else f"{tens}-{UNITS[n % 10 - 1]}"


WORD_NUMBERS = {number_words(n): n for n in range(1, 400)}
WORD_NUMBERS |= {w.replace("-", " "): n for w, n in WORD_NUMBERS.items()}
WORD_NUMBERS |= {w.replace("hundred ", "hundred and "): n for w, n in WORD_NUMBERS.items() if n > 100}
_WORDS = "|".join(sorted((w.replace(" ", r"\s+") for w in WORD_NUMBERS), key=len, reverse=True))
_DURATION = re.compile(
    r"\b(?:(?P<word>" + _WORDS + r")\s*)?(?:\(?\s?(?P<digits>\d{1,3})\s?\)?)?"
    r"(?<=[\w)])[\s-]+(?:(?:calendar|business|full|additional|consecutive|successive)\s+)?"
    r"(?P<unit>day|week|month|year)s?\b(?!\s+of\s+" + _MONTH + r"\b)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:day|week|month|year)s?\b", re.IGNORECASE)
#: The longest number before a unit, and the longest month name after one, in characters.
_BEFORE_UNIT, _AFTER_UNIT = 120, 24


@dataclass(frozen=True, slots=True)
class Found:
    """A value in a text: its character range and its comparable form."""

    start: int
    end: int
    value: str


#: Years of two digits up to this one are of the century that began in 2000.
_LAST_OF_THIS_CENTURY = 50


def month_number(month: str) -> int:
    """1 to 12, by a month's name, its first letters ("Sept."), or its number, which may be no month's."""
    if month.isdecimal():
        return int(month)
    return next(i for i, name in enumerate(MONTHS, 1) if name[:3].lower() == month[:3].lower())


def full_year(year: str) -> int:
    """A year that is written with four digits or with the last two."""
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= _LAST_OF_THIS_CENTURY else 1900)


def find_dates(text: str) -> Iterator[Found]:
    """Full calendar dates in `text`; the value is ISO 8601."""
    for match in _DATE.finditer(text):
        g = match.groupdict()
        i = next(k for k in "123" if g[f"y{k}"])
        try:
            date = datetime.date(full_year(g[f"y{i}"]), month_number(g[f"m{i}"]), int(g[f"d{i}"]))
        except ValueError:
            continue
        yield Found(match.start(), match.end(), date.isoformat())


def _around_units(text: str) -> Iterator[re.Match[str]]:
    """Matches of the slow pattern, looked for only where a unit of time stands."""
    low = high = 0
    for unit in _UNIT.finditer(text):
        if unit.start() - _BEFORE_UNIT > high:
            yield from _DURATION.finditer(text, max(low, 0), high)
            low = unit.start() - _BEFORE_UNIT
        high = unit.end() + _AFTER_UNIT
    yield from _DURATION.finditer(text, max(low, 0), high)


def find_durations(text: str) -> Iterator[Found]:
    """Durations in `text`; the value is a number and a unit in the singular, as "30 day"."""
    for match in _around_units(text):
        if not match["digits"] and not match["word"]:
            continue
        n = int(match["digits"]) if match["digits"] else WORD_NUMBERS[" ".join(match["word"].lower().split())]
        yield Found(match.start(), match.end(), f"{n} {match['unit'].lower()}")


_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’", " "))


def plain(text: str) -> str:
    """Lower case, no punctuation, single spaces, no leading article."""
    words = text.lower().translate(_PUNCTUATION).split()
    return " ".join(words[1:] if words and words[0] in ("the", "a", "an") else words)


def comparable(answer: str) -> str:
    """The form in which two answers are compared for an exact match.

    A date becomes ISO 8601, a duration a number and a unit, a list of names a sorted list of plain names;
    a date or duration counts only where it makes up at least half of the answer's words.
    """
    found = next(find_dates(answer), None) or next(find_durations(answer), None)
    if found is not None and 2 * len(answer[found.start : found.end].split()) >= len(answer.split()):
        return found.value
    return "; ".join(sorted(p for p in (plain(part) for part in answer.split(";")) if p))


def exact_match(answer: str, gold: str) -> bool:
    """Whether two answers are equal in comparable form."""
    return comparable(answer) == comparable(gold)


def token_f1(answer: str, gold: str) -> float:
    """Word-overlap F1 of two answers in comparable form (Rajpurkar et al., arXiv 1606.05250)."""
    left, right = comparable(answer).replace(";", " ").split(), comparable(gold).replace(";", " ").split()
    if not left or not right:
        return float(left == right)
    rest, common = list(right), 0
    for word in left:
        if word in rest:
            rest.remove(word)
            common += 1
    return 2 * common / (len(left) + len(right))
