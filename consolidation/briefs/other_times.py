"""Durations in sentences about an agreement that are not the agreement's own, and years at whose end it ends."""

from __future__ import annotations

import re

from consolidation.briefs.fields import Range
from consolidation.text.values import Found

#: One that begins as the agreement ends.
_SURVIVES = re.compile(
    r"[\s)]{0,3}(?:after|following|from|beyond)\s+(?:the\s+|its\s+|such\s+|any\s+|your\s+|his\s+|her\s+)?(?:(?:effective\s+)?date\s+of\s+)?"
    r"(?:the\s+|its\s+|such\s+|any\s+|your\s+|his\s+|her\s+)?(?:expir\w+|terminat\w+)",
    re.IGNORECASE,
)
#: A time besides the term ("during the term and for one year"), and one that is counted back from a day.
_BESIDES = re.compile(
    r"\bduring\s+(?:the|such|any|his|her|its|your)\s[^.;]{0,60}?\b(?:term|period|agreement|employment|engagement)\b"
    r"[^.;]{0,50}?\band\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_BACKWARDS = re.compile(
    r"[\s)]{0,3}(?:months?\s+)?(?:periods?\s+)?(?:ending|ended|preceding|immediately\s+(?:prior|preceding|before))\b",
    re.IGNORECASE,
)
#: Ones of other names.
_OTHER_PERIOD = re.compile(
    r"\b(?:relevant|restricted|threshold|notice|probation\w*|cure|trial|evaluation|warranty|exclusivity|standstill|transition"
    r"|non-?compete|survival)\s+period\b",
    re.IGNORECASE,
)
#: A part of a term: "after the first three months of the initial term".
_FIRST_OR_LAST = re.compile(r"\b(?:first|last|final|initial)\s+(?:\w+\s+)?(?:\(\d+\)\s*)?$", re.IGNORECASE)
_OF_TERM = re.compile(
    r"[\s)]{0,3}of\s+(?:the|this|such|each|any|its)\s+(?:[\w-]+\s+){0,2}?(?:term|period)\b", re.IGNORECASE
)
#: What somebody is paid for so long.
_PAID = re.compile(
    r"[\s)]{0,3}(?:of|in)\s+(?:[\w'\u2019-]+\s+){0,2}?(?:salary|pay|severance|compensation|continuation|benefits)\b"
    r"|[\s,)]{0,4}or\s+(?:US\s?)?\$",
    re.IGNORECASE,
)
#: A time within which something is done.
GIVEN = re.compile(
    r"\b(?:within|upon(?!\s+the\s+(?:earlie|late|first))|less\s+than|(?<!no\s)(?<!not\s)(?:greater|longer|more)\s+than"
    r"|giv\w+)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)
#: A sentence that defines what is neither a time nor an end.
_DEFINES = re.compile(
    r"[\s\d.()a-z]{0,12}[\"\u201c](?![^\"\u201d]{0,40}\b(?:term|period|expir\w+|terminat\w+|end|duration)\b)"
    r"[^\"\u201d]{2,60}[\"\u201d]\s{1,4}(?:means?|shall\s+mean)\b",
    re.IGNORECASE,
)
#: The same, of an item of a list: '(e) "Contract Year" shall mean that twelve (12) month period'.
_DEFINED = re.compile(
    r"[\"\u201c](?![^\"\u201d]{0,40}\b(?:term|period|expir\w+|terminat\w+|end|duration)\b)[^\"\u201c\u201d]{2,60}[\"\u201d]"
    r"\s{1,4}(?:means?|shall\s+mean)\b[^\"\u201c\u201d;.]{0,80}$",
    re.IGNORECASE,
)
#: Days of a notice that is told of before them: "upon the following written notice: sixty (60) days for".
_OF_NOTICE = re.compile(r"\bnotice\b[^.;]{0,200}$", re.IGNORECASE)
#: An end that is told by the year alone.
_YEAR_END = re.compile(
    r"\b(?:until|through|to|on)\s+(?:the\s+)?(?:end|last\s+day|close)\s+of\s+(?:the\s+|such\s+|that\s+)?"
    r"(?:(?:then[\s-]+)?(?:current\s+)?calendar\s+year\b(?!\s+(?:in|during|of|follow|after))\s?)?(?P<year>(?:19|20)\d\d\b)?",
    re.IGNORECASE,
)


def of_another_term(sentence: str) -> bool:
    """Whether a sentence only defines a term that is no time ('"Support Agreement" means ...')."""
    return bool(_DEFINES.match(sentence))


def not_its_own(sentence: str, one: Found) -> bool:
    """Whether a duration is of what outlives, precedes or goes beside an agreement, or has another name."""
    return bool(
        _SURVIVES.match(sentence, one.end)
        or _BACKWARDS.match(sentence, one.end)
        or _PAID.match(sentence, one.end)
        or (_OF_TERM.match(sentence, one.end) and _FIRST_OR_LAST.search(sentence[: one.start]))
        or _DEFINED.search(sentence[max(0, one.start - 160) : one.start])
        or _BESIDES.search(sentence[max(0, one.start - 160) : one.start])
        or _OTHER_PERIOD.search(sentence[max(0, one.start - 120) : one.end])
    )


def of_notice(sentence: str, one: Found) -> bool:
    """Whether a duration is the time of a notice that the words before it tell of."""
    return one.value.endswith(("day", "week")) and bool(
        _OF_NOTICE.search(sentence[max(0, one.start - 220) : one.start])
    )


def year_end(sentence: str) -> tuple[Range, str] | None:
    """Where a sentence says that something lasts to the end of a calendar year, and which: "" where it begins."""
    for match in _YEAR_END.finditer(sentence):
        if match["year"] or "year" in match[0].lower():
            return (match.start(), match.start() + len(match[0].rstrip())), match["year"] or ""
    return None
