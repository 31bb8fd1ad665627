"""Words of a line that an edge cuts: of some the tops are seen, of others nothing, and the line is read as one."""

import ctypes
from collections.abc import Collection
from typing import Any

import pypdfium2.raw as pdfium

from readers.pdf.words import Box, RawPage, Word


def cut_with_their_line(page: Any, raw: RawPage, words: Collection[Word]) -> set[Word]:
    """Of words that show nothing, those that are painted but cut off by an edge, in a line that shows otherwise."""
    if not words:
        return set()
    textpage = page.get_textpage()
    try:
        return {
            word
            for line in raw.lines
            for word in line
            if word in words
            and 2 * sum(other in words for other in line) < len(line)
            and _is_cut(pdfium.FPDFText_GetTextObject(textpage.raw, word.start), word.box)
        }
    finally:
        textpage.close()


def _is_cut(item: Any, box: Box) -> bool:
    edges = _clip(item) if item else None
    if edges is None:
        return False
    left, bottom, right, top = edges
    touches = box[0] < right and left < box[2] and box[1] < top and bottom < box[3]
    return touches and (box[0] < left or box[1] < bottom or box[2] > right or box[3] > top)


def _clip(item: Any) -> Box | None:
    """What of the page an object may paint; None where it paints all, or its edges are not known."""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    boxes = [_corners(path, number) for number in range(max(0, pdfium.FPDFClipPath_CountPaths(path)))]
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    lefts, bottoms, rights, tops = zip(*known, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def _corners(path: Any, number: int) -> Box | None:
    xs, ys = list[float](), list[float]()
    for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(path, number))):
        x, y = ctypes.c_float(), ctypes.c_float()
        segment = pdfium.FPDFClipPath_GetPathSegment(path, number, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            xs.append(x.value)
            ys.append(y.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None
