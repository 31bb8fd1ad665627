"""Which day of each agreement is asked: that which it bears, or that on which it was signed, takes effect or ends."""

from __future__ import annotations

import re

EXPIRES = "When does the agreement expire?"
TAKES_EFFECT = "When does the agreement take effect?"
SIGNED = "When was the agreement signed?"
DATED = "What is the date of the agreement?"
RENEWS = "When does the agreement renew?"
TERM = "How long is the term of the agreement?"
_CUES = tuple(
    (re.compile(cue, re.IGNORECASE), ask)
    for cue, ask in (
        (r"\b(?:expir\w*|end(?:s|ed|ing)?|laps\w*|run(?:s|ning)?\s+out|terminat\w*|finish\w*)\b", EXPIRES),
        (r"\b(?:effective|t(?:akes?|ook|aking)\s+effect|in(?:to)?\s+(?:effect|force))\b", TAKES_EFFECT),
        (r"\b(?:start\w*|commenc\w*|beg[aiu]n\w*)\b", TAKES_EFFECT),
        (r"\b(?:sign\w*|executed)\b", SIGNED),
    )
)
#: What is said of any day: "date of signing", "entered into force"; no "delivery date".
_DATED = re.compile(
    r"\b(?:dated|made|concluded|entered)\b|(?:^|\b(?:an?|the|agreement|contract|lease|same|their|its|whose|with|have|by|earliest|latest)\s+)dates?\b",
    re.IGNORECASE,
)
_OF_SIGNING = re.compile(r"\b(?:sign(?:ed|ing|ature)?|executed?|execution|ink(?:ed)?)\b", re.IGNORECASE)


def dates_asked(words: str) -> tuple[str, ...]:
    """The questions for the dates that words speak of, as far as one tells which, each once and in their order."""
    found = sorted((match.start(), ask) for cue, ask in _CUES if (match := cue.search(words)))
    return tuple(dict.fromkeys(ask for _, ask in found))


def date_asked(words: str) -> str:
    """The question for the date that words speak of first: "expire" gives that for its end; empty where none is."""
    return next(iter(dates_asked(words)), DATED if _DATED.search(words) else "")


def asks_signing(question: str) -> bool:
    """Whether the day of signing is asked for, which is not that from which an agreement has effect."""
    return bool(_OF_SIGNING.search(question))
