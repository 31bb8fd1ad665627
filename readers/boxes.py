"""Where the words of a page's text stand on the page, packed small.

Boxes are (left, top, right, bottom) as shares of the page as it is shown, from 0 to 1, the origin at its upper left.
"""

import base64
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

Share = tuple[float, float, float, float]
_FULL = 65_535
_FASTEST = 1
_WORD = np.dtype([("start", "<u4"), ("length", "<u2"), ("box", "<u2", 4)])


class Placed(NamedTuple):
    """A word as a reader found it, and its box."""

    text: str
    box: Share


@dataclass(frozen=True, slots=True)
class WordBox:
    """A word of a page's text: its range in characters, and its box."""

    start: int
    end: int
    box: Share


def pack(text: str, words: Iterable[Placed]) -> str:
    """The boxes of the words of a text, which come in its order; a word that is not there is left out."""
    starts, lengths, boxes = [], [], []
    at = 0
    for word, box in words:
        start = text.find(word, at)
        if start >= 0 and word:
            at = start + len(word)
            starts.append(start)
            lengths.append(min(len(word), _FULL))
            boxes.append(box)
    if not starts:
        return ""
    rows = np.empty(len(starts), dtype=_WORD)
    rows["start"], rows["length"] = starts, lengths
    rows["box"] = np.rint(np.clip(np.array(boxes), 0.0, 1.0) * _FULL)
    return base64.b64encode(zlib.compress(rows.tobytes(), _FASTEST)).decode()


def _shares(box: "np.ndarray[tuple[int], np.dtype[np.uint16]]") -> Share:
    left, top, right, bottom = (float(share) / _FULL for share in box)
    return left, top, right, bottom


def unpack(packed: bytes) -> list[WordBox]:
    """What `pack` packed, its base64 taken off. Raises ValueError for other bytes."""
    if not packed:
        return []
    try:
        rows = np.frombuffer(zlib.decompress(packed), dtype=_WORD)
    except zlib.error as error:
        raise ValueError("no packed boxes") from error
    return [
        WordBox(
            int(row["start"]),
            int(row["start"]) + int(row["length"]),
            _shares(row["box"]),
        )
        for row in rows
    ]
