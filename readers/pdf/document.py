"""A PDF as a whole: its pages one by one, what is beside them, and what could not be read."""

import io
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import IO, Any

import pypdfium2
from pypdf import __version__ as pypdf_version

from readers.archive import Spool
from readers.boxes import pack
from readers.ocr import RESOLUTION, Recogniser
from readers.pdf import beside, beyond, telling, whole
from readers.pdf.inside import Inside
from readers.pdf.look import POINTS_AN_INCH, Picture
from readers.pdf.page import Hyphens, PageText, read_page
from readers.pdf.plain import PageError, PlainPdf
from readers.pdf.words import LINE_HYPHEN
from readers.result import (
    ACCEPTED,
    COMMENTS,
    DAMAGED,
    EXPANDED,
    FORM,
    GARBLED,
    HIDDEN,
    NO_TEXT,
    READING,
    UNREAD,
    Limits,
    Member,
    Note,
    Parsed,
    Refused,
    too_many_pages,
)
from readers.text import check_pages, clean, is_garbled, readable

MEDIA_TYPE = "application/pdf"
# NB: pypdf reads the characters of some embedded fonts with fontTools.
TEXT_VERSION = (
    f"pdf-2 pdfium-{pypdfium2.version.PDFIUM_INFO.build} pypdf-{pypdf_version} "
    f"fonttools-{version('fonttools')}"
)
LEAST_CHARACTERS = 10

_NEEDS_OCR = (
    "The pages hold no text or next to none, probably because they are scanned pictures. Run text "
    "recognition (OCR) over the file and upload the result."
)
_UNREADABLE = "The text of this PDF is unreadable, as its fonts do not say which letters they show."
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
    reading = _Reading(data, document, limits, spool)
    try:
        return reading.result()
    except Refused as refused:
        refused.wants_ocr = reading.wants_ocr
        raise


