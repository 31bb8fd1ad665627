"""A PDF as a whole: its pages one by one, what is beside them, and what could not be read."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import IO, Any

import pypdfium2
from pypdf import __version__ as pypdf_version

from readers.archive import Spool
from readers.boxes import pack
from readers.ocr import RESOLUTION, Recogniser
from readers.ocr import TEXT_VERSION as OCR_VERSION
from readers.pdf import beside
from readers.pdf.page import Hyphens, PageText, read_page
from readers.pdf.plain import PageError, PlainPdf
from readers.pdf.shown import POINTS_AN_INCH, Picture
from readers.pdf.words import LINE_HYPHEN
from readers.result import (
    ACCEPTED,
    DAMAGED,
    EXPANDED,
    FORM,
    GARBLED,
    INSIDE,
    NO_TEXT,
    OCR,
    READING,
    UNREAD,
    Limits,
    Member,
    Note,
    Parsed,
    Refused,
    too_many_pages,
)
from readers.text import check_pages, clean, is_garbled

MEDIA_TYPE = "application/pdf"
# NB: pypdf reads the characters of some embedded fonts with fontTools.
TEXT_VERSION = (
    f"pdf-2 pdfium-{pypdfium2.version.PDFIUM_INFO.build} pypdf-{pypdf_version} "
    f"fonttools-{version('fonttools')}"
)
LEAST_CHARACTERS = 10
LISTED_PAGES = 10
_NOTES_OF_A_KIND = 30

_NEEDS_OCR = (
    "The pages hold no text or next to none, probably because they are scanned pictures. Run text "
    "recognition (OCR) over the file and upload the result."
)
_NOTHING_RECOGNISED = (
    "The pages hold no text or next to none, and text recognition (OCR) found none in their pictures. Scan them "
    "again, larger and cleaner, and upload that."
)


def read_pdf(file: IO[bytes], limits: Limits, spool: Spool) -> Parsed:
    """Raises Refused with encrypted, damaged, no_text or too_large."""
    data = file.read()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        document = None
    return _Reading(data, document, limits, spool).result()


class _Reading:
    def __init__(self, data: bytes, document: Any, limits: Limits, spool: Spool) -> None:
        self._data, self._document, self._limits, self._spool = data, document, limits, spool
        self._plain: PlainPdf | None = None
        self._form: Any = None
        self._recogniser = Recogniser(limits)
        self._notes: list[Note] = []
        self._members: list[Member] = []

    def result(self) -> Parsed:
        pages = list(self._pages())
        hyphens = Hyphens()
        for page in pages:
            hyphens.learn(page.text)
        texts = tuple(clean(hyphens.join(page.text)) for page in pages)
        self._notes += self._recogniser.notes()
        self._note_pages_without_text(pages, texts)
        if self._document is not None:
            self._take_files()
        disposition = ACCEPTED
        if self._members and sum(len(text.strip()) for text in texts) < LEAST_CHARACTERS:
            self._refuse_sealed()
            disposition, texts = EXPANDED, ()
        else:
            self._check(pages, texts)
        found = beside.labels(self._document, len(pages)) if self._document is not None and texts else ()
        return Parsed(
            disposition,
            "",
            MEDIA_TYPE,
            f"{TEXT_VERSION} {OCR_VERSION}" if self._recogniser.read else TEXT_VERSION,
            texts,
            tuple(self._members),
            tuple(_few(self._notes)),
            found,
            tuple(pack(text, page.words) for text, page in zip(texts, pages, strict=False)),
        )

    def _pages(self) -> Iterator[PageText]:
        count = self._count()
        if count > self._limits.max_pages:
            raise too_many_pages(count, self._limits)
        if not count:
            raise Refused(DAMAGED, "This PDF has no pages. Save or print it again and upload the new file.")
        xfa = self._xfa()
        for index in range(count):
            page = self._page(index)
            if page.needs_ocr():
                self._recognise(index, page)
            if page.is_garbled:
                self._notes.append(
                    Note(GARBLED, f"Page {index + 1} holds text that is unreadable: {_OCR}", index + 1)
                )
            if index == 0 and xfa:
                page.text = "\n".join([page.text, *xfa])
            self._notes += page.notes
            yield page

    def _count(self) -> int:
        count = len(self._document) if self._document is not None else 0
        if count:
            if beside.has_form(self._document):
                self._document.init_forms()
                self._form = self._document.formenv
            return count
        self._document = None
        return self._by_pypdf().count()

    def _by_pypdf(self) -> PlainPdf:
        if self._plain is None:
            self._plain = PlainPdf(io.BytesIO(self._data))
        return self._plain

    def _page(self, index: int) -> PageText:
        """A page by pdfium; by pypdf where pdfium finds nothing that can be read."""
        read = self._page_by_pdfium(index)
        garbled = read is not None and is_garbled(read.text.replace(LINE_HYPHEN, ""))
        if read is not None and not garbled and (read.text.strip() or read.notes):
            return read
        try:
            text = self._by_pypdf().text(index)
        except (PageError, Refused):
            text = ""
            if read is None or (not garbled and not read.is_scan):
                self._notes.append(Note(UNREAD, f"Page {index + 1} cannot be read. {_PRINT}", index + 1))
                return PageText(is_blank=True)
        if read is None or (text.strip() and not is_garbled(text)):
            return PageText(text, is_scan=bool(read and read.is_scan))
        if garbled:
            read.text, read.is_garbled = "", True
        return read

    def _recognise(self, index: int, page: PageText) -> None:
        """Read the picture of a page, where text recognition is on; what its text said besides is in the picture."""
        if self._document is None or not self._recogniser.is_on():
            return
        try:
            opened = self._document[index]
            picture = Picture(opened, RESOLUTION / POINTS_AN_INCH)
            opened.close()
        except pypdfium2.PdfiumError:
            return
        seen = self._recogniser.page(index + 1, picture.pixels)
        if len(seen.text) > len(page.text.strip()):
            page.text, page.words = seen.text, list(seen.words)
            page.is_scan = page.is_garbled = False

    def _page_by_pdfium(self, index: int) -> PageText | None:
        if self._document is None:
            return None
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError:
            return None
        try:
            self._members += beside.files_on(page, self._spool)
            return read_page(page, index + 1, self._form)
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def _xfa(self) -> list[str]:
        values = beside.xfa_values(self._document) if self._document is not None else None
        if values is None:
            return []
        self._notes.append(
            Note(
                FORM,
                f"This is a dynamic form (XFA). Its {len(values)} values stand at the end of page 1; how the form "
                "looks is not read. Print it to PDF in Adobe Reader and upload that to have it whole.",
            )
        )
        return values

    def _take_files(self) -> None:
        left = self._limits.member_count - len(self._members)
        if self._limits.container_depth < 1:
            count = beside.files_count(self._document)
            if count:
                self._notes.append(
                    Note(UNREAD, f"{_files(count)} inside lie too deep in other files and are not read.")
                )
            return
        self._members += beside.files_inside(self._document, self._spool, left)
        if self._members:
            became = "became a file of its own" if len(self._members) == 1 else "became files of their own"
            self._notes.append(Note(INSIDE, f"{_files(len(self._members))} inside the PDF {became}."))

    def _refuse_sealed(self) -> None:
        """Raises Refused with encrypted where what is inside opens with a password only."""
        if beside.is_encrypted(self._document):
            self._by_pypdf()

    def _note_pages_without_text(self, pages: Sequence[PageText], texts: Sequence[str]) -> None:
        told = {note.page for note in self._notes if note.kind in (UNREAD, GARBLED)}
        told |= {*self._recogniser.out_of_time}
        empty = [n for n, text in enumerate(texts, start=1) if not text.strip() and n not in told]
        blank = [n for n in empty if pages[n - 1].is_blank]
        drawn = [n for n in empty if not pages[n - 1].is_blank]
        stamped = [n for n, page in enumerate(pages, start=1) if page.is_scan and n not in empty]
        layered = [n for n, page in enumerate(pages, start=1) if page.is_recognised]
        total = len(texts)
        if layered:
            self._notes.append(
                Note(
                    OCR,
                    f"{len(layered)} of {total} pages are pictures with text from another program's text recognition "
                    f"(OCR, page {_listed(layered)}): check quotes against the original.",
                )
            )
        if drawn:
            self._notes.append(
                Note(
                    UNREAD,
                    f"{len(drawn)} of {total} pages hold no text (page {_listed(drawn)}): in need of OCR.",
                )
            )
        if stamped:
            self._notes.append(
                Note(
                    UNREAD,
                    f"{len(stamped)} of {total} pages are pictures with a few words of text over them (page "
                    f"{_listed(stamped)}): what the pictures show is not read. {_OCR}",
                )
            )
        if blank:
            self._notes.append(
                Note(READING, f"{len(blank)} of {total} pages hold no text (page {_listed(blank)}): blank.")
            )

    def _check(self, pages: Sequence[PageText], texts: tuple[str, ...]) -> None:
        garbled = [note for note in self._notes if note.kind == GARBLED]
        unread = [note for note in self._notes if note.kind == UNREAD and note.page]
        when_empty = _NOTHING_RECOGNISED if self._recogniser.is_on() else _NEEDS_OCR
        if garbled:
            when_empty = (
                f"The text of this PDF is unreadable, as its fonts do not say which letters they show. {_OCR}"
            )
        elif unread and len(unread) == len(texts):
            raise Refused(DAMAGED, f"None of the pages of this PDF can be read. {_PRINT}")
        if all(page.needs_ocr() or page.is_blank for page in pages) and any(page.is_scan for page in pages):
            raise Refused(NO_TEXT, when_empty)
        check_pages(texts, self._limits, least=LEAST_CHARACTERS, when_empty=when_empty)


_OCR = "Run text recognition (OCR) over it and upload the result."
_PRINT = "Open the file in a PDF program, print it to a new PDF and upload that."


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:LISTED_PAGES])) + (", ..." if len(numbers) > LISTED_PAGES else "")


def _few(notes: Iterable[Note]) -> Iterator[Note]:
    """The notes; of a kind that most pages have, the first ones and how many more there are."""
    by_kind: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_kind[note.kind].append(note)
    for kind, found in by_kind.items():
        yield from found[:_NOTES_OF_A_KIND]
        if len(found) > _NOTES_OF_A_KIND:
            more = len(found) - _NOTES_OF_A_KIND
            yield Note(kind, f"The same is true of {more:,} more pages.")
