"""Workbooks (XLSX, XLS, XLSB, ODS) by calamine: each sheet is a page or more, a row a line, with formulas' values."""

import datetime
import io
import re
from importlib.metadata import version
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from readers.package import Package
from readers.result import (
    ACCEPTED,
    COMMENTS,
    DAMAGED,
    ENCRYPTED,
    HIDDEN,
    READING,
    UNREAD,
    Limits,
    Note,
    Parsed,
    Refused,
)
from readers.text import check_pages, clean, paginate

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_VERSION = f"sheets-1 calamine-{version('python-calamine')}"

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BESIDE = re.compile(r"xl/(?:comments|threadedComments|drawings|charts)[^_]*\.xml$")


def read_sheets(file: IO[bytes], limits: Limits) -> Parsed:
    """Raises Refused with damaged, encrypted, no_text or too_large."""
    data = file.read()
    workbook = _open(data)
    pages: list[str] = []
    notes: list[Note] = []
    filled = False
    for sheet in workbook.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            notes.append(Note(UNREAD, "A sheet of the workbook holds a chart or a macro and is not read."))
            continue
        hidden = sheet.visible != SheetVisibleEnum.Visible
        rows = _rows(workbook, sheet.name)
        filled |= bool(rows)
        title = f"[Hidden sheet: {sheet.name}]" if hidden else f"[Sheet: {sheet.name}]"
        if hidden and rows:
            notes.append(Note(HIDDEN, "A hidden sheet, which is not shown, is in the text.", len(pages) + 1))
        pages += paginate(clean("\n".join([title, *rows])), limits)
    remarks, pictures = _beside(data, limits)
    if remarks:
        filled = True
        notes.append(Note(COMMENTS, "Comments and text boxes of the workbook stand at the end of the text."))
        pages += paginate(clean("\n".join(["[Comments and text boxes]", *remarks])), limits)
    if pictures:
        notes.append(Note(READING, f"{pictures} pictures in the workbook are not read for text."))
    texts = tuple(pages) if filled else ()
    check_pages(texts, limits, least=1, when_empty="The workbook holds no values. Upload the file that does.")
    return Parsed(ACCEPTED, "", MEDIA_TYPE, TEXT_VERSION, texts, notes=tuple(notes))


def _beside(data: bytes, limits: Limits) -> tuple[list[str], int]:
    """What comments, text boxes and charts say, and how many pictures there are; only XLSX is looked through."""
    if not data.startswith(b"PK"):
        return [], 0
    package = Package(io.BytesIO(data), limits)
    lines = []
    for name in sorted(package.names):
        root = package.root(name) if _BESIDE.match(name) else None
        for element in () if root is None else root.iter("{*}comment", "{*}threadedComment", f"{_A}p"):
            lines.append(" ".join("".join(element.itertext()).split()))
    return list(dict.fromkeys(filter(None, lines))), sum(
        name.startswith("xl/media/") for name in package.names
    )


def _open(data: bytes) -> Any:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        if "password" in str(error).lower():
            raise Refused(
                ENCRYPTED, "The workbook is protected by a password. Save a copy without it and upload that."
            ) from None
        raise _damaged() from None


def _rows(workbook: Any, name: str) -> list[str]:
    try:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
    except CalamineError:
        raise _damaged() from None
    lines = ("\t".join(map(_shown, row)).rstrip() for row in rows)
    return [line for line in lines if line]


def _damaged() -> Refused:
    return Refused(DAMAGED, "The workbook cannot be opened. Save it as a new file and upload that.")


def _shown(value: Any) -> str:
    """A value as people write it: whole numbers without a point, days without a time."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
    return " ".join(str(value).split())