class _Reading:
    def __init__(self, data: bytes, document: Any, limits: Limits, spool: Spool) -> None:
        self._data, self._document, self._limits, self._spool = data, document, limits, spool
        self._plain: PlainPdf | None = None
        self._form: Any = None
        self._recogniser = Recogniser(limits)
        self._notes: list[Note] = []
        self._members: list[Member] = []
        self._cut: frozenset[int] = frozenset()
        self.wants_ocr = False

    def result(self) -> Parsed:
        pages = list(self._pages())
        hyphens = Hyphens()
        for page in pages:
            hyphens.learn(page.text)
        texts = tuple(clean(hyphens.join(page.text)) for page in pages)
        self._notes += self._recogniser.notes()
        known = {note.page for note in self._notes if note.kind in (UNREAD, GARBLED)}
        self._notes += telling.of_pages(pages, texts, known | {*self._recogniser.out_of_time})
        if self._document is not None:
            self._look_at_form()
            inside = Inside(self._document, self._data, self._spool, self._by_pypdf)
            self._members, notes = inside.taken(self._members)
            self._notes += notes
        disposition = ACCEPTED
        reason = ""
        if self._members and sum(len(text.strip()) for text in texts) < LEAST_CHARACTERS:
            self._refuse_sealed()
            disposition, texts = EXPANDED, ()
            if any(page.needs_ocr() for page in pages):
                # NB: what came out of it is kept; that its pages say nothing stays a problem of its own.
                disposition, reason = NO_TEXT, self._when_empty()
        else:
            self._check(pages, texts)
        found = beside.labels(self._document, len(pages)) if self._document is not None and texts else ()
        return Parsed(
            disposition,
            reason,
            MEDIA_TYPE,
            f"{TEXT_VERSION} {self._recogniser.version()}" if self._recogniser.read else TEXT_VERSION,
            texts,
            tuple(self._members),
            tuple(telling.few(self._notes)),
            found,
            tuple(pack(text, page.words) for text, page in zip(texts, pages, strict=False)),
            self.wants_ocr,
            languages=self._recogniser.languages(len(texts)) if texts else (),
        )

    def _pages(self) -> Iterator[PageText]:
        count = self._count()
        if count > self._limits.max_pages:
            raise too_many_pages(count, self._limits)
        if not count:
            raise Refused(DAMAGED, "This PDF has no pages. Save or print it again and upload the new file.")
        xfa = self._xfa()
        self._cut = whole.cut_pages(self._data, self._by_pypdf) if self._document is not None else frozenset()
        for index in range(count):
            page = self._page(index)
            if page.needs_ocr():
                self._recognise(index, page)
            if index in self._cut:
                self._notes.append(
                    Note(
                        UNREAD,
                        f"Page {index + 1} is broken in the middle and may not be read to its end. {telling.PRINT}",
                        index + 1,
                    )
                )
            if page.is_garbled:
                self._notes.append(
                    Note(
                        GARBLED,
                        f"Page {index + 1} holds text that is unreadable: {telling.RUN_OCR}",
                        index + 1,
                    )
                )
            if page.draws_words:
                self._add_drawn(index, page)
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
                self._notes.append(
                    Note(UNREAD, f"Page {index + 1} cannot be read. {telling.PRINT}", index + 1)
                )
                return PageText(is_blank=True)
        if read is None or (text.strip() and not is_garbled(text)):
            return PageText(text, is_scan=bool(read and read.is_scan))
        if garbled:
            left = readable(read.text)
            read.text, read.is_garbled = "" if is_garbled(left) else left, True
        return read

    def _recognise(self, index: int, page: PageText) -> None:
        """Read the picture of a page, where text recognition is on; what its text said besides is in the picture."""
        if self._document is None or not self._recogniser.is_on():
            self.wants_ocr |= self._document is not None and self._recogniser.was_left_out()
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

    def _add_drawn(self, index: int, page: PageText) -> None:
        """The words that only the look of an annotation shows."""
        try:
            lines = beyond.drawn_text(self._by_pypdf(), index)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  pypdf raises whatever the broken place happens to cause
            self._tell(UNREAD, "On page {}, what a stamp or text box shows cannot be read.", index)
            return
        if lines:
            page.text = "\n".join(filter(None, [page.text, *(f"[On the page: {line}]" for line in lines)]))
            page.is_blank = False
            self._tell(
                COMMENTS, "On page {}, what a stamp or text box shows stands at the end of the text.", index
            )

    def _tell(self, kind: str, text: str, index: int) -> None:
        self._notes.append(Note(kind, text.format(index + 1), index + 1))

    def _look_at_form(self) -> None:
        """Signatures, and values that no page shows."""
        signatures = beside.signatures_count(self._document)
        if signatures:
            once = "once" if signatures == 1 else f"{signatures} times"
            self._notes.append(
                Note(
                    READING,
                    f"The file is signed {once}; who signed it and what changed since is not checked.",
                )
            )
        if b"/AcroForm" not in self._data and self._form is None:
            return
        try:
            names = beyond.fields_not_shown(self._by_pypdf())
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  as above
            return
        if names:
            hold = "1 form field holds" if len(names) == 1 else f"{len(names)} form fields hold"
            self._notes.append(
                Note(HIDDEN, f"{hold} a value that no page shows. It is left out of the text.")
            )

    def _refuse_sealed(self) -> None:
        """Raises Refused with encrypted where what is inside opens with a password only."""
        if beside.is_encrypted(self._document):
            self._by_pypdf()

    def _check(self, pages: Sequence[PageText], texts: tuple[str, ...]) -> None:
        unread = [note for note in self._notes if note.kind == UNREAD and note.page]
        if unread and not any(map(str.strip, texts)) and len(unread) == len(texts):
            raise Refused(DAMAGED, f"None of the pages of this PDF can be read. {telling.PRINT}")
        if all(page.needs_ocr() or page.is_blank for page in pages) and any(page.is_scan for page in pages):
            raise Refused(NO_TEXT, self._when_empty())
        check_pages(texts, self._limits, least=LEAST_CHARACTERS, when_empty=self._when_empty())

    def _when_empty(self) -> str:
        if any(note.kind == GARBLED for note in self._notes):
            return f"{_UNREADABLE} {telling.RUN_OCR}"
        return _NOTHING_RECOGNISED if self._recogniser.is_on() else _NEEDS_OCR
