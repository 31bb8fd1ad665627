"""Values with a type, in one comparable form: "Acme, Inc." equals "ACME INC", "one year" equals "12 months"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from consolidation.text.jurisdictions import jurisdictions
from consolidation.text.money import decimal, money
from consolidation.text.values import MONTHS, WORD_NUMBERS, find_dates, find_durations, plain

ValueType = Literal[
    "party", "role", "person", "date", "duration", "amount", "percent", "number", "place", "law", "title",
    "definition", "list", "consequence", "free",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A value: `text` as written, `comparable` (equal where the values are equal) and `shown` for people.

    `order` ranks values of one `unit`, None where there is no rank: days for dates (proleptic ordinal) and
    durations, the number for amounts and percents. `unit` is a currency (ISO 4217), "day", "%" or empty.
    """

    kind: ValueType
    text: str
    comparable: str
    shown: str
    order: float | None = None
    unit: str = ""


_BLANK = re.compile(r"\[\s*[*•_.\s]*\]|\*{2,}|_{2,}|[•●]+|\[?\bredacted\b\]?|\bN/?A\b", re.IGNORECASE)
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b")
_MONTH_NAMES = "|".join(f"{m}|{m[:3]}" for m in MONTHS)
_SPLIT_DATE = re.compile(
    r"\b(?P<d>\d{1,2})\s*(?:st|nd|rd|th)?\s*(?:day\s*)?(?:of\s*)?(?P<m>" + _MONTH_NAMES + r")\b\.?,?\s*(?:of\s+)?"
    r"(?P<y>\d{4})|\b(?P<m2>" + _MONTH_NAMES + r")\b\.?\s*(?P<d2>\d{1,2})\s*(?:st|nd|rd|th)?\s*,?\s*(?P<y2>\d{4})",
    re.IGNORECASE,
)  # fmt: skip


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def _date_of(text: str) -> datetime.date | None:
    try:
        if iso := _ISO.search(text):
            return datetime.date(int(iso["y"]), int(iso["m"]), int(iso["d"]))
        if found := next(find_dates(text), None):
            return datetime.date.fromisoformat(found.value)
        if split := _SPLIT_DATE.search(text):
            year, month, day = (split[k] or split[f"{k}2"] for k in "ymd")
            return datetime.date(int(year), _month(month), int(day))
    except ValueError:
        return None
    return None


def _date(text: str) -> Typed | None:
    day = _date_of(text)
    if day is None:
        return None
    shown = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    return Typed("date", text, day.isoformat(), shown, float(day.toordinal()), "day")


_ENDLESS = re.compile(
    r"\b(?:perpetual(?:ly)?|in perpetuity|indefinite(?:ly)?|no (?:fixed )?(?:end|expiry))\b", re.I
)
_FRACTION = re.compile(r"\d\.\d+\s*\)?\s*(?:hour|day|week|month|year)", re.IGNORECASE)
_BUSINESS = re.compile(r"\b(?:business|working|banking)[\s-]+(?:day|hour)", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|[a-z]+(?:-[a-z]+)?)\s*\)?[\s-]*(?:(?:\w+\s+)?(?:business|working|banking|calendar)[\s-]+)?"
    r"(?P<unit>minute|hour|day|week|month|quarter|year)s?\b",
    re.IGNORECASE,
)
#: What a unit is counted in, and how many of those it holds; months and days do not convert into one another.
_COUNTED = {
    "minute": ("minute", 1), "hour": ("hour", 1), "day": ("day", 1), "week": ("day", 7), "month": ("month", 1),
    "quarter": ("month", 3), "year": ("month", 12),
}  # fmt: skip
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "month": 30.4375}


def _loose_duration(text: str) -> tuple[float, str] | None:
    for match in _LOOSE.finditer(text):
        number = match["n"].lower()
        if number.replace(".", "", 1).isdigit():
            return float(number), match["unit"].lower()
        if number in WORD_NUMBERS:
            return float(WORD_NUMBERS[number]), match["unit"].lower()
    return None


def _duration(text: str) -> Typed | None:
    if _ENDLESS.search(text):
        return Typed("duration", text, "without end", "without end", float("inf"), "day")
    found = None if _BUSINESS.search(text) or _FRACTION.search(text) else next(find_durations(text), None)
    if found is not None:
        number, _, unit = found.value.partition(" ")
        amount = float(number)
    elif (loose := _loose_duration(text)) is not None:
        amount, unit = loose
    else:
        return None
    counted, times = _COUNTED[unit]
    business = "business " if _BUSINESS.search(text) else ""
    total = f"{amount * times:g}"
    shown = f"{amount:g} {business}{unit}" + ("" if amount == 1 else "s")
    return Typed(
        "duration", text, f"{total} {business}{counted}", shown, amount * times * _DAYS[counted], "day"
    )


def _amount(text: str) -> Typed | None:
    found = money(text)
    if found is None:
        return None
    value, currency = found[0].normalize(), found[1]
    shown = f"{currency} {value:,.2f}".removesuffix(".00")
    return Typed("amount", text, f"{currency} {value:f}", shown, float(value), currency)


