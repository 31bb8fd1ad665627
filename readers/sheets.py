"""Workbooks (XLSX, XLS, XLSB, ODS) by calamine: each sheet is a page or more, a row a line, with formulas' values."""

import datetime
import io
from importlib.metadata import version
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from readers import embedded
from readers.archive import Spool
from readers.package import Package
from readers.result import (
    ACCEPTED,
    COMMENTS,
    DAMAGED,
    ENCRYPTED,
    HIDDEN,
    UNREAD,
    Limits,
    Member,
    Note,
    Parsed,
    Refused,
)
from readers.text import check_pages, clean, paginate
from readers.within import Pictures
from readers.workbook import beside

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_VERSION = f"sheets-2 calamine-{version('python-calamine')}"


def read_sheets(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged, encrypted, no_text or too_large."""
    data = file.read()
    pages: list[str] = []
    notes: list[Note] = []
    filled = _read_cells(_open(data), limits, pages, notes)
    members: tuple[Member, ...] = ()
    pictures = Pictures(limits)
    if data.startswith(b"PK"):
        package = Package(io.BytesIO(data), limits)
        found = beside(package)
        taken, told = embedded.taken(package, found.related, spool)
        members, notes = tuple(taken), [*notes, *found.notes, *told]
        if found.lines:
            filled = True
            text = "Comments, text boxes and headers of the workbook stand at the end of the text."
            notes.append(Note(COMMENTS, text))
            pages += paginate(clean("\n".join(["[Beside the cells]", *found.lines])), limits)
        shown = pictures.lines(map(package.data, found.pictures))
        if shown:
            filled = True
            pages += paginate("\n".join(["[Pictures]", *shown]), limits)
        notes += pictures.notes()
    texts = tuple(pages) if filled else ()
    with pictures.refusing():
        check_pages(
            texts, limits, least=1, when_empty="The workbook holds no values. Upload the file that does."
        )
    return Parsed(
        ACCEPTED,
        "",
        MEDIA_TYPE,
        pictures.version(TEXT_VERSION),
        texts,
        members,
        notes=tuple(notes),
        wants_ocr=pictures.wants_ocr,
        languages=pictures.languages(texts),
    )


def _read_cells(workbook: Any, limits: Limits, pages: list[str], notes: list[Note]) -> bool:
    """Add the pages of every sheet, and what people have to know of them; whether there were any values."""
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
    return filled


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
