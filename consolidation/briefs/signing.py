"""Who signed an agreement, and where its notices go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.briefs.fields import Candidate, Field, Range
from consolidation.briefs.source import BLANK, Source
from consolidation.briefs.words import spaced, trimmed

#: Signatures are looked for in so many characters at the end, and after the words that announce them.
_TAIL = 12_000
_WITNESS = re.compile(
    r"\bIN\s+WITNESS\s+WHEREOF\b|\bIn\s+witness\s+whereof\b|\bIN\s+WITNESS\s+OF\b|\bAGREED\s+AND\s+ACCEPTED\b"
)
_PERSON = (
    r"(?P<name>(?:(?:Dr|Mr|Mrs|Ms|DR"
    r"|MR)\.?\s{1,2})?[A-Z][A-Za-z'\u2019-]*\.?(?:[ \t]{1,3}(?:[A-Z][A-Za-z'\u2019-]*\.?|de|van|von|der"
    r"|la)){1,4})"
)
_SIGNED = re.compile(
    r"/s/\s{0,4}"
    + _PERSON
    + r"|\b(?:Name|NAME|Print(?:ed)?\s+Name|PRINT(?:ED)?\s+NAME)\s{0,3}:\s{0,12}"
    + _PERSON.replace("name", "printed")
)
_LABEL = re.compile(
    r"\s+(?:Name|Title|By|Date|Its|Print(?:ed)?|Chief|President|Vice|Director|Senior|Executive|Managing"
    r"|CEO|Chairman|Secretary|Treasurer|Signature|Address|Authorized|Manager|Officer|Partner|Witness)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
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


def _signed(source: Source) -> Iterator[Candidate]:
    text = source.text
    low = max(0, len(text) - _TAIL)
    starts = [m.start() for m in _WITNESS.finditer(text)]
    parts = [(low, len(text))] if not starts else [(at, min(len(text), at + 4_000)) for at in starts]
    for start, end in parts:
        for match in _SIGNED.finditer(text, start, end):
            group = "name" if match["name"] else "printed"
            at, stop = match.span(group)
            words = _LABEL.sub("", text[at:stop])
            at, stop = trimmed(text, at, at + len(words))
            if len(words.split()) >= 2 and not BLANK.search(words):
                sure = 0.85 if group == "printed" else 0.8
                yield Candidate(
                    spaced(words), ((at, stop),), sure, "printed name" if group == "printed" else "signature"
                )


def signatories(source: Source) -> tuple[Field, ...]:
    """The persons who signed, in the order of the text, each once."""
    seen: dict[str, Candidate] = {}
    for candidate in sorted(_signed(source), key=lambda c: c.places[0]):
        seen.setdefault(candidate.value.lower().replace(".", ""), candidate)
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
