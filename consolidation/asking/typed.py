"""Values with a type, in one comparable form: "Acme, Inc." equals "ACME INC", "one year" equals "12 months"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from consolidation.text.jurisdictions import jurisdictions
from consolidation.text.lengths import first_length
from consolidation.text.money import money
from consolidation.text.numbers import numbers
from consolidation.text.values import MONTHS, find_dates, month_number, plain

ValueType = Literal[
    "party", "role", "person", "date", "duration", "amount", "percent", "number", "place", "law", "title",
    "definition", "list", "consequence", "free",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A value: `text` as written, `comparable` (equal where the values are equal) and `shown` for people.

    `order` ranks values of one `unit`, None where there is no rank (a range): days for dates (proleptic ordinal)
    and durations, the number for amounts and percents. `unit` is a currency (ISO 4217), "day", "%" or empty.
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
    r"\b(?P<d>\d{1,2}) ?(?:st|nd|rd|th)? ?(?:day ?)?(?:of ?)?(?P<m>" + _MONTH_NAMES + r")\b\.?,? ?(?:of )?"
    r"(?P<y>\d{4})|\b(?P<m2>" + _MONTH_NAMES + r")\b\.? ?(?P<d2>\d{1,2}) ?(?:st|nd|rd|th)? ?,? ?(?P<y2>\d{4})",
    re.IGNORECASE,
)  # fmt: skip


def _date_of(text: str) -> datetime.date | None:
    text = " ".join(text.split())
    try:
        if iso := _ISO.search(text):
            return datetime.date(int(iso["y"]), int(iso["m"]), int(iso["d"]))
        if found := next(find_dates(text), None):
            return datetime.date.fromisoformat(found.value)
        if split := _SPLIT_DATE.search(text):
            year, month, day = (split[k] or split[f"{k}2"] for k in "ymd")
            return datetime.date(int(year), month_number(month), int(day))
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


def _duration(text: str) -> Typed | None:
    if _ENDLESS.search(text):
        return Typed("duration", text, "without end", "without end", float("inf"), "day")
    found = first_length(" ".join(text.split()))
    if found is None:
        return None
    return Typed("duration", text, found.comparable, found.shown, found.days, "day")


def _amount(text: str) -> Typed | None:
    found = money(text)
    if found is None:
        return None
    value, currency = found[0].normalize(), found[1]
    # a price of half a cent keeps its digits
    exact = isinstance(value.as_tuple().exponent, int) and -int(value.as_tuple().exponent) > _CENTS
    shown = f"{currency} {value:,f}" if exact else f"{currency} {value:,.2f}".removesuffix(".00")
    return Typed("amount", text, f"{currency} {value:f}", shown, float(value), currency)


#: Digits after the point of an amount that is not finer than others.
_CENTS = 2
PERCENT = re.compile(
    r"(?<![\d.])(?P<n>\d{1,15}(?:\.\d{1,12})?|\.\d{1,12})\s?\)?\s?(?:%|per\s?cent\b|percentage points?)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"\s?\)?[\s-]?(?:(?:of\s)?(?:an?|one|1)\s?(?:\(1\)\s?)?)?(?:%|per\s?cent\b|percentage\spoints?\b"
    r"|(?P<points>basis\spoints?\b))",
    re.IGNORECASE,
)


def _percent(text: str) -> Typed | None:
    plain_text = " ".join(text.split())
    read = ((one.value, _PERCENT.match(plain_text, one.end)) for one in numbers(plain_text))
    value = next((value / (100 if unit["points"] else 1) for value, unit in read if unit), None)
    if value is None:
        return None
    shown = f"{value.normalize():f}%"
    return Typed("percent", text, shown, shown, float(value), "%")


def _number(text: str) -> Typed | None:
    read = numbers(text)
    number = next((one for one in read if one.figures), read[0] if read else None)
    if number is None:
        return None
    value = number.value.normalize()
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


def name_without_form(name: str) -> str:
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
        names = sorted({name_without_form(part) for part in text.split(";")} - {""})
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
