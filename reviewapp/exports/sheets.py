"""Worksheets that are written row by row: text stays text, whatever it begins with."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from reviewapp.exports.plain import cut, fit

#: Limits of Excel: characters of a cell, links and rows of a sheet, characters of an address.
CELL_CHARACTERS, MOST_LINKS, MOST_ROWS, ADDRESS_CHARACTERS = 32_000, 65_000, 1_048_576, 2_000
_FORMULA_STARTS = ("=", "+", "-", "@", "'")
_FILLS = {"good": "#DDEFE0", "warn": "#FBEBC8", "bad": "#F6D5D2", "none": "#ECECEC"}


class SheetError(Exception):
    """A sheet that does not hold what is to be written; the message says so, for people."""


class Link(NamedTuple):
    """Words that open an address."""

    address: str
    words: str


Value = str | int | float | datetime | Link | None


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Any] = {}

    def of(self, *names: str) -> Any:
        """The format with these properties, of "head", "title", "link", "time", "wrap", "text" and the fills."""
        names = tuple(sorted(name for name in names if name))
        if names not in self._made:
            self._made[names] = self._book.add_format(self._properties(names))
        return self._made[names]

    def _properties(self, names: Sequence[str]) -> dict[str, Any]:
        properties: dict[str, Any] = {"valign": "top"}
        known: dict[str, dict[str, Any]] = {
            "head": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E3E6EB"},
            "title": {"bold": True, "font_size": 13},
            "link": {"font_color": "#1F4E8C", "underline": 1},
            "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
            "wrap": {"text_wrap": True},
            # NB: so marked, it stays text too when somebody edits the cell.
            "text": {"quote_prefix": True, "num_format": "@"},
        }
        for name in names:
            properties |= known.get(name) or {"bg_color": _FILLS[name]}
        return properties


class Sheet:
    """A worksheet whose rows are written from the first to the last. Writing raises SheetError beyond the last."""

    def __init__(
        self,
        book: Any,
        styles: Styles,
        name: str,
        heads: Sequence[str],
        widths: Sequence[float],
        wrapped: Sequence[int] = (),
    ) -> None:
        self._name, self._sheet, self._styles = name, book.add_worksheet(name), styles
        self._row, self._column, self._links = 0, 0, 0
        self._heads, self._wrapped = heads, wrapped
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        if heads:
            for head in heads:
                self._put(head, ("head",))
            self.end_row()
            self._sheet.freeze_panes(1, 1)
            self._sheet.repeat_rows(0)

    def begin(self, name: str) -> None:
        """Begin a row with what it is of."""
        self._put(name, ())

    def put(self, value: Value, tone: str = "", comment: str = "") -> None:
        """The next cell of the row."""
        column = self._column
        self._put(value, (tone,))
        if comment:
            size = {"x_scale": 3, "y_scale": min(6, 1 + len(comment) / 250), "author": "Nightbrief"}
            self._sheet.write_comment(self._row, column, fit(comment), size)

    def skip(self, cells: int) -> None:
        """Leave so many cells empty."""
        self._column += cells

    def end_row(self) -> None:
        self._row, self._column = self._row + 1, 0

    def row(self, *values: Value, tones: Mapping[int, str] | None = None) -> None:
        """A whole row; `tones` are the fills of its cells, by place."""
        for place, value in enumerate(values):
            wrap = "wrap" if place in self._wrapped else ""
            self._put(value, ((tones or {}).get(place, ""), wrap))
        self.end_row()

    def head(self, words: str) -> None:
        """A heading, with an empty row above it unless it is the first."""
        if self._row:
            self.end_row()
        self._put(words, ("title",))
        self.end_row()

    def close(self) -> None:
        """Let the rows be filtered by what stands in them."""
        self._sheet.autofilter(0, 0, max(1, self._row - 1), len(self._heads) - 1)

    def _put(self, value: Value, styles: tuple[str, ...]) -> None:
        row, column = self._row, self._column
        if row >= MOST_ROWS:
            # NB: what writes the sheet leaves such rows out, and says nothing.
            raise SheetError(
                f"The sheet “{self._name}” of a workbook holds at most {MOST_ROWS:,} rows, and there are more. "
                "Export a smaller grid or one question, or choose CSV or JSON."
            )
        self._column += 1
        if isinstance(value, datetime):
            plain = value.astimezone(UTC).replace(tzinfo=None)
            self._sheet.write_datetime(row, column, plain, self._styles.of("time", *styles))
        elif isinstance(value, Link):
            self._link(row, column, value, styles)
        elif isinstance(value, int | float):
            self._sheet.write_number(row, column, value, self._styles.of(*styles))
        elif value or any(styles):
            self._text(row, column, value or "", styles)

    def _text(self, row: int, column: int, text: str, styles: tuple[str, ...]) -> None:
        text = cut(fit(text), CELL_CHARACTERS)
        style = self._styles.of("text" if text.startswith(_FORMULA_STARTS) else "", *styles)
        if text:
            self._sheet.write_string(row, column, text, style)
        else:
            self._sheet.write_blank(row, column, None, style)

    def _link(self, row: int, column: int, link: Link, styles: tuple[str, ...]) -> None:
        is_absolute = link.address.startswith(("http://", "https://"))
        if not is_absolute or self._links >= MOST_LINKS or len(link.address) > ADDRESS_CHARACTERS:
            self._text(row, column, link.words, styles)
            return
        self._links += 1
        words = cut(fit(link.words), CELL_CHARACTERS)
        style = self._styles.of("text" if words.startswith(_FORMULA_STARTS) else "", "link", *styles)
        self._sheet.write_url(row, column, link.address, style, words)
