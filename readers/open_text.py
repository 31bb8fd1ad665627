"""OpenDocument text (ODT, ISO/IEC 26300): as it is shown, with headers, footers, notes and comments."""

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from readers.package import Package, broken
from readers.result import ACCEPTED, CHANGES, COMMENTS, HIDDEN, UNREAD, Limits, Note, Parsed
from readers.text import check_pages, clean, paginate
from readers.within import Pictures
from readers.word.numbering import FORMATS

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
TEXT_VERSION = f"odt-2 lxml-{etree.__version__}"

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_APART = frozenset({f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}ruby-text"})
_MOST_SPACES = 1000
_LIST_STYLE = f"{_TEXT}style-name"
_FORMATS = {
    "1": FORMATS["decimal"],
    "a": FORMATS["lowerLetter"],
    "A": FORMATS["upperLetter"],
    "i": FORMATS["lowerRoman"],
    "I": FORMATS["upperRoman"],
}
_OBJECT = re.compile(r"Object [^/]*/content\.xml$")
_MATH = "{http://www.w3.org/1998/Math/MathML}math"


def read_open_text(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    package = Package(file, limits)
    root = package.root("content.xml")
    body = None if root is None else root.find(f"{_OFFICE}body")
    if body is None:
        raise broken()
    styles = package.root("styles.xml")
    hidden = _remove_hidden(body, [root, *([] if styles is None else [styles])])
    _number(body, root, styles)
    above, below = _around(styles, "header"), _around(styles, "footer")
    footnotes = [line for note in body.iter(f"{_TEXT}note-body") for line in _lines(note)]
    comments = list(map(_comment, body.iter(f"{_OFFICE}annotation")))
    parts = ["\n".join([*above, *_lines(body), *below, *_objects(package)])]
    sections = (("Notes", footnotes), ("Comments", comments))
    parts += ["\n\n".join([title, *lines]) for title, lines in sections if lines]
    pictures = Pictures(limits)
    shown = sorted(name for name in package.names if name.startswith("Pictures/"))
    parts.append("\n".join(pictures.lines(map(package.data, shown))))
    pages = paginate(clean("\n\n".join(filter(None, parts))).strip("\n"), limits)
    with pictures.refusing():
        check_pages(
            pages, limits, least=1, when_empty="The document holds no text. Upload the file that does."
        )
    return Parsed(
        ACCEPTED,
        "",
        MEDIA_TYPE,
        pictures.version(TEXT_VERSION),
        pages,
        notes=(*_notes(body, len(comments), hidden), *pictures.notes(), *package.notes()),
        wants_ocr=pictures.wants_ocr,
        languages=pictures.languages(pages),
    )


def _notes(body: Any, comments: int, hidden: int) -> Iterator[Note]:
    changes = sum(1 for _ in body.iter(f"{_TEXT}changed-region"))
    if changes:
        yield Note(
            CHANGES,
            f"The document has {changes} tracked changes that nobody has accepted yet. The text is read as if they "
            "were accepted.",
        )
    if comments:
        yield Note(COMMENTS, f"{comments} comments stand at the end of the text.")
    if hidden:
        places = "in one place" if hidden == 1 else f"in {hidden} places"
        yield Note(HIDDEN, f"The document has hidden text {places}, which is not shown. It is left out.")
    objects = sum(1 for _ in body.iter(f"{_DRAW}object-ole"))
    if objects:
        what = "1 embedded object is" if objects == 1 else f"{objects} embedded objects are"
        yield Note(UNREAD, f"{what} not read. Open the document and save what is in it from there.")


def _remove_hidden(body: Any, roots: list[Any]) -> int:
    """Take out what styles and sections hide; how many places had text."""
    unseen = {
        style.get(f"{_STYLE}name")
        for root in roots
        for style in root.iter(f"{_STYLE}style")
        if any(one.get(f"{_TEXT}display") == "none" for one in style.iter(f"{_STYLE}text-properties"))
    }
    count = 0
    tags = (f"{_TEXT}{kind}" for kind in ("p", "h", "span", "section", "hidden-text"))
    for element in list(body.iter(*tags)):
        section = element.tag == f"{_TEXT}section" and (
            element.get(f"{_TEXT}display") == "none" or element.get(f"{_TEXT}is-hidden") == "true"
        )
        paragraph = element.find(f".//{_TEXT}hidden-paragraph")
        section |= paragraph is not None and paragraph.get(f"{_TEXT}is-hidden") == "true"
        if section or element.tag == f"{_TEXT}hidden-text" or element.get(f"{_TEXT}style-name") in unseen:
            said = "".join(element.itertext()) + element.get(f"{_TEXT}string-value", "")
            count += bool(said.strip())
            for child in list(element):
                element.remove(child)
            element.text = None
    return count


def _number(body: Any, *roots: Any) -> None:
    """Put the numbers before the items of lists that are shown there."""
    styles = {
        style.get(f"{_STYLE}name"): style
        for root in roots
        if root is not None
        for style in root.iter(f"{_TEXT}list-style")
    }
    for listed in body.iter(f"{_TEXT}list"):
        above = list(listed.iterancestors(f"{_TEXT}list"))
        named = next((one.get(_LIST_STYLE) for one in (listed, *above) if one.get(_LIST_STYLE)), None)
        levels = styles.get(named)
        level = None if levels is None else _level(levels, len(above) + 1)
        kind = _FORMATS.get("" if level is None else level.get(f"{_STYLE}num-format", ""))
        if level is None or kind is None:
            continue
        number = _integer(level.get(f"{_TEXT}start-value"), 1)
        for item in listed.iterchildren(f"{_TEXT}list-item"):
            number = _integer(item.get(f"{_TEXT}start-value"), number)
            first = next(item.iterchildren(f"{_TEXT}p", f"{_TEXT}h"), None)
            if first is not None:
                shown = (
                    level.get(f"{_STYLE}num-prefix", "") + kind(number) + level.get(f"{_STYLE}num-suffix", "")
                )
                first.text = f"{shown} {first.text or ''}"
                number += 1


def _level(style: Any, number: int) -> Any:
    levels = style.iterchildren(f"{_TEXT}list-level-style-number")
    return next((one for one in levels if one.get(f"{_TEXT}level") == str(number)), None)


def _integer(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else usual


def _objects(package: Package) -> list[str]:
    """The characters of formulas, and the lines of sheets and charts, that are objects of their own."""
    roots = (package.root(name) for name in sorted(package.names) if _OBJECT.match(name))
    found = [root for root in roots if root is not None]
    formulas = [" ".join(" ".join(root.itertext()).split()) for root in found if root.tag == _MATH]
    others = [line for root in found if root.tag != _MATH for line in _lines(root)]
    both = (("Formulas:", formulas), ("Objects:", others))
    return [line for title, lines in both if lines for line in (title, *lines)]


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
            for box in _boxes(child):
                yield from _walk(box)
        elif child.tag == f"{_TABLE}table-row":
            cells = child.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
            yield "\t".join(" ".join(" ".join(_lines(cell)).split()) for cell in cells).rstrip()
        elif child.tag not in _APART and isinstance(child.tag, str):
            yield from _walk(child)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes in a paragraph, not those in one another."""
    for child in paragraph:
        if child.tag == f"{_DRAW}text-box":
            yield child
        elif child.tag not in _APART and isinstance(child.tag, str):
            yield from _boxes(child)


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
        elif child.tag not in _APART and child.tag != f"{_DRAW}text-box" and isinstance(child.tag, str):
            yield from _inline(child)
        yield child.tail or ""
