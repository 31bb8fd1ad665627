"""Questions that put documents in order: "top 3 by value", "the second latest", "sort by date", "what expires next"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking.condition import Asked, Condition
from consolidation.asking.conditions import RENEWS
from consolidation.asking.dates_asked import DATED, EXPIRES, SIGNED, TAKES_EFFECT, asks_signing
from consolidation.asking.days import days_in
from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.rankable import (
    FACT,
    RENEWAL,
    SUPERLATIVE,
    Side,
    by_default,
    is_date,
    question_for,
    side_of,
)
from consolidation.text.values import MONTHS, WORD_NUMBERS


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


_KIND = r"(?:(?!(?:that|with|in|of|the|is|are|by)\b)[\w&/-]+\s+){0,2}?"
_NUMBERS = {word: n for word, n in WORD_NUMBERS.items() if 2 <= n <= 20}
_N = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_ORDINALS = {
    word: place
    for place, words in enumerate(
        ("second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th", "ninth 9th", "tenth 10th"), 2
    )
    for word in words.split()
}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS)
_LEAD = (
    r"^(?:(?:please\s+)?(?:give|show|tell|list|get|find|name|pull|send|identify|display)(?:\s+(?:me|us))?\s+|(?:what|which)(?:'s|\s+is|\s+are|\s+was|\s+were)?\s+(?:the\s+)?|"
    r"(?:i|we)\s+(?:need|want)\s+)?(?:(?:the|our|all|my)\s+)*"
)
_TAIL = (
    rf"(?:\s*,?\s*(?:(?:of|in|among|across|from|for|over|out\s+of)\s+(?:(?:all|the|our|these|those|my|this|every|of)\s+)*(?:{_KIND}{DOCS}|matter|portfolio|data\s*room|file|batch|them(?:\s+all)?)"
    r"|we\s+have|on\s+file|in\s+here|here|please))*\s*[?.!]*$"
)
_BOUND = r"(?:\s+(?P<bound>(?:after|before|since|from|as\s+of|on\s+or\s+(?:before|after)|not?\s+(?:(?:later|earlier|sooner)\s+than|before|after)|until|by|in|during|between|within|this|next)\s+[^?]*?))?"
_OF = r"(?:\s+(?:of|the|these|those|our|my|your|all))*"
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS).lower()})\b")
#: "three longest terms", "longest three terms", "the second latest expiry", "five most recently signed contracts".
_SUPERLATIVE = re.compile(
    rf"{_LEAD}(?:(?:(?P<n>{_N})|(?P<place>{_ORDINAL}))[\s-]+)?(?P<side>{SUPERLATIVE})(?:\s+(?P<n2>{_N}))?"
    rf"(?:\s+(?:(?P<fact>{FACT})(?:\s+(?:dates?|periods?))?|(?P<part>signed|executed|expiring|ending|starting)?\s*{_KIND}(?:{DOCS}|{DOC})(?:\s+to\s+(?P<to>expire|end|renew|be\s+signed))?|to\s+(?P<to2>expire|end|renew)))?"
    rf"(?:\s+by\s+(?P<by>{FACT}))?{_BOUND}{_TAIL}"
)
#: "top 3 by value", "bottom five caps", "top 10 contracts".
_TOP = re.compile(
    rf"{_LEAD}(?P<side>top|bottom)[\s-]+(?P<n>{_N})(?:\s+(?:(?P<more>{SUPERLATIVE})\s+)?(?:(?P<fact>{FACT})|(?P<docs>{_KIND}{DOCS})))?"
    rf"(?:\s+(?:by|in|for|ranked\s+by|sorted\s+by|with\s+the\s+(?P<more2>{SUPERLATIVE}))\s+(?:(?P<more3>{SUPERLATIVE})\s+)?(?P<by>{FACT}))?{_TAIL}"
)
_DOWN = r"(?:desc\w*|(?:from\s+)?(?:(?:the\s+)?(?:highest|largest|biggest|longest|latest|newest|most\s+recent)|high)(?:\s+first|\s+on\s+top|\s+to\s+\w+)?|in\s+descending\s+order|z\s*-\s*a)"
_UP = r"(?:asc\w*|(?:from\s+)?(?:(?:the\s+)?(?:lowest|smallest|shortest|earliest|oldest|soonest)|low)(?:\s+first|\s+on\s+top|\s+to\s+\w+)?|in\s+ascending\s+order|chronologically|in\s+chronological\s+order)"
#: "rank the contracts by liability cap", "sort by effective date", "contracts by value, highest first".
_SORT = re.compile(
    rf"^(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:(?:(?:rank|sort|order|arrange|rank\s+order|put)(?P<told>)|list|show|give|display)(?:\s+(?:me|us))?|(?:a\s+)?(?:ranking|list|order)\s+of)?"
    rf"(?:\s*\b(?:of|the|these|those|our|my|all|them|every|everything|each|it))*\s*(?:(?P<docs>{_KIND}(?:{DOCS}|(?<=every\s){DOC}))\b)?(?:\s+(?P<such>(?:with|without|governed|under|that|which|signed|having|lacking|expiring)\b.+?))?"
    rf"(?:\s*,?\s+(?:ranked|sorted|ordered|arranged))?\s*\b(?:by|according\s+to|in\s+(?:the\s+)?(?:(?P<falling>descending|decreasing)\s+|(?:ascending|increasing|chronological)\s+)?order\s+of|based\s+on|in\s+order\s+by)\s+(?:the\s+|their\s+|its\s+)?(?P<by>{FACT})"
    rf"\s*[,(:–—-]?\s*(?:(?P<down>{_DOWN})|(?P<up>{_UP}))?\)?{_TAIL}"
)
#: "list the contracts from longest to shortest term".
_FROM_TO = re.compile(
    rf"^(?:(?:rank|sort|order|arrange|list|show|give|put)(?:\s+(?:me|us))?\s+)?(?:(?:the|these|our|all|of)\s+)*{_KIND}{DOCS}\s+from\s+(?:the\s+)?(?P<side>{SUPERLATIVE})\s+to\s+(?:the\s+)?{SUPERLATIVE}"
    rf"(?:\s+(?P<fact>{FACT}))?(?:\s+by\s+(?P<by>{FACT}))?{_TAIL}"
)
_EXPIRING = r"(?:expir(?:e|es|ing|ed)|end(?:s|ing|ed)?|laps(?:e|es|ing|ed)|run(?:s|ning)?\s+out|terminat(?:e|es|ing|ed))"
_RENEWING = r"(?:renew(?:s|ed|ing)?|(?:(?:come|comes|coming)\s+)?up\s+for\s+renewal|due\s+for\s+renewal)"
_VERB = rf"(?:(?P<ends>{_EXPIRING})|(?P<renews>{_RENEWING})|(?P<starts>start(?:s|ed)?|beg[aiu]ns?|t(?:akes?|ook)\s+effect|commenced?s?)|(?P<signed>signed|executed|made|concluded))"
#: "which contract expires next", "which 3 agreements were signed last", "what expires first after today".
_DOES = re.compile(
    rf"^(?:(?:which|what)(?:\s+(?P<n>{_N}))?{_OF}\s*(?:{_KIND}(?:{DOCS}|{DOC})|one|(?P<bare>))|(?:the\s+)?{_KIND}(?P<docs>{DOCS}|{DOC})\s+(?:that|which))\s+(?:(?:is|are|was|were|will|be|do|does|did|going\s+to|set\s+to|due\s+to|the)\s+)*"
    rf"{_VERB}\s+(?:the\s+)?(?P<when>next|first|last|earliest|latest|soonest|most\s+recently|{_ORDINAL})(?:\s+(?:of\s+all))?{_BOUND}{_TAIL}"
)
#: "the next renewal", "next 3 expirations", "the next contract to expire", "upcoming renewals", "first to expire after 2010".
_NEXT = re.compile(
    rf"(?:{_LEAD}|^(?:which|what){_OF}\s*{_KIND}(?:{DOCS}|{DOC})\s+(?:is|are|will\s+be)\s+(?:the\s+)?)(?:when\s+(?:is|are)\s+(?:the|our)\s+)?(?P<when>next|upcoming|coming|first|last)\s+(?:(?P<n>{_N})\s+)?(?:(?:contract|lease|licen[cs]e|agreement)\s+)?"
    rf"(?:(?P<end>expir(?:y|ies|ations?)(?:\s+dates?)?)|(?P<renewal>renewals?(?:\s+dates?)?)|(?:{_KIND}(?:{DOCS}|{DOC})\s+)?(?:(?:to|that|which|due\s+to|that\s+will|that\s+is\s+to|that\s+is)\s+(?:be\s+)?|(?=up\s+for)){_VERB}){_BOUND}{_TAIL}"
)
_SOON = re.compile(
    rf"^(?:(?:which|what|list|show|find)(?:\s+(?:me|us))?{_OF}\s*{_KIND}(?:{DOCS}|{DOC})|{_KIND}{DOCS}|what(?:'s|\s+is)?|(?:is\s+)?anything)\s+(?:(?:that|which|is|are|will|be|'s)\s+)*"
    rf"(?:(?P<ends>{_EXPIRING})\s+(?:soon|shortly)|about\s+to\s+(?P<ends2>expire|end|lapse|run\s+out)|(?P<renews>{_RENEWING}(?:\s+(?:soon|shortly|next))?)|coming\s+(?:to\s+an\s+end|up)\s+(?P<ends3>soon|next)){_TAIL}"
)
#: "which contract has the second highest cap", "which 3 contracts have the longest terms".
_HAS = re.compile(
    rf"^which(?:\s+(?P<n>{_N}))?{_OF}\s*(?:{_KIND}(?:{DOCS}|{DOC})|one|ones)?\s+(?:has|have|had|with)\s+the\s+(?:(?:(?P<n2>{_N})|(?P<place>{_ORDINAL}))[\s-]+)?(?P<side>{SUPERLATIVE})\s+(?P<fact>{FACT}){_BOUND}{_TAIL}"
)
_IN_ORDER = re.compile(
    rf"^in\s+(?:what|which)\s+order\s+(?:do|does|did|will|were)\s+(?:(?:the|these|our|they|all|those)\s*)+(?:{_KIND}{DOCS}\s+)?{_VERB}{_TAIL}"
)


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
    return int(said) if said.isdigit() else _NUMBERS[said]


def _ranked(side: Side | None, each: str, places: Places, days: Condition | None = None) -> Ranking | None:
    """With the day of renewal taken for what it is: the end of the term of a contract that renews."""
    if side is None or not each or (days is not None and not is_date(each)):
        return None
    if each == RENEWAL:
        return Ranking(side, EXPIRES, places, days, ((RENEWS,),))
    return Ranking(side, each, places, days)


def _places(match: re.Match[str], number: int | None) -> Places | None:
    place = _ORDINALS.get(match["place"] or "") if "place" in match.re.groupindex else None
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
        return None if re.fullmatch(_TAIL, f" {bound}") else False
    words = _MONTH.sub(lambda month: month[0].capitalize(), said.words)
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
    place = _ORDINALS.get(when)
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
    (_DOES, _of_doing), (_NEXT, _of_next), (_SOON, _of_soon), (_HAS, _of_having), (_SUPERLATIVE, _of_superlative),
    (_TOP, _of_top), (_SORT, _of_sort), (_IN_ORDER, _of_order),
    (_FROM_TO, _of_ends),
)  # fmt: skip
