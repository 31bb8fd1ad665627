"""A PDF as a whole: its pages one by one, what is beside them, and what could not be read."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import IO

import pypdfium2
from pypdf import __version__ as pypdf_version

from readers.archive import Spool
from readers.boxes import pack
from readers.pdf import beside, beyond, telling
from readers.pdf.inside import Inside
from readers.pdf.opening import opened
from readers.pdf.page import Hyphens, PageText
from readers.pdf.pages import Pages
from readers.result import (
    ACCEPTED,
    DAMAGED,
    EXPANDED,
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
    few,
    too_many_pages,
)
from readers.text import check_pages, clean

MEDIA_TYPE = "application/pdf"
# NB: pypdf reads the characters of some embedded fonts with fontTools.
TEXT_VERSION = (
    f"pdf-2 pdfium-{pypdfium2.version.PDFIUM_INFO.build} pypdf-{pypdf_version} "
    f"fonttools-{version('fonttools')}"
)
LEAST_CHARACTERS = 10

_CUT = (
    "The end of this PDF is missing. The pages that are there are read; some may be empty or missing. Get the whole "
    "file and upload that."
)
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
    """All pages, or those that the limits say; what stands beside the pages comes with the last ones.

    Raises Refused with encrypted, damaged, no_text or too_large.
    """
    document, data, is_cut = opened(file.read())
    pages = Pages(data, document, limits, spool)
    if is_cut and limits.first_page == 1:
        pages.notes.append(Note(UNREAD, _CUT))
    if pages.count > limits.max_pages:
        raise too_many_pages(pages.count, limits)
    if not pages.count:
        raise Refused(DAMAGED, "This PDF has no pages. Save or print it again and upload the new file.")
    try:
        return _Reading(data, pages, limits, spool).result()
    except Refused as refused:
        refused.wants_ocr = pages.wants_ocr
        raise


class _Reading:
    def __init__(self, data: bytes, pages: Pages, limits: Limits, spool: Spool) -> None:
        self._data, self._pages, self._limits = data, pages, limits
        self._document = pages.document
        first = limits.first_page - 1
        most = limits.slice_pages or pages.count
        self._part = range(first, min(pages.count, first + most))
        self._inside = (
            Inside(pages.document, data, spool, pages.by_pypdf) if pages.document is not None else None
        )
        self._members: list[Member] = []
        self._notes = pages.notes

    def result(self) -> Parsed:
        pages, texts = self._read()
        recogniser = self._pages.recogniser
        disposition, reason = self._outcome(pages, texts)
        if disposition != ACCEPTED and not self._is_slice():
            texts = ()
        return Parsed(
            disposition,
            reason,
            MEDIA_TYPE,
            f"{TEXT_VERSION} {recogniser.version()}" if recogniser.read else TEXT_VERSION,
            texts,
            tuple(self._members),
            tuple(self._notes if self._is_slice() else few(self._notes)),
            self._labels() if texts else (),
            tuple(pack(text, page.words) for text, page in zip(texts, pages, strict=False)),
            self._pages.wants_ocr,
            languages=recogniser.languages(len(texts), self._part.start + 1) if texts else (),
            total_pages=self._pages.count if self._is_slice() else 0,
        )

    def _read(self) -> tuple[list[PageText], tuple[str, ...]]:
        """The pages and their texts; what stands beside them is taken with the last ones."""
        pages = list(self._pages.read(self._part))
        hyphens = Hyphens()
        for page in pages:
            hyphens.learn(page.text)
        texts = tuple(clean(hyphens.join(page.text)) for page in pages)
        recogniser = self._pages.recogniser
        self._notes += recogniser.notes()
        known = {note.page for note in self._notes if note.kind in (UNREAD, GARBLED)}
        first = self._part.start + 1
        self._notes += telling.of_pages(
            pages,
            texts,
            known | {*recogniser.out_of_time},
            first,
            are_some=self._is_slice(),
            is_recognising=recogniser.is_on(),
        )
        if self._inside is not None and self._part.stop == self._pages.count:
            self._pages.take_files(range(self._pages.count))
            self._look_at_form()
            self._members, notes = self._inside.taken(self._pages.members)
            self._notes += notes
        return pages, texts

    def _is_slice(self) -> bool:
        return len(self._part) < self._pages.count

    def _labels(self) -> tuple[str, ...]:
        if self._document is None or self._part.stop < self._pages.count:
            return ()
        return beside.labels(self._document, self._pages.count)

    def _outcome(self, pages: Sequence[PageText], texts: tuple[str, ...]) -> tuple[str, str]:
        """Disposition and reason. Raises Refused where there is nothing else to be told of the file."""
        if self._members and sum(len(text.strip()) for text in texts) < LEAST_CHARACTERS:
            self._refuse_sealed()
            if any(page.needs_ocr() for page in pages):
                # NB: what came out of it is kept; that its pages say nothing stays a problem of its own.
                return NO_TEXT, self._when_empty()
            return (NO_TEXT, self._when_empty()) if self._is_slice() else (EXPANDED, "")
        try:
            self._check(pages, texts)
        except Refused as refused:
            if not self._is_slice():
                raise
            return refused.disposition, refused.reason
        return ACCEPTED, ""

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
        if b"/AcroForm" not in self._data and self._pages.form is None:
            return
        try:
            names = beyond.fields_not_shown(self._pages.by_pypdf())
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
            self._pages.by_pypdf()

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
        return _NOTHING_RECOGNISED if self._pages.recogniser.is_on() else _NEEDS_OCR
