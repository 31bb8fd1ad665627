"""Who signed an agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.briefs.fields import Candidate, Field
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
