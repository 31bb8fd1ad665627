"""Parties of forms: names after the role that they have there ("LENDER: Compass Bank")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.asking.spelling import ROLES
from consolidation.briefs.fields import Named, Range
from consolidation.briefs.names import has_form, name_with_form, read_name
from consolidation.briefs.no_names import NO_PARTY, is_role

#: A role before a colon, and how much of a document is its first page, in characters.
_LABEL = re.compile(
    r"(?<![\w.])(?P<role>[A-Z][A-Za-z]{3,14})(?:\s(?:Name|NAME|name))?\s{0,3}:\s{0,12}(?=[A-Z0-9])"
)
_FIRST_PAGE = 3_000
#: What begins after a name in a form: another line, or another label.
_NEXT = re.compile(r"\n|(?<!\w)[A-Za-z]+\s{0,3}:")


def labelled(text: str) -> Iterator[tuple[Range, Named]]:
    """Names with a legal form on the first page, each with the role before its colon; two roles must have one."""
    found: dict[str, tuple[Range, Named]] = {}
    last = min(len(text), _FIRST_PAGE)
    for match in _LABEL.finditer(text, 0, last):
        if match["role"].lower() not in ROLES:
            continue
        until = _NEXT.search(text, match.end(), last)
        place = read_name(text, match.end(), until.start() if until else last)
        name = text[place[0] : place[1]] if place else ""
        if not place or place[0] != match.end() or not has_form(name):
            continue
        if not is_role(text, place) and not NO_PARTY.search(name):
            found.setdefault(name_with_form(name), (place, Named(match["role"], match.span("role"))))
    roles = {named.name.lower() for _, named in found.values()}
    yield from found.values() if len(roles) > 1 else ()
