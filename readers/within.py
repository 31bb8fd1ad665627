"""Pictures in documents and messages: the text of those that are large enough to hold some is recognised."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from readers.ocr import MARK, Recogniser
from readers.picture import grey
from readers.result import OCR, READING, UNREAD, Limits, Note, Refused
from readers.text import clean

# NB: in points. Smaller ones are logos, icons and lines; a line of an address or a stamp is larger.
_LEAST_WIDTH, _LEAST_HEIGHT, _LEAST_AREA = 150, 30, 15_000
# NB: letters on screens are half as high as recognition expects them.
_SCREEN_SIDE = 1600
_DOUBTFUL = 75


class Pictures:
    """The pictures of one document, each read once however often it is shown."""

    def __init__(self, limits: Limits) -> None:
        self._recogniser = Recogniser(limits)
        self._languages = limits.ocr_languages
        self._seen: set[bytes] = set()
        self._read: dict[str, int] = {}
        self._unread = self._other = self._empty = 0

    def lines(self, pictures: Iterable[bytes | None]) -> list[str]:
        """The text of pictures that were not seen before, each after its mark; None stands for a broken one."""
        return [line for data in pictures for line in self._lines(data)]

    @property
    def wants_ocr(self) -> bool:
        """Whether recognition, which the limits left no time for, would find more."""
        return self._unread > 0 and self._recogniser.was_left_out()

    def version(self, own: str) -> str:
        """The name of what read the document, with that of the recognition where it found something."""
        return f"{own} {self._recogniser.version()}" if self._read else own

    def languages(self, pages: Iterable[str]) -> tuple[str, ...]:
        """For each page the languages that some of its text was recognised in."""
        return tuple(self._languages if MARK in page else "" for page in pages) if self._read else ()

    def notes(self) -> Iterator[Note]:
        """What people have to know of the pictures."""
        if self._read:
            what = _stands(len(self._read))
            yield Note(OCR, f"{what} read by text recognition (OCR): check quotes against the original.")
        doubtful = sum(confidence < _DOUBTFUL for confidence in self._read.values())
        if doubtful:
            yield Note(OCR, f"{_pictures(doubtful)} hard to recognise; many words may be wrong.")
        if self._unread:
            yield Note(UNREAD, f"{_pictures(self._unread)} not read{self._why()}.")
        if self._empty:
            yield Note(READING, f"In {_count(self._empty)} no text was recognised.")
        if self._other:
            yield Note(READING, f"{_pictures(self._other)} small, drawn or broken, and not read for text.")

    def _why(self) -> str:
        if self._recogniser.was_left_out():
            return "; that takes text recognition (OCR)"
        lack = "had no time left" if self._recogniser.is_on() else "lacks the data of its languages"
        return f": text recognition (OCR) {lack}"

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Has a refusal for want of text say that recognition may find some."""
        try:
            yield
        except Refused as refused:
            refused.wants_ocr |= self.wants_ocr
            raise

    def _lines(self, data: bytes | None) -> list[str]:
        key = hashlib.sha256(data or b"").digest()
        if data is not None and key in self._seen:
            return []
        self._seen.add(key)
        picture = _opened(data)
        if picture is None:
            self._other += 1
            return []
        seen = self._recogniser.picture(_points(picture)) if self._recogniser.is_on() else None
        if seen is None:
            self._unread += 1
        elif not seen.text:
            self._empty += 1
        else:
            self._read[key.hex()] = seen.confidence
            return ["", MARK, *clean(seen.text).split("\n")]
        return []


def _opened(data: bytes | None) -> Image.Image | None:
    """The picture, where it has points enough for text."""
    try:
        picture = Image.open(io.BytesIO(data or b""))
        width, height = picture.size
        if width < _LEAST_WIDTH or height < _LEAST_HEIGHT or width * height < _LEAST_AREA:
            return None
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, Image.DecompressionBombError):
        return None
    return picture


def _points(picture: Image.Image) -> "NDArray[np.uint8]":
    if max(picture.size) < _SCREEN_SIDE:
        info = picture.info
        picture = picture.convert("RGBA").resize(
            (picture.width * 2, picture.height * 2), Image.Resampling.LANCZOS
        )
        picture.info = {**info, "dpi": (0, 0)}
    return grey(picture)


def _count(number: int) -> str:
    return "1 picture" if number == 1 else f"{number:,} pictures"


def _pictures(number: int) -> str:
    return f"{_count(number)} {'is' if number == 1 else 'are'}"


def _stands(number: int) -> str:
    return "The text of 1 picture is" if number == 1 else f"The text of {number:,} pictures is"
