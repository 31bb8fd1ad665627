"""Questions that put documents in order: "top 3 by value", "the second latest", "sort by date"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking.condition import Asked, Condition
from consolidation.asking.conditions import RENEWS
from consolidation.asking.dates_asked import DATED, EXPIRES, SIGNED, TAKES_EFFECT, asks_signing
from consolidation.asking.days import days_in
from consolidation.asking.document_words import DOCS
from consolidation.asking.order_words import (
    BY_SUPERLATIVE,
    DOES,
    FROM_TO,
    HAVING,
    IN_ORDER,
    MONTH,
    NEXT,
    NUMBERS,
    ORDINALS,
    SOON,
    SORT,
    TAIL,
    TOP,
)
from consolidation.asking.rankable import (
    RENEWAL,
    Side,
    by_default,
    is_date,
    question_for,
    side_of,
)


@dataclass(frozen=True, slots=True)
class Places:
    """Which places of an order are told, counted from one; `last` is None where all are."""

    first: int = 1
    last: int | None = 1


FIRST_PLACE = Places()


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order of documents: from which end, by the answer to `each`, and which places of it.

    `condition` says which values count, `every` what else is so of the documents, as in `Asked`, and `such` the same
    in the question's words, to be read.
    """

    over: Side
    each: str
    places: Places
    condition: Condition | None = None
    every: tuple[tuple[Asked, ...], ...] = ()
    such: str = ""


def ranking(text: str, today: datetime.date | None = None) -> Ranking | None:
    """The order that a question in lower case puts documents in; None where it puts them in none.

    `today` is the day from which "next" counts; without it the first of all are told.
    """
    said = " ".join(text.split())
    for pattern, read in _READ:
        if (match := pattern.match(said)) and (found := read(match, today)):
            return found
    return None


def _number(match: re.Match[str], *names: str) -> int | None:
    said = next((match[name] for name in names if match[name]), None)
    if said is None:
        return None
    return int(said) if said.isdigit() else NUMBERS[said]


def _ranked(side: Side | None, each: str, places: Places, days: Condition | None = None) -> Ranking | None:
    """With the day of renewal taken for what it is: the end of the term of a contract that renews."""
    if side is None or not each or (days is not None and not is_date(each)):
        return None
    if each == RENEWAL:
        return Ranking(side, EXPIRES, places, days, ((RENEWS,),))
    return Ranking(side, each, places, days)


def _places(match: re.Match[str], number: int | None) -> Places | None:
    place = ORDINALS.get(match["place"] or "") if "place" in match.re.groupindex else None
    if place is not None:
        return Places(place, place)
    return None if number is not None and not 1 <= number <= 500 else Places(1, number or 1)


def _within(match: re.Match[str], today: datetime.date | None) -> Condition | Literal[False] | None:
    """The days that are said to count; False where what is said are no days."""
    if not match["bound"]:
        return None
    bound = re.sub(r"^(?:on\s+or\s+after|as\s+of)\b", "from", match["bound"].strip())
    if re.fullmatch(r"from\s+(?:now\s+on|today\s+on\w*|here\s+on)", bound):
        bound = "from today"
    said = days_in(bound, today)
    if said is None:
        return None if re.fullmatch(TAIL, f" {bound}") else False
    words = MONTH.sub(lambda month: month[0].capitalize(), said.words)
    return Condition("between", "date", words, low=said.low, high=said.high)


def _coming(today: datetime.date | None) -> Condition | None:
    if today is None:
        return None
    day = f"{today:%B} {today.day}, {today.year}"
    return Condition("between", "date", f"on or after {day}", low=float(today.toordinal()))


