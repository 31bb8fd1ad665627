"""Many documents' cells folded into a summary: groups, "which", counts, extremes, sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consolidation.asking import wording
from consolidation.asking.cells import Cell
from consolidation.asking.condition import Condition
from consolidation.asking.conditions_met import holds, of_document
from consolidation.asking.matters import Over, Quantifier
from consolidation.asking.measuring import Measured, in_order, sums
from consolidation.asking.orders import EXTREMES
from consolidation.asking.ranking import FIRST_PLACE, Places
from consolidation.asking.typed import ValueType, name_without_form
from consolidation.asking.understand import Understanding
from consolidation.text.values import plain


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one value: `shown` as the first of them has it.

    `supported` counts the supported cells, `conditional` those that hold under a condition.
    """

    shown: str
    documents: tuple[str, ...]
    supported: int
    conditional: int = 0


@dataclass(frozen=True, slots=True)
class Tested:
    """One of several conditions, in `words`: the documents that meet it, that fail it, the others are `untold`."""

    words: str
    meets: tuple[str, ...]
    fails: tuple[str, ...]
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the cells of many documents say together; every document is in exactly one of the five lists of
    `documents`.

    `meets` and `fails` are the documents that do and do not meet the condition; without one, `meets` are all with a
    value. `unread` have a value that cannot be compared; `not_found` none; `not_examined` were not asked. `groups`
    are equal values, the most frequent first; for lists each item is a group. `extremes` and `sums` are given for
    each unit, and `supported` the extremes of supported cells alone. `holds` answers "do any", "do all", "the same";
    None where that cannot be told. `check` are documents of `meets` whose cell is not supported, `conditional`
    those whose answer holds under a condition alone. `places` of an order are those that `extremes` tell, and
    `tested` says how many documents meet each of several conditions. `sentences` say it for people.
    """

    over: Over
    meets: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    not_examined: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    extremes: tuple[Measured, ...] = ()
    supported: tuple[Measured, ...] = ()
    sums: tuple[Measured, ...] = ()
    quantifier: Quantifier = ""
    holds: bool | None = None
    condition: Condition | None = None
    places: Places = FIRST_PLACE
    tested: tuple[Tested, ...] = ()
    sentences: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        """How many documents meet the condition."""
        return len(self.meets)


def _key(cell: Cell, kind: ValueType) -> str:
    if cell.typed is not None:
        return cell.typed.comparable
    return name_without_form(cell.value) if kind in ("party", "person") else plain(cell.value)


def _grouped(pairs: Iterable[tuple[str, str, Cell]]) -> tuple[Group, ...]:
    """Groups of (key, shown, cell), the largest first, then the surest, then by what is shown."""
    by_key: dict[str, list[tuple[str, Cell]]] = {}
    for key, shown, cell in pairs:
        by_key.setdefault(key, []).append((shown, cell))
    groups = []
    for members in by_key.values():
        documents = tuple(dict.fromkeys(cell.document_id for _, cell in members))
        sure = {cell.document_id for _, cell in members if cell.state == "supported"}
        held = {cell.document_id for _, cell in members if cell.conditional}
        groups.append(Group(members[0][0], documents, len(sure), len(held)))
    return tuple(sorted(groups, key=lambda g: (-len(g.documents), -g.supported, g.shown)))


def _groups(asked: Understanding, cells: Sequence[Cell]) -> tuple[Group, ...]:
    if asked.value == "list" and not asked.yes_no:
        return _grouped(
            (plain(item), " ".join(item.split()), cell)
            for cell in cells
            for item in cell.value.split(";")
            if plain(item)
        )
    return _grouped(
        (_key(cell, asked.value), cell.typed.shown if cell.typed else cell.value, cell) for cell in cells
    )


def _holds(quantifier: Quantifier, found: Summary, comparable: bool) -> bool | None:
    """Whether any, all or none of the documents meet the condition, or all found values are the same.

    None where documents are missing that decide; `comparable`: all found values are.
    """
    missing = bool(found.unread or found.not_examined or found.not_found)
    if quantifier == "any":
        return True if found.meets else None if missing else False
    if quantifier == "none":
        return False if found.meets else None if missing else True
    if quantifier == "all":
        return False if found.fails else None if missing or not found.meets else True
    if quantifier == "same":
        # more than one value is known to differ only where all could be compared
        if not comparable or len(found.meets) < 2:
            return None
        return False if len(found.groups) > 1 else None if missing else True
    return None


def _value_cell(asked: Understanding, cell: Cell) -> Cell:
    """The cell of the value that is folded: the first of the parts where conditions are asked beside it."""
    return cell.parts[0] if asked.tested and cell.parts and asked.over not in ("which", "count") else cell


def _tested(asked: Understanding, cells: Sequence[Cell]) -> tuple[Tested, ...]:
    """How many documents meet each of several conditions."""
    if not asked.tested:
        return ()
    told = []
    for at, one in enumerate(asked.questions):
        if one.condition is not None:
            said = {
                cell.document_id: holds(one.condition, cell.parts[at]).said for cell in cells if cell.parts
            }
            lists = (
                tuple(key for key, value in said.items() if value is want) for want in (True, False, None)
            )
            told.append(Tested(one.condition.words, *lists))
    return tuple(told)


def _condition(asked: Understanding) -> Condition | None:
    """What is said of the documents together; the words of all conditions where a value is folded beside them."""
    if not asked.tested or asked.over in ("which", "count"):
        return asked.condition
    words = [" or ".join(one.condition.words for one in group if one.condition) for group in asked.tested]
    own = [asked.condition.words] if asked.condition else []
    return Condition("has", "free", " and ".join([*words, *own]))


def fold(asked: Understanding, cells: Sequence[Cell], names: Mapping[str, str] | None = None) -> Summary:
    """The summary of the cells that a question got, one for each document.

    `names` are what people call the documents, by their ids: then an extreme is told with its own. What is not known
    of a document is never taken for a yes or a no. Raises `ValueError` where a document has two cells.
    """
    ids = [cell.document_id for cell in cells]
    if len(set(ids)) != len(ids):
        raise ValueError("a document has two cells for one question")
    measured = asked.over in EXTREMES
    said = {
        cell.document_id: of_document(asked, cell, in_order=measured or asked.over == "sum") for cell in cells
    }
    found = [cell for cell in cells if cell.found and cell.value.strip()]
    met = [cell for cell in cells if said[cell.document_id].said]
    values = [one for one in (_value_cell(asked, cell) for cell in met) if one.found and one.value.strip()]
    summary = Summary(
        asked.over,
        meets=tuple(cell.document_id for cell in met),
        fails=tuple(one for one, holding in said.items() if holding.said is False),
        unread=tuple(one for one, holding in said.items() if holding.why == "unread"),
        not_found=tuple(one for one, holding in said.items() if holding.why == "not_found"),
        not_examined=tuple(one for one, holding in said.items() if holding.why == "not_examined"),
        check=tuple(cell.document_id for cell in met if not said[cell.document_id].sure),
        conditional=tuple(cell.document_id for cell in found if _is_conditional(cell)),
        groups=_grouped_as(asked, found, values),
        extremes=in_order(asked.over, values, asked.places) if measured else (),
        supported=in_order(asked.over, [cell for cell in values if said[cell.document_id].sure])
        if measured and asked.places == FIRST_PLACE
        else (),
        sums=sums(values) if asked.over == "sum" else (),
        quantifier=asked.quantifier,
        condition=_condition(asked),
        places=asked.places,
        tested=_tested(asked, cells),
    )
    summary = replace(summary, holds=_holds(asked.quantifier, summary, all(cell.typed for cell in found)))
    return replace(summary, sentences=wording.summed_up(summary, names or {}))


def each_by_itself(
    asked: Understanding, cells: Sequence[Cell], names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """What documents say together of each of several questions, by its number; empty where no cell has its parts."""
    if not asked.parts or not any(len(cell.parts) == len(asked.parts) for cell in cells):
        return ()
    told = []
    for at, part in enumerate(asked.parts):
        own = [
            cell.parts[at] if len(cell.parts) == len(asked.parts) else Cell(cell.document_id, "not_examined")
            for cell in cells
        ]
        first, *more = fold(part, own, names).sentences or ("Nothing was found.",)
        told += [f"({at + 1}) {first}", *more]
    return tuple(told)


def _is_conditional(cell: Cell) -> bool:
    return cell.conditional or any(part.conditional for part in cell.parts)


def _grouped_as(asked: Understanding, found: Sequence[Cell], values: Sequence[Cell]) -> tuple[Group, ...]:
    """Equal values: of an order those that count, in their order; none where conditions alone are folded."""
    if asked.over in EXTREMES:
        place = {
            one: at
            for at, value in enumerate(in_order(asked.over, values, Places(1, None)))
            for one in value.documents
        }
        groups = _groups(
            asked, values if asked.condition or asked.tested else [_value_cell(asked, one) for one in found]
        )
        return tuple(sorted(groups, key=lambda group: place.get(group.documents[0], len(place))))
    if asked.tested and asked.over in ("which", "count"):
        return ()
    return _groups(asked, values if asked.tested else [_value_cell(asked, one) for one in found])
