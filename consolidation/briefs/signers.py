"""Who signs: names over signatures, for agreements that name their parties nowhere else."""

from __future__ import annotations

import re

from consolidation.briefs.fields import Range
from consolidation.briefs.names import CAPITAL, has_form, name_with_form, read_name
from consolidation.briefs.no_names import is_role
from consolidation.briefs.words import spaced

#: Where signatures are looked for, in characters from the end, and how far before one its name is.
_LAST_PAGES, _BEFORE = 12_000, 130
#: The whole paragraph that announces signatures, and the longest name, in characters.
_WITNESS = re.compile(r"\bIN\s+WITNESS\s+WHEREOF\b[^\n]{0,400}?\.\s{0,3}\n\s*", re.IGNORECASE)
_LONGEST = 120
_SIGNED = re.compile(r"\b(?:By|BY)\s{0,3}:|/s/")
#: Of the signature before: the office of who signed, and the end of that party's name.
_OFFICE = re.compile(
    r"(?:Chief|President|Director|Managing|General\s+Counsel|Secretary|Treasurer|Vice|Senior|Executive|Authori[sz]ed"
    r"|Title|Name|Officer|Partner|Compliance|Member|Manager)\b|(?:L\.?P|LLC|L\.L\.C|S\.?A|INC|Inc|GP)\b",
)
#: Offices, which stand in no organisation's name: before it, they end the signature before.
_INSIDE = re.compile(
    r"\b(?:EVP|C[EFO]O|SVP|President|Signatory|Secretary|Treasurer|Officer|Director)\b", re.IGNORECASE
)
#: One who signs for himself: the name in full over or under the mark of the signature, and no office.
_OWN_HAND = re.compile(
    r"(?<!By:)(?<!By: )/s/\s{0,4}(?P<under>[A-Z][\w.'-]*(?:[ \n][A-Z][\w.'-]*){1,3})\s{1,4}(?P=under)"
    r"(?![\w,]|[ \n]?[A-Z(])"
    r"|(?P<over>[A-Z][A-Z.'-]*(?: [A-Z][A-Z.'-]*){1,3})\s{1,4}/s/\s{0,4}(?i:(?P=over))\b",
)


def signers(text: str) -> list[Range]:
    """Where the names of those who sign stand, each once, in order: organisations, and persons for themselves.

    Persons are told only beside an organisation.
    """
    low = max(0, len(text) - _LAST_PAGES)
    found: dict[str, Range] = {}
    for match in _SIGNED.finditer(text[low:]):
        if place := _over(text, low + match.start()):
            found.setdefault(name_with_form(spaced(text[slice(*place)])), place)
    for match in _OWN_HAND.finditer(text, low) if found else ():
        place = match.span("over" if match["over"] else "under")
        if not has_form(text[slice(*place)]):
            found.setdefault(name_with_form(spaced(text[slice(*place)])), place)
    return sorted(found.values()) if found else _unsigned(text)


def _unsigned(text: str) -> list[Range]:
    """Organisations named in the line under the last words that announce signatures, of a copy that nobody signed."""
    announced = list(_WITNESS.finditer(text))
    found: list[Range] = []
    at = announced[-1].end() if announced else len(text)
    while place := read_name(text, at, min(len(text), at + _LONGEST)):
        if place[0] > at + 2 or not has_form(text[slice(*place)]) or is_role(text, place):
            break
        found.append(place)
        at = place[1]
    return found if len(found) > 1 else []


def _over(text: str, at: int) -> Range | None:
    """The organisation named right before a signature; none that signs for another ("By: Zond LLC")."""
    for capital in CAPITAL.finditer(text, max(0, at - _BEFORE), at):
        if _OFFICE.match(text, capital.start()):
            continue
        place = read_name(text, capital.start(), at)
        if not place or text[place[1] : at].strip(" \n,.:_") or is_role(text, place):
            continue
        name = spaced(text[place[0] : place[1]])
        if _INSIDE.search(name):
            continue
        if has_form(name) and not (name.split()[-1].isupper() and not name.split()[0].isupper()):
            for_another = text[max(0, place[0] - 8) : place[0]].rstrip().lower().endswith("by:")
            return None if for_another else place
    return None
