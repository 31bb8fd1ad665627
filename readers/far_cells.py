"""Sheets of an XLSX whose cells lie too far apart to be held as a table: only what holds something is read.

One cell in the last row and column of a sheet makes a table of seventeen thousand million places.
"""

from functools import cached_property
from typing import Any

from readers.package import Package
from readers.shown_cells import Cells, placed

MOST_PLACES = 4_000_000
_STRINGS = "xl/sharedStrings.xml"


def lie_far_apart(root: Any) -> bool:
    """Whether the table from the first cell of a sheet that holds something to the last has too many places."""
    places = [(row, column) for row, column, cell in placed(root) if len(cell)]
    if not places:
        return False
    rows, columns = zip(*places, strict=True)
    return bool((max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > MOST_PLACES)


class FarCells:
    """Reads such sheets of one workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def lines(self, root: Any, shown: Cells) -> list[str]:
        """The rows that hold something as lines, of each the cells that do, apart by a tab."""
        lines: dict[int, list[str]] = {}
        for row, column, cell in placed(root):
            text = shown.get((row, column)) or self._text(cell)
            if text:
                lines.setdefault(row, []).append(text)
        return ["\t".join(line) for line in lines.values()]

    def _text(self, cell: Any) -> str:
        kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
        if kind == "inlineStr":
            return _words(cell)
        if kind == "s":
            number = int(value) if value.isdecimal() else len(self._strings)
            return self._strings[number] if number < len(self._strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        return " ".join(value.split())

    @cached_property
    def _strings(self) -> list[str]:
        root = self._package.root(_STRINGS)
        return [] if root is None else list(map(_words, root.iterfind("{*}si")))


def _words(parent: Any) -> str:
    said = (one.text or "" for one in parent.iter("{*}t") if next(one.iterancestors("{*}rPh"), None) is None)
    return " ".join("".join(said).split())
