"""Proposals of who all the parties are: one of several is no answer, nor is half a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from consolidation.asking.fields import asks_all_parties
from consolidation.asking.spelling import LEGAL_FORMS
from consolidation.asking.understand import Understanding
from consolidation.briefs.fields import Party
from consolidation.proposals.candidates import Candidate

#: What is said of a party and names none: "a Utah insurance corporation (AcmeCo)".
_KIND = re.compile(
    r"an?\s+(?:[\w.-]+\s+){0,6}(?:corporation|company|partnership|trust|association|entity)(?:\s+\([^()]*\))?",
    re.I,
)


def as_all_parties(
    asked: Understanding, parties: Sequence[Party], proposed: Sequence[Candidate]
) -> list[Candidate]:
    """The proposals, where all of several parties are asked for: those that name each of the brief's parties, in any
    words, as the brief writes them, and none that names some of them alone.

    What says more than names of these parties is left as it is.
    """
    of_brief = next((one for one in proposed if one.maker == "rules" and len(one.places) > 1), None)
    if of_brief is None or len(parties) < 2 or not asks_all_parties(asked):
        return list(proposed)
    telling = [_telling(party) for party in parties]
    known = set().union(*telling, *(_words(party.name.written) for party in parties))
    kept: list[Candidate] = []
    for one in map(_without_kinds, proposed):
        said = _words(one.said)
        named = [bool(said & words) for words in telling]
        if one.maker == "rules" or not any(named) or (all(named) and not said <= known):
            kept.append(one)
        elif all(named):
            kept.append(replace(one, said=of_brief.said, places=of_brief.places, passage=of_brief.passage))
    return kept


def _without_kinds(candidate: Candidate) -> Candidate:
    """A proposal without the parts that only say what kind of company a party is."""
    parts = candidate.said.split("; ")
    kept = [at for at, part in enumerate(parts) if not _KIND.fullmatch(part)]
    if len(parts) != len(candidate.places) or not 0 < len(kept) < len(parts):
        return candidate
    said, places = zip(*((parts[at], candidate.places[at]) for at in kept), strict=True)
    return replace(candidate, said="; ".join(said), places=places)


def _telling(party: Party) -> set[str]:
    """Words that tell a party: of its name without the legal form, its short names and roles."""
    short = " ".join(one.name for one in (*party.short_names, *party.roles))
    return (_words(party.name.written) - LEGAL_FORMS) | _words(short)


def _words(said: str) -> set[str]:
    return set(re.findall(r"\w+", said.lower())) - {"the", "and"}
