"""What a PDF holds beside the text of its pages: form values, annotations, files inside, labels of pages."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium
from lxml import etree

from readers.archive import Spool, safe_name
from readers.pdf.shown import annotations
from readers.pdf.words import Box
from readers.result import DAMAGED, MIB, Member, too_large_inside
from readers.text import clean

_NOTES = {
    pdfium.FPDF_ANNOT_TEXT: "Comment",
    pdfium.FPDF_ANNOT_FREETEXT: "Text box",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "Comment on a highlight",
    pdfium.FPDF_ANNOT_UNDERLINE: "Comment on an underline",
    pdfium.FPDF_ANNOT_SQUIGGLY: "Comment on an underline",
    pdfium.FPDF_ANNOT_STRIKEOUT: "Comment on a strike-out",
    pdfium.FPDF_ANNOT_CARET: "Comment",
    pdfium.FPDF_ANNOT_STAMP: "Stamp",
    pdfium.FPDF_ANNOT_SQUARE: "Comment on a box",
    pdfium.FPDF_ANNOT_CIRCLE: "Comment on a circle",
    pdfium.FPDF_ANNOT_LINE: "Comment on a line",
    pdfium.FPDF_ANNOT_POLYGON: "Comment on a drawing",
    pdfium.FPDF_ANNOT_POLYLINE: "Comment on a drawing",
    pdfium.FPDF_ANNOT_INK: "Comment on a drawing",
    pdfium.FPDF_ANNOT_FILEATTACHMENT: "Comment on a file",
    pdfium.FPDF_ANNOT_WATERMARK: "Watermark",
    pdfium.FPDF_ANNOT_REDACT: "Comment on a redaction",
    pdfium.FPDF_ANNOT_POPUP: "Comment",
}
_RECORDINGS = frozenset(
    {
        pdfium.FPDF_ANNOT_SOUND,
        pdfium.FPDF_ANNOT_MOVIE,
        pdfium.FPDF_ANNOT_SCREEN,
        pdfium.FPDF_ANNOT_RICHMEDIA,
        pdfium.FPDF_ANNOT_THREED,
    }
)
_DRAWN = frozenset({pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WATERMARK})
_CHOSEN_BY_FIELD = {pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
_TICKED_BY_FIELD = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
_MOST_OPTIONS = 1000
_HIDDEN_FLAGS = 0x2 | 0x20  # hidden, not to be viewed (ISO 32000-2, table 167)
_XDP = "{http://ns.adobe.com/xdp/}"
_XFA_DATA = "{http://www.xfa.org/schema/xfa-data/1.0/}"


@dataclass(frozen=True)
class Value:
    """What is filled in at a place of a page."""

    field: str
    text: str
    box: Box


def has_form(document: Any) -> bool:
    """Whether a document has form fields that pdfium knows."""
    return bool(document.get_formtype() in (pdfium.FORMTYPE_ACRO_FORM, pdfium.FORMTYPE_XFA_FOREGROUND))


def form_values(page: Any, form: Any) -> list[Value]:
    """The values of the form fields of a page; ticks as boxes. `form` is the form environment of pypdfium2."""
    values = []
    for annotation, subtype in annotations(page):
        if subtype != pdfium.FPDF_ANNOT_WIDGET or pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN_FLAGS:
            continue
        kind = pdfium.FPDFAnnot_GetFormFieldType(form.raw, annotation)
        text = ""
        if kind == pdfium.FPDF_FORMFIELD_TEXTFIELD:
            text = _string(partial(pdfium.FPDFAnnot_GetFormFieldValue, form.raw, annotation))
            text = text if text.strip() else _without_marks(_key(annotation, b"RV"))
        elif kind in _CHOSEN_BY_FIELD:
            text = _chosen(form, annotation)
        elif kind in _TICKED_BY_FIELD:
            text = "☒" if pdfium.FPDFAnnot_IsChecked(form.raw, annotation) else "☐"
        if text.strip():
            name = _string(partial(pdfium.FPDFAnnot_GetFormFieldName, form.raw, annotation))
            rectangle = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, rectangle)
            box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            values.append(Value(name.strip(), text.strip(), box))
    return values


def _chosen(form: Any, annotation: Any) -> str:
    """The labels of the options that are chosen; the value itself where it is none of them."""
    labels = [
        _string(partial(pdfium.FPDFAnnot_GetOptionLabel, form.raw, annotation, index))
        for index in range(min(_MOST_OPTIONS, pdfium.FPDFAnnot_GetOptionCount(form.raw, annotation)))
        if pdfium.FPDFAnnot_IsOptionSelected(form.raw, annotation, index)
    ]
    return ", ".join(labels) or _string(partial(pdfium.FPDFAnnot_GetFormFieldValue, form.raw, annotation))


def _without_marks(rich: str) -> str:
    """The words of rich text (ISO 32000-2, section 12.7.3.4)."""
    return " ".join(re.sub(r"<[^>]*>", " ", rich).split())


def signatures_count(document: Any) -> int:
    """How many signatures a document carries."""
    return max(0, int(pdfium.FPDF_GetSignatureCount(document.raw)))


def recordings(page: Any) -> int:
    """How many recordings, films and models a page plays or shows."""
    return sum(subtype in _RECORDINGS for _, subtype in annotations(page))


def struck_out(page: Any) -> int:
    """How many annotations of a page strike out text."""
    return sum(subtype == pdfium.FPDF_ANNOT_STRIKEOUT for _, subtype in annotations(page))


def fields_without_form(page: Any) -> int:
    """How many fields of a page hold a value and have no look; of a document whose form names no fields."""
    return sum(
        subtype == pdfium.FPDF_ANNOT_WIDGET
        and not pdfium.FPDFAnnot_GetObjectCount(annotation)
        and bool(_key(annotation, b"V").strip())
        for annotation, subtype in annotations(page)
    )


def draws_words(page: Any, form: Any) -> bool:
    """Whether a stamp, text box, watermark or signature of a page may show words that are in its look alone; so may
    any field where the document has no form.
    """
    return any(
        (subtype in _DRAWN or (subtype == pdfium.FPDF_ANNOT_WIDGET and _is_only_drawn(annotation, form)))
        and pdfium.FPDFAnnot_GetObjectCount(annotation) > 0
        and not _says(annotation)
        for annotation, subtype in annotations(page)
    )


def _is_only_drawn(annotation: Any, form: Any) -> bool:
    if form is None:
        return True
    kind = pdfium.FPDFAnnot_GetFormFieldType(form.raw, annotation)
    return bool(kind == pdfium.FPDF_FORMFIELD_SIGNATURE)


def _says(annotation: Any) -> str:
    return clean(_key(annotation, b"Contents") or _without_marks(_key(annotation, b"RC"))).strip()


def comments(page: Any) -> list[str]:
    """What annotations of a page say, each as a line that says what it is and by whom."""
    lines: list[str] = []
    for annotation, subtype in annotations(page):
        text = _says(annotation) if subtype in _NOTES else ""
        if text and not (subtype == pdfium.FPDF_ANNOT_POPUP and any(text in line for line in lines)):
            author = clean(_key(annotation, b"T")).strip()
            by = f" by {author}" if author and subtype != pdfium.FPDF_ANNOT_FREETEXT else ""
            lines.append(f"[{_NOTES[subtype]}{by}: {text}]")
    return lines


def xfa_values(document: Any) -> list[str] | None:
    """The values of a dynamic form (XFA), as `field: value`; None where the document is none."""
    packets = _packets(document)
    return None if packets is None else list(_filled_in(packets.get(b"datasets", packets.get(b"", b""))))


def xfa_words(document: Any) -> list[str]:
    """What a dynamic form (XFA) says itself: its captions and texts, in the order of its template."""
    packets = _packets(document) or {}
    root = _parsed(packets.get(b"template", packets.get(b"", b"")))
    found = () if root is None else root.iter("{*}text", "{*}exData")
    shown = (one for one in found if _is_shown(one))
    return [words for one in shown if (words := " ".join(clean("".join(one.itertext())).split()))]


def _is_shown(text: Any) -> bool:
    """Whether a text of a template is one that people see, not a rule or a list of a program."""
    value = text.getparent()
    above = None if value is None else value.getparent()
    names = {etree.QName(one).localname for one in (value, above) if one is not None}
    return names in ({"value", "draw"}, {"value", "caption"})


def _packets(document: Any) -> dict[bytes, bytes] | None:
    """The packets of a dynamic form by their names; one without a name where the form stands in one with all else."""
    count = pdfium.FPDF_GetXFAPacketCount(document.raw)
    if count <= 0:
        return None
    names = [_bytes(partial(pdfium.FPDF_GetXFAPacketName, document.raw, index)) for index in range(count)]
    return {name.rstrip(b"\0"): _packet(document, index) for index, name in enumerate(names)}


def _packet(document: Any, index: int) -> bytes:
    size = ctypes.c_ulong()
    pdfium.FPDF_GetXFAPacketContent(document.raw, index, None, 0, size)
    buffer = (ctypes.c_char * size.value)()
    pdfium.FPDF_GetXFAPacketContent(document.raw, index, buffer, size.value, size)
    return buffer.raw[: size.value]


def _parsed(packet: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(packet, parser) if packet.strip() else None


def _filled_in(packet: bytes) -> Iterator[str]:
    root = _parsed(packet)
    if root is None:
        return
    data = next(root.iter(f"{_XFA_DATA}data"), None)
    if data is None and root.tag == f"{_XDP}xdp":
        return
    data = root if data is None else data
    for element in data.iter():
        if isinstance(element.tag, str) and len(element) == 0 and (element.text or "").strip():
            yield f"{etree.QName(element).localname}: {' '.join(clean(element.text or '').split())}"


def is_encrypted(document: Any) -> bool:
    """Whether a document is encrypted, if only with an empty password."""
    return bool(pdfium.FPDF_GetSecurityHandlerRevision(document.raw) >= 0)


def files_count(document: Any) -> int:
    """How many files a document carries, pinned ones not counted."""
    return max(0, int(pdfium.FPDFDoc_GetAttachmentCount(document.raw)))


def files_inside(document: Any, spool: Spool, most: int) -> list[Member]:
    """The files that a document carries, at most so many, as members. Raises Refused past the limits."""
    count = min(most, files_count(document))
    return [_taken_out(pdfium.FPDFDoc_GetAttachment(document.raw, index), spool) for index in range(count)]


def files_on(page: Any, spool: Spool) -> list[Member]:
    """The files pinned to a page by annotations, as members. Raises Refused past the limits."""
    return [
        _taken_out(pdfium.FPDFAnnot_GetFileAttachment(annotation), spool)
        for annotation, subtype in annotations(page)
        if subtype == pdfium.FPDF_ANNOT_FILEATTACHMENT
    ]


def _taken_out(attachment: Any, spool: Spool) -> Member:
    name = "attachment"
    if attachment:
        name = safe_name(_string(partial(pdfium.FPDFAttachment_GetName, attachment))) or name
    size = ctypes.c_ulong()
    if not attachment or not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size):
        return Member(name, disposition=DAMAGED, reason="The file inside the PDF cannot be taken out.")
    if size.value > spool.limits.member_mib * MIB:
        return too_large_inside(name, spool.limits)
    buffer = (ctypes.c_char * max(1, size.value))()
    pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
    return spool.add(name, buffer.raw[: size.value])


def labels(document: Any, count: int) -> tuple[str, ...]:
    """The numbers printed on the pages; none where they are the plain ones or there are none."""
    found = tuple(clean(document.get_page_label(index)).strip()[:20] for index in range(count))
    plain = all(label in ("", str(number)) for number, label in enumerate(found, start=1))
    return () if plain else found


def _key(annotation: Any, key: bytes) -> str:
    return _string(partial(pdfium.FPDFAnnot_GetStringValue, annotation, key))


def _string(read: Callable[[Any, int], int]) -> str:
    """A string that pdfium gives as UTF-16, ended by a zero."""
    size = read(None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    read(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").rstrip("\0")


def _bytes(read: Callable[[Any, int], int]) -> bytes:
    size = read(None, 0)
    buffer = (ctypes.c_char * max(1, size))()
    read(buffer, size)
    return buffer.raw[:size]
