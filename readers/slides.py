"""Presentations (PPTX): each slide with its notes is a page."""

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from readers.package import Package, broken
from readers.result import ACCEPTED, HIDDEN, READING, Limits, Note, Parsed
from readers.text import check_pages, clean

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT_VERSION = f"pptx-1 lxml-{etree.__version__}"

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = {"notesSlide": "Notes", "comments": "Comments", "diagramData": "Diagram", "chart": "Chart"}


def read_slides(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    package = Package(file, limits)
    main = package.main()
    root = package.root(main)
    if root is None:
        raise broken()
    targets = {one.identity: one.target for one in package.related(main)}
    names = [targets.get(slide.get(f"{_R}id", ""), "") for slide in root.iter(f"{_P}sldId")]
    pages, hidden, pictures = [], [], 0
    for number, name in enumerate(names, start=1):
        slide = package.root(name)
        if slide is None:
            pages.append("")
            continue
        if slide.get("show", "1") in ("0", "false"):
            hidden.append(number)
        related = list(package.related(name))
        pictures += sum(one.kind == "image" for one in related)
        pages.append(clean("\n".join([*_lines(slide), *_beside(package, related)])))
    texts = tuple(pages)
    check_pages(
        texts, limits, least=1, when_empty="The presentation holds no text. Upload the file that does."
    )
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, texts, notes=tuple(_notes(hidden, pictures)))


def _notes(hidden: list[int], pictures: int) -> Iterator[Note]:
    if hidden:
        listed = ", ".join(map(str, hidden[:20]))
        yield Note(
            HIDDEN, f"{len(hidden)} hidden slides, which are not shown, are in the text (slide {listed})."
        )
    if pictures:
        yield Note(READING, f"{pictures} pictures on the slides are not read for text.")


def _beside(package: Package, related: list[Any]) -> Iterator[str]:
    """The speaker's notes of a slide, its diagrams, charts and comments."""
    for kind, title in _TITLES.items():
        lines = [
            line
            for one in related
            if one.kind == kind and (root := package.root(one.target)) is not None
            for line in (_lines(root) if kind != "comments" else _comments(root))
        ]
        if lines:
            yield from ("", f"{title}:", *lines)


def _comments(root: Any) -> list[str]:
    return [text.text for text in root.iter(f"{_P}text") if text.text] or _lines(root)


def _lines(root: Any) -> list[str]:
    """Paragraphs as lines; the cells of a table's row side by side."""
    lines = []
    for paragraph in root.iter(f"{_A}p"):
        if next(paragraph.iterancestors(f"{_A}tc"), None) is None:
            lines.append(_text(paragraph))
    for row in root.iter(f"{_A}tr"):
        cells = (" ".join(filter(None, map(_text, cell.iter(f"{_A}p")))) for cell in row.iter(f"{_A}tc"))
        lines.append("\t".join(cells))
    return [line for line in lines if line.strip()]


def _text(paragraph: Any) -> str:
    pieces = (
        "\n" if part.tag == f"{_A}br" else part.text or "" for part in paragraph.iter(f"{_A}t", f"{_A}br")
    )
    return "".join(pieces).strip()
