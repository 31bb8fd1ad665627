"""Paragraphs and tables of a part of a Word document, as lines of text.

Tracked changes are read as accepted: what was inserted is there, what was deleted is not. Hidden text is left out.
Both are counted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from readers.word.fields import Fields, legacy_field
from readers.word.formula import MATH, formula
from readers.word.numbering import Numbering, Styles, W, is_on
from readers.word.symbols import is_symbol_font, of_font, symbol

PAGE_BREAK = "\f"
_BREAKS = re.compile(r"[\t\n]+")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
# NB: deleted text of tracked changes is in w:del and moved-from text in w:moveFrom; neither is part of the
# document any more.
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_SKIPPED = frozenset(
    {
        f"{W}pPr",
        f"{W}rPr",
        f"{W}sdtPr",
        f"{W}instrText",
        f"{W}tblPr",
        f"{W}trPr",
        f"{W}tcPr",
        f"{W}rt",
    }
)
_SECTION_ON_SAME_PAGE = frozenset({"continuous", "nextColumn"})
_TINY_HALF_POINTS = 4
_MOST_COLUMNS = 63
_PROPERTIES = frozenset({f"{W}pPr", f"{W}tcPr", f"{W}trPr", f"{W}tblPr"})
_TEXT_BOX = f"{W}txbxContent"


@dataclass
class Seen:
    """What was met beside plain text: changes by kind, their authors, places of hidden, of white or tiny, and of
    text that is struck out by its look alone.
    """

    changes: Counter[str] = field(default_factory=Counter)
    authors: set[str] = field(default_factory=set)
    hidden: int = 0
    faint: int = 0
    struck: int = 0


class Body:
    """Reads the parts of one document."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self.seen, self.fields = Seen(), Fields()

    def lines(self, parent: Any) -> Iterator[str]:
        """Paragraphs and table rows under `parent`, in order; a page break is a form feed."""
        held = ""
        for child in _children(parent):
            if child.tag == f"{W}p":
                found = list(self._paragraph(child))
                if found:
                    found[0] = held + found[0]
                    held = found.pop() if self._goes_on(child, found[-1]) else ""
                yield from found
                continue
            if held and isinstance(child.tag, str):
                yield held
                held = ""
            if child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _DELETED:
                self._count(child, "deletion")
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                if child.tag in _INSERTED:
                    self._count(child, "insertion")
                yield from self.lines(child)
        if held:
            yield held

    def _goes_on(self, paragraph: Any, text: str) -> bool:
        """Whether the end of a paragraph was deleted, so that the next one goes on with it."""
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
        if mark is not None and text.strip():
            self._add(mark, "deletion")
        return mark is not None

    def _table(self, table: Any) -> Iterator[str]:
        for row in _inside(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._count(row.find(f"{W}trPr/{W}del"), "deletion")
                continue
            if row.find(f"{W}trPr/{W}ins") is not None:
                self._count(row.find(f"{W}trPr/{W}ins"), "insertion")
            if row.find(f"{W}trPr/{W}hidden") is not None:
                self.seen.hidden += any((text.text or "").strip() for text in row.iter(f"{W}t"))
                continue
            cells = [cell for cell in _inside(row, f"{W}tc") if not self._is_deleted(cell)]
            if any(next(cell.iter(f"{W}tbl"), None) is not None for cell in cells):
                # NB: a table within a cell lays out a page; side by side its rows would be torn apart.
                for cell in cells:
                    yield from (line for line in map(_on_one_page, self.lines(cell)) if line.strip())
            else:
                yield _on_one_page("\t".join(map(self._cell, cells))).rstrip()

    def _cell(self, cell: Any) -> str:
        """The text of a cell in one line, with a tab for each further column that it spans."""
        span = _attribute(cell.find(f"{W}tcPr/{W}gridSpan"))
        columns = min(int(span), _MOST_COLUMNS) if span.isdecimal() else 1
        lines = () if _continues(cell) else self.lines(cell)
        text = " ".join(filter(None, (_BREAKS.sub(" ", line).strip() for line in lines)))
        return text + "\t" * (columns - 1)

    def _is_deleted(self, cell: Any) -> bool:
        for kind, name in (("deletion", "cellDel"), ("insertion", "cellIns")):
            change = cell.find(f"{W}tcPr/{W}{name}")
            if change is not None:
                self._count(change, kind)
                return kind == "deletion"
        return False

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        properties = paragraph.find(f"{W}pPr")
        section = None if properties is None else properties.find(f"{W}sectPr")
        before = None if properties is None else properties.find(f"{W}pageBreakBefore")
        boxes: list[Any] = []
        text = "".join(self._runs(paragraph, properties, boxes))
        number = self._numbering.before(properties) if text.strip() else ""
        kind = None if section is None else section.find(f"{W}type")
        ends = section is not None and (kind is None or kind.get(f"{W}val") not in _SECTION_ON_SAME_PAGE)
        starts = before is not None and is_on(before.get(f"{W}val", "1"))
        if text or not boxes or starts or ends:
            yield (PAGE_BREAK if starts else "") + number + text + (PAGE_BREAK if ends else "")
        for box in boxes:
            yield from (line for line in map(_on_one_page, self.lines(box)) if line.strip())

    def _runs(self, parent: Any, properties: Any, boxes: list[Any]) -> Iterator[str]:
        """The text of what a paragraph holds; text boxes are put aside, as paragraphs of their own."""
        style = "" if properties is None else _attribute(properties.find(f"{W}pStyle"))
        for child in _children(parent):
            if child.tag == _WORD_ART:
                yield child.get("string", "")
            elif child.tag == _TEXT_BOX:
                boxes.append(child)
            elif child.tag in _DELETED:
                self._count(child, "deletion")
            elif child.tag == f"{W}r":
                yield from self._run(child, properties, style, boxes)
            elif child.tag == f"{MATH}oMath":
                yield formula(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                if child.tag in _INSERTED:
                    self._count(child, "insertion")
                yield from self._runs(child, properties, boxes)

    def _run(self, run: Any, properties: Any, style: str, boxes: list[Any]) -> Iterator[str]:
        own = run.find(f"{W}rPr")
        if self._is_hidden(own, style):
            self.seen.hidden += any((text.text or "").strip() for text in run.iter(f"{W}t"))
            return
        if own is not None and _is_faint(run, own):
            self.seen.faint += any((text.text or "").strip() for text in run.iter(f"{W}t"))
        if own is not None and _is_struck(own):
            self.seen.struck += any((text.text or "").strip() for text in run.iter(f"{W}t"))
        font = _font(own)
        for child in _children(run):
            if child in self.fields.code:
                continue
            piece = _character(child, font)
            if piece is not None:
                yield piece
            elif child.tag == f"{W}fldChar":
                begins = child.get(f"{W}fldCharType") == "begin"
                yield (self.fields.begin(child) if begins else "") or legacy_field(child)
            elif child.tag == _TEXT_BOX:
                boxes.append(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self._runs(child, properties, boxes)

    def _is_hidden(self, properties: Any, paragraph_style: str) -> bool:
        vanish = None if properties is None else properties.find(f"{W}vanish")
        if vanish is not None:
            return is_on(vanish.get(f"{W}val", "1"))
        own = "" if properties is None else _attribute(properties.find(f"{W}rStyle"))
        return self._styles.is_hidden(own or paragraph_style)

    def _count(self, element: Any, kind: str) -> None:
        """Count a change that has text; the mark of a paragraph's end alone is none to speak of."""
        texts = [*element.iter(f"{W}t"), *element.iter(f"{W}delText")]
        if element.getparent().tag in (f"{W}trPr", f"{W}tcPr") or any(
            (text.text or "").strip() for text in texts
        ):
            self._add(element, kind)

    def _add(self, element: Any, kind: str) -> None:
        self.seen.changes[kind] += 1
        self.seen.authors |= {author for author in [element.get(f"{W}author", "").strip()] if author}


def _children(parent: Any) -> Iterator[Any]:
    """What stands in an element; of content in several versions, the first one that says something."""
    for child in parent:
        if child.tag != f"{_MC}AlternateContent":
            yield child
            continue
        versions = [one for one in child if one.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
        yield from next((one for one in versions if _says(one)), ())


def _says(element: Any) -> bool:
    return any(text.text for text in element.iter(f"{W}t")) or next(element.iter(_WORD_ART), None) is not None


def _font(properties: Any) -> str:
    """The font of a run: a font of symbols where any of its kinds of letters has one."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    named = [] if fonts is None else [fonts.get(f"{W}{kind}", "") for kind in ("ascii", "hAnsi", "cs")]
    return next(filter(is_symbol_font, named), named[0] if named else "")


def _is_faint(run: Any, properties: Any) -> bool:
    """Whether text is white on nothing that would show it, or too small to be seen."""
    size = _attribute(properties.find(f"{W}sz"))
    if size.isdecimal() and int(size) <= _TINY_HALF_POINTS:
        return True
    if _attribute(properties.find(f"{W}color")).upper() != "FFFFFF":
        return False
    shaded = (f"{W}shd", f"{W}tblStyle", f"{W}highlight")
    within = [properties, *(one for above in run.iterancestors() for one in above if one.tag in _PROPERTIES)]
    boxed = any(above.tag == _TEXT_BOX for above in run.iterancestors())
    return not boxed and all(one.find(name) is None for one in within for name in shaded)


def _is_struck(properties: Any) -> bool:
    lines = (properties.find(f"{W}{name}") for name in ("strike", "dstrike"))
    return any(line is not None and is_on(line.get(f"{W}val", "1")) for line in lines)


def _character(child: Any, font: str) -> str | None:
    """The text of a part of a run; None for what is no plain text."""
    tag = child.tag
    if tag == f"{W}t":
        return of_font(font, child.text or "") if is_symbol_font(font) else child.text or ""
    if tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if tag == f"{W}br":
        return PAGE_BREAK if child.get(f"{W}type") == "page" else "\n"
    if tag == f"{W}cr":
        return "\n"
    if tag == f"{W}noBreakHyphen":
        return "-"
    if tag == f"{W}sym":
        code = child.get(f"{W}char", "")
        try:
            return symbol(child.get(f"{W}font", ""), int(code, 16))
        except ValueError:
            return ""
    return None


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """The nearest elements of a tag below `parent`, through content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag not in _DELETED:
            yield from _inside(child, tag)


def _continues(cell: Any) -> bool:
    """Whether a cell only continues one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _on_one_page(line: str) -> str:
    return line.replace(PAGE_BREAK, "")


def _attribute(element: Any) -> str:
    return "" if element is None else str(element.get(f"{W}val", ""))
