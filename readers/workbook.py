"""What an XLSX holds beside the values of its cells: comments, text boxes, headers, and what is not shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from readers.binary_sheets import MAIN, of_binary_sheets
from readers.far_cells import FarCells, lie_far_apart
from readers.package import Package, Relationship
from readers.result import HIDDEN, UNREAD, Note
from readers.shown_cells import Formats, Shown, of_open_sheets

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_BESIDE = re.compile(r"xl/(?:comments|threadedComments|drawings|charts)[^_]*\.xml$")
_OPEN = "content.xml"
_MEDIA = ("xl/media/", "Pictures/")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')


@dataclass
class Beside:
    """Lines to be read, what people have to know, the relationships of every sheet, the names of the pictures, and
    what cells show (None where that is not known).

    `far` are the lines of sheets whose cells lie far apart, by their names.
    """

    lines: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    related: list[Relationship] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    shown: Shown | None = None
    far: dict[str, list[str]] = field(default_factory=dict)


def beside(package: Package) -> Beside:
    """Looks through the parts of a workbook."""
    found = Beside()
    hidden = uncounted = 0
    formats, shown, far = Formats(package), Shown(), FarCells(package)
    for name in filter(_SHEET.match, sorted(package.names)):
        found.related += package.related(name)
        root = package.root(name)
        if root is None:
            continue
        hidden += sum(element.get("hidden") in ("1", "true") for element in root.iter("{*}row", "{*}col"))
        made = [cell for cell in root.iter("{*}c") if cell.find("{*}f") is not None or cell.get("t") == "e"]
        uncounted += sum(not (cell.findtext("{*}v") or "").strip() for cell in made)
        found.lines += _headers(root)
        cells = formats.read(name, root, shown)
        if lie_far_apart(root):
            found.far[formats.names.get(name, "")] = far.lines(root, cells)
    for name in filter(_BESIDE.match, sorted(package.names)):
        root = package.root(name)
        if root is not None:
            found.lines += _said(root)
    found.pictures = sorted(name for name in package.names if name.startswith(_MEDIA))
    if MAIN in package.names:
        found.shown = of_binary_sheets(package)
    else:
        found.shown = of_open_sheets(package) if _OPEN in package.names else shown
    if _OPEN in package.names:
        hidden += _open_beside(package, found)
    found.lines = list(dict.fromkeys(filter(None, found.lines)))
    found.notes = [*hidden_notes(hidden), *uncounted_notes(uncounted)]
    return found


def _open_beside(package: Package, found: Beside) -> int:
    """Add comments and text boxes of an OpenDocument workbook; how many rows and columns with text are not shown."""
    root = package.root(_OPEN)
    for note in () if root is None else root.iter(f"{_OFFICE}annotation"):
        text = " ".join(" ".join(line.itertext()) for line in note.iterchildren(f"{_TEXT}p"))
        found.lines.append(commented(note.findtext("{*}creator") or "", text))
    for line in () if root is None else root.iter(f"{_TEXT}p"):
        if any(str(above.tag).startswith(_DRAW) for above in line.iterancestors()):
            found.lines.append(" ".join(" ".join(line.itertext()).split()))
    rows = () if root is None else root.iter(f"{_TABLE}table-row", f"{_TABLE}table-column")
    unseen = [one for one in rows if one.get(f"{_TABLE}visibility") in ("collapse", "filter")]
    return sum(one.tag == f"{_TABLE}table-column" or bool("".join(one.itertext()).strip()) for one in unseen)


def _headers(root: Any) -> Iterator[str]:
    for element in root.iter("{*}headerFooter"):
        for part in element:
            yield " ".join(_CODES.sub(" ", part.text or "").split())


def _said(root: Any) -> Iterator[str]:
    authors = [" ".join((author.text or "").split()) for author in root.iter("{*}author")]
    for element in root.iter("{*}comment", "{*}threadedComment", f"{_A}p", f"{_C}v"):
        text = " ".join("".join(element.itertext()).split())
        number = element.get("authorId", "")
        by = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        yield commented(by, text)


def commented(author: str, text: str) -> str:
    """A comment as a line; plain text where nobody is said to have made it."""
    author, text = " ".join(author.split()), " ".join(text.split())
    return f"[Comment by {author}: {text}]" if author and text else text


def hidden_notes(hidden: int) -> Iterator[Note]:
    """What people have to know of rows and columns that are not shown."""
    if hidden:
        what = (
            "A hidden row or column, which is"
            if hidden == 1
            else f"{hidden} hidden rows or columns, which are"
        )
        yield Note(HIDDEN, f"{what} not shown, may hold values; they are in the text.")


def uncounted_notes(uncounted: int) -> Iterator[Note]:
    """What people have to know of formulas whose results are not in the file."""
    if uncounted:
        what = "1 cell holds a formula" if uncounted == 1 else f"{uncounted} cells hold formulas"
        yield Note(
            UNREAD, f"{what} whose result is not in the file. Open it in Excel, save it and upload that."
        )
