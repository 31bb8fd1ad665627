"""Conditions that documents are chosen by: "governed by Delaware law", "expire before 2025", "without a cap"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from consolidation.asking.by_title import by_title
from consolidation.asking.by_value import by_now, by_value
from consolidation.asking.comparators import LONGER, SHORTER, is_negated
from consolidation.asking.condition import Asked, Condition
from consolidation.asking.dates_asked import EXPIRES
from consolidation.asking.days import days_said
from consolidation.asking.joining import is_one, joined
from consolidation.asking.predicates import asks_of_documents, put, put_both
from consolidation.asking.rankable import SUPERLATIVE
from consolidation.asking.typed import ValueType, normalise
from consolidation.text.jurisdictions import jurisdictions

_NOT = re.compile(
    r"\b(?:not|neither|nor|never|other\s+than|except|outside)\b|n['’]t\b|\bnon[\s-]+(?-i:[A-Z])",
    re.IGNORECASE,
)
#: Each of several is meant, and not any of them.
_BOTH = re.compile(r"\bboth\b", re.IGNORECASE)


#: Letters of a state stand for it before "law" and "courts".
_POSTAL = re.compile(r"\b(?P<state>[A-Z]{2}|ny)(?=\s+(?:state\s+)?(?:laws?|courts?)\b)")


#: The law of any of the United States.
_AMERICAN = re.compile(
    r"\b(?:American|US|U\.S\.A?\.?|USA)\s+(?:state\s+)?(?:laws?|courts?)\b"
    r"|\b(?:laws?|courts?)\s+of\s+(?:an?|any|some|one\s+of\s+the)\s+(?:(?:American|US|U\.S\.A?\.?|USA)\s+)?[Ss]tates?\b"
)


def state_in_letters(text: str) -> re.Match[str] | None:
    """Where letters stand for a state whose law or courts are spoken of: "NY law"."""
    found = _POSTAL.search(text)
    return found if found and jurisdictions(f"{found['state'].upper()} law") else None


def _by_law(rest: str) -> Asked | None:
    found = jurisdictions(rest)
    if not found and (letters := state_in_letters(rest)):
        found = jurisdictions(f"{letters['state'].upper()} law")
    if not found and _AMERICAN.search(rest):
        found = ("United States",)
    if not found:
        return None
    if re.search(r"\blaws?\b|\bgovern", rest, re.IGNORECASE):
        kind: ValueType = "law"
        each = "What is the governing law?"
    elif re.search(r"\b(?:courts?|venue|forum|jurisdiction|litigat|sued?)\b", rest, re.IGNORECASE):
        kind, each = "place", "Which courts have jurisdiction?"
    else:
        return None
    without = bool(_NOT.search(rest))
    if len(found) > 1 and _BOTH.search(rest):
        every = [(Asked(Condition("is", kind, name, normalise("law", name)), each),) for name in found]
        return (
            None
            if without
            else Asked(Condition("has", "free", rest.strip(" ?.")), put(rest).each, tuple(every))
        )
    value = normalise("law", " and ".join(found))
    words = f"{'not ' if without else ''}{' or '.join(found)}"
    return Asked(Condition("is_not" if without else "is", kind, words, value), each)


_WITH_PARTY = re.compile(
    r"^(?:(?:that|which|we|have|has|had|are|is|were|was|made|signed|concluded|entered\s+into|do)\s+)*(?:with|by|involv\w+|between|nam(?:e|es|ing))\s+"
    r"(?P<name>(?!(?:19|20)\d\d\b)[A-Z0-9][^?]*?)(?:\s+as\s+a\s+party)?\s*[?.]?$"
)


_AS_PARTY = re.compile(
    r"^(?:(?:that|which)\s+)?(?:have|has|had|with|list|lists|show|shows)\s+(?P<name>[A-Z0-9][^?]*?)\s+as\s+(?:an?\s+|one\s+)?(?:of\s+the\s+)?part(?:y|ies)\s*[?.]?$"
)
_OF_PARTY = re.compile(r"^(?:does|did|has)\s+(?P<name>[A-Z0-9][^?]*?)\s+(?:have|got|hold)\s*[?.]?$")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|does|do|can|may|must)(?:n't)?\b")
#: Capital letters that stand for a clause or a subject, and for nobody.
NO_PARTY = re.compile(
    r"(?:MFN|ROF[ROFN]|CoC|COC|GDPR|CCPA|SLAs?|DPAs?|IP|NDAs?|EULA|ESG|VAT|KPIs?|LDs?|T4C|T&Cs?)(?:\s+(?:clauses?|provisions?|terms|rights?|obligations?))?"
)


def _by_party(rest: str) -> Asked | None:
    if re.search(r"\b(?:signed|executed)\s+by\b", rest, re.IGNORECASE):
        return None  # who signs may be a person, and no party
    match = _WITH_PARTY.match(rest.strip()) or _AS_PARTY.match(rest.strip())
    if match is None or NO_PARTY.fullmatch(match["name"]) or _VERB.search(match["name"]):
        return None
    return _is_party(match["name"])


def _by_having(rest: str) -> Asked | None:
    """By a party: "does Acme have"."""
    match = _OF_PARTY.match(rest.strip())
    return _is_party(match["name"]) if match else None


def _is_party(name: str) -> Asked | None:
    value = normalise("party", name)
    if value is None:
        return None
    return Asked(Condition("is", "party", f"with {value.shown}", value), "Who are the parties?")


def condition(rest: str, today: datetime.date | None = None) -> Asked | None:
    """The condition in the words after "which contracts"; None where nothing is said.

    `today` resolves "in the next 90 days" and "this year"; without it these are tested as yes or no.
    """
    rest = " ".join(rest.split())
    if not re.search(r"\w{2,}", rest):
        return None
    if (of_several := _by_several(rest, today)) is not None:
        return of_several
    if both := put_both(rest):
        return Asked(Condition("has", "free", both.words), both.each)
    if asks_of_documents(rest):
        return _by_having(rest) or _by_yes(rest)
    if _OF_ORDER.search(rest):
        return _by_yes(rest)
    if _MORE_SAID.search(_NOT_MORE.sub(" ", rest)):
        return _by_party(rest) or _by_yes(rest)
    return (
        by_title(rest)
        or _by_law(rest)
        or by_now(rest, today)
        or by_value(rest, today)
        or _by_party(rest)
        or _by_yes(rest)
    )


#: Of all documents one is meant, which no value of a single one tells.
_OF_ORDER = re.compile(rf"(?<!\bat the )\b{SUPERLATIVE}\b", re.IGNORECASE)
#: More that is said and was not taken apart, which a single value would drop: "expire before 2012 or on notice".
_MORE_SAID = re.compile(r"\b(?:and|or|but|nor)\s+\w", re.IGNORECASE)
#: What is no more than one value: laws of several states, two days, "30 days or more".
_NOT_MORE = re.compile(
    rf"\b(?:between|from)\b.*?\band\s+(?:[\w]+\s+){{0,3}}?[\d,]*\d{{4}}|\bor\s+(?:{LONGER}|{SHORTER}|above|over|under|before|after|thereafter|sooner)\b(?!\s+(?:than|the|\w*\d))|"
    r"\b(?:and|or)\s+(?=(?:(?:the\s+)?(?:laws?|courts?|state|province)\s+of\s+)?(?-i:[A-Z]))|\bon\s+or\s+(?:before|after)\b|\bor\s+equal\s+to\b|\b(?:and|or)\s+(?=\d)",
    re.IGNORECASE,
)
_RENEWING = re.compile(
    r"^(?:(?:that|which)\s+)*(?:(?:are|is|will|come|comes|coming|due)\s+)*(?:up\s+for\s+|for\s+)?(?:auto-?\s?)?renew(?:s|al|ed|ing|als)?\b(?!\s+terms?\b)",
    re.IGNORECASE,
)


def _by_several(rest: str, today: datetime.date | None) -> Asked | None:
    """By several conditions, each tested by itself; a contract renews on the day on which its term ends."""
    parts = joined(rest)
    if is_one(parts):
        return renewing(rest, today)
    every: list[tuple[Asked, ...]] = []
    for group in parts:
        asked = [_named(piece, today) for piece in group]
        if len(asked) == 1:
            every += asked[0].every or (tuple(asked),)
        else:
            every.append(tuple(_by_yes(group[i]) if one.every else one for i, one in enumerate(asked)))
    if (days := _of_same_day(every)) is not None:
        return replace(days, condition=replace(days.condition, words=" ".join(rest.split()).strip(" ?.")))
    both = put_both(rest)
    each = both.each if both else put(rest).each
    return Asked(Condition("has", "free", " ".join(rest.split()).strip(" ?.")), each, tuple(every))


def _of_same_day(every: Sequence[Sequence[Asked]]) -> Asked | None:
    """One condition for bounds of the same date: "after 2010 but before 2015"; None where more is said."""
    first, *others = (group[0] for group in every)
    bounds = [one.condition for one in (first, *others)]
    if any(len(group) > 1 for group in every) or any(one.each != first.each for one in others):
        return None
    if any((one.test, one.kind) != ("between", "date") for one in bounds):
        return None
    low = max((one.low for one in bounds if one.low is not None), default=None)
    high = min((one.high for one in bounds if one.high is not None), default=None)
    return replace(first, condition=replace(first.condition, low=low, high=high))


def _named(piece: str, today: datetime.date | None) -> Asked:
    """One of several conditions, with its own words."""
    asked = condition(piece, today) or _by_yes(piece)
    words = re.sub(r"^(?:(?:that|which)\s+)+", "", piece, flags=re.IGNORECASE)
    return replace(asked, condition=replace(asked.condition, words=words))


def renewing(rest: str, today: datetime.date | None) -> Asked | None:
    """Whether documents renew on certain days: whether they renew, and whether their term ends then."""
    said = days_said(rest, today) if _RENEWING.match(rest.strip()) else None
    if said is None or is_negated(said.rest):
        return None
    ends = tuple(
        Asked(Condition("between", "date", f"term ends {days.words}", low=days.low, high=days.high), EXPIRES)
        for days in said.any_of
    )
    words = rest.strip(" ?.")
    each = f"Does the agreement renew {' or '.join(days.words for days in said.any_of)}?"
    return Asked(Condition("has", "free", words), each, ((RENEWS,), ends))


RENEWS = Asked(Condition("has", "free", "renews"), "Does the agreement renew?")


def _by_yes(rest: str) -> Asked:
    one = put(rest)
    return Asked(Condition("lacks" if one.lacks else "has", "free", one.words), one.each)
