"""What a PDF holds that pdfium does not tell, by pypdf: looks of annotations, unshown fields, other files."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, cast

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from readers.archive import Spool, safe_name
from readers.pdf.plain import PlainPdf
from readers.result import DAMAGED, MIB, Member, too_large_inside
from readers.text import clean

DRAWN = frozenset({"/Stamp", "/FreeText", "/Watermark"})
_HIDDEN_FLAGS = 0x2 | 0x20  # hidden, not to be viewed (ISO 32000-2, table 167)
_MOST_NESTED = 20
_FILE = re.compile(rb"/EmbeddedFile(?![A-Za-z])")


def files_named(data: bytes) -> int:
    """How many files the bytes of a PDF say that they hold."""
    # NB: what a stream is stands plain in the file, encrypted or not.
    return len(_FILE.findall(data))


def drawn_text(plain: PlainPdf, index: int, *, has_form: bool) -> list[str]:
    """What stamps, text boxes, watermarks and signatures of a page show that no words of theirs say; so all fields
    without a form.

    Raises what pypdf raises at broken places.
    """
    page = plain.reader.pages[index]
    drawn, lines = (DRAWN if has_form else DRAWN | {"/Widget"}), []
    for reference in page.get("/Annots", ()):
        annotation = reference.get_object()
        if not isinstance(annotation, DictionaryObject):
            continue
        if annotation.get("/Subtype") not in drawn and not _is_signature(annotation):
            continue
        if annotation.get("/Contents") or annotation.get("/RC"):
            continue
        look = _get(annotation, "/AP", "/N")
        if isinstance(look, StreamObject):
            lines.append(" ".join(clean(page.extract_xform_text(cast("Any", look))).split()))
    return [line for line in lines if line]


def _is_signature(annotation: DictionaryObject) -> bool:
    return "/Sig" in (annotation.get("/FT"), _get(annotation, "/Parent", "/FT"))


def fields_not_shown(plain: PlainPdf) -> list[str]:
    """Names of form fields that hold a value which no page shows. Raises what pypdf raises at broken places."""
    form = _get(plain.reader.trailer, "/Root", "/AcroForm")
    fields = form.get("/Fields", ()) if isinstance(form, DictionaryObject) else ()
    return [name for reference in fields for name in _not_shown(reference.get_object(), "", None, 0)]


def _not_shown(field: Any, name: str, value: Any, depth: int) -> Iterator[str]:
    if not isinstance(field, DictionaryObject) or depth > _MOST_NESTED:
        return
    name = ".".join(filter(None, (name, str(field.get("/T", "")))))
    value = field.get("/V", value)
    kids = [kid.get_object() for kid in field.get("/Kids", ())]
    named = [kid for kid in kids if isinstance(kid, DictionaryObject) and "/T" in kid]
    for kid in named:
        yield from _not_shown(kid, name, value, depth + 1)
    if named or not value or str(value) in ("/Off", ""):
        return
    widgets = [field, *kids]
    shown = any(
        "/Rect" in widget and not int(widget.get("/F", 0)) & _HIDDEN_FLAGS
        for widget in widgets
        if isinstance(widget, DictionaryObject)
    )
    if not shown and field.get("/FT") != "/Sig":
        yield name


def other_files(plain: PlainPdf, spool: Spool) -> Iterator[Member]:
    """The files that stand elsewhere than in the list of files, their bytes not taken yet.

    Raises what pypdf raises at broken places, and Refused past the limits.
    """
    for specification in _specifications(plain):
        name = safe_name(str(specification.get("/UF") or specification.get("/F") or "")) or "attachment"
        files = specification["/EF"].get_object()
        stream = _get(files, "/UF") or _get(files, "/F")
        if not isinstance(stream, StreamObject):
            continue
        try:
            data = stream.get_data()
        except Exception:  # noqa: BLE001  pypdf raises whatever the broken place happens to cause
            yield Member(name, disposition=DAMAGED, reason="The file inside the PDF cannot be taken out.")
            continue
        if len(data) > spool.limits.member_mib * MIB:
            yield too_large_inside(name, spool.limits)
        elif hashlib.sha256(data).digest() not in spool.kept:
            yield spool.add(name, data)


def _specifications(plain: PlainPdf) -> Iterator[Any]:
    numbers = {number for table in plain.reader.xref.values() for number in table}
    for number in sorted(numbers | set(plain.reader.xref_objStm)):
        found = plain.reader.get_object(number)
        yield from _with_file(found, 0)


def _with_file(found: Any, depth: int) -> Iterator[Any]:
    """File specifications in an object, not followed into others."""
    if isinstance(found, DictionaryObject):
        if isinstance(found.get("/EF"), DictionaryObject):
            yield found
        inner: Any = found.values()
    else:
        inner = found if isinstance(found, ArrayObject) else ()
    for one in inner:
        if not isinstance(one, IndirectObject) and depth < _MOST_NESTED:
            yield from _with_file(one, depth + 1)


def _get(found: Any, *keys: str) -> Any:
    for key in keys:
        found = found.get(key) if isinstance(found, DictionaryObject) else None
        found = found.get_object() if found is not None else None
    return found
