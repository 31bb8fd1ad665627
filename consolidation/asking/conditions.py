"""Conditions that documents are chosen by: "governed by Delaware law", "expire before 2025", "without a cap"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking.dates_asked import DATED, EXPIRES, date_asked
from consolidation.asking.days import days_in, may_be_ended
from consolidation.asking.joining import is_one, joined
from consolidation.asking.predicates import asks_of_documents, put, put_both
from consolidation.asking.typed import Typed, ValueType, normalise
from consolidation.text.jurisdictions import jurisdictions

Test = Literal["is", "is_not", "has", "lacks", "between", "outside"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a document's value must be.

    `is` and `is_not` compare with `value` (a name or jurisdiction among the cell's counts); `has` and `lacks` look
    whether the cell says yes or no; `between` compares the cell's order with `low` and `high`, both included, and
    `outside` is met where that is not so. `words` says it for people.
    """

    test: Test
    kind: ValueType
    words: str
    value: Typed | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition and the question that is asked of each document to test it.

    `every` are the conditions that it is made of, each with a question of its own: all groups hold, and of each group
    at least one; empty where it is one condition. `each` is then the question for all of them at once.
    """

    condition: Condition
    each: str
    every: tuple[tuple[Asked, ...], ...] = ()


_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|n't|other\s+than|except|outside)\b|n't\b|\bnon[\s-]+(?-i:[A-Z])", re.IGNORECASE)


def _by_date(rest: str, today: datetime.date | None) -> Asked | None:
    """Whether a day of the document is among those that are said."""
    said = None if may_be_ended(rest) else days_in(rest, today)
    each = date_asked(rest) or (DATED if _FROM.search(rest) else "")
    if said is None or not each:
        return None
    return Asked(Condition("between", "date", said.words, low=said.low, high=said.high), each)


_OVER = re.compile(
    r"^(?:that\s+)?(?:(?:have|has)\s+(?:already\s+)?(?:expired|ended|lapsed|run\s+out)|(?:are|is)\s+(?:already\s+)?(?:expired|over|no\s+longer\s+(?:in\s+(?:force|effect)|active|valid))|expired)\s*[?.]?$",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"^(?:that\s+)?(?:(?:are|is)\s+)?(?:(?:still|currently|now|presently)\s+)?(?:in\s+(?:force|effect)|active|valid|running|live)(?:\s+today)?\s*[?.]?$"
    r"|^(?:(?:have|has)(?:\s+not|n't)|(?:are|is)(?:\s+not|n't))\s+(?:yet\s+)?expired(?:\s+yet)?\s*[?.]?$",
    re.IGNORECASE,
)


def _by_now(rest: str, today: datetime.date | None) -> Asked | None:
    """Whether documents have expired by today, or run still."""
    text = rest.strip()
    ended = bool(_OVER.match(text))
    if today is None or not (ended or _RUNNING.match(text)):
        return None
    day = float(today.toordinal())
    low, high = (None, day - 1) if ended else (day, None)
    return Asked(Condition("between", "date", text.strip(" ?."), low=low, high=high), EXPIRES)


#: Letters of a state stand for it before "law" and "courts".
_POSTAL = re.compile(r"\b(?P<state>[A-Z]{2}|ny)(?=\s+(?:state\s+)?(?:laws?|courts?)\b)")


def state_in_letters(text: str) -> re.Match[str] | None:
    """Where letters stand for a state whose law or courts are spoken of: "NY law"."""
    found = _POSTAL.search(text)
    return found if found and jurisdictions(f"{found['state'].upper()} law") else None


def _by_law(rest: str) -> Asked | None:
    found = jurisdictions(rest)
    if not found and (letters := state_in_letters(rest)):
        found = jurisdictions(f"{letters['state'].upper()} law")
    if not found:
        return None
    if re.search(r"\blaws?\b|\bgovern", rest, re.IGNORECASE):
        kind: ValueType = "law"
        each = "What is the governing law?"
    elif re.search(r"\b(?:courts?|venue|forum|jurisdiction|litigat|sued?)\b", rest, re.IGNORECASE):
        kind, each = "place", "Which courts have jurisdiction?"
    else:
        return None
    value = normalise("law", " and ".join(found))
    without = bool(_NOT.search(rest))
    words = f"{'not ' if without else ''}{' or '.join(found)}"
    return Asked(Condition("is_not" if without else "is", kind, words, value), each)


_MORE = re.compile(
    r"(?P<more>(?:longer|more|greater|higher|larger|bigger|later)\s+than|over|above|exceed\w*|at\s+least|minimum\s+of|no\s+less\s+than)|"
    r"(?P<less>(?:shorter|less|lower|fewer|smaller)\s+than|under|below|up\s+to|at\s+most|no\s+more\s+than|maximum\s+of)",
    re.IGNORECASE,
)
#: The same after the size: "of 30 days or more".
_OR_MORE = re.compile(
    r"\s+of\s+(?P<size>[^,;]{1,40}?)\s*(?:,\s*)?(?:or\s+(?:(?P<more>more|longer|higher|greater|above|over)|less|shorter|lower|fewer|under)|(?P<plus>\+))\s*[?.]?$",
    re.IGNORECASE,
)
_INCLUSIVE = re.compile(r"at\s+least|minimum|no\s+less|up\s+to|at\s+most|no\s+more|maximum", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:(?:that|which|who|with|have|has|having|had|contain\w*|includ\w*|provid\w*(?:\s+for)?|requir\w*|give|gives|allow\w*|set|is|are|of|a|an|the|any|its|their|whose|"
    r"for|where|in|there|do|does|not|don't|doesn't)\s+)+",
    re.IGNORECASE,
)


_TRAILING = re.compile(r"(?:\s+|^)(?:of|is|are|that\s+is|which\s+is|set\s+at)$", re.IGNORECASE)
_LASTS = re.compile(r"(?:runs?|lasts?|go(?:es)?)(?:\s+for)?", re.IGNORECASE)


def _by_size(rest: str) -> Asked | None:
    if after_size := _OR_MORE.search(rest):
        most = "at least" if after_size["more"] or after_size["plus"] else "at most"
        rest = f"{rest[: after_size.start()]} of {most} {after_size['size']}"
    match = _MORE.search(rest)
    if match is None:
        return None
    after = rest[match.end() :]
    value = next((v for kind in ("duration", "percent", "amount") if (v := normalise(kind, after))), None)
    if value is None or value.order is None:
        return None
    step = 0.0 if _INCLUSIVE.search(match[0]) else 1e-9
    low = value.order + step if match["more"] else None
    high = value.order - step if match["less"] else None
    thing = _FILLER.sub("", f"{rest[: match.start()].strip()} ").strip(" ,")
    thing = re.sub(r"\b(period|term|cap|fee|rate|limit|rent)s$", r"\1", _TRAILING.sub("", thing))
    thing = thing or _thing_after(after)
    if value.kind == "duration" and _LASTS.fullmatch(thing):
        thing = "term"
    if not thing:
        return None
    words = f"{thing} {match[0].lower()} {value.shown}"
    return Asked(Condition("between", value.kind, words, value, low, high), f"What is the {thing}?")


def _thing_after(text: str) -> str:
    """The noun after a size: "more than 30 days notice" gives "notice"."""
    match = re.search(
        r"(?:days?|weeks?|months?|years?|%|percent|dollars|\d(?!\s*\)?\s*(?:day|week|month|year|percent|%)))['’]?\s+(?:of\s+|in\s+)?([a-z][\w\s-]*)",
        text,
        re.IGNORECASE,
    )
    return match[1].strip(" ?.") if match else ""


_WITH_PARTY = re.compile(
    r"^(?:(?:that|which|we|have|has|had|are|is|were|was|made|signed|concluded|entered\s+into|do)\s+)*(?:with|by|involv\w+|between|nam(?:e|es|ing))\s+"
    r"(?P<name>[A-Z0-9][^?]*?)(?:\s+as\s+a\s+party)?\s*[?.]?$"
)


_AS_PARTY = re.compile(
    r"^(?:(?:that|which)\s+)?(?:have|has|had|with|list|lists|show|shows)\s+(?P<name>[A-Z0-9][^?]*?)\s+as\s+(?:an?\s+|one\s+)?(?:of\s+the\s+)?part(?:y|ies)\s*[?.]?$"
)
_OF_PARTY = re.compile(r"^(?:does|did|has)\s+(?P<name>[A-Z0-9][^?]*?)\s+(?:have|got|hold)\s*[?.]?$")
#: Capital letters that stand for a clause or a subject, and for nobody.
NO_PARTY = re.compile(
    r"(?:MFN|ROF[ROFN]|CoC|COC|GDPR|CCPA|SLAs?|DPAs?|IP|NDAs?|EULA|ESG|VAT|KPIs?|LDs?|T4C|T&Cs?)(?:\s+(?:clauses?|provisions?|terms|rights?|obligations?))?"
)


def _by_party(rest: str) -> Asked | None:
    if re.search(r"\b(?:signed|executed)\s+by\b", rest, re.IGNORECASE):
        return None  # who signs may be a person, and no party
    match = _WITH_PARTY.match(rest.strip()) or _AS_PARTY.match(rest.strip())
    if match is None or NO_PARTY.fullmatch(match["name"]):
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
    if not re.search(r"\w{2,}", rest):
        return None
    if (of_several := _by_several(rest, today)) is not None:
        return of_several
    if both := put_both(rest):
        return Asked(Condition("has", "free", both.words), both.each)
    if asks_of_documents(rest):
        return _by_having(rest) or _by_yes(rest)
    if _MORE_SAID.search(_NOT_MORE.sub(" ", rest)):
        return _by_party(rest) or _by_yes(rest)
    return _by_law(rest) or _by_now(rest, today) or _by_value(rest, today) or _by_party(rest) or _by_yes(rest)


#: More that is said and was not taken apart, which a single value would drop: "expire before 2012 or on notice".
_MORE_SAID = re.compile(r"\b(?:and|or|but|nor)\s+\w", re.IGNORECASE)
#: What is no more than one value: laws of several states, two days, "30 days or more".
_NOT_MORE = re.compile(
    r"\b(?:between|from)\b.*?\band\s+(?:[\w]+\s+){0,2}?[\d,]*\d{4}|\bor\s+(?:more|less|longer|shorter|higher|lower|greater|fewer|above|over|under)\b|"
    r"\b(?:and|or)\s+(?=(?:(?:the\s+)?(?:laws?|courts?|state|province)\s+of\s+)?(?-i:[A-Z]))|\bon\s+or\s+(?:before|after)\b|\b(?:and|or)\s+(?=\d)",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"^(?:(?:that|which)\s+)*(?:do|does|did|will|is|are|was|were)(?:n't|\s+not)\b", re.IGNORECASE
)


def _by_value(rest: str, today: datetime.date | None) -> Asked | None:
    """By a day or a size; "don't expire before 2012" is met by those outside of these days."""
    asked = _by_date(rest, today) or _by_size(rest)
    if asked is None or not _NEGATED.match(rest.strip()):
        return asked
    outside = replace(asked.condition, test="outside", words=f"not {asked.condition.words}")
    return replace(asked, condition=outside)


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
    said = days_in(rest, today) if _RENEWING.match(rest.strip()) else None
    if said is None:
        return None
    ends = Asked(
        Condition("between", "date", f"term ends {said.words}", low=said.low, high=said.high), EXPIRES
    )
    words, each = rest.strip(" ?."), f"Does the agreement renew {said.words}?"
    return Asked(Condition("has", "free", words), each, ((RENEWS,), (ends,)))


RENEWS = Asked(Condition("has", "free", "renews"), "Does the agreement renew?")


def _by_yes(rest: str) -> Asked:
    one = put(rest)
    return Asked(Condition("lacks" if one.lacks else "has", "free", one.words), one.each)
