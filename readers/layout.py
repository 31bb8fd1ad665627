"""Pictures of pages before their text is recognised: paper made white, and whether text stands in columns."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
import tesserocr
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]

#: Kinds of blocks that are text.
TEXTS = frozenset({tesserocr.PT.FLOWING_TEXT, tesserocr.PT.HEADING_TEXT, tesserocr.PT.PULLOUT_TEXT})
_IMAGES = frozenset({tesserocr.PT.FLOWING_IMAGE, tesserocr.PT.HEADING_IMAGE, tesserocr.PT.PULLOUT_IMAGE})
_RULES = frozenset({tesserocr.PT.HORZ_LINE, tesserocr.PT.VERT_LINE})
#: Dark points of a letter, at the resolution that pages are drawn with, and around a box that still belong to it.
_LETTER, _AROUND = 50, 4
_COLUMN_WIDTH, _COLUMN_HEIGHT = 0.2, 0.1
_LARGE_IMAGE = 0.05
_PAPER, _GRAIN = 50, 20
_GRAINS = 5
_LITTLE_INK = 0.02
_EDGE = 3
_WHITE = 255


def on_white(pixels: Pixels) -> Pixels:
    """Grey points with the grain of their paper made white; as they are where the paper is not told from the ink.

    The grain of a page with little on it is else taken for thousands of specks. What touches ink on a fuller page is
    left as it is, so that letters keep their edges.
    """
    paper, grain = (float(level) for level in np.percentile(pixels, (_PAPER, _GRAIN)))
    limit = paper - _GRAINS * (paper - grain)
    if paper == grain or limit < paper / 2:
        return pixels
    ink = pixels <= limit
    if float(ink.mean()) > _LITTLE_INK:
        drawn = Image.fromarray(ink.astype(np.uint8)).filter(ImageFilter.MaxFilter(_EDGE))
        ink = np.asarray(drawn, dtype=np.bool_)
    white: Pixels = np.where(ink, pixels, np.uint8(_WHITE))
    return white


def is_one_block(layout: Any, pixels: Pixels) -> bool:
    """Whether a page is read line by line from edge to edge, rather than block by block.

    `layout` is what tesseract's analysis found on the grey points of the page: None for nothing. It takes the
    numbers of clauses, and the cells of tables, for columns of their own, and leaves out what stands near ruled
    lines; so only columns that are as wide as those of prose, and pages with large pictures, are left to it. So are
    pages of which it leaves nothing out and where nothing stands beside anything else: ruled lines and worn signs,
    which it knows, are else taken for words.
    """
    height, width = pixels.shape
    blocks = list(_blocks(layout))
    images = sum((x1 - x0) * (y1 - y0) for kind, (x0, y0, x1, y1) in blocks if kind in _IMAGES)
    if images > _LARGE_IMAGE * width * height:
        return False
    if _beside(box for kind, box in blocks if kind in TEXTS and _is_wide(box, width)) >= (
        _COLUMN_HEIGHT * height
    ):
        return False
    words = [box for kind, box in blocks if kind not in _IMAGES and kind not in _RULES]
    return _beside(words) > 0 or _left_out(pixels, [box for _, box in blocks]) > _LETTER


def _blocks(layout: Any) -> Iterator[tuple[int, Box]]:
    for found in () if layout is None else tesserocr.iterate_level(layout, tesserocr.RIL.BLOCK):
        box = found.BoundingBox(tesserocr.RIL.BLOCK)
        if box:
            yield found.BlockType(), box


def _left_out(pixels: Pixels, boxes: Iterable[Box]) -> int:
    """How many dark points stand in none of the boxes."""
    dark = pixels < np.median(pixels) / 2
    for x0, y0, x1, y1 in boxes:
        dark[max(0, y0 - _AROUND) : y1 + _AROUND, max(0, x0 - _AROUND) : x1 + _AROUND] = False
    return int(dark.sum())


def _is_wide(box: Box, width: int) -> bool:
    return box[2] - box[0] >= _COLUMN_WIDTH * width


def _beside(boxes: Iterable[Box]) -> int:
    """Over how many points of height boxes stand beside one another."""
    return sum(
        max(0, min(one[3], other[3]) - max(one[1], other[1]))
        for one, other in combinations(boxes, 2)
        if one[2] <= other[0] or other[2] <= one[0]
    )
