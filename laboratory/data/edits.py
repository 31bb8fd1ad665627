"""Edits of a text that give dates, durations, sums and other numbers new values, alike wherever they stand."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Sequence

from consolidation.text.values import MONTHS, find_dates, find_durations, number_words
from laboratory.data.facts import Contract, Fact, Range
from laboratory.data.likely import (
    ANNIVERSARY,
    COUNTS,
    FIRST_YEAR,
    LAST_YEAR,
    ORDINALS,
    any_date,
    in_days,
    large_number_words,
    ordinal_ending,
)

#: A character range and the words to write there.
Edit = tuple[int, int, str]


def like(case: str, text: str) -> str:
    return text.upper() if case.isupper() else text


def _fresh_dates(old: Sequence[datetime.date], dice: random.Random) -> dict[datetime.date, datetime.date]:
    """New dates for old ones: all moved alike, or (half of the time) each its own, for dates in any order."""
    earliest, latest = datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)
    moved_alike = dice.random() < 0.5
    usual = [date for date in old if 1980 <= date.year <= 2030]
    low = (earliest - min(usual)).days if usual else 0
    shift = dice.randint(low, max(low, (latest - max(usual)).days)) if usual else 0
    fresh: dict[datetime.date, datetime.date] = {}
    for date in old:
        moved = date + datetime.timedelta(days=shift)
        keeps = moved_alike and earliest <= moved <= latest
        fresh.setdefault(date, moved if keeps else any_date(dice))
    return fresh


def date_edits(text: str, dice: random.Random) -> list[Edit]:
    """Other dates, written as the old ones are."""
    every = list(find_dates(text))
    fresh = _fresh_dates([datetime.date.fromisoformat(found.value) for found in every], dice)
    edits = []
    for found in every:
        old = text[found.start : found.end]
        date = fresh[datetime.date.fromisoformat(found.value)]
        month, ordinal = MONTHS[date.month - 1], re.search(r"\d\s?(st|nd|rd|th)\b", old)
        if "/" in old or re.match(r"\d+-\d+-", old):
            mark = "/" if "/" in old else "-"
            year = date.year if re.search(r"\d{4}", old) else f"{date.year % 100:02d}"
            new = f"{date.month}{mark}{date.day}{mark}{year}"
        elif old[0].isdigit():
            new = f"{date.day}{ordinal_ending(date.day)} day of {month}, {date.year}" if "day" in old else ""
            new = new or f"{date.day} {month} {date.year}"
        else:
            new = f"{month} {date.day}{ordinal_ending(date.day) if ordinal else ''}, {date.year}"
        edits.append((found.start, found.end, like(old, new)))
    return edits


def anniversary_edits(text: str, dice: random.Random) -> list[Edit]:
    """Other ordinals for anniversaries."""
    renamed: dict[str, int] = {}
    edits = []
    for match in ANNIVERSARY.finditer(text):
        digits = re.search(r"\d+", match["digits"] or "")
        if not digits and not match["word"]:
            continue
        old = digits[0] if digits else match["word"].lower()
        n = renamed.setdefault(old, dice.choice(list(ORDINALS)))
        written = re.sub(r"\d+\s?\w\s?\w", f"{n}{ordinal_ending(n)}", match["digits"] or "")
        word = like(match["word"], ORDINALS[n]) if match["word"] else ""
        edits.append((match.start(), match.start("noun"), word + match["gap"] + written))
    return edits


_ADJECTIVE_BEFORE = ("term", "period", "renewal", "anniversary", "extension", "notice", "initial", "warranty")


def _fresh_durations(contract: Contract, dice: random.Random) -> dict[str, str]:
    """New durations for old ones; a notice period is now longer, now shorter than the renewal term."""
    fresh: dict[str, str] = {}

    def draw(old: str) -> str:
        unit = old.split()[1] if dice.random() < 0.6 else dice.choice(list(COUNTS))
        return f"{dice.choice(COUNTS[unit])} {unit}"

    renewal, notice = (
        next(
            (
                d.value
                for f in contract.facts
                if f.category == category
                for d in find_durations(_at(contract, f))
            ),
            "",
        )
        for category in ("Renewal Term", "Notice Period To Terminate Renewal")
    )
    if renewal and notice and renewal != notice:
        longer = dice.random() < 0.5
        for _ in range(30):
            fresh = {renewal: draw(renewal), notice: draw(notice)}
            if (in_days(fresh[notice]) > in_days(fresh[renewal])) == longer:
                break
    for found in find_durations(contract.text):
        fresh.setdefault(found.value, draw(found.value))
    return fresh


def _at(contract: Contract, fact: Fact) -> str:
    return contract.text[fact.places[0][0] : fact.places[0][1]]


_NUMBER_AND_UNIT = re.compile(
    r"(?P<word>[A-Za-z][A-Za-z \t\n-]*?)?(?P<gap>\s*)(?P<digits>\(?\s?\d+\s?\)?)?"
    r"(?P<middle>[\s-]+(?:(?:calendar|business|full|additional|consecutive|successive)\s+)?)"
    r"(?P<unit>(?:day|week|month|year)s?)",
    re.IGNORECASE,
)


def duration_edits(contract: Contract, dice: random.Random) -> list[Edit]:
    """Other durations, in words and digits as the old ones are."""
    text, renamed = contract.text, _fresh_durations(contract, dice)
    edits = []
    for found in find_durations(text):
        old = text[found.start : found.end]
        count, unit = renamed[found.value].split()
        parts = _NUMBER_AND_UNIT.fullmatch(old)
        if not parts:
            continue
        words, digits = number_words(int(count)), re.sub(r"\d+", count, parts["digits"] or "")
        number = words + (parts["gap"] or " ") * bool(digits) + digits if parts["word"] else digits
        number = number.capitalize() if old[0].isupper() else number
        follows_noun = text[found.end : found.end + 14].lower().split()[:1]
        describes = "-" in parts["middle"] or (follows_noun and follows_noun[0].startswith(_ADJECTIVE_BEFORE))
        was_plural = parts["unit"].lower().endswith("s")
        ending = "s" if (was_plural if describes else count != "1") else ""
        middle = parts["middle"] if unit == "day" or len(parts["middle"]) < 3 else " "
        edits.append((found.start, found.end, like(old, number + middle + unit + ending)))
    return edits


_MONEY = re.compile(
    r"(?P<words>(?:[A-Za-z]+[\s-]+){1,14}?(?:United\s+States\s+|U\.?S\.?\s+)?dollars\s*\(\s*)?"
    r"(?P<sign>(?:US|U\.S\.|CAD|C|A|HK|RMB|USD|EUR|GBP)?\s?[$€£¥]\s?|\b(?:RMB|USD|EUR|GBP|CAD|Rs\.?)\s?)"
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)",
    re.IGNORECASE,
)
_SIGNS = ("$", "$", "$", "€", "£", "US$")
_COUNTING = frozenset(
    w for n in range(1, 100) for w in number_words(n).split("-")
) | {"hundred", "thousand", "million", "billion", "and"}  # fmt: skip


def _fresh_digits(digits: str, dice: random.Random) -> str:
    """Another number of the same form: zeros at the end stay zeros, commas and the point stay."""
    whole = digits.rstrip("0,.") if "." not in digits else digits
    zeros = digits[len(whole) :]
    new = "".join(str(dice.randrange(10)) if c.isdigit() else c for c in whole)
    new = str(dice.randrange(1, 10)) + new[1:] if new else digits
    if zeros.count("0") > 2 and dice.random() < 0.4:
        at = zeros.index("0")
        zeros = zeros[:at] + str(dice.randrange(1, 10)) + zeros[at + 1 :]
    return new + zeros if new != digits else digits


_DOLLARS = frozenset("dollars united states us u s".split())


def _number_in_words(before: str) -> Range | None:
    """Where the number stands in words such as "pay one hundred United States dollars ("."""
    at = len(before)
    for piece in reversed(re.findall(r"[A-Za-z]+|[^A-Za-z]+", before)):
        if piece.isalpha() and piece.lower() not in _COUNTING | _DOLLARS:
            break
        at -= len(piece)
    number = re.match(r"[^A-Za-z]*(?P<n>[A-Za-z\s-]+?)\s+(?:United|U|dollars)", before[at:], re.IGNORECASE)
    return (at + number.start("n"), at + number.end("n")) if number else None


def _like_words(old: str, new: str) -> str:
    return like(old, new.title() if old.istitle() else new.capitalize() if old[0].isupper() else new)


def money_edits(text: str, dice: random.Random) -> list[Edit]:
    """Other sums of money, and the words before them; dollars may become another currency."""
    renamed: dict[str, str] = {}
    sign = dice.choice(_SIGNS)
    edits: list[Edit] = []
    for match in _MONEY.finditer(text):
        digits, start = match["digits"].rstrip(","), match.start("digits")
        new = renamed.setdefault(digits, _fresh_digits(digits, dice))
        words = _number_in_words(match["words"]) if match["words"] else None
        if words and "." in new:
            continue
        if words:
            old, begin = match["words"][slice(*words)], match.start("words") + words[0]
            edits.append(
                (begin, begin + len(old), _like_words(old, large_number_words(int(new.replace(",", "")))))
            )
        other = match["sign"] == "$" and not match["words"]
        edits.append((start - other, start + len(digits), sign * other + new))
    return edits


_PERCENT = re.compile(
    r"(?P<words>\b[A-Za-z]+(?:-[A-Za-z]+)?(?=\s+per\s?cent\s*\())?(?:\s+per\s?cent\s*\(\s*)?(?P<digits>(?<![\d.,])\d{1,2}(?:\.\d+)?)(?=\s?%)",
    re.IGNORECASE,
)


def percent_edits(text: str, dice: random.Random) -> list[Edit]:
    """Other percentages, and the words before them; 100 % stays."""
    renamed: dict[str, str] = {}
    edits: list[Edit] = []
    for match in _PERCENT.finditer(text):
        old = match["digits"]
        rest = "." + "".join(dice.choice("0123456789") for _ in old.split(".")[1]) if "." in old else ""
        new = renamed.setdefault(
            old, f"{dice.randrange(1, 10 if len(old.split('.')[0]) == 1 else 100)}{rest}"
        )
        word = match["words"]
        if word and (word.lower().split("-")[0] not in _COUNTING or rest):
            continue
        if word:
            edits.append((*match.span("words"), like(word, number_words(int(new)))))
        edits.append((*match.span("digits"), new))
    return edits


_STREET_NUMBER = re.compile(
    r"\b\d{2,5}(?=\s+(?:[NSEW]\.?\s+|North\s|South\s|East\s|West\s)?(?:[A-Z][a-z.]+\s+){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Way|Parkway|Pkwy|Place|Court|Plaza|Terrace|Square|Circle)\b)"
)
_POSTAL_CODE = re.compile(r"(?<=[A-Za-z.,]\s)\d{5}(?:-\d{4})?(?!\d|,\d|\s+(?:[a-z]|shares))")
_PHONE = re.compile(r"(?:\(\d{3}\)\s*|\b\d{3}[-.])\d{3}[-.]\d{4}\b")
_DOTTED = re.compile(
    r"(?<![\d$€£.,/@#])(?P<major>\d{1,2})(?=\.\d{1,2}(?!\d|\s?%|,\d|\s?(?:million|billion)))"
)


def number_edits(text: str, dice: random.Random) -> list[Edit]:
    """Street numbers, postal codes, telephone numbers, and (half of the time) the first part of section numbers."""
    edits: list[Edit] = []
    for pattern in (_STREET_NUMBER, _POSTAL_CODE, _PHONE):
        renamed: dict[str, str] = {}
        for match in pattern.finditer(text):
            digits = [str(dice.randrange(1, 10)) if c.isdigit() else c for c in match[0]]
            edits.append((*match.span(), renamed.setdefault(match[0], "".join(digits))))
    further = dice.choice((0, 0, *range(1, 20)))
    for match in _DOTTED.finditer(text) if further else ():
        edits.append((*match.span("major"), str(int(match["major"]) + further)))
    return edits


def value_edits(contract: Contract, dice: random.Random) -> list[Edit]:
    """All of the above; where two overlap, the one that starts first is to be taken."""
    text = contract.text
    edits = [*date_edits(text, dice), *duration_edits(contract, dice), *anniversary_edits(text, dice)]
    return [*edits, *money_edits(text, dice), *percent_edits(text, dice), *number_edits(text, dice)]
