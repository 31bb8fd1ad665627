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
from consolidation.briefs.names import comparable_name
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
    r"(\d{1,2}|\[[^\]]*\])\s?[/-]\s?(\d{1,2}|\[[^\]]*\])\s?[/-]\s?(\d{4}|\d{2}\[\]|\d{2}|\[[^\]]*\])"
)
_GROUP = re.compile(
    r"\b(?:individually|collectively|each|together|both|jointly|referred|foregoing|parties)\b"
    r"|^(?:a\s+)?[\"\u201c]?part(?:y|ies)\b",
    re.IGNORECASE,
)

_ITS = re.compile(r",?\s+and\s+(?:all\s+of\s+)?its\b|,?\s+(?:and|or)\s+its\s", re.IGNORECASE)
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
        return "?" if month.isdigit() or day.isdigit() else ""
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 50 else 2000)
    if not month.isdigit():
        return f"{full}"
    if not day.isdigit():
        return f"{full}-{int(month):02d}"
    first, second = (int(month), int(day)) if int(month) <= 12 else (int(day), int(month))
    return datetime.date(full, first, second).isoformat()


def party_names(answer: str) -> list[str]:
    """The names in a Parties label: what stands before the brackets of its parts; groups and blanks are none."""
    names = []
    for part in answer.replace("\n", " ").split(";"):
        name = _TERMS.split(part.strip().lstrip("("))[0].strip()
        if (
            name
            and re.search(r"[A-Za-z]{2}", name)
            and not _GROUP.search(name)
            and not _GROUP.search(part[:40])
        ):
            names.append(name)
    names = [_ITS.split(n)[0].strip() for n in names]
    return [n for i, n in enumerate(names) if not _pair(n, names[:i]) and not _ROLE.match(n)]


def _pair(name: str, before: list[str]) -> bool:
    """Whether a part only names again parties that stood before it ("Depomed and King")."""
    words = [w for w in plain(name).split() if w != "and"]
    known = {w for other in before for w in plain(other).split()}
    return " and " in name and all(w in known for w in words)


def gold(category: str, answer: str, spans: list[str]) -> Gold:
    """What a label says."""
    none = not answer.strip() and not spans
    if category == "Parties":
        return Gold(frozenset(filter(None, map(comparable_name, party_names(answer)))), none)
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
        return frozenset(filter(None, (comparable_name(p.name.value) for p in brief.parties)))
    found = brief.first(FIELDS[category])
    if found is None:
        return frozenset()
    value = found.value
    if category == "Document Name":
        value = plain(value.replace("&", " and "))
    elif category == "Governing Law":
        value = jurisdiction(value)
    elif category.startswith(("Renewal", "Notice")):
        value = comparable_duration(value)
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
