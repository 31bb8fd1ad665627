"""The pages of a PDF one by one: by pdfium, by pypdf where that finds more, or recognised in their pictures."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pypdfium2

from readers.archive import Spool
from readers.ocr import MARK, RESOLUTION, Recogniser
from readers.pdf import beside, beyond, pictures, telling, whole
from readers.pdf.look import POINTS_AN_INCH, Picture
from readers.pdf.page import PageText, read_page
from readers.pdf.plain import PageError, PlainPdf
from readers.pdf.words import LINE_HYPHEN
from readers.result import COMMENTS, FORM, GARBLED, UNREAD, Limits, Member, Note, Refused
from readers.text import is_garbled, readable


class Pages:
    """The pages of a document of pypdfium2, or of bytes that only pypdf can open.

    `notes` are what people have to know of the pages that were read, `members` the files that are pinned to them.
    `wants_ocr`: text recognition, which the limits left no time for, would find more.
    """

    def __init__(self, data: bytes, document: Any, limits: Limits, spool: Spool) -> None:
        """Raises Refused with encrypted or damaged."""
        self.document = document
        self.recogniser = Recogniser(limits)
        self.form: Any = None
        self.notes: list[Note] = []
        self.members: list[Member] = []
        self.wants_ocr = False
        self._data, self._spool = data, spool
        self._beside = pictures.Beside()
        self._plain: PlainPdf | None = None
        self.count = self._count()

    def read(self, indices: Iterable[int]) -> Iterator[PageText]:
        """The pages of these numbers, counted from 0."""
        cut = whole.cut_pages(self._data, self.by_pypdf) if self.document is not None else frozenset()
        for index in indices:
            page = self._page(index)
            if page.needs_ocr():
                self._recognise(index, page)
            elif page.pictures:
                self._recognise_pictures(index, page)
            if index in cut:
                text = "Page {} is broken in the middle and may not be read to its end. " + telling.PRINT
                self._tell(UNREAD, text, index)
            if page.is_garbled:
                self._tell(GARBLED, "Page {} holds text that is unreadable: " + telling.RUN_OCR, index)
            if page.draws_words:
                self._add_drawn(index, page)
            if index == 0 and (values := self._xfa()):
                page.text = "\n".join([page.text, *values])
            self.notes += page.notes
            yield page

    def take_files(self, indices: Iterable[int]) -> None:
        """Take the files that are pinned to these pages. Raises Refused past the limits."""
        for index in indices if self.document is not None else ():
            try:
                page = self.document[index]
                self.members += beside.files_on(page, self._spool)
                page.close()
            except pypdfium2.PdfiumError:
                continue

    def _count(self) -> int:
        count = len(self.document) if self.document is not None else 0
        if count:
            if beside.has_form(self.document):
                self.document.init_forms()
                self.form = self.document.formenv
            return count
        self.document = None
        return self.by_pypdf().count()

    def by_pypdf(self) -> PlainPdf:
        """The document as pypdf reads it. Raises Refused with encrypted or damaged."""
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
            text = self.by_pypdf().text(index)
        except (PageError, Refused):
            text = ""
            if read is None or (not garbled and not read.is_scan):
                self.notes.append(
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
        if self.document is None or not self.recogniser.is_on():
            self.wants_ocr |= self.document is not None and self.recogniser.was_left_out()
            return
        try:
            opened = self.document[index]
            picture = Picture(opened, RESOLUTION / POINTS_AN_INCH)
            opened.close()
        except pypdfium2.PdfiumError:
            return
        seen = self.recogniser.page(index + 1, picture.pixels)
        if len(seen.text) > len(page.text.strip()):
            page.text, page.words = seen.text, list(seen.words)
            page.is_scan = page.is_garbled = False

    def _recognise_pictures(self, index: int, page: PageText) -> None:
        """Add the text of the pictures beside a page's text, as the page shows them."""
        if self.document is None or not self.recogniser.is_on():
            self.wants_ocr |= self.document is not None and self.recogniser.was_left_out()
            return
        try:
            opened = self.document[index]
            found = list(pictures.recognised(opened, page.pictures, page.words, self.recogniser))
            opened.close()
        except pypdfium2.PdfiumError:
            return
        for one in found:
            if one is not None and one.text:
                page.text = "\n".join([page.text, "", MARK, one.text])
                page.words += one.words
                self.recogniser.note_page(index + 1, one)
        if None in found:
            text = "On page {}, a picture is not read: text recognition (OCR) had no time left."
            self._tell(UNREAD, text, index)

    def _page_by_pdfium(self, index: int) -> PageText | None:
        if self.document is None:
            return None
        try:
            page = self.document[index]
        except pypdfium2.PdfiumError:
            return None
        try:
            read = read_page(page, index + 1, self.form)
            pictured = read.pictures if read.text.strip() else ()
            read.pictures = self._beside.showing_text(page, pictured, read.words)
            return read
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def _xfa(self) -> list[str]:
        values = beside.xfa_values(self.document) if self.document is not None else None
        if values is None:
            return []
        self.notes.append(
            Note(
                FORM,
                "This is a dynamic form (XFA). Its words and what is filled in stand at the end of page 1; "
                "how the form looks is not read. Print it to PDF in Adobe Reader and upload that to have it whole.",
            )
        )
        return [*beside.xfa_words(self.document), *values]

    def _add_drawn(self, index: int, page: PageText) -> None:
        """The words that only the look of an annotation shows."""
        try:
            lines = beyond.drawn_text(self.by_pypdf(), index, has_form=self.form is not None)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  pypdf raises whatever the broken place happens to cause
            self._tell(UNREAD, "On page {}, what a stamp, box or signature shows cannot be read.", index)
            return
        if lines:
            page.text = "\n".join(filter(None, [page.text, *(f"[On the page: {line}]" for line in lines)]))
            page.is_blank = False
            self._tell(
                COMMENTS,
                "On page {}, what a stamp, box or signature shows stands at the end of the text.",
                index,
            )

    def _tell(self, kind: str, text: str, index: int) -> None:
        self.notes.append(Note(kind, text.format(index + 1), index + 1))
