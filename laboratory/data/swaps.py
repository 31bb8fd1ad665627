"""Consistent swaps of names, dates, places, durations, amounts and numbers in a labelled contract.

A swap changes the text and every fact alike, so that an answer can only be read, never remembered.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from consolidation.text.values import plain
from laboratory.data.computed import FOLLOWS, follows
from laboratory.data.edits import Edit, like, value_edits
from laboratory.data.facts import PARTY_BY_ROLE, PARTY_BY_SHORT_NAME, Contract, Fact, Range
from laboratory.data.likely import PLACES

#: Other contracts whose parties lend their names, and the share of names that are taken whole.
KNOWN_CONTRACTS, WHOLE = 24, 0.3
#: Share of made-up names whose first word is of halves of two words, and so new.
COINED = 0.5


def _names(contract: Contract) -> set[str]:
    """Names of a contract's parties."""
    named = (fact.gold for fact in contract.facts if fact.category in ("Parties", PARTY_BY_ROLE))
    return {name.strip() for gold in named for name in gold.split("; ") if name.strip()}


def _known(contract: Contract, others: Sequence[Contract], dice: random.Random) -> list[list[str]]:
    """Words of each party's name in some of the other contracts."""
    lenders = dice.sample(others, min(len(others), KNOWN_CONTRACTS))
    names = set().union(*map(_names, lenders)) - _names(contract)
    return [name.split() for name in sorted(names)]


def _coined(known: Sequence[Sequence[str]], longer: Sequence[str], dice: random.Random) -> str:
    """The front of one name and the end of another, often with a first word of halves of two `longer` words."""
    front, end = dice.choice(known), dice.choice(known)
    words = [*front[: dice.randint(1, max(1, len(front) - 1))]]
    if longer and dice.random() < COINED:
        start, rest = dice.choice(longer), dice.choice(longer)
        words[0] = start[: (len(start) + 1) // 2] + rest[len(rest) // 2 :].lower()
    return " ".join([*words, *end[-dice.randint(1, max(1, len(end) - 1)) :]])


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)" + r"\s+".join(re.escape(w) for w in words.split()) + r"(?!\w)", re.IGNORECASE
    )


def _name_edits(contract: Contract, others: Sequence[Contract], dice: random.Random) -> list[tuple[str, str]]:
    """Old and new party names, with the short names that follow from them; none where `others` name no party."""
    known = _known(contract, others, dice)
    if not known:
        return []
    longer = sorted({word for name in known for word in name if len(word) > 3 and word.isalpha()})
    renamed: dict[str, str] = {}
    for fact in contract.facts:
        if fact.category in (PARTY_BY_ROLE, PARTY_BY_SHORT_NAME, "Parties"):
            for name in fact.gold.split("; "):
                whole = dice.random() < WHOLE
                fresh = " ".join(dice.choice(known)) if whole else _coined(known, longer, dice)
                renamed.setdefault(name, fresh)
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
    """The contract with fresh names, dates, place of law, durations, sums and numbers; facts and clauses follow."""
    text = contract.text
    edits: list[Edit] = []
    names = _name_edits(contract, others, dice)
    for old, new in names:
        edits += [(*m.span(), like(m[0], new)) for m in _whole(old).finditer(text)]
    for fact in contract.facts:
        if fact.category == "Governing Law":
            place = dice.choice(PLACES)
            edits += [(*m.span(), like(m[0], place)) for m in _whole(fact.gold).finditer(text)]
        if fact.category == "Document Name" and dice.random() < 0.5:
            title = next(
                (f.gold for f in dice.choice(others).facts if f.category == "Document Name"), fact.gold
            )
            start, end = fact.places[0]
            edits.append((start, end, like(text[start:end], " ".join(title.split()))))
    edits += value_edits(contract, dice)
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
    said = {fact.category: fact.gold for fact in facts}
    answers = {category: said.get(category, "") for category in contract.answers}
    if follows(contract):
        answers["Expiration Date"] = FOLLOWS
    return replace(contract, text=fresh, facts=tuple(facts), clauses=clauses, answers=answers)
