"""Conditions that documents are chosen by: "governed by Delaware law", "expire before 2025", "without a cap"."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from consolidation.asking.dates_asked import DATED, SIGNED
from consolidation.asking.predicates import asks_of_documents, put, put_both
from consolidation.asking.typed import Typed, ValueType, normalise
from consolidation.text.jurisdictions import jurisdictions
from consolidation.text.values import MONTHS

Test = Literal["is", "is_not", "has", "lacks", "between"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a document's value must be.

    `is` and `is_not` compare with `value` (a name or jurisdiction among the cell's counts); `has` and `lacks` look
    whether the cell says yes or no; `between` compares the cell's order with `low` and `high`, both included.
    `words` says it for people.
    """

    test: Test
    kind: ValueType
    words: str
    value: Typed | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition and the question that is asked of each document to test it."""

    condition: Condition
    each: str


_NOT = re.compile(r"\b(?:not|n't|other\s+than|except|outside|non)\b|n't\b", re.IGNORECASE)
_DATE_ASKS = (
    (r"\b(?:expir\w*|end(?:s|ed|ing)?|laps\w*|run(?:s|ning)?\s+out|terminat\w+|finish\w*)\b", "When does the agreement expire?"),
    (r"\b(?:effective|take\s+effect|took\s+effect|start\w*|commenc\w*|beg[aiu]n\w*|in\s+force)\b", "When does the agreement take effect?"),
    (r"\b(?:sign\w*|executed)\b", SIGNED),
    (r"\b(?:dated?|made|concluded|entered|from)\b", DATED),
)  # fmt: skip
_MONTH = "|".join(MONTHS)
_WHEN = re.compile(
    rf"(?:(?P<how>before|prior\s+to|earlier\s+than|by|until|after|later\s+than|since|from|in|during|on|within|between)\s+(?:the\s+)?|\b(?=(?:this|next|last)\s+(?:year|month)\b))"
    rf"(?P<what>(?:end\s+of\s+)?(?:(?:(?P<month>{_MONTH})\s+)?(?P<year>(?:19|20)\d\d)(?!\d|-)|(?P<next>next|coming|past|last)\s+(?P<n>\d+|\w+)\s+(?P<unit>day|week|month|year)s?|"
    rf"(?P<this>this|next|last)\s+(?P<span>year|month)|(?P<n2>\d+)\s+(?P<unit2>day|week|month|year)s?\b(?!['’]?\s+(?:\w+\s+)?notice)|(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|[^,?]+))",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
#: The second date of "between ... and ...".
_AND_DATE = re.compile(r"\s+(?:and|to|until|through|-|–)\s+(?P<what>[^?]+)", re.IGNORECASE)
#: What may be ended on some notice has no end by that.
_CAN_END = re.compile(r"\b(?:can|may|could)\s+(?:be\s+)?terminat\w+|\bterminable\b|\bnotice\b", re.IGNORECASE)
_AFTER = frozenset(("after", "later than", "since", "from"))
_BEFORE = frozenset(("before", "prior to", "earlier than", "by", "until"))


def _span(match: re.Match[str], today: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day that a match names: a day, a month, a year or a stretch from today."""
    if match["year"]:
        year = int(match["year"])
        if not match["month"]:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        month = next(i for i, name in enumerate(MONTHS, 1) if name.lower() == match["month"].lower())
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    number, unit = match["n"] or match["n2"], (match["unit"] or match["unit2"] or "").lower()
    if unit and today is not None:
        length = normalise("duration", f"{number} {unit}s")
        days = round(length.order) if length and length.order else _DAYS[unit]
        past = (match["next"] or "").lower() in ("past", "last")
        other = today + datetime.timedelta(days=-days if past else days)
        return min(today, other), max(today, other)
    if match["span"] and today is not None:
        step = {"this": 0, "next": 1, "last": -1}[match["this"].lower()]
        if match["span"].lower() == "year":
            return datetime.date(today.year + step, 1, 1), datetime.date(today.year + step, 12, 31)
        index = today.year * 12 + today.month - 1 + step
        year, month = index // 12, index % 12 + 1
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    day = normalise("date", match["what"])
    exact = datetime.date.fromisoformat(day.comparable) if day else None
    return (exact, exact) if exact else None


def _by_date(rest: str, today: datetime.date | None) -> Asked | None:
    each = next((ask for cue, ask in _DATE_ASKS if re.search(cue, rest, re.IGNORECASE)), None)
    if _CAN_END.search(rest):
        return None
    match = _WHEN.search(rest)
    span = _span(match, today) if match else None
    if each is None or match is None or span is None:
        return None
    how, (first, last) = " ".join((match["how"] or "in").lower().split()), span
    words = f"{match['how'] or ''} {match['what']}".strip()
    if how in ("between", "from") and (other := _AND_DATE.search(rest, match.start("what"))):
        until = _WHEN.match(f"in {other['what']}")
        end = _span(until, today) if until else None
        if end is None:
            return None
        since, till = float(first.toordinal()), float(end[1].toordinal())
        words = f"{how} {rest[match.start('what') :].strip(' ?.')}"
        return Asked(Condition("between", "date", words, low=since, high=till), each)
    low: float | None = float(first.toordinal())
    high: float | None = float(last.toordinal())
    ends = match["what"].lower().startswith("end of")
    if how in _AFTER:
        low, high = (low if how in ("since", "from") else float(last.toordinal() + 1)), None
    elif how in _BEFORE:
        reached = how in ("by", "until") or ends
        low, high = None, (high if reached and (ends or first == last) else float(first.toordinal() - 1))
    words = words[:1].lower() + words[1:]
    return Asked(Condition("between", "date", words, low=low, high=high), each)


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
    return Asked(
        Condition("between", "date", text.strip(" ?."), low=low, high=high), "When does the agreement expire?"
    )


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
    if both := put_both(rest):
        return Asked(Condition("has", "free", both.words), both.each)
    if asks_of_documents(rest):
        return _by_having(rest) or _by_yes(rest)
    return (
        _by_law(rest)
        or _by_now(rest, today)
        or _by_date(rest, today)
        or _by_size(rest)
        or _by_party(rest)
        or _by_yes(rest)
    )


def _by_yes(rest: str) -> Asked:
    one = put(rest)
    return Asked(Condition("lacks" if one.lacks else "has", "free", one.words), one.each)
