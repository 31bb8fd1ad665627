"""Dates of contracts: full ones, ones written in words, and ones of which a part was left blank."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from consolidation.text.values import MONTHS, Found, find_dates, full_year, month_number

_MONTH = r"(?:" + "|".join(MONTHS) + r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_DAY_NUMBER = {word: n for n, word in enumerate(_ORDINALS, 1)}
_WORDED = re.compile(
    r"\b(?P<day>"
    + "|".join(sorted((w.replace("-", r"[-\s]") for w in _ORDINALS), key=len, reverse=True))
    + r")"
    r"\s{1,4}(?:\(\d{1,2}(?:st|nd|rd|th)?\)\s{1,4})?(?:day\s{1,9})?(?:of\s{1,120})?(?P<month>" + _MONTH + r")"
    r"\s{0,9},?\s{1,9}(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?P<m1>"
    + _MONTH
    + r")\s{0,3}(?P<d1>\d{1,2})(?:\s?(?:s\s?t|n\s?d|r\s?d|t\s?h))?\s{0,3}[.,]?\s{0,3}(?P<y1>\d{4})(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})\s?(?:s\s?t|n\s?d|r\s?d|t\s?h)?\s{0,3}(?:day\s{1,9})?(?:of\s{1,120})?[-,]?\s{0,3}(?P<m2>"
    + _MONTH
    + r")"
    r"\s{0,4}[-,.]{0,2}\s{0,4}(?:of\s{1,4})?(?P<y2>\d{4})(?!\d)"
    r"|(?<![\d/-])(?P<y3>(?:19|20)\d\d)[/.-](?P<m3>\d{1,2})[/.-](?P<d3>\d{1,2})(?!\d)"
    r"|(?<![\d/.-])(?P<d5>1[3-9]|2\d|3[01])[/.-](?P<m5>\d{1,2})[/.-](?P<y5>(?:19|20)?\d\d)(?!\d)"
    r"|(?<![\d.])(?P<m4>\d{1,2})\.(?P<d4>\d{1,2})\.(?P<y4>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_HOLE = r"(?:\[?[_*.\u25cf\u00b7\u2022\s]{1,24}\]?|\[\s?\])"
_PARTIAL = re.compile(
    r"\b(?P<m1>"
    + _MONTH
    + r")\s{0,3}(?:"
    + _HOLE
    + r"|\[[^\]\d]{0,12}\])?\s{0,3},?\s{0,3}(?P<y1>(?:19|20)\d\d)(?!\d)"
    r"|(?:(?<!_)_{2,}|\bday\s{1,9}of\s{0,9}(?=,)|\[[\s*_.\u25cf\u00b7\u2022]{1,12}\])[\s,]{0,4}(?P<y2>(?:19"
    r"|20)\d\d)(?!\d)"
    r"|(?:\bas\s{1,9}of|\bdated|\bthis|\binto\s{1,9}on|\n)(?:\s{1,99},|\s{0,9}(?=20\d\d\s\())\s{0,4}"
    r"(?P<y3>(?:19|20)\d\d)(?!\d)(?=\s{0,9}\n|\s{0,4}[,(]|\s{0,4}\Z)",
    re.IGNORECASE,
)


def _iso(year: str, month: str, day: str | int) -> str | None:
    try:
        return datetime.date(full_year(year), month_number(month), int(day)).isoformat()
    except ValueError:
        return None


def _others(text: str) -> Iterator[Found]:
    for match in _WORDED.finditer(text):
        day = _DAY_NUMBER["-".join(match["day"].lower().replace("-", " ").split())]
        if value := _iso(match["year"], match["month"], day):
            yield Found(match.start(), match.end(), value)
    for match in _LOOSE.finditer(text):
        i = next(k for k in "12345" if match[f"y{k}"])
        if value := _iso(match[f"y{i}"], match[f"m{i}"], match[f"d{i}"]):
            yield Found(match.start(), match.end(), value)


def _partial(text: str) -> Iterator[Found]:
    for match in _PARTIAL.finditer(text):
        if match["m1"]:
            yield Found(match.start(), match.end(), f"{match['y1']}-{month_number(match['m1']):02d}")
        else:
            year = "y2" if match["y2"] else "y3"
            yield Found(match.start(year), match.end(year), match[year])


def dates(text: str, *, partial: bool = False) -> list[Found]:
    """Dates in `text` in order, none inside another; the value is ISO 8601.

    Args:
        text: any text; the cost is linear in it.
        partial: also dates of which the day, or day and month, is blank or not said: "2006-11", "2000".
    """
    found = [*find_dates(text), *_others(text), *(_partial(text) if partial else ())]
    found.sort(key=lambda f: (f.start, f.start - f.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif len(one.value) > len(kept[-1].value):
            kept[-1] = one
    return kept