def _of_superlative(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    number, days = _number(match, "n", "n2"), _within(match, today)
    plain = number is None and match["place"] is None and not isinstance(days, Condition)
    if plain or days is False:
        return None
    part = match["part"] or match["to"] or match["to2"] or ""
    fact = match["by"] or match["fact"]
    if not fact and not part and match["side"] in ("highest", "largest", "greatest", "lowest", "smallest"):
        return None if match["place"] else _value_of(match, number)
    each = question_for(fact) if fact else _of_part(part) or by_default(match["side"])
    places = _places(match, number)
    return _ranked(side_of(match["side"], each), each, places, days or None) if places else None


def _value_of(match: re.Match[str], number: int | None) -> Ranking | None:
    """Of the largest documents those of the highest value; what is largest alone is not said."""
    places = _places(match, number)
    if places is None or not re.search(rf"\b{DOCS}\b", match[0]):
        return None
    each = by_default(match["side"])
    return _ranked(side_of(match["side"], each), each, places)


def _of_part(part: str) -> str:
    if re.match(r"(?:expir|end)", part):
        return EXPIRES
    if part.startswith("renew"):
        return RENEWAL
    return TAKES_EFFECT if part.startswith("start") else SIGNED if part else ""


def _of_top(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    fact = match["by"] or match["fact"]
    if not fact and not match["docs"]:
        return None
    each = question_for(fact) if fact else by_default(match["more"] or match["side"])
    places = _places(match, _number(match, "n"))
    word = match["more"] or match["more2"] or match["more3"]
    side = side_of(word, each) if word else _top_of(match["side"], each)
    return _ranked(side, each, places) if places else None


def _top_of(word: str, each: str) -> Side | None:
    """Of days that come the first ones are on top, of days that were the last."""
    if each in (EXPIRES, RENEWAL):
        return "earliest" if word == "top" else "latest"
    return side_of(word, each)


def _of_sort(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    if match["told"] is None and not match["docs"]:
        return None
    each = question_for(match["by"])
    if not each:
        return None
    falling = match["down"] or match["falling"]
    rising = bool(match["up"]) or (is_date(each) and not falling)
    up: Side = "earliest" if is_date(each) else "lowest"
    down: Side = "latest" if is_date(each) else "highest"
    found = _ranked(up if rising else down, each, Places(1, None))
    return replace(found, such=match["such"] or "") if found else None


def _of_ends(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    fact = match["fact"] or match["by"]
    each = question_for(fact) if fact else by_default(match["side"])
    return _ranked(side_of(match["side"], each), each, Places(1, None))


def _verb(match: re.Match[str]) -> str:
    if match["ends"]:
        return EXPIRES
    if match["renews"] or match["starts"]:
        return RENEWAL if match["renews"] else TAKES_EFFECT
    return SIGNED if asks_signing(match["signed"] or "") else DATED


def _of_doing(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    each, when, number = _verb(match), " ".join(match["when"].split()), _number(match, "n")
    bare = match["bare"] is not None
    days = _within(match, today)
    if days is False or (bare and each not in (EXPIRES, RENEWAL)):
        return None
    place = ORDINALS.get(when)
    if when in ("next", "soonest") and days is None:
        days = _coming(today)
    elif not bare and number is None and place is None and days is None and not match["renews"]:
        return None
    side: Side | None = "earliest" if place else side_of(when, each)
    places = Places(place, place) if place else Places(1, number or 1)
    return _ranked(side, each, places, days or None)


def _of_next(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    each = EXPIRES if match["end"] else RENEWAL if match["renewal"] else _verb(match)
    when, number, days = match["when"], _number(match, "n"), _within(match, today)
    # NB: "the first renewal" is the first of one contract.
    if match["renewal"] and when in ("first", "last") and number is None and days is None:
        return None
    if days is False or (
        when in ("next", "upcoming", "coming") and each not in (EXPIRES, RENEWAL, TAKES_EFFECT)
    ):
        return None
    if when in ("next", "upcoming", "coming") and days is None:
        days = _coming(today)
    last = None if when in ("upcoming", "coming") and number is None else number or 1
    return _ranked("latest" if when == "last" else "earliest", each, Places(1, last), days or None)


def _of_soon(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    return _ranked("earliest", RENEWAL if match["renews"] else EXPIRES, Places(1, None), _coming(today))


def _of_having(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    each, number, days = question_for(match["fact"]), _number(match, "n", "n2"), _within(match, today)
    if days is False or (number is None and match["place"] is None and days is None):
        return None
    places = _places(match, number)
    return _ranked(side_of(match["side"], each), each, places, days or None) if places else None


def _of_order(match: re.Match[str], today: datetime.date | None) -> Ranking | None:
    return _ranked("earliest", _verb(match), Places(1, None))


_READ = (
    (DOES, _of_doing), (NEXT, _of_next), (SOON, _of_soon), (HAVING, _of_having), (BY_SUPERLATIVE, _of_superlative),
    (TOP, _of_top), (SORT, _of_sort), (IN_ORDER, _of_order),
    (FROM_TO, _of_ends),
)  # fmt: skip
