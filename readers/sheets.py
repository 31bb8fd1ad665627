"""Workbooks (XLSX, XLS, XLSB, ODS) by calamine: each sheet is a page or more, a row a line, with formulas' values."""

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from readers import embedded
from readers.archive import Spool
from readers.old_workbook import OldBeside, beside_old
from readers.ole import MAGIC as OLE
from readers.ole import runs_in_circles
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
from readers.shown_cells import Cells, Shown
from readers.text import check_pages, clean, paginate
from readers.within import Pictures
from readers.workbook import Beside, beside

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_VERSION = f"sheets-3 calamine-{version('python-calamine')}"


def read_sheets(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with damaged, encrypted, no_text or too_large."""
    data = file.read()
    workbook = _open(data)
    package = Package(io.BytesIO(data), limits) if data.startswith(b"PK") else None
    old = beside_old(data, spool) if package is None else OldBeside()
    found = Beside(old.lines, shown=old.shown) if package is None else beside(package)
    pages: list[str] = []
    notes: list[Note] = []
    filled = _read_cells(workbook, found, limits, pages, notes)
    notes += [*_notes_of(found.shown), *old.notes]
    members, pictures, seen = tuple(old.members), Pictures(limits), list[str]()
    if package is not None:
        taken, told = embedded.taken(package, found.related, spool)
        members, notes = tuple(taken), [*notes, *found.notes, *told]
        seen = pictures.lines(map(package.data, found.pictures))
        if found.lines:
            text = "Comments, text boxes and headers of the workbook stand at the end of the text."
            notes.append(Note(COMMENTS, text))
        notes += [*pictures.notes(), *package.notes()]
    beneath = _beneath(found, seen)
    filled |= bool(beneath)
    pages += (page for lines in beneath for page in paginate(clean("\n".join(lines)), limits))
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


def _notes_of(shown: Shown | None) -> Iterator[Note]:
    if shown is None:
        yield Note(READING, "Numbers of the workbook stand in the text without their formats.")
    elif shown.blanked:
        what = "1 cell has a format" if shown.blanked == 1 else f"{shown.blanked:,} cells have formats"
        yield Note(HIDDEN, f"{what} that shows nothing of the number that is held. The text holds it.")


def _beneath(found: Beside, seen: list[str]) -> list[list[str]]:
    """What stands after the sheets: what is beside the cells, and the text of pictures."""
    both = (("[Beside the cells]", found.lines), ("[Pictures]", seen))
    return [[title, *lines] for title, lines in both if lines]


def _read_cells(workbook: Any, found: Beside, limits: Limits, pages: list[str], notes: list[Note]) -> bool:
    """Add the pages of every sheet, and what people have to know of them; whether there were any values."""
    filled, shown = False, found.shown or Shown()
    for sheet in workbook.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            notes.append(Note(UNREAD, "A sheet of the workbook holds a chart or a macro and is not read."))
            continue
        hidden = sheet.visible != SheetVisibleEnum.Visible
        rows = found.far.get(sheet.name) or _rows(workbook, sheet.name, shown.sheets.get(sheet.name, {}))
        filled |= bool(rows)
        title = f"[Hidden sheet: {sheet.name}]" if hidden else f"[Sheet: {sheet.name}]"
        if hidden and rows:
            notes.append(Note(HIDDEN, "A hidden sheet, which is not shown, is in the text.", len(pages) + 1))
        pages += paginate(clean("\n".join([title, *rows])), limits)
    return filled


def _open(data: bytes) -> Any:
    # NB: calamine follows such chains until the memory is used up, and ends the process.
    if data.startswith(OLE) and runs_in_circles(data):
        raise _damaged()
    with _refusing():
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextmanager
def _refusing() -> Iterator[None]:
    """Has what calamine says of a broken workbook, or does where it did not expect it, be a refusal."""
    try:
        yield
    except CalamineError as error:
        if "password" in str(error).lower():
            raise Refused(
                ENCRYPTED, "The workbook is protected by a password. Save a copy without it and upload that."
            ) from None
        raise _damaged() from None
    except BaseException as error:
        # NB: a panic of Rust, which is no Exception and has no class that could be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from None


def _rows(workbook: Any, name: str, shown: Cells) -> list[str]:
    with _refusing():
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=True)
    top, left = sheet.start or (0, 0)
    lines = (
        "\t".join(shown.get((top + down, left + right)) or _plain(value) for right, value in enumerate(row))
        for down, row in enumerate(rows)
    )
    return [line.rstrip() for line in lines if line.strip()]


def _damaged() -> Refused:
    return Refused(DAMAGED, "The workbook cannot be opened. Save it as a new file and upload that.")


def _plain(value: Any) -> str:
    """A value as people write it: whole numbers without a point, days without a time."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
    return " ".join(str(value).split())
