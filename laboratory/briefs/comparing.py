"""Labels of CUAD's eight fields, and when a brief's value equals one.

Dates are compared as dates, durations as durations, laws as jurisdictions, parties as sets of comparable names.
A label with a blank ("11/[]/2006") is compared as far as it goes; one that is all blank is no value.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from consolidation.briefs.durations import comparable_duration, durations, joined
from consolidation.briefs.fields import Brief, Type
from consolidation.briefs.law import jurisdiction
from consolidation.briefs.names import has_form, name_with_form
from consolidation.text.values import plain

FIELDS: dict[str, Type] = {
    "Document Name": "title",
    "Parties": "party",
    "Agreement Date": "agreement_date",
    "Effective Date": "effective_date",
    "Expiration Date": "expiry",
    "Renewal Term": "renewal_term",
    "Notice Period To Terminate Renewal": "notice_period",
    "Governing Law": "governing_law",
}
_DATE = re.compile(
    r"(\d{1,2}|\[[^\]]*\])\s?[/-]\s?(\d{1,2}|\[[^\]]*\])\s?[/-]\s?(\d{4}|\d{2,3}\[[^\]]*\]|\d{2}|\[[^\]]*\])"
)
_GROUP = re.compile(
    r"\b(?:individually|collectively|each|together|both|jointly|referred|foregoing|parties)\b"
    r"|^(?:a\s+)?[\"\u201c]?part(?:y|ies)\b",
    re.IGNORECASE,
)

#: What a label says of a party after its name.
_OF_IT = re.compile(
    r",?\s+(?:(?:and|or)\s+(?:all\s+of\s+)?its\b|including\s+its\b|together\s+with\s+its\b|on\s+behalf\s+of"
    r"|operating\s+(?:with|under)|an?\s+(?:[\w-]+\s+)?(?:subsidiary|affiliate|division)\s+of"
    r"|formerly\s+known\s+as|f/k/a)(?:\W.*)?$",
    re.IGNORECASE,
)
#: Where one part of a label names two parties: "A, Inc. and B, Inc.".
_TWO = re.compile(
    r"(?<=\b(?:inc|llc|ltd)\b)\.?,?\s+and\s+(?=.*\b(?:inc|llc|ltd)\b)"
    r"|(?<=\bcompany)\s+and\s+(?=.*\b(?:inc|llc|ltd)\b)",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"\s*\((?=[^()]{0,60}[\"\u201c\u201d'\u2018])|\s*\((?=[^()]*$)"
    r"|\s+\((?![A-Z][A-Za-z ]{1,20}\),?\s[A-Z])|[\"\u201c]"
)
#: A label that names a blank party by its role.
_ROLE = re.compile(
    r"^(?:(?:the )?(?:Distributor|Franchisee|Supplier|Licensee|Customer|Master Franchisee|Guarantors?"
    r"|You)|[a-z ]+)$"
)


@dataclass(frozen=True, slots=True)
class Gold:
    """The values of a label, any of which is right (parties: all of which are asked), and whether it says none.

    `none` is true only where the label has neither a value nor a passage.
    """

    values: frozenset[str]
    none: bool


def _date(text: str) -> str:
    match = _DATE.search(text)
    if not match:
        return ""
    month, day, year = match.groups()
    if not year.isdigit():
        return f"--{int(month):02d}-{int(day):02d}" if month.isdigit() and day.isdigit() else ""
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 50 else 2000)
    if not month.isdigit():
        return f"{full}"
    if not day.isdigit():
        return f"{full}-{int(month):02d}"
    first, second = (int(month), int(day)) if int(month) <= 12 else (int(day), int(month))
    return datetime.date(full, first, second).isoformat()


def party_names(answer: str) -> list[str]:
    """The names in a Parties label: what stands before the brackets of its parts; groups and blanks are none."""
    names, before = [], ""
    for part in answer.replace("\n", " ").split(";"):
        name = _OF_IT.sub("", _TERMS.split(part.strip().lstrip("("))[0]).strip(" ,")
        named = (
            re.search(r"[A-Za-z]{2}", name) and not re.fullmatch(r"[Xx]+", name) and not _GROUP.search(name)
        )
        if named and not _again(name, before) and (has_form(name) or not _GROUP.search(part[:40])):
            names += _TWO.split(name)
        before += part
    return [name for name in names if not _ROLE.match(name)]


def _again(name: str, before: str) -> bool:
    """Whether a part only names again, by any of their names, parties that stood before it ("Depomed and King")."""
    words = [word for word in plain(name).split() if word not in {"and", "or", "a"}]
    return bool(re.search(r"\b(?:and|or)\b", name)) and set(words) <= set(plain(before).split())


def gold(category: str, answer: str, spans: list[str]) -> Gold:
    """What a label says."""
    none = not answer.strip() and not spans
    if category == "Parties":
        return Gold(frozenset(filter(None, map(name_with_form, party_names(answer)))), none)
    if category == "Document Name":
        words = plain(re.sub(r"[,(]\s*[\"\u201c]?\w?$", "", answer.strip()).replace("&", " and "))
        return Gold(frozenset({words} if words else ()), none)
    if category == "Governing Law":
        known = re.search(r"[A-Za-z]", answer.replace("[* * *]", ""))
        return Gold(frozenset({jurisdiction(answer)} if known else ()), none)
    values = set()
    for part in answer.lower().split(";"):
        if "perpetual" in part:
            values.add("perpetual")
        elif category.endswith("Date"):
            values.add(_date(part))
        elif found := durations(part, periods=True):
            values.add(comparable_duration(joined(part, found, 0 if len(found) == 1 else len(found) - 2)[1]))
            values.add(comparable_duration(found[-1].value))
        elif re.search(r"[a-z]", part):
            values.add(part.strip())
    return Gold(frozenset(values - {""}), none)


def said(category: str, brief: Brief) -> frozenset[str]:
    """What a brief says of a category, in the same form."""
    if category == "Parties":
        return frozenset(filter(None, (name_with_form(p.name.value) for p in brief.parties)))
    found = brief.first(FIELDS[category])
    if found is None:
        return frozenset()
    value = found.value
    if category == "Document Name":
        value = plain(value.replace("&", " and "))
    elif category == "Governing Law":
        value = jurisdiction(value)
    elif category.startswith(("Renewal", "Notice")):
        value = comparable_duration(value) if value != "perpetual" else value
    elif category.endswith("Date"):
        return frozenset({value, f"-{value[4:]}"})
    return frozenset({value})


#: How alike two names must be, in percent of edits, to be one name with a typing error in the label.
NEAR = 88.0


def near(given: frozenset[str], wanted: frozenset[str]) -> int:
    """How many names of a label are among those given, a letter or two aside; each is used once."""
    rest, found = set(given), 0
    for name in sorted(wanted):
        best = max(rest, key=lambda other: fuzz.ratio(name, other), default="")
        if best and fuzz.ratio(name, best) >= NEAR:
            rest.discard(best)
            found += 1
    return found
