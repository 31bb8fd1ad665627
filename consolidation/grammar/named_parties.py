"""Where words name the parties of a brief, or all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.spelling import LEGAL_FORMS, is_plain
from consolidation.briefs.fields import Party

#: Whoever is a party, or each of them.
ANY_PARTY = re.compile(
    r"\b(?:part(?:y|ies)|either|each|both|neither|any(?:one|body)|mutual\w*)\b", re.IGNORECASE
)
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
