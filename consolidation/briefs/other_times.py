"""Durations in sentences about an agreement that are not the agreement's own."""

from __future__ import annotations

import re

from consolidation.text.values import Found

#: One that begins as the agreement ends.
_SURVIVES = re.compile(
    r"[\s)]{0,3}(?:after|following|from|beyond)\s+(?:the\s+|its\s+|such\s+|any\s+)?(?:(?:effective\s+)?date\s+of\s+)?"
    r"(?:the\s+|its\s+|such\s+|any\s+)?(?:expir\w+|terminat\w+)",
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


def not_its_own(sentence: str, one: Found) -> bool:
    """Whether a duration is of what outlives, precedes or goes beside an agreement, or has another name."""
    return bool(
        _SURVIVES.match(sentence, one.end)
        or _BACKWARDS.match(sentence, one.end)
        or _BESIDES.search(sentence[max(0, one.start - 160) : one.start])
        or _OTHER_PERIOD.search(sentence[max(0, one.start - 120) : one.end])
    )
