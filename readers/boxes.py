"""Where the words of a page's text stand on the page, packed small.

Boxes are (left, top, right, bottom) as shares of the page as it is shown, from 0 to 1, the origin at its upper left.
"""

import base64
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

Share = tuple[float, float, float, float]
_FULL = 65_535
_WORD = np.dtype([("start", "<u4"), ("length", "<u2"), ("box", "<u2", 4)])


@dataclass(frozen=True, slots=True)
class Placed:
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
    rows = []
    at = 0
    for word in words:
        start = text.find(word.text, at)
        if start < 0 or not word.text:
            continue
        at = start + len(word.text)
        shares = tuple(round(min(max(share, 0.0), 1.0) * _FULL) for share in word.box)
        rows.append((start, min(len(word.text), _FULL), shares))
    if not rows:
        return ""
    return base64.b64encode(zlib.compress(np.array(rows, dtype=_WORD).tobytes(), 6)).decode()


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
