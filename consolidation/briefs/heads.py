"""Whose column a signature stands in, told by what stands over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product

from consolidation.asking.typed import name_without_form
from consolidation.briefs.fields import Party, Range
from consolidation.briefs.names import has_form, is_form, name_with_form
from consolidation.briefs.signature_cells import Cell
from consolidation.briefs.words import spaced

_ORDINARY = frozenset("the of and an a for party company corporation inc llc ltd limited corp co".split())
#: Forms of organisations that stand in a line of their own, under the name.
_FORM_WORDS = frozenset(
    "national association company corporation limited partnership liability trust the a of".split()
)
_SHORTEST, _MOST_ASSEMBLED = 3, 6
#: What a person is called who signs for himself, and a name in capitals.
_OF_PERSON = re.compile(r"(?:the\s+)?(?:employee|executive|consultant|officer)s?", re.IGNORECASE)
_CAPITALS = re.compile(
    r"(?!.*\b(?:IS|SO|SIGNED|SEALED|DELIVERED|EXECUTED|AGREED|ACCEPTED|ACKNOWLEDGED|APPROVED|ORDERED)\b)"
    r"[A-Z][A-Z&.'\u2019-]+(?:\s+[A-Z&][A-Z&.'\u2019-]*)+"
)


@dataclass(frozen=True, slots=True)
class Column:
    """For whom one signs: the number of the party, -1 without one, and what says so; a stranger signs for none."""

    party: int = -1
    heads: tuple[Range, ...] = ()
    stranger: bool = False


def columns(
    text: str, heads: Sequence[Cell], slots: Sequence[Cell], parties: Sequence[Party], names: int
) -> list[Column] | None:
    """The column of each of the places for signatures that stand together; None where that cannot be told.

    `names` is how many printed names stand under them.
    """
    groups = _arranged(text, heads, slots, parties, names)
    found = [_column(text, group, parties) for group in groups or ()]
    told = [one for one in found if one is not None]
    return told if told and len(told) == len(found) == len(slots) else None


def _arranged(
    text: str, heads: Sequence[Cell], slots: Sequence[Cell], parties: Sequence[Party], names: int
) -> list[list[Cell]] | None:
    n = len(slots)
    if n > 1 and (each := _by_role(text, heads, n, parties)):
        return each
    lines = [_merged(list(line)) for _, line in groupby(heads, key=lambda cell: cell.line)]
    if n == 1:
        return [[*heads]] if all(len(line) == 1 for line in lines) else None
    flat = [part for line in lines for part in line]
    beside = len({slot.line for slot in slots}) == 1
    if beside and all(len(line) == n for line in lines):
        return [[cell for line in lines for cell in line[at]] for at in range(n)]
    if beside and len(lines) == 1 and len(heads) % n == 0:
        return [[*heads[at::n]] for at in range(n)]
    if beside or names == n:
        if len(flat) == n and all(_whole(text, part, parties) for part in flat):
            return flat
        return _assembled(text, [cell for part in flat for cell in part], n, parties)
    alone = all(len(line) == 1 for line in lines) and all(slot.by for slot in slots)
    return [[*heads]] * n if alone else None


def _by_role(text: str, heads: Sequence[Cell], n: int, parties: Sequence[Party]) -> list[list[Cell]] | None:
    """Heads that go on from line to line, each role before the name that has it: "Licensor: A, Licensee: B"."""
    groups: list[list[Cell]] = []
    for cell in heads:
        if cell.kind == "role":
            groups.append([cell])
        elif not groups:
            return None
        else:
            groups[-1].append(cell)
    if len(groups) != n or any(len(group) < 2 for group in groups):
        return None
    for group in groups:
        own, named = of_role(_said(text, group[:1]), parties), of_name(_said(text, group[1:]), parties)
        if not named or (own and not own & named):
            return None
    return groups


def _merged(line: list[Cell]) -> list[list[Cell]]:
    """The cells of a line, each role with the name that it stands before."""
    out: list[list[Cell]] = []
    for cell in line:
        if out and cell.kind != "role" and [one.kind for one in out[-1]] == ["role"]:
            out[-1].append(cell)
        else:
            out.append([cell])
    roles = sum(part[-1].kind == "role" for part in out)
    return [[cell] for cell in line] if roles and roles != len(out) else out


def _whole(text: str, part: Sequence[Cell], parties: Sequence[Party]) -> bool:
    """Whether cells hold all of a name: one with its legal form, or of a party, or a role."""
    said = spaced(text[slice(*part[-1].place)])
    if part[-1].kind == "role" or of_name(said, parties, whole=True):
        return True
    return part[-1].kind == "org" and is_form(said.split()[-1].strip(","))


def _assembled(text: str, heads: Sequence[Cell], n: int, parties: Sequence[Party]) -> list[list[Cell]] | None:
    """The one way to put together names of parties of what stands over columns, each of another party.

    Of several ways it is that of names one after the other.
    """
    if not n <= len(heads) <= _MOST_ASSEMBLED:
        return None
    ways: dict[tuple[int, ...], list[list[Cell]]] = {}
    for way in product(range(n), repeat=len(heads)):
        if any(
            one.line == two.line and way[at] >= way[at + 1] for at, (one, two) in enumerate(pairwise(heads))
        ):
            continue
        groups = [[head for head, column in zip(heads, way, strict=True) if column == at] for at in range(n)]
        said = [of_name(_said(text, group), parties, whole=True) for group in groups]
        if all(len(one) == 1 for one in said) and len(set().union(*said)) == n:
            ways[way] = groups
    rising = {way: groups for way, groups in ways.items() if [*way] == sorted(way)}
    likely = rising if len(ways) > 1 else ways
    return next(iter(likely.values())) if len(likely) == 1 else None


def _said(text: str, cells: Sequence[Cell]) -> str:
    return " ".join(spaced(text[slice(*cell.place)]) for cell in cells)


def _column(text: str, group: Sequence[Cell], parties: Sequence[Party]) -> Column | None:
    """Whose column some cells head; None where they name several, or something beside a party."""
    if any(cell.kind in ("witness", "notary") for cell in group):
        return Column(stranger=True) if group[-1].kind in ("witness", "notary") or len(group) == 1 else None
    named = [cell for cell in group if cell.kind != "role"]
    if any(_OF_PERSON.fullmatch(text, *cell.place) for cell in group) and any(
        cell.kind == "org" for cell in named
    ):
        return None
    known = of_name(_said(text, named), parties, whole=True)
    if not known:
        said = [of_name(_said(text, [cell]), parties) for cell in named]
        alien = [
            cell for cell, one in zip(named, said, strict=True) if not one and not _is_form_only(text, cell)
        ]
        known = set().union(*said) if said else set()
        # a name that is no party's beside one that is may head another column
        if alien and (known or len(alien) > 1 or not _is_name(text, alien[0])):
            return None
    for cell in group:
        if cell.kind == "role":
            known = known | of_role(_said(text, [cell]), parties)
    return Column(next(iter(known), -1), tuple(cell.place for cell in group)) if len(known) < 2 else None


def _is_name(text: str, cell: Cell) -> bool:
    """Whether a cell names somebody, with a legal form or in capitals of several words."""
    return cell.kind == "org" or _CAPITALS.fullmatch(text, *cell.place) is not None


def _is_form_only(text: str, cell: Cell) -> bool:
    words = re.findall(r"[\w.&/]+", text[slice(*cell.place)].lower())
    return all(word in _FORM_WORDS or is_form(word) for word in words)


def of_name(said: str, parties: Sequence[Party], *, whole: bool = False) -> set[int]:
    """The parties that a name is of: those of exactly that name, else, unless `whole`, those that it holds."""
    name = name_with_form(said)
    same = {at for at, party in enumerate(parties) if name_with_form(party.name.written) == name}
    if name and not same and not has_form(said):
        bare = name_without_form(said)
        same = {at for at, party in enumerate(parties) if name_without_form(party.name.written) == bare}
    if same or whole or not name:
        return same
    found = {
        at
        for at, party in enumerate(parties)
        if (pattern := mentioned(party.name.written)) and pattern.search(said)
    }
    if found:
        return found
    return {
        at
        for at, party in enumerate(parties)
        if any(name_with_form(one.name) == name for one in (*party.short_names, *party.roles))
    }


def of_role(said: str, parties: Sequence[Party]) -> set[int]:
    """The parties that have a role, in one or several."""
    role = _role(said)
    return {
        at
        for at, party in enumerate(parties)
        if any(
            _role(one.name) in (role, role.removesuffix("s")) for one in (*party.roles, *party.short_names)
        )
    }


def _role(said: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", said.lower()) if word not in ("the", "as"))


def mentioned(name: str) -> re.Pattern[str] | None:
    """Where a name stands, told by its first words; None for one that is only ordinary words."""
    words = [word for word in re.findall(r"\w+", name) if word.lower() not in _ORDINARY][:3]
    if not words or len("".join(words)) < _SHORTEST:
        return None
    return re.compile(r"\b" + r"\W+(?:(?:of|the|and)\W+)?".join(map(re.escape, words)) + r"\b", re.IGNORECASE)


def party_of_person(said: str, parties: Sequence[Party]) -> int:
    """The number of the party that a person is, -1 for one that is none: the same family name and first name."""
    words = _names(said)
    found = {
        at
        for at, party in enumerate(parties)
        if len(own := _names(party.name.written)) > 1
        and words
        and own[-1] == words[-1]
        and own[0][:3] == words[0][:3]
    }
    return next(iter(found)) if len(found) == 1 else -1


def _names(said: str) -> list[str]:
    words = re.findall(r"[a-z\u00c0-\u024f'\u2019-]+", said.lower())
    return [word for word in words if word not in ("mr", "mrs", "ms", "dr", "jr", "sr", "ii", "iii", "iv")]
