"""Consistent swaps of names, dates, places and durations in a labelled contract.

A swap changes the text and every fact alike, so that an answer can only be read, never remembered.
"""

from __future__ import annotations

import datetime
import random
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from consolidation.training.facts import PARTY_BY_ROLE, PARTY_BY_SHORT_NAME, Contract, Fact, Range
from consolidation.values import MONTHS, find_dates, find_durations, number_words, plain

_ONE_WORD = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii "
    "Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan "
    "Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee "
    "Texas Utah Vermont Virginia Washington Wisconsin Wyoming England Scotland Ireland Germany France "
    "Israel India Singapore Japan Switzerland Netherlands Sweden Brazil Ontario Quebec Alberta Bermuda"
)
_SEVERAL_WORDS = ""
PLACES = (*_ONE_WORD.split(), *_SEVERAL_WORDS.split(","))
_SYLLABLES = (
    "al bar cor den el far gen hal in jor kel lum mar nor os pri quan ral sol tri ul ver wes xan yor zen "
    "bio cyber data eco info micro nano opti pan syn tele trans uni vita"
).split()
_KINDS = ("Inc. LLC Ltd. Corporation Corp. Company L.P. GmbH Limited N.V.").split()
_FIELDS = (
    "Systems Technologies Pharmaceuticals Energy Media Foods Networks Holdings Software Entertainment "
    "Bank Laboratories Communications Industries Resources Group Health Solutions International Partners"
).split()
Edit = tuple[int, int, str]


def _company(dice: random.Random) -> str:
    stem = "".join(dice.sample(_SYLLABLES, dice.choice((2, 2, 3)))).capitalize()
    words = [stem, *dice.sample(_FIELDS, dice.choice((0, 1, 1, 2)))]
    return " ".join(words) + dice.choice((", ", " ")) + dice.choice(_KINDS)


def _like(case: str, text: str) -> str:
    return text.upper() if case.isupper() else text


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)" + r"\s+".join(re.escape(w) for w in words.split()) + r"(?!\w)", re.IGNORECASE
    )


def _date_edits(text: str, dice: random.Random) -> list[Edit]:
    shift = dice.randrange(-4000, 4000)
    edits = []
    for found in find_dates(text):
        old = text[found.start : found.end]
        date = datetime.date.fromisoformat(found.value) + datetime.timedelta(days=shift)
        month, ordinal = MONTHS[date.month - 1], re.search(r"\d\s?(st|nd|rd|th)\b", old)
        if "/" in old or re.match(r"\d+-\d+-", old):
            mark = "/" if "/" in old else "-"
            year = date.year if re.search(r"\d{4}", old) else f"{date.year % 100:02d}"
            new = f"{date.month}{mark}{date.day}{mark}{year}"
        elif old[0].isdigit():
            new = f"{date.day}{_suffix(date.day)} day of {month}, {date.year}" if "day" in old else ""
            new = new or f"{date.day} {month} {date.year}"
        else:
            new = f"{month} {date.day}{_suffix(date.day) if ordinal else ''}, {date.year}"
        edits.append((found.start, found.end, _like(old, new)))
    return edits


