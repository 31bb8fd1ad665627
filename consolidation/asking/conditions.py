"""Conditions that documents are chosen by: "governed by Delaware law", "expire before 2025", "without a cap"."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

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
    (r"\b(?:sign\w*|dated?|made|executed|concluded|entered|from)\b", "When was the agreement signed?"),
)  # fmt: skip
_MONTH = "|".join(MONTHS)
_WHEN = re.compile(
    rf"(?P<how>before|prior\s+to|earlier\s+than|by|until|after|later\s+than|since|from|in|during|on|within|between)\s+(?:the\s+)?"
    rf"(?P<what>(?:end\s+of\s+)?(?:(?:(?P<month>{_MONTH})\s+)?(?P<year>(?:19|20)\d\d)(?!\d|-)|(?P<next>next|coming|past|last)\s+(?P<n>\d+|\w+)\s+(?P<unit>day|week|month|year)s?|"
    rf"(?P<this>this|next|last)\s+(?P<span>year|month)|(?P<n2>\d+)\s+(?P<unit2>day|week|month|year)s?|[^,?]+))",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
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
    match = _WHEN.search(rest)
    span = _span(match, today) if match else None
    if each is None or match is None or span is None:
        return None
    how, (first, last) = " ".join(match["how"].lower().split()), span
    low: float | None = float(first.toordinal())
    high: float | None = float(last.toordinal())
    ends = match["what"].lower().startswith("end of")
    if how in _AFTER:
        low, high = (low if how in ("since", "from") else float(last.toordinal() + 1)), None
    elif how in _BEFORE:
        reached = how in ("by", "until") or ends
        low, high = None, (high if reached and (ends or first == last) else float(first.toordinal() - 1))
    words = f"{match['how'].lower()} {match['what'].strip()}"
    return Asked(Condition("between", "date", words, low=low, high=high), each)


def _by_law(rest: str) -> Asked | None:
    found = jurisdictions(rest)
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
_INCLUSIVE = re.compile(r"at\s+least|minimum|no\s+less|up\s+to|at\s+most|no\s+more|maximum", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:(?:that|which|who|with|have|has|having|had|contain\w*|includ\w*|provid\w*(?:\s+for)?|requir\w*|give|gives|allow\w*|set|is|are|of|a|an|the|any|its|their|whose|"
    r"for|where|in|there|do|does|not|don't|doesn't)\s+)+",
    re.IGNORECASE,
)


def _by_size(rest: str) -> Asked | None:
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
    thing = _FILLER.sub("", f"{rest[: match.start()].strip()} ").strip(" ,") or _thing_after(after)
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


def _by_party(rest: str) -> Asked | None:
    match = _WITH_PARTY.match(rest.strip())
    value = normalise("party", match["name"]) if match else None
    if value is None:
        return None
    return Asked(Condition("is", "party", f"with {value.shown}", value), "Who are the parties?")


_HAVE = re.compile(
    r"^(?:(?:that|which|and)\s+)*(?:(?:is|are|was|were)\s+(?=with|lacking|missing))?(?P<verb>have|has|had|having|with|contain\w*|includ\w*|featur\w*|carr(?:y|ies)|come\s+with|set\s+out|provides?\s+for|"
    r"lack\w*|without|miss(?:ing|es)?|omits?|no|(?:do|does|did)(?:\s+not|n't)\s+(?:have|contain|include|provide\s+for|carry))\s+(?:got\s+)?(?P<thing>.+?)\s*[?.]?$",
    re.IGNORECASE,
)
_LACKS = re.compile(r"^(?:lack|without|miss|omit|no\b|(?:do|does|did)(?:\s+not|n't))|^no\s", re.IGNORECASE)
_VERBS = frozenset(
    "are is were was can may must shall will has have had do does did should could would".split()
)


def _by_yes(rest: str) -> Asked:
    text = re.sub(
        r"^(?:(?:that|which|who|and|there)\s+)+", "", rest.strip().rstrip("?. "), flags=re.IGNORECASE
    )
    if have := _HAVE.match(text):
        thing, lacks = have["thing"], bool(_LACKS.match(have["verb"]))
        if none := re.match(r"(?:no|not\s+(?:a|an|any))\s+", thing, re.IGNORECASE):
            thing, lacks = thing[none.end() :], not lacks
        bare = re.sub(r"^(?:an?|any|the)\s+", "", thing, flags=re.IGNORECASE)
        article = "" if bare == thing else thing[: len(thing) - len(bare)]
        words = f"{'without' if lacks else 'with'} {article}{bare}"
        return Asked(
            Condition("lacks" if lacks else "has", "free", words),
            f"Does the agreement have {article or ''}{bare}?",
        )
    lacks = bool(re.search(r"^\w+(?:\s+not\b|n't\b)|^cannot\b", text, re.IGNORECASE))
    plain = re.sub(
        r"^(can)not\b",
        r"\1",
        re.sub(r"^(\w+?)(?:\s+not\b|n't\b)", r"\1", text, flags=re.IGNORECASE),
        flags=re.IGNORECASE,
    )
    first, _, others = plain.partition(" ")
    singular = {"are": "Is", "is": "Is", "were": "Was", "have": "Has", "do": "Does"}
    if first.lower() in _VERBS:
        each = f"{singular.get(first.lower(), first.capitalize())} the agreement {others}?"
    else:
        base = re.sub(r"(?<=[a-z]{3})(?<!s)s$", "", first) if first.endswith("s") else first
        each = f"Does the agreement {base} {others}".rstrip() + "?"
    return Asked(Condition("lacks" if lacks else "has", "free", text), each)


_INVERTED = re.compile(
    r"^(?:may|can|must|does|do|is|are|will|shall|could|should)\s+(?:the|a|an|either|any|both|one|each|we|they|it|neither)\b",
    re.I,
)


def condition(rest: str, today: datetime.date | None = None) -> Asked | None:
    """The condition in the words after "which contracts"; None where nothing is said.

    `today` resolves "in the next 90 days" and "this year"; without it these are tested as yes or no.
    """
    if not re.search(r"\w{2,}", rest):
        return None
    if _INVERTED.match(rest.strip()):
        text = rest.strip().rstrip("?. ")
        return Asked(Condition("has", "free", text), f"{text[0].upper()}{text[1:]}?")
    return _by_law(rest) or _by_date(rest, today) or _by_size(rest) or _by_party(rest) or _by_yes(rest)
