"""Where the notices of an agreement go."""

from __future__ import annotations

import re

from consolidation.briefs.fields import Candidate, Field, Range
from consolidation.briefs.source import BLANK, Source
from consolidation.briefs.words import spaced, trimmed

_NOTICES = re.compile(r"\b(?:notices?|NOTICES?)\b")
_WHOM = r"(?:the\s+)?[A-Z][\w.,&'\u2019() -]{1,60}?"
_TO = re.compile(
    r"(?:\b(?:[Ii]f|IF)\s{1,4}(?:[Ii]n\s+the\s+case\s+of|[Tt]o|TO)|(?:^|\n)\s{0,20}(?:[Tt]o|TO))"
    rf"\s{{1,4}}(?P<whom>{_WHOM})(?:,?\s{{1,3}}(?:to|at))?\s{{0,4}}[:,]\s{{0,40}}"
    r"|\b(?:[Ii]n\s+the\s+case\s+of|IN\s+THE\s+CASE\s+OF)\s{1,4}(?P<case>(?:the\s+)?[A-Z][\w.&'\u2019() -]{1,40}?"
    r"(?:,\s(?:Inc|LLC|Ltd|Corp|L\.P)\b\.?)?)\s{0,4}:\s{0,40}"
)
#: A word that begins a sentence, with further words that stand in no address.
_SENTENCE = (
    r"\b(?:All|Any|Each|Every|Either|Such|The|This|That|These|No|Neither|Nothing|Notices?|Unless|Except|Upon|In|If|For"
    r"|Service)\s+(?:[a-z]{2,},?\s+){2}"
)
_ADDRESS_END = re.compile(
    r"\b(?:[Ii]f|IF)\s{1,4}(?:to|TO|in\s+the)\b|\b[Ii]n\s+the\s+case\s+of\b"
    r"|\b[Ww]ith\s+(?:a\s+)?(?:required\s+)?cop(?:y|ies)"
    r"|\n[ \t]*\n[ \t]*\n|\b(?:or|and)\s+(?:to\s+)?such\s+other|\.\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+"
    r"|\n\s*\(?\d{1,2}(?:\.\d)?[.)]\s|\s\d{1,2}\.\d{1,2}\.?\s+[A-Z]|\n\s*\([a-z]{1,4}\)\s"
    r"|\s\([a-z]{1,4}\)\s+[A-Z][a-z]+\s+[a-z]+\s|\bEither\s+[Pp]arty\b|\bAny\s+(?:such\s+)?notice|\bAll\s+notices"
    rf"|{_SENTENCE}"
)
_ADDRESS = re.compile(
    r"\b\d{5}\b|\b(?:Attn|Attention|Suite|Street|St\.|Ave|Avenue|Road|Rd\.|Blvd|Boulevard|Floor|Box"
    r"|Drive|Facsimile|Fax|Email|E-mail|Telephone)\b",
    re.IGNORECASE,
)
#: What tells where something is sent: a number, an address of mail, or who it is for.
_TELLS = re.compile(r"\d|@|\b(?:Attn|Attention)\b[.:\s]{1,8}[A-Z]")
#: What begins the next item or address and was left at the end of one.
_LEFT = re.compile(r"(?:[\s,;.]|\b(?:and|or)\b|\((?:[ivx]{1,4}|[a-z]|\d{1,2})\))+$")
#: An address in another column: its heading stands right behind the first one's.
_BESIDE = re.compile(r"[ \t]*(?:(?:[Ii]f|IF)\s{1,4})?(?:[Tt]o|TO)\s[^\n:]{1,60}:")
_LONGEST_ADDRESS = 420
_MOST = 20


def _block(source: Source, start: int) -> Range | None:
    """The address that begins there; none where nothing but blanks follows."""
    reach = source.text[start : start + _LONGEST_ADDRESS]
    stop = _ADDRESS_END.search(reach)
    low, high = trimmed(source.text, start, start + (stop.start() if stop else len(reach)), ",;:.")
    if not stop and high < len(source.text) and source.text[high : high + 1].isalnum():
        high = start + len(reach[: high - start].rsplit(None, 1)[0])
    if left := _LEFT.search(source.text, low, high):
        high = left.start()
    words = source.text[low:high]
    told = _ADDRESS.search(words) and _TELLS.search(BLANK.sub(" ", words))
    return (low, high) if high - low > 15 and told else None


def notice_addresses(source: Source) -> tuple[Field, ...]:
    """The addresses to which notices go, with whose they are as rule: "notices to the Company".

    Addresses that stand beside each other in columns are left out: a text runs their lines together.
    """
    found: list[Field] = []
    last = -1
    for match in _TO.finditer(source.text):
        if match.start() < last or not _NOTICES.search(
            source.text, max(0, match.start() - 2_500), match.start()
        ):
            continue
        if beside := _BESIDE.match(source.text, match.end()):
            last = beside.end()
            continue
        place = _block(source, match.end())
        if place and len(found) < _MOST:
            last = place[1]
            whom = spaced(match["whom"] or match["case"])
            candidate = Candidate(
                spaced(source.text[slice(*place)]),
                (place,),
                0.75,
                f"notices to {whom}",
                ((match.start(), place[1]),),
            )
            found.append(source.field("notice_address", candidate))
    return tuple(found)
