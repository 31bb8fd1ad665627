"""Whether its own sentence settles an answer: of all that is asked, and of that day; and which parties words name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.dates_asked import asks_signing
from consolidation.asking.fields import AskedField
from consolidation.asking.spelling import LEGAL_FORMS, is_plain
from consolidation.asking.understand import Understanding
from consolidation.briefs.fields import Party
from consolidation.text.windows import Range

#: Whoever is a party, or each of them.
ANY_PARTY = re.compile(
    r"\b(?:part(?:y|ies)|either|each|both|neither|any(?:one|body)|mutual\w*)\b", re.IGNORECASE
)
#: All, and at all times: what holds in a case is none of it.
_ABSOLUTE = re.compile(
    r"\b(?:always|every|all|each|at\s+(?:all|any)\s+times?|in\s+all\s+(?:cases|events|circumstances)|entirely|fully|wholly|completely)\b",
    re.IGNORECASE,
)
#: Whose case another place settles: "except as otherwise provided below".
_ELSEWHERE = re.compile(
    r"\b(?:except|unless)\s+(?:as\s+)?(?:otherwise\s+)?(?:expressly\s+|specifically\s+)?(?:provided|set\s+forth|permitted|stated|specified|agreed|authorized)"
    r"(?:\s+\w+)?\s+(?:below|herein\w*|in\s+(?:this|section|paragraph|article|the)|elsewhere|above|under)\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas\s+of\s+(?:this\s+|the\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\bautomatic\w*\s+(?:\w+\s+){0,3}?(?:renew|exten)|\b(?:renew|exten)\w*\s+(?:\w+\s+)?automatically\b",
    re.IGNORECASE,
)
_REACH, _AFTER = 30, 300
#: Shorter words of a name tell no party.
_TELLING = 4


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place where words name a party, by its number."""

    party: int
    start: int
    end: int


def mentioned_parties(words: str, parties: Sequence[Party]) -> list[Mentioned]:
    """Where words name parties, in order."""
    found = [
        Mentioned(at, match.start(), match.end())
        for at, party in enumerate(parties)
        for name in _names_of(party)
        for match in re.finditer(name, words)
    ]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _names_of(party: Party) -> list[str]:
    """Patterns of what a party is called: its short names and roles, and the words that tell its name.

    The first word of a name may be an ordinary one, which is a name only as it is written.
    """
    own = [word for word in re.findall(r"[\w&*'\u2019.-]+\w", party.name.written) if word.lower() != "the"]
    telling = [word for word in own if len(word) >= _TELLING and word.lower() not in LEGAL_FORMS]
    short = [one.name for one in (*party.short_names, *party.roles)]
    anyhow = [*short, *(word for word in (*own[:1], *telling) if not is_plain(word.lower()))]
    as_written = [word for word in own[:1] if is_plain(word.lower())]
    return [
        *(rf"(?i)(?<!\w){re.escape(name)}(?!\w)" for name in anyhow),
        *(rf"(?<!\w){re.escape(name)}(?!\w)" for name in as_written),
    ]


def leaves_open(question: str, said: str, sentence: str) -> bool:
    """Whether a sentence does not settle what a question asks: all of it, where it says less, or what is excepted."""
    if said == "Yes" and _ABSOLUTE.search(question) and not _ABSOLUTE.search(sentence):
        return True
    return bool(_ELSEWHERE.search(sentence))


def is_other_day(asked: Understanding, fact: AskedField, text: str, place: Range) -> bool:
    """Whether a day may be another one than is asked for.

    That "as of" which an agreement is made is seldom one of signing, and what goes on by itself does not end before.
    """
    if fact == "agreement_date" and asks_signing(asked.each):
        return bool(_AS_OF.search(text[max(0, place[0] - _REACH) : place[0]]))
    return fact == "expiry" and bool(_GOES_ON.search(text[place[1] : place[1] + _AFTER]))
