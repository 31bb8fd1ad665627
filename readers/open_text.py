"""OpenDocument text (ODT, ISO/IEC 26300): as it is shown, with headers, footers, notes and comments."""

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from readers.package import Package, broken
from readers.result import ACCEPTED, CHANGES, COMMENTS, READING, Limits, Note, Parsed
from readers.text import check_pages, clean, paginate

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
TEXT_VERSION = f"odt-1 lxml-{etree.__version__}"

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_APART = frozenset({f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}ruby-text"})
_MOST_SPACES = 1000


def read_open_text(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    package = Package(file, limits)
    root = package.root("content.xml")
    body = None if root is None else root.find(f"{_OFFICE}body")
    if body is None:
        raise broken()
    styles = package.root("styles.xml")
    above, below = _around(styles, "header"), _around(styles, "footer")
    footnotes = [line for note in body.iter(f"{_TEXT}note-body") for line in _lines(note)]
    comments = list(map(_comment, body.iter(f"{_OFFICE}annotation")))
    parts = ["\n".join([*above, *_lines(body), *below])]
    sections = (("Notes", footnotes), ("Comments", comments))
    parts += ["\n\n".join([title, *lines]) for title, lines in sections if lines]
    pages = paginate(clean("\n\n".join(parts)).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty="The document holds no text. Upload the file that does.")
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, pages, notes=tuple(_notes(body, len(comments))))


def _notes(body: Any, comments: int) -> Iterator[Note]:
    changes = sum(1 for _ in body.iter(f"{_TEXT}changed-region"))
    if changes:
        yield Note(
            CHANGES,
            f"The document has {changes} tracked changes that nobody has accepted yet. The text is read as if they "
            "were accepted.",
        )
    if comments:
        yield Note(COMMENTS, f"{comments} comments stand at the end of the text.")
    pictures = sum(1 for _ in body.iter(f"{_DRAW}image"))
    if pictures:
        yield Note(READING, f"{pictures} pictures are not read for text.")


def _around(styles: Any, kind: str) -> list[str]:
    found = (
        ()
        if styles is None
        else styles.iter(f"{_STYLE}{kind}", f"{_STYLE}{kind}-left", f"{_STYLE}{kind}-first")
    )
    return list(dict.fromkeys(line for part in found for line in _lines(part)))


def _comment(annotation: Any) -> str:
    author = annotation.findtext(f"{_DC}creator", "").strip() or "unknown"
    return f"[Comment by {author}: {' '.join(_lines(annotation))}]"


def _lines(parent: Any) -> list[str]:
    return [line for line in _walk(parent) if line.strip()]


def _walk(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag in _PARAGRAPHS:
            yield "".join(_inline(child))
        elif child.tag == f"{_TABLE}table-row":
            cells = (cell for cell in child if cell.tag == f"{_TABLE}table-cell")
            yield "\t".join(" ".join(_lines(cell)) for cell in cells)
        elif child.tag not in _APART and isinstance(child.tag, str):
            yield from _walk(child)


def _inline(parent: Any) -> Iterator[str]:
    yield parent.text or ""
    for child in parent:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _APART and isinstance(child.tag, str):
            yield from _inline(child)
        yield child.tail or ""
