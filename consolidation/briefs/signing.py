"""Who signed an agreement."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.briefs.fields import Candidate, Field, Party
from consolidation.briefs.signatures import signatures
from consolidation.briefs.source import BLANK, Source
from consolidation.briefs.words import spaced

_MOST = 20


def signatories(source: Source, parties: Sequence[Party]) -> tuple[Field, ...]:
    """Who signed, or whose name is printed under a place for a signature, in the order of the text, each once."""
    seen: dict[str, Candidate] = {}
    for one in signatures(source.text, parties):
        words = spaced(source.text[slice(*one.person)]) if one.person else ""
        if one.person and not BLANK.search(words):
            sure, rule = (0.85, "signature") if one.signed else (0.8, "printed name")
            candidate = Candidate(words, (one.person,), sure, rule)
            seen.setdefault(words.lower().replace(".", ""), candidate)
    return tuple(source.field("signatory", candidate) for candidate in list(seen.values())[:_MOST])