PERCENT = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|\.\d+)\s*\)?\s*(?:%|per\s?cent\b|percentage points?)", re.IGNORECASE
)
_PERCENT_WORDS = re.compile(
    r"\b(?P<half>one[\s-]half\s+(?:of\s+)?(?:one\s+)?|half\s+(?:a\s+)?)?(?P<n>[a-z]+(?:[\s-][a-z]+)?)?\s*per\s?cent\b",
    re.I,
)


def _percent(text: str) -> Typed | None:
    match = PERCENT.search(text)
    value = decimal(match["n"]) if match else None
    if value is None and (words := _PERCENT_WORDS.search(text)):
        said = (words["n"] or "").lower()
        number = WORD_NUMBERS.get(said, WORD_NUMBERS.get(said.split()[-1] if said else ""))
        value = Decimal(number) if number is not None else Decimal("0.5") if words["half"] else None
    if value is None:
        return None
    shown = f"{value.normalize():f}%"
    return Typed("percent", text, shown, shown, float(value), "%")


_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_COUNTED_THING = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def _number(text: str) -> Typed | None:
    if match := _COUNT.search(text):
        value = Decimal(match[0].replace(",", "")).normalize()
    else:
        said = (WORD_NUMBERS.get(word.lower()) for word in _COUNTED_THING.findall(text))
        spelt = next((n for n in said if n is not None), None)
        if spelt is None:
            return None
        value = Decimal(spelt)
    return Typed("number", text, f"{value:f}", f"{value:,f}", float(value))


def _law(text: str) -> Typed | None:
    found = jurisdictions(text)
    if not found:
        return None
    return Typed("law", text, "; ".join(sorted(found)), " and ".join(found))


_PLACE_LEAD = re.compile(
    r"^(?:(?:the|in|at|of|within)\s+)*(?:state|commonwealth|province|city|county|republic)\s+of\s+", re.I
)


def _place(text: str) -> Typed | None:
    shown = " ".join(text.split())
    bare = _PLACE_LEAD.sub("", shown)
    found = jurisdictions(bare)
    comparable = found[0].lower() if len(found) == 1 and plain(found[0]) == plain(bare) else plain(bare)
    return Typed("place", text, comparable, shown) if comparable else None


_ENDINGS = re.compile(
    r"[\s,]+(?:inc|incorporated|corp|corporation|company|co|l\s?l\s?c|l\s?l\s?p|l\s?p|ltd|limited|plc|p\s?l\s?c|gmbh|"
    r"a\s?g|s\s?a|s\s?a\s?s|n\s?v|b\s?v|pty|pte|s\s?p\s?a|s\s?r\s?l|k\s?k|oy|a\s?b|a\s?s|kg|n\s?a)$"
)
#: What stands beside a name: a bracket at its end or with a defined term in it, another name it trades by, its form.
_ASIDE = re.compile(
    r"\([^()]*[\"“”'‘’][^()]*\)?|\([^()]*\)?(?=[\s.,;]*$)|\b[dfa]/[bk]/?a\b.*|,\s+an?\s+(?!inc\b|ltd\b)[a-z].*",
    re.IGNORECASE | re.DOTALL,
)


def comparable_name(name: str) -> str:
    """A company's or person's name in lower case without its legal form, article and asides.

    "The Acme Company, Inc. (a Delaware corporation)" gives "acme". Empty where nothing but those is there.
    """
    bare = plain(
        _ASIDE.sub(" ", name).replace("&", " and ").replace("’", "'").replace("'s ", "s ").replace(".", "")
    )
    while (shorter := _ENDINGS.sub("", bare)) != bare:
        bare = shorter.removesuffix(" and")
    return bare


def _names(kind: ValueType) -> Callable[[str], Typed | None]:
    def of(text: str) -> Typed | None:
        names = sorted({comparable_name(part) for part in text.split(";")} - {""})
        shown = " ".join(text.split()).rstrip(" ,;")
        return Typed(kind, text, "; ".join(names), shown) if names else None

    return of


def _list(text: str) -> Typed | None:
    parts = sorted({plain(part) for part in text.split(";")} - {""})
    return Typed("list", text, "; ".join(parts), " ".join(text.split())) if parts else None


def _words(kind: ValueType) -> Callable[[str], Typed | None]:
    def of(text: str) -> Typed | None:
        comparable = plain(text)
        return Typed(kind, text, comparable, " ".join(text.split())) if comparable else None

    return of


_NORMALISERS: dict[ValueType, Callable[[str], Typed | None]] = {
    "party": _names("party"),
    "person": _names("person"),
    "role": _words("role"),
    "title": _words("title"),
    "date": _date,
    "duration": _duration,
    "amount": _amount,
    "percent": _percent,
    "number": _number,
    "law": _law,
    "place": _place,
    "definition": _words("definition"),
    "list": _list,
    "consequence": _words("consequence"),
    "free": _words("free"),
}


def normalise(kind: ValueType, text: str) -> Typed | None:
    """A value as written, with its comparable form; the first value where a text holds several.

    None where the text holds no value of this kind, or is a redacted blank ("[***]", "____"). Parts of a list
    (`list`, and names) are parted by ";" and compared as a set.
    """
    if not _BLANK.sub("", text).strip(" .,;()[]$%\"'“”"):
        return None
    return _NORMALISERS[kind](text)
