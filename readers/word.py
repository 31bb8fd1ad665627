"""DOCX: opened by python-docx, its text taken from the XML so that tracked insertions and notes are kept."""

import zipfile
from collections.abc import Iterator
from typing import IO, Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from readers.result import ACCEPTED, DAMAGED, MIB, TOO_LARGE, Limits, Parsed, Refused
from readers.text import check_pages, clean, paginate

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_VERSION = f"docx-1 python-docx-{docx.__version__} lxml-{etree.__version__}"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# NB: deleted text of tracked changes is in w:del and moved-from text in w:moveFrom; neither is part of the
# document any more. mc:Fallback repeats the text of its sibling mc:Choice.
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _MC_FALLBACK})
_NOTES = (("/word/footnotes.xml", "Footnotes"), ("/word/endnotes.xml", "Endnotes"))
_SECTION_ON_SAME_PAGE = frozenset({"continuous", "nextColumn"})
_PAGE_BREAK = "\f"


def read_docx(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with damaged, no_text or too_large."""
    document = _open(file, limits)
    text = "\n".join(_lines(document.element.body))
    notes = "".join(_notes(document.part.package, path, title) for path, title in _NOTES)
    pages = _pages(text.rstrip("\n") + notes, limits)
    check_pages(pages, limits, least=1, when_empty="The document holds no text. Upload the file that does.")
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, pages)


def _open(file: IO[bytes], limits: Limits) -> Any:
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > limits.expanded_mib * MIB:
            raise Refused(
                TOO_LARGE,
                f"The document unpacks to more than {limits.expanded_mib} MiB. Remove pictures and try again.",
            )
        file.seek(0)
        return docx.Document(file)
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Refused(
            DAMAGED,
            f"The Word document cannot be opened ({type(error).__name__}). Open it in Word, save it as a new "
            "file and upload that.",
        ) from None


def _pages(text: str, limits: Limits) -> tuple[str, ...]:
    """By the breaks the document names, or by length when it names none."""
    parts = [clean(part).strip("\n") for part in text.split(_PAGE_BREAK)]
    parts = parts if any(parts[1:]) else [part for part in parts if part]
    return tuple(parts) if len(parts) > 1 else paginate("".join(parts), limits)


def _lines(parent: Any) -> Iterator[str]:
    """Paragraphs and table rows under `parent`, in order; a page break is a form feed."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield from (_row(row) for row in child.iter(f"{_W}tr"))
        elif child.tag not in _SKIPPED:
            yield from _lines(child)


def _row(row: Any) -> str:
    cells = (" ".join(filter(None, map(_paragraph, cell.iter(f"{_W}p")))) for cell in row.iter(f"{_W}tc"))
    return "\t".join(cells).replace(_PAGE_BREAK, "")


def _paragraph(paragraph: Any) -> str:
    before = paragraph.find(f"{_W}pPr/{_W}pageBreakBefore") is not None
    section = paragraph.find(f"{_W}pPr/{_W}sectPr")
    text = "".join(_run_text(paragraph))
    kind = None if section is None else section.find(f"{_W}type")
    ends = section is not None and (kind is None or kind.get(f"{_W}val") not in _SECTION_ON_SAME_PAGE)
    return (_PAGE_BREAK if before else "") + text + (_PAGE_BREAK if ends else "")


def _run_text(parent: Any) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}tab":
            yield "\t"
        elif tag == f"{_W}br":
            yield _PAGE_BREAK if child.get(f"{_W}type") == "page" else "\n"
        elif tag == f"{_W}cr":
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from _run_text(child)


def _notes(package: Any, path: str, title: str) -> str:
    part = next((part for part in package.iter_parts() if str(part.partname) == path), None)
    if part is None:
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    lines = [line for line in _lines(etree.fromstring(part.blob, parser)) if line.strip()]
    return "\n\n".join(["", title, *lines]) if lines else ""
