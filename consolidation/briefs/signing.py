"""Who signed an agreement, and where its notices go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.briefs.fields import Candidate, Field, Party, Range
from consolidation.briefs.signatures import signatures
from consolidation.briefs.source import BLANK, Source
from consolidation.briefs.words import spaced, trimmed

_NOTICES = re.compile(r"\b(?:notices?|NOTICES?)\b")
_TO = re.compile(
    r"\b(?:(?:[Ii]f|IF)\s{1,4}(?:[Ii]n\s+the\s+case\s+of|[Tt]o|TO)|(?:^|\n)\s{0,20}(?:[Tt]o"
    r"|TO))\s{1,4}(?P<whom>(?:the\s+)?[A-Z][\w.,&'\u2019() -]{1,60}?)(?:,?\s{1,3}(?:to"
    r"|at))?\s{0,4}[:,]\s{0,40}"
)
_ADDRESS_END = re.compile(
    r"\b(?:[Ii]f|IF)\s{1,4}(?:to|TO|in\s+the)\b|\b[Ww]ith\s+(?:a\s+)?(?:required\s+)?cop(?:y|ies)"
    r"|\n[ \t]*\n[ \t]*\n|\b(?:or|and)\s+(?:to\s+)?such\s+other|\.\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+"
    r"|\n\s*\(?\d{1,2}(?:\.\d)?[.)]\s|\bEither\s+party\b|\bAny\s+(?:such\s+)?notice|\bAll\s+notices"
)
_ADDRESS = re.compile(
    r"\b\d{5}\b|\b(?:Attn|Attention|Suite|Street|St\.|Ave|Avenue|Road|Rd\.|Blvd|Boulevard|Floor|Box"
    r"|Drive|Facsimile|Fax|Email|E-mail|Telephone)\b",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 420
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


def _block(source: Source, start: int) -> Range | None:
    reach = source.text[start : start + _LONGEST_ADDRESS]
    stop = _ADDRESS_END.search(reach)
    low, high = trimmed(source.text, start, start + (stop.start() if stop else len(reach)), ",;:.")
    if not stop and high < len(source.text) and source.text[high : high + 1].isalnum():
        high = start + len(reach[: high - start].rsplit(None, 1)[0])
    words = source.text[low:high]
    return (low, high) if high - low > 15 and _ADDRESS.search(words) and not BLANK.fullmatch(words) else None


def notice_addresses(source: Source) -> tuple[Field, ...]:
    """The addresses to which notices go, with whose they are as rule: "notices to the Company"."""
    found: list[Field] = []
    last = -1
    for match in _TO.finditer(source.text):
        if match.start() < last or not _NOTICES.search(
            source.text, max(0, match.start() - 2_500), match.start()
        ):
            continue
        place = _block(source, match.end())
        if place and len(found) < _MOST:
            last = place[1]
            value = spaced(source.text[place[0] : place[1]])
            candidate = Candidate(
                value, (place,), 0.75, f"notices to {spaced(match['whom'])}", ((match.start(), place[1]),)
            )
            found.append(source.field("notice_address", candidate))
    return tuple(found)
