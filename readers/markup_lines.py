"""The visible text of HTML as lines: blocks on lines of their own, rows of tables in one, cells apart by tabs."""

import re

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

_BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead title
    tr ul""".split()
)
_CELLS = ["td", "th"]
#: What a cell holds that lays out a page; side by side its lines would be torn apart.
_LAYS_OUT = "table ul ol dl pre blockquote h1 h2 h3 h4 h5 h6 form".split()
_LONG_CELL = 400
_MOST_COLUMNS = 50
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def lines_of(soup: BeautifulSoup) -> list[str]:
    """The lines, without empty ones."""
    writing = _Writing()
    for node in soup.descendants:
        if isinstance(node, Tag):
            writing.start(node)
        elif not isinstance(node, Comment) and type(node) is NavigableString:
            writing.add(node)
    writing.end_line()
    return writing.lines


class _Writing:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._rows: dict[int, bool] = {}

    def start(self, tag: Tag) -> None:
        before = tag.find_previous_sibling(_CELLS) if tag.name in _CELLS else None
        if isinstance(before, Tag) and self._is_row(tag.parent):
            self._line.append("\t" * _columns(before))
        elif tag.name in _BLOCKS or tag.name == "br" or _follows_block(tag):
            self._part(tag)

    def add(self, text: NavigableString) -> None:
        if _follows_block(text):
            self._part(text)
        if not text.find_parent("pre"):
            self._line.append(_SPACES.sub(" ", str(text)))
            return
        first, *rest = str(text).split("\n")
        self._line.append(first)
        for part in rest:
            self.end_line()
            self._line.append(part)

    def end_line(self) -> None:
        joined = "".join(self._line).rstrip().removeprefix(" ")
        if joined:
            self.lines.append(joined)
        self._line.clear()

    def _part(self, node: Tag | NavigableString) -> None:
        """End the line; within a row of a table, only the word."""
        cell = node.find_parent(_CELLS)
        if cell is None or not self._is_row(cell.parent):
            self.end_line()
        elif self._line and not self._line[-1].endswith((" ", "\t")):
            self._line.append(" ")

    def _is_row(self, row: Tag | None) -> bool:
        """Whether an element is a row of cells that are read side by side."""
        if row is None:
            return False
        if id(row) not in self._rows:
            cells = row.find_all(_CELLS, recursive=False)
            self._rows[id(row)] = len(cells) > 1 and not any(map(_lays_out, cells))
        return self._rows[id(row)]


def _lays_out(cell: Tag) -> bool:
    if cell.find(_LAYS_OUT) is not None:
        return True
    return len(cell.find_all(["p", "div"])) > 1 and len(cell.get_text()) > _LONG_CELL


def _columns(cell: Tag) -> int:
    span = str(cell.get("colspan") or "1").strip()
    return min(max(1, int(span)), _MOST_COLUMNS) if span.isdecimal() and len(span) < 4 else 1


def _follows_block(node: Tag | NavigableString) -> bool:
    """Whether a block ends right before; what comes after its end tag starts a new line."""
    previous = node.previous_sibling
    return isinstance(previous, Tag) and previous.name in _BLOCKS and previous.name not in _CELLS
