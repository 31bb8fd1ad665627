"""Numbers and lengths of time, as pages say them."""

import re
from collections.abc import Mapping
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?")
#: Words that say a date and nothing else; others may say more, as "until".
_DATE_ALONE = re.compile(
    r"(?:[\W\d_]|\b(?:" + "|".join(f"{month}|{month[:3]}" for month in MONTHS) + r"|Sept)\b"
    r"|(?<=\d)(?:st|nd|rd|th)\b|\b(?:the|day|of|on)\b)+",
    re.IGNORECASE,
)
_DURATION = re.compile(r"(\d+) (day|week|month|year)")
_AMOUNT = re.compile(r"([A-Z]{3}) (\d+)(\.\d+)?")


def duration_words(seconds: float | None) -> str:
    """A length of time as people say it; empty when it is not known."""
    if seconds is None:
        return ""
    # NB: what was summed in another order is the same time, on whichever side of a half it falls
    seconds = round(seconds, 6)
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{round(seconds)} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def time_left_words(seconds: float | None) -> str:
    """How long it will take still, rounded up; empty when nothing can be said."""
    about = duration_about(seconds)
    return f"{about} left" if about else ""


def duration_about(seconds: float | None) -> str:
    """How long something will take, for a button; empty when nothing can be said."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute"
    minutes = -int(-seconds // 60)
    if minutes < 90:
        return f"about {minutes} minute{'s' if minutes > 1 else ''}"
    return f"about {round(minutes / 60)} hours"


def count_words(number: int, noun: str) -> str:
    """'1 page', '3 pages', '1,024 pages'; an irregular plural follows a comma ("match,matches")."""
    one, _, many = noun.partition(",")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def times_words(number: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def brief_words(value: str) -> str:
    """A value of a brief, which are made to be compared, as people write it: 3 years, USD 5,000,000, May 3, 2026."""
    if found := _DURATION.fullmatch(value):
        return count_words(int(found[1]), found[2])
    if found := _AMOUNT.fullmatch(value):
        return f"{found[1]} {int(found[2]):,}{found[3] or ''}"
    return day_words(value)


def day_words(value: str) -> str:
    """A date in ISO 8601, perhaps without its day, as all pages say one: May 3, 2026. Anything else as it is."""
    found = _ISO.fullmatch(value)
    if found is None:
        return value
    year, month, day = found.groups()
    return f"{MONTHS[int(month) - 1]} {int(day)}, {year}" if day else f"{MONTHS[int(month) - 1]} {year}"


def answer_words(text: str, typed: Mapping[str, Any] | None) -> str:
    """An answer as pages say it: a date as `day_words`, where its words are no more than that; else as it is written.

    `typed` is its comparable form, with `kind` and `comparable`.
    """
    if typed and typed.get("kind") == "date" and _DATE_ALONE.fullmatch(text):
        return day_words(str(typed.get("comparable", "")))
    return text
