"""Many documents' cells folded into a summary: groups, "which", counts, extremes, sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consolidation.asking import wording
from consolidation.asking.cells import Cell, says_yes
from consolidation.asking.conditions import Condition
from consolidation.asking.matters import Over, Quantifier
from consolidation.asking.typed import Typed, ValueType, comparable_name
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
class Measured:
    """An extreme or a sum within one unit (a currency, "day", "%"), and the documents that it comes from."""

    shown: str
    unit: str
    order: float
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the cells of many documents say together; every document is in exactly one of the five lists of
    `documents`.

    `meets` and `fails` are the documents that do and do not meet the condition; without one, `meets` are all with a
    value. `unread` have a value that cannot be compared; `not_found` none; `not_examined` were not asked. `groups`
    are equal values, the most frequent first; for lists each item is a group. `extremes` and `sums` are given for
    each unit, and `supported` the extremes of supported cells alone. `holds` answers "do any", "do all", "the same";
    None where that cannot be told. `check` are documents of `meets` whose cell is not supported, `conditional`
    those whose answer holds under a condition alone. `sentences` say it for people.
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
    sentences: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        """How many documents meet the condition."""
        return len(self.meets)


def _names_party(value: Typed, wanted: Typed) -> bool:
    """Whether one of a cell's parties is the wanted one, by its whole name or by its first words."""
    begins = f"{wanted.comparable} "
    return any(f"{name} ".startswith(begins) for name in value.comparable.split("; "))


def meets(condition: Condition, cell: Cell) -> bool | None:
    """Whether a found cell meets a condition; None where its value cannot be compared."""
    if condition.test in ("has", "lacks"):
        said = says_yes(cell)
        return None if said is None else said == (condition.test == "has")
    if cell.typed is None:
        return None
    if condition.test == "between":
        order = cell.typed.order
        if order is None or (condition.value is not None and condition.value.unit != cell.typed.unit):
            return None
        return (condition.low is None or order >= condition.low) and (
            condition.high is None or order <= condition.high
        )
    if condition.value is None:
        return None
    if condition.kind == "party":
        same = _names_party(cell.typed, condition.value)
    else:
        same = bool(set(cell.typed.comparable.split("; ")) & set(condition.value.comparable.split("; ")))
    return same == (condition.test == "is")


def _key(cell: Cell, kind: ValueType) -> str:
    if cell.typed is not None:
        return cell.typed.comparable
    return comparable_name(cell.value) if kind in ("party", "person") else plain(cell.value)


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


def _ordered(cells: Sequence[Cell]) -> dict[str, list[tuple[float, Typed, str]]]:
    """Comparable values of each unit, with their documents."""
    by_unit: dict[str, list[tuple[float, Typed, str]]] = {}
    for cell in cells:
        if cell.typed is not None and cell.typed.order is not None:
            by_unit.setdefault(cell.typed.unit, []).append((cell.typed.order, cell.typed, cell.document_id))
    return by_unit


def _extremes(over: Over, cells: Sequence[Cell]) -> tuple[Measured, ...]:
    choose = min if over in ("earliest", "lowest") else max
    found = []
    for unit, values in sorted(_ordered(cells).items()):
        best = choose(order for order, _, _ in values)
        those = [(typed, document) for order, typed, document in values if order == best]
        found.append(Measured(those[0][0].shown, unit, best, tuple(document for _, document in those)))
    return tuple(found)


def _sums(cells: Sequence[Cell]) -> tuple[Measured, ...]:
    found = []
    for unit, values in sorted(_ordered(cells).items()):
        kind = values[0][1].kind
        if kind not in ("amount", "number"):
            continue
        total = sum(order for order, _, _ in values)
        shown = f"{unit} {total:,.2f}".removesuffix(".00").strip()
        found.append(Measured(shown, unit, total, tuple(document for _, _, document in values)))
    return tuple(found)


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


def fold(asked: Understanding, cells: Sequence[Cell], names: Mapping[str, str] | None = None) -> Summary:
    """The summary of the cells that a question got, one for each document.

    `names` are what people call the documents, by their ids: then an extreme is told with its own.
    Raises `ValueError` where a document has two cells.
    """
    ids = [cell.document_id for cell in cells]
    if len(set(ids)) != len(ids):
        raise ValueError("a document has two cells for one question")
    found = [cell for cell in cells if cell.found and cell.value.strip()]
    missing = [cell for cell in cells if cell.found and not cell.value.strip()]
    verdicts: list[tuple[Cell, bool | None]]
    verdicts = [(cell, meets(asked.condition, cell) if asked.condition else True) for cell in found]
    met = [cell for cell, verdict in verdicts if verdict]
    summary = Summary(
        asked.over,
        meets=tuple(cell.document_id for cell in met),
        fails=tuple(cell.document_id for cell, verdict in verdicts if verdict is False),
        unread=tuple(cell.document_id for cell, verdict in verdicts if verdict is None),
        not_found=tuple(cell.document_id for cell in cells if cell.state == "not_found" or cell in missing),
        not_examined=tuple(cell.document_id for cell in cells if cell.state == "not_examined"),
        check=tuple(cell.document_id for cell in met if cell.state == "check"),
        conditional=tuple(cell.document_id for cell in found if cell.conditional),
        groups=_groups(asked, found),
        extremes=_extremes(asked.over, found) if asked.over in wording.EXTREMES else (),
        supported=_extremes(asked.over, [cell for cell in found if cell.state == "supported"])
        if asked.over in wording.EXTREMES
        else (),
        sums=_sums(found) if asked.over == "sum" else (),
        quantifier=asked.quantifier,
        condition=asked.condition,
    )
    summary = replace(summary, holds=_holds(asked.quantifier, summary, all(cell.typed for cell in found)))
    return replace(summary, sentences=wording.summed_up(summary, names or {}))
