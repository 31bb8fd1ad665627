"""Durations of contracts: spans of time with a number, anniversaries, and "year to year"."""

from __future__ import annotations

import datetime
import re

from dateutil.relativedelta import relativedelta

from consolidation.text.lengths import ends_range
from consolidation.text.values import WORD_NUMBERS, Found, find_durations

_ORDINAL = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth twentieth thirtieth"
).split()
_COUNT = {word: n for n, word in enumerate(_ORDINAL[:15], 1)} | {"twentieth": 20, "thirtieth": 30}
_ANNIVERSARY = re.compile(
    r"\b(?:(?P<word>"
    + "|".join(_ORDINAL)
    + r")\s{0,4})?(?:\(?(?P<digits>\d{1,2})\s?(?:st|nd|rd|th|t h|s t|n d|r d)\)?\s{0,4})?"
    r"(?:annual\s{1,4})?(?P<unit>year|month)?(?:ly)?\s{0,4}anniversary\b"
    r"|\b(?P<nth>"
    + "|".join(_ORDINAL[1:])
    + r")\s{1,4}(?:\(?\d{1,2}\s?(?:st|nd|rd|th)\)?\s{1,4})?(?:Contract|Agreement|contract)\s{1,4}Year\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?P<year>year[\s-]{1,3}to[\s-]{1,3}year|annual(?:ly)?|yearly|one[\s-]year|calendar\s+year"
    r"|every\s+year|(?:an?\s+(?:additional|further)|another)\s+year)\b|\b(?P<month>month[\s-]{1,3}to[\s-]{1,3}month|monthly"
    r"|(?:an?\s+(?:additional|further)|another)\s+month)\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:(?P<digits>\d{1,3})\)?\s?[~-]?\s?\)?\s?|(?P<word>one|two|three|four|five|six|ten"
    r"|twelve)\s{1,4}\([^()\d]{1,3}\)\s{1,4})"
    r"(?:(?:Contract|Agreement|License|calendar)\s{1,4})?(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)


def durations(text: str, *, periods: bool = False) -> list[Found]:
    """Durations in `text` in order, none inside another; the value is a number and a unit, as "30 day".

    Args:
        text: any text; the cost is linear in it.
        periods: also words that say one period without a number, as "annual" and "month to month".
    """
    found = list(find_durations(text))
    for match in _LOOSE.finditer(text):
        n = int(match["digits"]) if match["digits"] else WORD_NUMBERS[match["word"].lower()]
        found.append(Found(match.start(), match.end(), f"{n} {match['unit'].lower()}"))
    for match in _ANNIVERSARY.finditer(text):
        word = match["word"] or match["nth"]
        n = int(match["digits"]) if match["digits"] else _COUNT[word.lower()] if word else 1
        found.append(Found(match.start(), match.end(), f"{n} {(match['unit'] or 'year').lower()}"))
    for match in _EVERY.finditer(text) if periods else ():
        found.append(Found(match.start(), match.end(), "1 year" if match["year"] else "1 month"))
    found.sort(key=lambda f: (f.start, f.start - f.end))
    kept: list[Found] = []
    for one in found:
        if int(one.value.split()[0]) and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return [one for one in kept if not ends_range(text, one.start)]


def joined(text: str, found: list[Found], i: int) -> tuple[int, str]:
    """The end and value of a duration with the one that goes on it: "four years and six months" is "54 month"."""
    one = found[i]
    if i + 1 < len(found) and one.value.endswith("year") and found[i + 1].value.endswith("month"):
        between = text[one.end : found[i + 1].start]
        if between.strip().lower() in {"and", ","}:
            months = 12 * int(one.value.split()[0]) + int(found[i + 1].value.split()[0])
            return found[i + 1].end, f"{months} month"
    return one.end, one.value


def after(start: str, duration: str) -> str | None:
    """The date, in ISO 8601, a duration after another; with a blank day as far as it is known.

    None where that cannot be said: days after a month, or past the calendar's end.
    """
    n, unit = int(duration.split()[0]), duration.split()[1]
    if len(start) < 10 and unit in {"day", "week"}:
        return None
    if len(start) == 4 and not (unit == "year" or n % 12 == 0):
        return None
    padded = start + "-01-01"[len(start) - 10 :] if len(start) < 10 else start
    try:
        date = datetime.date.fromisoformat(padded) + relativedelta(**{unit + "s": n})
    except (ValueError, OverflowError):
        return None
    return date.isoformat()[: len(start)]


def comparable_duration(value: str) -> str:
    """The form in which two durations are the same: 12 months are a year, 7 days a week."""
    n, unit = value.split()
    if unit == "month" and int(n) % 12 == 0:
        return f"{int(n) // 12} year"
    return f"{int(n) * 7} day" if unit == "week" else value
