"""A grey picture of a page, and what is seen in it."""

import ctypes
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from readers.pdf.words import Box

POINTS_AN_INCH = 72
CONTRAST = 20
_SCALE = 2.0
_MOST_PIXELS = 4000
_EDGE = 8
_TOUCH = 1.5
_ACROSS_AND_DOWN = ((1, 3, 0, 2), (0, 2, 1, 3))


def can_be_drawn(page: Any) -> bool:
    """Whether a page has an extent at all: boxes of damaged files have none."""
    width, height = page.get_size()
    return bool(min(width, height) * min(_SCALE, _MOST_PIXELS / max(1.0, width, height)) >= 1)


def joined(boxes: Iterable[Box]) -> list[Box]:
    """The boxes of pictures; those that are painted in strips or tiles, one after another, as one."""
    found = list(dict.fromkeys(boxes))
    for _ in _ACROSS_AND_DOWN:
        last: list[Box] = []
        for box in found:
            if last and _goes_on(last[-1], box):
                one = last[-1]
                box = min(one[0], box[0]), min(one[1], box[1]), max(one[2], box[2]), max(one[3], box[3])
                last.pop()
            last.append(box)
        found = last
    return found


def _goes_on(one: Box, other: Box) -> bool:
    """Whether a picture ends where another begins, as high or as wide as that."""
    return any(
        max(abs(one[low] - other[low]), abs(one[high] - other[high])) <= _TOUCH
        and min(abs(one[far] - other[near]), abs(one[near] - other[far])) <= _TOUCH
        for low, high, near, far in _ACROSS_AND_DOWN
    )


class Picture:
    """A grey picture of a page with its annotations."""

    def __init__(self, page: Any, scale: float = _SCALE) -> None:
        scale = min(scale, _MOST_PIXELS / max(1.0, *page.get_size()))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        pixels = bitmap.to_numpy()
        self.pixels: NDArray[np.uint8] = pixels[:, :, 0] if pixels.ndim == 3 else pixels
        self._page = page

    def is_blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        return int(self.pixels.max()) - int(self.pixels.min()) < CONTRAST

    def contrast(self, box: Box, margin: int = 2) -> int:
        """The difference between the lightest and the darkest point of a box, with `margin` pixels around it."""
        part = self._part(box, margin)
        return int(part.max()) - int(part.min()) if part.size else 0

    def lightest(self, box: Box) -> int:
        """The lightest point of a box, 255 being white; of one off the page too."""
        part = self._part(box, 0)
        return int(part.max()) if part.size else 255

    def _part(self, box: Box, margin: int) -> NDArray[np.uint8]:
        height, width = self.pixels.shape
        x0, y0 = self._pixel(box[0], box[3], width, height)
        x1, y1 = self._pixel(box[2], box[1], width, height)
        left, right = sorted((x0, x1))
        top, bottom = sorted((y0, y1))
        return self.pixels[
            max(0, top - margin) : max(0, bottom + 1 + margin),
            max(0, left - margin) : max(0, right + 1 + margin),
        ]

    def edges(self) -> "NDArray[np.int32]":
        """How many points above and to the left of each one differ from their right or lower neighbour."""
        points = self.pixels.astype(np.int16)
        differs = np.zeros(points.shape, dtype=np.bool_)
        differs[:, :-1] = np.abs(np.diff(points, axis=1)) >= _EDGE
        differs[:-1] |= np.abs(np.diff(points, axis=0)) >= _EDGE
        return differs.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)

    def pixel_boxes(self, boxes: Sequence[Box]) -> "NDArray[np.int64]":
        """Boxes of the page as (left, top, right, bottom) in points of the picture."""
        height, width = self.pixels.shape
        # NB: where a page's corners lie tells where everything lies, without asking for each place.
        x0, y0 = self._pixel(0, 0, width * 64, height * 64)
        x1, y1 = self._pixel(1000, 0, width * 64, height * 64)
        x2, y2 = self._pixel(0, 1000, width * 64, height * 64)
        places = np.array(boxes, dtype=np.float64).reshape(-1, 2, 2)
        xs = (x0 + places[:, :, 0] * (x1 - x0) / 1000 + places[:, :, 1] * (x2 - x0) / 1000) / 64
        ys = (y0 + places[:, :, 0] * (y1 - y0) / 1000 + places[:, :, 1] * (y2 - y0) / 1000) / 64
        found = np.stack([xs.min(axis=1), ys.min(axis=1), xs.max(axis=1), ys.max(axis=1)], axis=1)
        whole: NDArray[np.int64] = np.nan_to_num(found).clip(-1, max(width, height)).astype(np.int64)
        return whole

    def _pixel(self, x: float, y: float, width: int, height: int) -> tuple[int, int]:
        px, py = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, x, y, px, py)
        return px.value, py.value
