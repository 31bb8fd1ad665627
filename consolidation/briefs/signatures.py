"""Who signed for which party: blocks of signatures, below each other or in columns that the text has run together.

Nothing is guessed: where it cannot be told for which of several parties somebody signed, no party is given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from consolidation.briefs.fields import Party, Range
from consolidation.briefs.heads import Column, columns, of_name, party_of_person
from consolidation.briefs.signature_cells import Cell, cells
from consolidation.briefs.signature_regions import regions
from consolidation.briefs.signature_words import OFFICE, is_role
from consolidation.briefs.source import without_noise
from consolidation.briefs.words import trimmed
from consolidation.text.spaces import plain_spaces

#: Most words of a name of which the end may be another's.
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Signature:
    """One place for a signature.

    Attributes:
        person: where the name of who signs stands, the printed one if need be; None where there is none.
        party: the number of the party of the brief, -1 where it is none of them or cannot be told.
        title: where the office stands, if it is there.
        heads: where stands for whom it is: a name, a role; none where that cannot be told.
        date: where the date beside it stands.
        signed: whether a signature stands there, and not only a blank line, perhaps with a name under it.
    """

    person: Range | None
    party: int
    title: Range | None = None
    heads: tuple[Range, ...] = ()
    date: Range | None = None
    signed: bool = True


@dataclass(slots=True)
class _Row:
    """Places for signatures that stand together, with what stands over and under them; `apart`: after a sentence."""

    heads: list[Cell]
    slots: list[Cell]
    apart: bool
    under: list[Cell] = field(default_factory=list)
    strange: bool = False

    def each(self, kind: str) -> list[Cell | None]:
        """What of a kind each slot has under it; nothing where their numbers differ."""
        found = [cell for cell in self.under if cell.kind == kind]
        if len(self.slots) == 1:
            return [found[0] if found else None]
        return [*found] if len(found) == len(self.slots) else [None] * len(self.slots)


def signatures(text: str, parties: Sequence[Party]) -> tuple[Signature, ...]:
    """The places for signatures under an agreement whose party or person can be told, in the order of the text."""
    plain = without_noise(plain_spaces(text).replace("\t", " "))
    found: dict[tuple[Range | None, tuple[Range, ...]], Signature] = {}
    names = [party.name.written for party in parties]
    for low, high in regions(plain, names):
        for one in _apart(plain, list(_read(plain, cells(plain, low, high, names), parties))):
            one = _printed_for(plain, one, high, parties)
            if one.person or one.heads:
                found.setdefault((one.person, one.heads), one)
    return tuple(sorted(_by_name(plain, found.values()), key=_place))


def _printed_for(text: str, one: Signature, high: int, parties: Sequence[Party]) -> Signature:
    """A signature with the party that stands under the printed name and its office: "Jo Parsi / CFO / Acme, Inc."."""
    if one.party >= 0 or not one.person or one.heads:
        return one
    name = r"[ ]+".join(map(re.escape, text[slice(*one.person)].rstrip(".").split()))
    printed = re.compile(
        rf"\n[ ]*{name}[ ]*,?\s*\n\s*(?P<office>[^\n]{{2,60}})\n\s*(?P<party>[^\n]{{3,80}})(?=\n|$)",
        re.IGNORECASE,
    )
    for match in printed.finditer(text, one.person[1], high):
        found = of_name(match["party"].strip(), parties, whole=True)
        if len(found) == 1 and OFFICE.search(match["office"]) and not _SLOT_NEXT.match(text, match.end()):
            return replace(
                one, party=next(iter(found)), title=match.span("office"), heads=(match.span("party"),)
            )
    return one


#: A party over the next place for a signature heads that one.
_SLOT_NEXT = re.compile(r"\s*(?:by|per|signature|signed)\b|\s*[/\\]s[/\\]", re.IGNORECASE)


def _by_name(text: str, found: Collection[Signature]) -> Iterator[Signature]:
    """Signatures, none for a party by its role alone where the party's name heads another: the role is another's."""
    named = {one.party for one in found if one.party >= 0 and not _only_role(text, one)}
    for one in found:
        doubtful = one.party in named and one.heads and _only_role(text, one)
        yield replace(one, party=-1) if doubtful else one


def _only_role(text: str, one: Signature) -> bool:
    return all(is_role(text[slice(*head)]) for head in one.heads)


def _apart(text: str, found: Sequence[Signature]) -> Iterator[Signature]:
    """Signatures, none with the name of another at the end of its own: columns that the text has run together."""
    names = {text[slice(*one.person)].lower() for one in found if one.person}
    for one in found:
        ends = _end_of(text[slice(*one.person)].lower(), names) if one.person else ""
        if one.person and ends:
            one = replace(one, person=trimmed(text, one.person[0], one.person[1] - len(ends)))
        yield one


def _end_of(own: str, names: Collection[str]) -> str:
    """The longest of some names that a name ends with after two words or more of its own; empty where none is."""
    spaces = [match.start() for match in re.finditer(" ", own)]
    for at in spaces[:_LONGEST_NAME]:
        ends = own[at + 1 :]
        if ends in names and len(own.split()) > len(ends.split()) + 1:
            return ends
    return ""


def _place(one: Signature) -> int:
    return one.person[0] if one.person else one.heads[0][0]


def _read(text: str, found: Sequence[Cell], parties: Sequence[Party]) -> Iterator[Signature]:
    """The signatures of a region, row by row."""
    before: tuple[_Row, list[Column] | None] | None = None
    for row in _rows(text, found):
        names = row.each("name")
        told = _columns(text, row, before, parties)
        if any(_differ(text, slot, name) for slot, name in zip(row.slots, names, strict=True)):
            told = None
        before = row, told
        if not row.strange:
            yield from _signed(text, row, told or [Column()] * len(row.slots), parties)


def _columns(
    text: str, row: _Row, before: tuple[_Row, list[Column] | None] | None, parties: Sequence[Party]
) -> list[Column] | None:
    """Whose columns a row has, by what stands over it, under it, or over the row before that it goes on from."""
    names = sum(cell.kind in ("name", "person") for cell in row.under)
    if row.heads:
        return columns(text, row.heads, row.slots, parties, names)
    if roles := [cell for cell in row.under if cell.kind == "role"]:
        return columns(text, roles, row.slots, parties, names)
    if row.apart or not before or before[0].strange or len(before[0].slots) != len(row.slots):
        return None
    return before[1] if all(slot.by for slot in (*row.slots, *before[0].slots)) else None


def _signed(text: str, row: _Row, told: Sequence[Column], parties: Sequence[Party]) -> Iterator[Signature]:
    names, titles, days = row.each("name"), row.each("title"), row.each("date")
    for slot, name, title, day, column in zip(row.slots, names, titles, days, told, strict=True):
        person = slot.person or (name.person if name else None)
        if column.stranger:
            continue
        if not column.heads and person and not slot.by:
            column = replace(column, party=party_of_person(text[slice(*person)], parties))
        offices = (slot.title, title and title.place, name and name.title)
        office = next((one for one in offices if one and one[0] < one[1]), None)
        yield Signature(person, column.party, office, column.heads, day.place if day else None, slot.signed)


def _differ(text: str, slot: Cell, name: Cell | None) -> bool:
    """Whether the printed name is none of who signed: columns that the text has mixed."""
    if not (slot.person and name and name.person):
        return False
    return not _words(text, slot.person) & _words(text, name.person)


def _words(text: str, place: Range) -> set[str]:
    return {word for word in re.findall(r"\w+", text[slice(*place)].lower()) if len(word) > 1}


def _rows(text: str, found: Sequence[Cell]) -> list[_Row]:
    rows: list[_Row] = []
    heads: list[Cell] = []
    apart, last = True, ""
    for cell, after in zip_longest(found, found[1:]):
        if cell.kind == "line":
            # under what tells of one who signs, another signs on it
            if rows and not heads and not apart and last in ("title", "name", "date"):
                rows.append(_Row([], [cell], True))
                last = "slot"
            continue
        under = bool(rows) and not heads and not apart
        if cell.kind == "slot" and last == "slot" and _fills(rows[-1].slots[-1], cell):
            rows[-1].slots[-1] = replace(cell, by=True)
        elif cell.kind == "slot" and last == "slot" and _under_mark(rows[-1].slots[-1], cell):
            rows[-1].slots[-1] = replace(cell, signed=True)
        elif cell.kind == "slot" and last == "slot" and _says_again(text, rows[-1].slots[-1], cell):
            rows[-1].slots[-1] = replace(rows[-1].slots[-1], by=True, title=cell.title)
        elif last == "slot" and after and _is_cut(text, rows[-1].slots[-1], cell, after):
            rows[-1].slots[-1] = replace(rows[-1].slots[-1], person=cell.person)
            continue
        elif cell.kind == "slot" and last == "slot":
            rows[-1].slots.append(cell)
        elif cell.kind == "slot":
            # under a name that nothing heads, and over another: it may be of either
            unsure = bool(rows) and not rows[-1].heads and not apart and not cell.by and bool(heads)
            rows.append(_Row([] if unsure else heads, [cell], apart or unsure))
            heads, apart = [], False
        elif cell.kind == "prose":
            heads, apart = [], True
        elif under and _belongs(text, rows[-1], cell, _is_headed(rows, after)):
            rows[-1].under.append(replace(cell, kind="name") if cell.kind == "person" else cell)
            rows[-1].strange |= cell.kind in ("witness", "notary")
        elif cell.kind not in ("name", "title", "date", "chain"):
            heads.append(cell)
        last = cell.kind
    return rows


def _fills(blank: Cell, cell: Cell) -> bool:
    """Whether a mark of a signature stands in the place before it, in the next line."""
    return blank.by and not blank.signed and not cell.by and cell.line != blank.line


def _under_mark(mark: Cell, cell: Cell) -> bool:
    """Whether an empty place for a signature stands under a mark of one that nobody can read."""
    return mark.signed and not mark.by and not mark.person and cell.by and not cell.signed


def _says_again(text: str, mark: Cell, cell: Cell) -> bool:
    """Whether the name of who signed stands once more in print in the line under the mark: "By: JO PARSI"."""
    if not (mark.person and cell.person and cell.by and not mark.by and cell.line == mark.line + 1):
        return False
    return _words(text, cell.person) <= _words(text, mark.person)


def _is_cut(text: str, mark: Cell, cell: Cell, after: Cell) -> bool:
    """Whether a name stands in the line under its mark, and the next column's place in the same line."""
    if not (cell.kind == "person" and after.kind == "slot" and mark.signed and mark.by and not mark.person):
        return False
    return cell.line == mark.line + 1 and "\n" not in text[cell.place[1] : after.place[0]]


def _is_headed(rows: Sequence[_Row], after: Cell | None) -> bool:
    """Whether a role before the next place for a signature heads it, as a name or a role headed one before."""
    return after is not None and after.kind == "slot" and any(row.heads for row in rows)


def _belongs(text: str, row: _Row, cell: Cell, headed: bool) -> bool:
    """Whether what stands under a row tells of it, and heads none after it; `headed`: as a role there would."""
    if cell.kind in ("name", "title", "date", "notary"):
        return True
    if cell.kind == "witness":
        return not any(slot.by for slot in row.slots) and cell.place[0] < cell.place[1]
    if cell.kind == "role":
        return not (row.heads or headed) and sum(one.kind == "role" for one in row.under) < len(row.slots)
    own = [one.person for one in (*row.slots, *row.under) if one.person]
    if cell.kind == "other":
        # a printed name that its line cuts
        said = _words(text, cell.place)
        return bool(said) and any(said <= _words(text, one) for one in own)
    if cell.kind != "person" or not cell.person:
        return False
    if any(_words(text, cell.person) & _words(text, one) for one in own):
        return True
    return any(not slot.person for slot in row.slots) and len(own) < len(row.slots)
