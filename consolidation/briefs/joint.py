"""Names that an opening reads as a party's, and two that it names together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from consolidation.asking.spelling import ordinary_words
from consolidation.briefs.fields import Named, Range
from consolidation.briefs.names import has_form
from consolidation.briefs.no_names import is_role
from consolidation.briefs.words import spaced

#: Two persons in full: each has two to four words.
_PAIR = re.compile(
    r"(?P<first>[A-Z][\w.'-]*(?:\s{1,4}[A-Z][\w.'-]*){1,3})\s{1,4}(?:and|AND|&)\s{1,4}"
    r"(?P<second>[A-Z][\w.'-]*(?:\s{1,4}[A-Z][\w.'-]*){1,3})"
)


@dataclass(slots=True)
class Read:
    """A name that may be a party's; `until` is where the next one begins."""

    place: Range
    name: str
    listed: bool
    formed: bool
    described: bool
    until: int = 0
    terms: list[Named] = field(default_factory=list)
    in_list: bool = False
    labelled: bool = False


def persons(text: str, read: Read) -> list[Read]:
    """Two persons that are named together as two: "FRANK W. COLLINS and JOSHUA GOODSELL"."""
    pair = None if read.formed else _PAIR.fullmatch(text, *read.place)
    if not pair or any(term.name.rstrip("s") == term.name for term in read.terms):
        return [read]
    halves = [(pair.span(n), spaced(pair[n])) for n in ("first", "second")]
    if any(word.lower() in ordinary_words() for _, name in halves for word in name.split()[-1:]):
        return [read]
    return [Read(place, name, read.listed, False, read.described, terms=read.terms) for place, name in halves]


def split(text: str, kept: list[Read]) -> list[Read]:
    """A single name with "and" in it as two: "between Galacticomm and Horst Entertainment Inc."."""
    if len(kept) != 1:
        return kept
    only = kept[0]
    link = re.search(r"\s+(?:and|AND)\s+", text[only.place[0] : only.place[1]])
    if not link:
        return kept
    if re.search(r"\bthe\s+$", text[max(0, only.place[0] - 6) : only.place[0]], re.IGNORECASE):
        return kept
    places = (only.place[0], only.place[0] + link.start()), (only.place[0] + link.end(), only.place[1])
    names = [spaced(text[low:high]) for low, high in places]
    if has_form(names[0]) and not has_form(names[1]):
        return kept
    first, second = (Read(p, n, False, has_form(n), False) for p, n in zip(places, names, strict=True))
    second.terms = only.terms
    return [one for one in (first, second) if not is_role(text, one.place)]
