"""Whether its own sentence settles an answer: that it speaks of whom is asked about, of all of it, of that day."""

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

#: "Is Acme the owner of the marks": who is something.
_IS = re.compile(
    r"^(?:(?:so|and|but)\s+)?(?:is|are|was|were)\s+(?:it\s+)?(?P<who>.{2,60}?)\s+(?:the|an?)\s+(?:[\w-]+\s+){0,3}?(?P<what>[a-z]{4,})\b(?=\s+(?:of|to|in|for|under|on)\b|\s*\??$)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^(?:(?:so|and|but)\s+)?(?:is|are|was|were|do|does|did|can|could|may|must|shall|should|will|would|has|have|had)\b",
    re.IGNORECASE,
)
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
#: So many letters of a word tell it in other forms.
_STEM = 6
#: Shorter words of a name tell no party.
_TELLING = 4


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place where words name a party, by its number."""

    party: int
    start: int
    end: int


def is_of_another(question: str, sentence: str, parties: Sequence[Party]) -> bool:
    """Whether a sentence may say of another party what is asked of the one that a question is about.

    So it does where it names another and not that one, or that one only after another, who then does it or has it. It
    does not where it speaks of all parties, or where the question is about no known party.
    """
    if not _VERB.match(question) or len(parties) < 2:
        return False
    asked, found = mentioned_parties(question, parties), mentioned_parties(sentence, parties)
    if not asked or not found or ANY_PARTY.search(sentence[: found[0].start]):
        return False
    about = asked[0].party
    if (told := _IS.match(question)) and (of := _holder(sentence, told["what"], found)) is not None:
        return of != about
    return found[0].party != about


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


def _holder(sentence: str, what: str, found: Sequence[Mentioned]) -> int | None:
    """The party that is named last before a word for what somebody is; None without either."""
    at = re.search(rf"\b{re.escape(what[:_STEM])}", sentence, re.IGNORECASE)
    before = [one for one in found if at and one.end <= at.start()]
    return before[-1].party if before else None


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
