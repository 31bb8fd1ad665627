"""Pictures beside the text of the pages of a PDF: which of them show text, and what is recognised of it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import tesserocr

from readers.boxes import Placed
from readers.layout import TEXTS, Pixels
from readers.ocr import Recognised, Recogniser
from readers.pdf.look import POINTS_AN_INCH, Picture
from readers.pdf.words import Box

#: The share of a page from which on a picture is wanted that shows a single word.
LARGE_SHARE = 0.25
# NB: letters in pictures are often smaller than those of pages.
_SKETCHED, _RECOGNISED = 150, 300
#: In points: what is smaller holds no line of text.
_LEAST_LENGTH, _LEAST_HEIGHT = 60, 12
# NB: names of firms in their signs are of one or two words.
_LEAST_WORDS = 3


class Beside:
    """The pictures beside the text of one document, each looked at once however often it is shown."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._layout: Any = None

    def showing_text(self, page: Any, boxes: Iterable[Box], words: Sequence[Placed]) -> list[Box]:
        """Those of the pictures of a page that show text besides its words. Raises `pypdfium2.PdfiumError`."""
        boxes = [box for box in boxes if _may_hold_a_line(box)]
        if not boxes:
            return []
        shown = Picture(page, _SKETCHED / POINTS_AN_INCH)
        size = page.get_width() * page.get_height()
        found = []
        for box, points in zip(boxes, _cut_out(shown, boxes, words), strict=True):
            key = hashlib.sha256(points.tobytes()).digest()
            large = (box[2] - box[0]) * (box[3] - box[1]) >= LARGE_SHARE * size
            if (
                points.size
                and key not in self._seen
                and self._words(points) >= (1 if large else _LEAST_WORDS)
            ):
                found.append(box)
            self._seen.add(key)
        return found

    def _words(self, points: Pixels) -> int:
        """How many words a picture seems to hold, by the layout of its ink alone."""
        if self._layout is None:
            self._layout = tesserocr.PyTessBaseAPI(init=False)
            self._layout.InitForAnalysePage()
        height, width = points.shape
        self._layout.SetImageBytes(points.tobytes(), width, height, 1, width)
        self._layout.SetSourceResolution(_SKETCHED)
        layout, level = self._layout.AnalyseLayout(), tesserocr.RIL.WORD
        found = () if layout is None else tesserocr.iterate_level(layout, level)
        return sum(one.BlockType() in TEXTS for one in found)


def recognised(
    page: Any, boxes: Sequence[Box], words: Sequence[Placed], recogniser: Recogniser
) -> Iterator[Recognised | None]:
    """What is recognised in pictures of a page, its own words left out, with boxes of the page; None without time.

    Raises `pypdfium2.PdfiumError`.
    """
    shown = Picture(page, _RECOGNISED / POINTS_AN_INCH)
    height, width = shown.pixels.shape
    places = shown.pixel_boxes(boxes).clip(0)
    for (left, top, _, _), points in zip(places, _cut_out(shown, boxes, words), strict=True):
        found = recogniser.picture(points, beside_text=True)
        if found is None:
            yield None
            continue
        across, down = points.shape[1] / width, points.shape[0] / height
        x, y = left / width, top / height
        moved = (
            Placed(text, (x + x0 * across, y + y0 * down, x + x1 * across, y + y1 * down))
            for text, (x0, y0, x1, y1) in found.words
        )
        yield Recognised(found.text, found.confidence, tuple(moved))


def _cut_out(shown: Picture, boxes: Sequence[Box], words: Sequence[Placed]) -> Iterator[Pixels]:
    """The points of each box, with those of words made as the ground around them."""
    height, width = shown.pixels.shape
    scale = (width, height, width, height)
    shares = np.array([word.box for word in words], dtype=np.float64).reshape(-1, 4)
    taken = (shares * scale).clip(0, max(width, height)).astype(np.int64)
    for left, top, right, bottom in shown.pixel_boxes(boxes).clip(0):
        points = shown.pixels[top:bottom, left:right].copy()
        ground = np.uint8(np.median(points)) if points.size else np.uint8(0)
        for x0, y0, x1, y1 in taken:
            if x1 >= left and x0 < right and y1 >= top and y0 < bottom:
                points[max(0, y0 - top) : y1 - top + 1, max(0, x0 - left) : x1 - left + 1] = ground
        yield points


def _may_hold_a_line(box: Box) -> bool:
    sides = sorted((box[2] - box[0], box[3] - box[1]))
    return sides[0] >= _LEAST_HEIGHT and sides[1] >= _LEAST_LENGTH
