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
    """Where words name parties, in order; what a document calls one of them alone is no word of another's name."""
    called = [
        Mentioned(at, match.start(), match.end())
        for at, party in enumerate(parties)
        for name in _called(party)
        for match in re.finditer(name, words)
    ]
    taken = {(one.start, one.end): one.party for one in called}
    worded = [
        Mentioned(at, match.start(), match.end())
        for at, party in enumerate(parties)
        for name in _words_of(party)
        for match in re.finditer(name, words)
        if taken.get(match.span(), at) == at
    ]
    return sorted({*called, *worded}, key=lambda one: (one.start, -one.end, one.party))


def _called(party: Party) -> list[str]:
    """Patterns of what a document calls a party: its short names and roles."""
    return [_anyhow(one.name) for one in (*party.short_names, *party.roles)]


def _words_of(party: Party) -> list[str]:
    """Patterns of the words that tell a party's name.

    The first word of a name may be an ordinary one, which is a name only as it is written.
    """
    own = [word for word in re.findall(r"[\w&*'\u2019.-]+\w", party.name.written) if word.lower() != "the"]
    telling = [word for word in own if len(word) >= _TELLING and word.lower() not in LEGAL_FORMS]
    as_written = [rf"(?<!\w){re.escape(word)}(?!\w)" for word in own[:1] if is_plain(word.lower())]
    return [*(_anyhow(word) for word in (*own[:1], *telling) if not is_plain(word.lower())), *as_written]


def _anyhow(name: str) -> str:
    return rf"(?i)(?<!\w){re.escape(name)}(?!\w)"
