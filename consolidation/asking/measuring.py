"""Values of cells in order and added up, for each unit by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.cells import Cell
from consolidation.asking.matters import Over
from consolidation.asking.ranking import FIRST_PLACE, Places
from consolidation.asking.typed import Typed


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of an order, or a sum, within one unit (a currency, "day", "%"), and the documents that it comes from.

    `place` counts from one: documents of the same value share a place, and the next one comes after all of them.
    """

    shown: str
    unit: str
    order: float
    documents: tuple[str, ...]
    place: int = 1


def _ordered(cells: Sequence[Cell]) -> dict[str, list[tuple[float, Typed, str]]]:
    """Comparable values of each unit, with their documents."""
    by_unit: dict[str, list[tuple[float, Typed, str]]] = {}
    for cell in cells:
        if cell.typed is not None and cell.typed.order is not None:
            by_unit.setdefault(cell.typed.unit, []).append((cell.typed.order, cell.typed, cell.document_id))
    return by_unit


def in_order(over: Over, cells: Sequence[Cell], places: Places = FIRST_PLACE) -> tuple[Measured, ...]:
    """The values up to the last of some places, in order from the asked end, for each unit.

    Where one place alone is asked for, the second say, it counts values: those before it are there as well.
    """
    found: list[Measured] = []
    rising = over in ("earliest", "lowest")
    for unit, values in sorted(_ordered(cells).items()):
        place = 1
        for at, order in enumerate(sorted({order for order, _, _ in values}, reverse=not rising), 1):
            reached = at if places.first > 1 else place
            if places.last is not None and reached > places.last:
                break
            those = [(typed, document) for value, typed, document in values if value == order]
            documents = tuple(document for _, document in those)
            found.append(Measured(those[0][0].shown, unit, order, documents, reached))
            place += len(documents)
    return tuple(found)


def sums(cells: Sequence[Cell]) -> tuple[Measured, ...]:
    """What amounts and numbers come to, for each unit."""
    found = []
    for unit, values in sorted(_ordered(cells).items()):
        kind = values[0][1].kind
        if kind not in ("amount", "number"):
            continue
        total = sum(order for order, _, _ in values)
        shown = f"{unit} {total:,.2f}".removesuffix(".00").strip()
        found.append(Measured(shown, unit, total, tuple(document for _, _, document in values)))
    return tuple(found)
