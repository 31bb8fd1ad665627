"""Questions that check one fact of a contract: yes or no, and a choice between two values."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence

from laboratory.data.computed import date_at, duration_at, first
from laboratory.data.facts import DATES, DURATIONS, PARTY_BY_ROLE, Contract, Fact
from laboratory.data.likely import (
    COUNTS,
    PLACES,
    any_date,
    dates_of,
    durations_of,
    full_date,
    in_days,
    plural,
)

_ASK_IF = {
    "Governing Law": (
        "Is the agreement governed by the laws of {}?", "Is the governing law that of {}?",
        "Does the law of {} govern the contract?",
    ),
    "Agreement Date": (
        "Was the agreement made on {}?", "Is the agreement dated {}?", "Is {} the date of the agreement?",
    ),
    "Effective Date": (
        "Is the effective date {}?", "Does the contract take effect on {}?", "Is the agreement effective as of {}?",
    ),
    "Expiration Date": (
        "Does the agreement expire on {}?", "Is the expiration date {}?", "Does the contract end on {}?",
    ),
    "Renewal Term": (
        "Is the renewal term {}?", "Does the agreement renew for {}?", "Is each renewal period {} long?",
    ),
    "Notice Period To Terminate Renewal": (
        "Is the notice period {}?", "Must {} of notice be given to stop the renewal?",
        "Is notice of non-renewal due {} before the end?",
    ),
}  # fmt: skip
_ASK_WHICH = {
    "Governing Law": ("Is the governing law that of {} or of {}?", "Do the laws of {} or of {} apply?"),
    "Agreement Date": ("Was the agreement made on {} or on {}?", "Is the agreement dated {} or {}?"),
    "Effective Date": ("Is the effective date {} or {}?", "Does the contract take effect on {} or on {}?"),
    "Expiration Date": ("Does the agreement expire on {} or on {}?", "Is the expiration date {} or {}?"),
    "Renewal Term": ("Is the renewal term {} or {}?", "Does the agreement renew for {} or for {}?"),
    "Notice Period To Terminate Renewal": (
        "Is the notice period {} or {}?", "Must {} or {} of notice be given to stop the renewal?",
    ),
}  # fmt: skip


def _right_and_wrong(contract: Contract, fact: Fact, dice: random.Random) -> tuple[str, str] | None:
    """How a fact's value is said, and another that it might have been; half of these from the same text."""
    text, place = contract.text, fact.places[0]
    if fact.category in DATES:
        date = date_at(text, place)
        if not date:
            return None
        here = [d.value for d in dates_of(text) if d.value != date.isoformat()]
        if here and dice.random() < 0.5:
            return full_date(date), full_date(datetime.date.fromisoformat(dice.choice(here)))
        near = date + datetime.timedelta(days=dice.choice((-365, -31, -30, -10, -1, 1, 10, 30, 31, 365, 730)))
        return full_date(date), full_date(near if dice.random() < 0.6 else any_date(dice))
    if fact.category in DURATIONS:
        value = duration_at(text, place)
        if not value or not in_days(value):
            return None
        here = [d.value for d in durations_of(text) if not 0.9 < in_days(d.value) / in_days(value) < 1.1]
        unit = value.split()[1]
        fresh = [f"{n} {unit}" for n in COUNTS[unit] if f"{n} {unit}" != value]
        wrong = dice.choice(here) if here and dice.random() < 0.5 else dice.choice(fresh)
        return plural(value), plural(wrong)
    right = " ".join(text[place[0] : place[1]].split())
    here = [p for p in PLACES if p.lower() not in right.lower() and right.lower() not in p.lower()]
    local = [p for p in here if p in text]
    wrong = dice.choice(local) if local and dice.random() < 0.5 else dice.choice(here)
    return right.title() if right.isupper() else right, wrong


def _party_checks(contract: Contract, truths: Iterator[bool], dice: random.Random) -> Iterator[Fact]:
    roles = [f for f in contract.facts if f.category == PARTY_BY_ROLE]
    for fact in roles:
        others = [f.gold for f in roles if f.gold != fact.gold]
        if fact.gold.islower() or fact.subject.lower() in ("you", "we", "us"):
            continue
        if not others or len({f.gold for f in roles if f.subject == fact.subject}) > 1:
            continue
        right, wrong = fact.gold.strip(" ,"), dice.choice(others).strip(" ,")
        role = fact.subject.replace("{", "{{").replace("}", "}}")
        wording = dice.choice((f"Is {{}} the {role}?", f"Is the {role} {{}}?"))
        yield _yes_or_no(fact, wording, right, wrong, true=next(truths))
        yield _choice(fact, (f"Is the {role} {{}} or {{}}?",), right, wrong, dice)


def _truths(dice: random.Random) -> Iterator[bool]:
    """True and false in turns of two, each turn in random order, so that a contract has as many of each."""
    while True:
        first_true = dice.random() < 0.5
        yield from (first_true, not first_true)


def _yes_or_no(fact: Fact, wording: str, right: str, wrong: str, *, true: bool) -> Fact:
    said = "yes" if true else "no"
    return Fact("Yes/No", wording.format(right if true else wrong), fact.places, said, said)


def _choice(fact: Fact, wordings: Sequence[str], right: str, wrong: str, dice: random.Random) -> Fact:
    pair = [right, wrong]
    dice.shuffle(pair)
    return Fact("Choice", dice.choice(wordings).format(*pair), fact.places, right, right)


def checks(contract: Contract, dice: random.Random) -> Iterator[Fact]:
    """Yes/no questions, half of them with a wrong value, and choices between the right value and a wrong one."""
    truths = _truths(dice)
    for category, wordings in _ASK_IF.items():
        fact = first(contract, category)
        values = _right_and_wrong(contract, fact, dice) if fact else None
        if fact and values:
            yield _yes_or_no(fact, dice.choice(wordings), *values, true=next(truths))
            values = _right_and_wrong(contract, fact, dice) or values
            yield _choice(fact, _ASK_WHICH[category], *values, dice)
    yield from _party_checks(contract, truths, dice)
