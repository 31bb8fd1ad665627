"""What an opening calls a party besides its name: the terms that it defines, and other names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.briefs.fields import Named
from consolidation.briefs.names import is_short, read_name
from consolidation.briefs.no_names import NO_TERM
from consolidation.briefs.words import spaced

_QUOTED = re.compile(
    r"[\"\u201c\u201d`]\s{0,2}'?([A-Za-z0-9][^\"\u201c\u201d`()]{0,60}?)[,.]?'?\s{0,2}[\"\u201c\u201d`]"
    r"|['\u2018]{1,2}([A-Z][\w &.-]{1,40}?)[,.]?['\u2019]{1,2}(?=[\s,)])"
)
_UNQUOTED = re.compile(
    r"\(\s{0,3}(?:the|hereinafter(?:\s+(?:called|referred\s+to\s+as"
    r"|known\s+as))?(?:\s+the)?)\s+([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})\s{0,3}\)"
    r"|\(\s{0,3}([A-Z][A-Za-z-]{2,24})\s{0,3}\)"
    r"|\bhereinafter\s+(?:called|referred\s+to\s+as"
    r"|known\s+as)\s+(?:the\s+)?([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})"
)
_GROUP = re.compile(
    r"\b(?:collectively|together|jointly|each\s+of|each\s+a|individually|sometimes|foregoing"
    r"|hereinafter\s+the\s+[\"\u201c]?part|are\s+referred|may\s+be\s+referred|shall\s+be\s+referred"
    r"|are\s+hereinafter)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:collectively|together)(?:\s+with\s+its\s+(?:[A-Za-z]+\s?){1,3})?[\s,]{0,4}(?:the\s+)?"
    r"[\"\u201c](?P<term>[A-Z][^\"\u201c\u201d()]{1,40}?)[,.]?[\"\u201d]\s?\)",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"\s{0,3}[,(]?\s{0,3}(?:(?:d/b/a|dba|f/k/a|fka|a/k/a|aka|n/k/a|doing\s+business\s+as|(?:formerly|also|now)"
    r"(?:\s+known\s+as)?|trading\s+as)\s+)",
    re.IGNORECASE,
)


def terms_after(text: str, low: int, high: int, name: str = "") -> Iterator[Named]:
    """The terms that a text defines for a party, between two offsets after its name; none of a group of parties.

    What it calls the party and its affiliates together ('collectively, "Zond"') is a term where it is of the name.
    """
    group = _GROUP.search(text, low, high)
    if group and (own := _OWN.match(text, group.start(), high)) and is_short(own["term"], name):
        yield Named(own["term"], own.span("term"))
        return
    high = group.start() if group else high
    for pattern in (_QUOTED, _UNQUOTED):
        found = False
        for match in pattern.finditer(text, low, high):
            i = next(k for k, part in enumerate(match.groups(), 1) if part)
            term = spaced(match[i]).strip(" ,.;'")
            if NO_TERM.match(term) or len(term) < 2:
                continue
            found = True
            start = match.start(i) + len(match[i]) - len(match[i].lstrip())
            yield Named(
                text[start : start + len(match[i].strip().rstrip(" ,.;'"))],
                (start, start + len(match[i].strip().rstrip(" ,.;'"))),
            )
        if found:
            return


def other_name(text: str, end: int) -> Iterator[Named]:
    """The name that follows a party's as another of it: "f/k/a Sorrent, Inc."."""
    also = _ALSO.match(text, end, end + 40)
    place = read_name(text, also.end(), also.end() + 120) if also else None
    if place:
        yield Named(spaced(text[place[0] : place[1]]), place)
