"""Cells of workbooks as the sheet shows them, where that is not their plain value: percentages, amounts, days.

Sheets are named as the workbook names them; a cell by its row and its column, counted from 0.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from readers.number_format import USUAL, shown
from readers.package import Package

Cells = dict[tuple[int, int], str]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SHOWN_KINDS = frozenset({"percentage", "currency", "date", "time", "float"})
_MOST_REPEATED = 100
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
#: Codes whose days are shown as the reader's own computer does.
_OF_THE_READER = frozenset({14, 22})
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (
    xlrd.XLRDError,
    CompDocError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
    ArithmeticError,
    NotImplementedError,
)


@dataclass
class Shown:
    """What the cells of each sheet show; `blanked` counts those whose format shows nothing of what they hold."""

    sheets: dict[str, Cells] = field(default_factory=dict)
    blanked: int = 0

    def add(self, cells: Cells, place: tuple[int, int], value: float, code: str, *, since_1904: bool) -> None:
        """Keep what a cell shows of a number."""
        said = shown(value, code, since_1904=since_1904)
        if said:
            cells[place] = said
        elif said == "":
            self.blanked += 1


class Formats:
    """The format codes of an XLSX, by the number of a cell's style."""

    def __init__(self, package: Package) -> None:
        workbook, styles = package.root("xl/workbook.xml"), package.root("xl/styles.xml")
        about = None if workbook is None else workbook.find("{*}workbookPr")
        self._since_1904 = about is not None and about.get("date1904") in ("1", "true")
        own = dict(USUAL)
        for one in () if styles is None else styles.iter("{*}numFmt"):
            if str(one.get("numFmtId")).isdecimal():
                own[int(one.get("numFmtId"))] = one.get("formatCode", "")
        used = () if styles is None else styles.iterfind("{*}cellXfs/{*}xf")
        self._codes = [own.get(_integer(one.get("numFmtId"), 0), "") for one in used]
        parts = {one.identity: one.target for one in package.related("xl/workbook.xml")}
        sheets = () if workbook is None else workbook.iter("{*}sheet")
        self.names = {parts.get(sheet.get(_RELATION, ""), ""): sheet.get("name", "") for sheet in sheets}

    def read(self, part: str, root: Any, found: Shown) -> Cells:
        """Add what the cells of one sheet show, and give it."""
        cells = found.sheets.setdefault(self.names.get(part, ""), {})
        for row, column, cell in placed(root):
            style = _integer(cell.get("s"), -1)
            if cell.get("t") == "e":
                cells[row, column] = (cell.findtext("{*}v") or "").strip()
            elif cell.get("t", "n") == "n" and 0 <= style < len(self._codes) and self._codes[style]:
                self._add(cells, (row, column), cell.findtext("{*}v"), style, found)
        return cells

    def _add(self, cells: Cells, place: tuple[int, int], text: str | None, style: int, found: Shown) -> None:
        try:
            value = float(text or "")
        except ValueError:
            return
        found.add(cells, place, value, self._codes[style], since_1904=self._since_1904)


def placed(root: Any) -> Iterator[tuple[int, int, Any]]:
    """The cells of a sheet of an XLSX, each after its row and its column."""
    row = -1
    for line in root.iter("{*}row"):
        row = _integer(line.get("r"), row + 2) - 1
        column = -1
        for cell in line.iterfind("{*}c"):
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            yield row, column, cell


def of_open_sheets(package: Package) -> Shown:
    """What the cells of an OpenDocument workbook show, which the file says beside their values."""
    found, root = Shown(), package.root("content.xml")
    for table in () if root is None else root.iter(f"{_TABLE}table"):
        cells = found.sheets.setdefault(table.get(f"{_TABLE}name", ""), {})
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            rows = _integer(line.get(f"{_TABLE}number-rows-repeated"), 1)
            for column, said in _said(line):
                cells |= {(row + more, column): said for more in range(min(rows, _MOST_REPEATED))}
            row += rows
    return found


def _said(line: Any) -> list[tuple[int, str]]:
    found, column = [], 0
    for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = _integer(cell.get(f"{_TABLE}number-columns-repeated"), 1)
        if cell.get(f"{_OFFICE}value-type") in _SHOWN_KINDS:
            said = " ".join(" ".join("".join(p.itertext()) for p in cell.iterchildren(f"{_TEXT}p")).split())
            found += [(column + more, said) for more in range(min(times, _MOST_REPEATED)) if said]
        column += times
    return found


def old_book(data: bytes) -> Any:
    """An XLS by xlrd; None where it does not read the file."""
    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except _BROKEN:
        return None


def of_old_sheets(book: Any) -> Shown | None:
    """What the cells of an XLS show; None where its formats are broken."""
    found = Shown()
    try:
        codes = {key: one.format_str for key, one in book.format_map.items() if key not in _OF_THE_READER}
        styles = [codes.get(one.format_key, "") for one in book.xf_list]
        for sheet in book.sheets():
            cells = found.sheets.setdefault(sheet.name, {})
            for row in range(sheet.nrows):
                for column, cell in enumerate(sheet.row(row)):
                    if cell.ctype in _NUMBERS and styles[cell.xf_index]:
                        code = styles[cell.xf_index]
                        found.add(cells, (row, column), cell.value, code, since_1904=bool(book.datemode))
                    elif cell.ctype == xlrd.XL_CELL_ERROR:
                        cells[row, column] = xlrd.error_text_from_code.get(cell.value, "#ERROR")
    except _BROKEN:
        return None
    return found


def _column(letters: str) -> int:
    """The number of a column by its letters, counted from 0."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _integer(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else usual