def _suffix(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


_LIKELY = {
    "day": (5, 7, 10, 14, 15, 20, 21, 30, 45, 60, 75, 90, 100, 120, 150, 180, 270, 365),
    "week": (1, 2, 3, 4, 6, 8, 10, 12, 16, 26),
    "month": (1, 2, 3, 4, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60),
    "year": (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30),
}


def _duration_edits(text: str, dice: random.Random) -> list[Edit]:
    renamed: dict[str, int] = {}
    edits = []
    for found in find_durations(text):
        old, unit = text[found.start : found.end], found.value.split()[1]
        n = renamed.setdefault(found.value, dice.choice(_LIKELY[unit]))
        number = re.match(
            r"(?P<word>[A-Za-z][A-Za-z \t\n-]*?)?\s*(?P<digits>\(?\s?\d+\s?\)?)?(?=[\s-]+[A-Za-z]+\W*$)", old
        )
        words = number_words(n)
        if not number or (number["word"] and not number["digits"] and len(number["word"].split()) > 2):
            continue
        if number["digits"]:
            digits = re.sub(r"\d+", str(n), number["digits"])
            new = f"{words} {digits}" if number["word"] else digits
        else:
            new = words
        new = new.capitalize() if old[0].isupper() else new
        edits.append((found.start, found.start + number.end(), _like(old, new)))
    return edits


def _name_edits(contract: Contract, others: Sequence[Contract], dice: random.Random) -> list[tuple[str, str]]:
    """Old and new party names, with the short names that follow from them."""
    pool = [
        fact.gold
        for other in dice.sample(others, 6)
        for fact in other.facts
        if fact.category == PARTY_BY_ROLE
    ]
    renamed: dict[str, str] = {}
    for fact in contract.facts:
        if fact.category in (PARTY_BY_ROLE, PARTY_BY_SHORT_NAME):
            fresh = dice.choice(pool) if pool and dice.random() < 0.5 else _company(dice)
            renamed.setdefault(fact.gold, fresh)
        elif fact.category == "Parties":
            for name in fact.gold.split("; "):
                renamed.setdefault(name, _company(dice))
    pairs = list(renamed.items())
    for fact in contract.facts:
        if fact.category == PARTY_BY_SHORT_NAME and plain(fact.subject) in plain(fact.gold):
            pairs.append((fact.subject, renamed[fact.gold].split()[0].rstrip(",")))
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _apply(text: str, edits: list[Edit]) -> tuple[str, list[Edit]]:
    """Apply edits in order, dropping those that overlap an earlier one."""
    out, kept, at = [], [], 0
    for start, end, new in sorted(edits, key=lambda e: (e[0], -e[1])):
        if start >= at:
            out += [text[at:start], new]
            kept.append((start, end, new))
            at = end
    return "".join([*out, text[at:]]), kept


def _moved(place: Range, kept: list[Edit], shifts: list[int]) -> Range:
    starts = [e[0] for e in kept]

    def move(at: int, *, is_end: bool) -> int:
        i = bisect_right(starts, at - 1 if is_end else at) - 1
        if i < 0:
            return at
        start, end, new = kept[i]
        before = shifts[i]
        if at >= end:
            return at + before + len(new) - (end - start)
        return start + before + (len(new) if is_end else 0)

    return move(place[0], is_end=False), move(place[1], is_end=True)


def swapped(contract: Contract, others: Sequence[Contract], dice: random.Random) -> Contract:
    """The contract with fresh names, dates, place of law and durations; facts and clauses follow."""
    text = contract.text
    edits: list[Edit] = []
    names = _name_edits(contract, others, dice)
    for old, new in names:
        edits += [(*m.span(), _like(m[0], new)) for m in _whole(old).finditer(text)]
    for fact in contract.facts:
        if fact.category == "Governing Law":
            place = dice.choice(PLACES)
            edits += [(*m.span(), _like(m[0], place)) for m in _whole(fact.gold).finditer(text)]
        if fact.category == "Document Name" and dice.random() < 0.5:
            title = next(
                (f.gold for f in dice.choice(others).facts if f.category == "Document Name"), fact.gold
            )
            start, end = fact.places[0]
            edits.append((start, end, _like(text[start:end], " ".join(title.split()))))
    edits += _date_edits(text, dice) + _duration_edits(text, dice)
    fresh, kept = _apply(text, edits)
    shifts, total = [], 0
    for start, end, new in kept:
        shifts.append(total)
        total += len(new) - (end - start)
    short = dict(names)
    facts: list[Fact] = []
    for fact in contract.facts:
        places = tuple(_moved(place, kept, shifts) for place in fact.places)
        subject = short.get(fact.subject, fact.subject)
        gold = "; ".join(" ".join(fresh[a:b].split()) for a, b in places)
        facts.append(replace(fact, subject=subject, places=places, gold=gold))
    clauses = {c: tuple(_moved(p, kept, shifts) for p in places) for c, places in contract.clauses.items()}
    return replace(contract, text=fresh, facts=tuple(facts), clauses=clauses)
