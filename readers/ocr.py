"""Text recognition of pictures of pages, by tesseract.

It takes seconds a page, so it has a budget of processor time of its own for each file, and its limit of time is the
processor's and not the clock's: what is read of a file does not depend on what else the machine is doing.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import tesserocr

from readers.boxes import Placed
from readers.confine import allow_more_time
from readers.languages import DATA, are_installed
from readers.layout import Pixels, is_one_block, on_white
from readers.result import OCR, UNREAD, Limits, Note

#: Dots an inch that pages are drawn with.
RESOLUTION = 200
#: Stands before the text of a picture that stands beside other text.
MARK = "[Recognised in a picture:]"
TEXT_VERSION = f"tesserocr-{version('tesserocr')}"
_UPRIGHT = 60
_LEAST_CONFIDENCE = 30
_DOUBTFUL = 75
_LEAST_CHARACTERS = 10
_LISTED = 10


@dataclass(frozen=True)
class Recognised:
    """The text of a picture with the boxes of its words, and how sure the recognition is of them, 0 to 100."""

    text: str
    confidence: int
    words: tuple[Placed, ...] = ()


_NOTHING = Recognised("", 0)


class Recogniser:
    """Recognises the pages of one file, as far as its time goes. Off when the limits give it none."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._api: Any = None
        self._begun = 0.0
        self._slowest = 0.0
        self.read: dict[int, int] = {}
        self.out_of_time: list[int] = []

    def is_on(self) -> bool:
        """Whether text is to be recognised, and the data of the languages are there."""
        return self._limits.ocr_seconds > 0 and are_installed(self._limits.ocr_languages)

    def was_left_out(self) -> bool:
        """Whether the limits gave no time for recognition."""
        return self._limits.ocr_seconds <= 0

    def version(self) -> str:
        """Names what recognises text, and in which languages."""
        return f"{TEXT_VERSION} {self._limits.ocr_languages}"

    def languages(self, count: int, first: int = 1) -> tuple[str, ...]:
        """For each of `count` pages from `first` the languages that it was recognised in; none when no page was."""
        if not self.read:
            return ()
        pages = range(first, first + count)
        return tuple(self._limits.ocr_languages if number in self.read else "" for number in pages)

    def page(self, number: int, pixels: Pixels) -> Recognised:
        """The text of the picture of a page, grey, one byte a point; empty where there is none or no time left."""
        seen = self.picture(pixels)
        if seen is None:
            self.out_of_time.append(number)
            return _NOTHING
        if seen.text:
            self.note_page(number, seen)
        return seen

    def note_page(self, number: int, seen: Recognised) -> None:
        """Keep that text was recognised on a page, with the least confidence of what was."""
        self.read[number] = min(seen.confidence, self.read.get(number, seen.confidence))

    def picture(self, pixels: Pixels, *, beside_text: bool = False) -> Recognised | None:
        """The text of a picture, grey, one byte a point; empty where there is none, None when no time is left.

        One that stands beside text is probably upright: it is read turned only where it reads well so.
        """
        if self._api is None:
            self._start()
        started = time.process_time()
        if started - self._begun + 2 * self._slowest > self._limits.ocr_seconds:
            return None
        best = self._upright(np.ascontiguousarray(on_white(pixels)), beside_text)
        self._slowest = max(self._slowest, time.process_time() - started)
        if best.confidence < _LEAST_CONFIDENCE or len(best.text.strip()) < _LEAST_CHARACTERS:
            return _NOTHING
        return best

    def notes(self) -> list[Note]:
        """What people have to know of the pages that were recognised and of those that were not."""
        notes = []
        if self.read:
            pages = _pages(sorted(self.read))
            notes.append(
                Note(OCR, f"{pages} read by text recognition (OCR): check quotes against the original.")
            )
        doubtful = sorted(number for number, confidence in self.read.items() if confidence < _DOUBTFUL)
        if doubtful:
            notes.append(Note(OCR, f"{_pages(doubtful)} hard to recognise; many words may be wrong."))
        if self.out_of_time:
            notes.append(
                Note(UNREAD, f"{_pages(self.out_of_time)} not read: text recognition (OCR) had no time left.")
            )
        return notes

    def _start(self) -> None:
        allow_more_time(self._limits)
        self._begun = time.process_time()
        self._api = tesserocr.PyTessBaseAPI(path=str(DATA), lang=self._limits.ocr_languages)

    def _upright(self, pixels: Pixels, beside_text: bool) -> Recognised:
        """The text as it stands, or turned as it reads best where it does not read well."""
        best = self._recognised(pixels, 0)
        for turns in (1, 2, 3) if best.confidence < _UPRIGHT else ():
            turned = self._recognised(np.ascontiguousarray(np.rot90(pixels, turns)), turns)
            if not beside_text or turned.confidence >= _UPRIGHT:
                best = max(best, turned, key=lambda one: (one.confidence, len(one.text)))
        return best

    def _recognised(self, pixels: Pixels, turns: int) -> Recognised:
        """The text of a picture that was turned so many times to the left; boxes are of the picture before that."""
        height, width = pixels.shape
        self._show(pixels, tesserocr.PSM.AUTO)
        if is_one_block(self._api.AnalyseLayout(), pixels):
            self._show(pixels, tesserocr.PSM.SINGLE_BLOCK)
        text = str(self._api.GetUTF8Text()).strip()
        return Recognised(text, int(self._api.MeanTextConf()), tuple(self._words(width, height, turns)))

    def _show(self, pixels: Pixels, layout: int) -> None:
        height, width = pixels.shape
        self._api.SetPageSegMode(layout)
        self._api.SetImageBytes(pixels.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(RESOLUTION)

    def _words(self, width: int, height: int, turns: int) -> Iterator[Placed]:
        level = tesserocr.RIL.WORD
        for found in tesserocr.iterate_level(self._api.GetIterator(), level):
            box = found.BoundingBox(level)
            if box:
                share = (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
                for _ in range(turns):
                    share = (1 - share[3], share[0], 1 - share[1], share[2])
                yield Placed(str(found.GetUTF8Text(level)), share)


def _pages(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:_LISTED])) + (", ..." if len(numbers) > _LISTED else "")
    return f"Page {listed} was" if len(numbers) == 1 else f"{len(numbers)} pages (page {listed}) were"
