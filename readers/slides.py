"""Presentations (PPTX): each slide with its notes is a page."""

from collections.abc import Iterable, Iterator
from typing import IO, Any

from lxml import etree

from readers import embedded
from readers.archive import Spool
from readers.package import Package, Relationship, broken
from readers.result import ACCEPTED, COMMENTS, HIDDEN, UNREAD, Limits, Note, Parsed
from readers.text import check_pages, clean
from readers.within import Pictures
from readers.word.formula import MATH

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT_VERSION = f"pptx-2 lxml-{etree.__version__}"

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RECORDINGS = frozenset({"video", "audio"})
_TITLES = {"notesSlide": "Notes", "comments": "Comments", "diagramData": "Diagram", "chart": "Chart"}


def read_slides(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    package = Package(file, limits)
    main = package.main()
    root = package.root(main)
    if root is None:
        raise broken()
    targets = {one.identity: one.target for one in package.related(main)}
    names = [targets.get(slide.get(f"{_R}id", ""), "") for slide in root.iter(f"{_P}sldId")]
    pages: list[str] = []
    notes: list[Note] = []
    hidden, pictures = [], Pictures(limits)
    every: list[Relationship] = []
    layouts: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        slide = package.root(name)
        if slide is None:
            pages.append("")
            notes.append(Note(UNREAD, f"Slide {number} is missing in the file or broken.", number))
            continue
        if slide.get("show", "1") in ("0", "false"):
            hidden.append(number)
        related = list(package.related(name))
        every += related
        layouts |= dict.fromkeys(one.target for one in related if one.kind == "slideLayout")
        shown = pictures.lines(_shown(package, related))
        pages.append(clean("\n".join([*_lines(slide), *_beside(package, related), *shown])))
        notes += _notes_on(slide, related, number)
    around = [*_around(package, layouts), *pictures.lines(_shown_around(package, layouts))]
    if pages and around:
        pages[0] = clean("\n".join([pages[0], "", "On every slide:", *around]))
    notes += _notes(hidden, sum(one.kind in _RECORDINGS for one in every))
    return _outcome(package, pages, notes, every, pictures, limits, spool)


def _outcome(
    package: Package,
    pages: list[str],
    notes: list[Note],
    related: list[Relationship],
    pictures: Pictures,
    limits: Limits,
    spool: Spool,
) -> Parsed:
    members, more = embedded.taken(package, related, spool)
    texts = tuple(pages)
    with pictures.refusing():
        check_pages(
            texts, limits, least=1, when_empty="The presentation holds no text. Upload the file that does."
        )
    return Parsed(
        ACCEPTED,
        "",
        MEDIA_TYPE,
        pictures.version(TEXT_VERSION),
        texts,
        tuple(members),
        notes=(*notes, *pictures.notes(), *more, *package.notes()),
        wants_ocr=pictures.wants_ocr,
        languages=pictures.languages(texts),
    )


def _shown(package: Package, related: Iterable[Relationship]) -> Iterator[bytes | None]:
    """The pictures among what a part leads to."""
    return (package.data(one.target) for one in related if one.kind == "image" and not one.is_outside)


def _shown_around(package: Package, layouts: Iterable[str]) -> Iterator[bytes | None]:
    for name in layouts:
        related = list(package.related(name))
        masters = [one.target for one in related if one.kind == "slideMaster"]
        for part in (related, *map(package.related, masters)):
            yield from _shown(package, part)


def _notes_on(slide: Any, related: list[Relationship], number: int) -> Iterator[Note]:
    unseen = sum(map(_is_unseen, slide.iter(f"{_P}sp", f"{_P}graphicFrame", f"{_P}grpSp")))
    if unseen:
        what = "a text box or drawing that is" if unseen == 1 else f"{unseen} text boxes or drawings that are"
        yield Note(HIDDEN, f"Slide {number} has {what} hidden or off the slide. The text holds them.", number)
    if any(one.kind == "comments" for one in related):
        yield Note(COMMENTS, f"Comments on slide {number} stand at the end of its text.", number)


def _is_unseen(shape: Any) -> bool:
    own = next(shape.iter(f"{_P}cNvPr"), None)
    if own is not None and own.get("hidden") in ("1", "true"):
        return next(shape.iter(f"{_A}t"), None) is not None
    place, size = shape.find(f".//{_A}xfrm/{_A}off"), shape.find(f".//{_A}xfrm/{_A}ext")
    if place is None or size is None or next(shape.iter(f"{_A}t"), None) is None:
        return False
    try:
        return any(
            int(place.get(at, 0)) + int(size.get(long, 0)) < 0 for at, long in (("x", "cx"), ("y", "cy"))
        )
    except ValueError:
        return False


def _around(package: Package, layouts: Iterable[str]) -> list[str]:
    """What layouts show on every slide; what stands for what a slide fills in is left out."""
    lines: list[str] = []
    for name in layouts:
        masters = [one.target for one in package.related(name) if one.kind == "slideMaster"]
        for root in map(package.root, (name, *masters)):
            for shape in () if root is None else root.iter(f"{_P}sp"):
                if next(shape.iter(f"{_P}ph"), None) is None:
                    lines += _lines(shape)
    return list(dict.fromkeys(lines))


def _notes(hidden: list[int], recordings: int) -> Iterator[Note]:
    if hidden:
        listed = ", ".join(map(str, hidden[:20]))
        yield Note(
            HIDDEN, f"{len(hidden)} hidden slides, which are not shown, are in the text (slide {listed})."
        )
    if recordings:
        what = (
            "A recording on the slides is"
            if recordings == 1
            else f"{recordings} recordings on the slides are"
        )
        yield Note(UNREAD, f"{what} not read. Upload a transcript.")


def _beside(package: Package, related: list[Any]) -> Iterator[str]:
    """The speaker's notes of a slide, its diagrams, charts and comments."""
    for kind, title in _TITLES.items():
        lines = [
            line
            for one in related
            if one.kind == kind and (root := package.root(one.target)) is not None
            for line in _said(kind, root)
        ]
        if lines:
            yield from ("", f"{title}:", *lines)


def _said(kind: str, root: Any) -> list[str]:
    if kind == "chart":
        values = (" ".join((value.text or "").split()) for value in root.iter(f"{_C}v"))
        return [*_lines(root), *filter(None, values)]
    return _comments(root) if kind == "comments" else _lines(root)


def _comments(root: Any) -> list[str]:
    return [text.text for text in root.iter(f"{_P}text") if text.text] or _lines(root)


def _lines(root: Any) -> list[str]:
    """Paragraphs as lines; the cells of a table's row side by side."""
    lines = []
    for paragraph in root.iter(f"{_A}p"):
        if next(paragraph.iterancestors(f"{_A}tc", _FALLBACK), None) is None:
            lines.append(_text(paragraph))
    for row in root.iter(f"{_A}tr"):
        cells = (" ".join(filter(None, map(_text, cell.iter(f"{_A}p")))) for cell in row.iter(f"{_A}tc"))
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return [line for line in lines if line.strip()]


def _text(paragraph: Any) -> str:
    pieces = (
        "\n" if part.tag == f"{_A}br" else part.text or ""
        for part in paragraph.iter(f"{_A}t", f"{_A}br", f"{MATH}t")
    )
    return "".join(pieces).strip()
