"""What of a page's text a person sees: words under opaque boxes, in the colour of the paper or off the page.

That something hides a word is seen on a picture of the page, whatever hides it: where a word is shown, its place is
not of one colour. A small picture tells the words that may be hidden, a larger one those that are. What covers a part
of a word only is found among the page's objects and annotations.
"""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from readers.pdf.cut import cut_with_their_line
from readers.pdf.look import CONTRAST, Picture, can_be_drawn, joined
from readers.pdf.words import Box, RawPage, Word
from readers.result import COVERED, INVISIBLE

_SKETCH = 0.5
_SMALL = 9.0
_PALE = 225
_FAINT = 60
_LEAST_AREA = 15.0
_LEAST_HEIGHT = 1.6
_LEAST_WIDTH = 4.0
_FULL_PAGE = 0.5
_INVISIBLE_MODES = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_COVERING = frozenset(
    {
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_STAMP,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_LINE,
    }
)
_MOST_NESTED = 4

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawn:
    """What is drawn on a page beside its visible text.

    `images` are the boxes of its pictures, `pictures` the share of the page that the largest of them takes.
    """

    covers: list[Box] = field(default_factory=list)
    redactions: list[Box] = field(default_factory=list)
    pale: bool = False
    unpainted: bool = False
    pictures: float = 0.0
    images: list[Box] = field(default_factory=list)


def drawn_on(page: Any) -> Drawn:
    """Looks through the objects and annotations of a page, in the order they are painted."""
    found = Drawn()
    width, height = page.get_size()
    text_seen = False
    for item, box in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            text_seen = True
            found.unpainted |= pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES
            found.pale |= _is_pale(item)
            continue
        area = (box[2] - box[0]) * (box[3] - box[1])
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.images.append(box)
        if text_seen and area >= _LEAST_AREA and _is_opaque(item, kind):
            found.covers.append(box)
    found.images = joined(found.images)
    areas = ((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in found.images)
    found.pictures = max(areas, default=0.0) / max(1.0, width * height)
    for annotation, subtype in annotations(page):
        if subtype == pdfium.FPDF_ANNOT_REDACT:
            found.redactions += _quads(annotation) or [_rectangle(annotation)]
        elif subtype in _COVERING:
            found.covers.append(_rectangle(annotation))
    return found


def hidden_words(page: Any, raw: RawPage, drawn: Drawn) -> dict[Word, str]:
    """The words that a person does not see, or that are marked to be redacted: COVERED or INVISIBLE for each."""
    left, bottom, right, top = _visible_box(page)
    hidden: dict[Word, str] = {}
    suspects: list[Word] = []
    written = [word for word in raw.words() if any(map(str.isalnum, raw.of(word)))]
    is_drawn = can_be_drawn(page)
    unseen = _without_ink(page, written, drawn) if is_drawn else set()
    for word in raw.words():
        x0, y0, x1, y1 = word.box
        if any(_share(word.box, box) >= 0.5 for box in drawn.redactions):
            hidden[word] = COVERED
        elif x1 < left or x0 > right or y1 < bottom or y0 > top or _is_tiny(word):
            hidden[word] = INVISIBLE
        elif word in unseen or any(_share(word.box, box) >= 0.5 for box in drawn.covers):
            suspects.append(word)
    if suspects and is_drawn:
        hidden |= _seen_to_be_hidden(page, raw, suspects, drawn)
    return hidden


def _is_tiny(word: Word) -> bool:
    x0, y0, x1, y1 = word.box
    return 0 < y1 - y0 < _LEAST_HEIGHT or (0 < x1 - x0 < _LEAST_HEIGHT and word.end - word.start > 2)


def _without_ink(page: Any, words: Sequence[Word], drawn: Drawn) -> set[Word]:
    """The words in whose place the picture of the page shows nothing at first sight."""
    # NB: unpainted text over a picture of the page is what text recognition left; the picture shows it, if a little
    # beside its place.
    if not words or (drawn.unpainted and drawn.pictures >= _FULL_PAGE and not drawn.pale):
        return set()
    picture = Picture(page, _SKETCH)
    edges = picture.edges()
    height, width = picture.pixels.shape
    boxes = picture.pixel_boxes([_core(word.box) for word in words])
    x0, x1 = np.clip(boxes[:, 0], 0, width - 1), np.clip(boxes[:, 2] + 1, 0, width - 1)
    y0, y1 = np.clip(boxes[:, 1], 0, height - 1), np.clip(boxes[:, 3] + 1, 0, height - 1)
    found = edges[y1, x1] - edges[y0, x1] - edges[y1, x0] + edges[y0, x0]
    return {word for word, count in zip(words, found, strict=True) if count == 0}


def _seen_to_be_hidden(page: Any, raw: RawPage, suspects: Sequence[Word], drawn: Drawn) -> dict[Word, str]:
    picture = Picture(page)
    hidden = {}
    for word in suspects:
        covers = [box for box in drawn.covers if _share(word.box, box) >= 0.5]
        is_over = any(_is_over(picture, word, box) for box in covers)
        if is_over or picture.contrast(word.box) < CONTRAST or _is_of_its_ground(picture, word):
            hidden[word] = COVERED if covers else INVISIBLE
    invisible = {word for word, kind in hidden.items() if kind == INVISIBLE}
    unsure = [word for word in invisible if not raw.of(word).isascii()]
    shown = _without_font(page, unsure)
    if not drawn.pale and not drawn.unpainted:
        shown |= cut_with_their_line(page, raw, invisible)
    return {word: kind for word, kind in hidden.items() if word not in shown}


def _without_font(page: Any, words: Sequence[Word]) -> set[Word]:
    """The words whose letters are in no font of the file: that no picture shows them here says nothing."""
    if not words:
        return set()
    textpage = page.get_textpage()
    try:
        return {word for word in words if not _is_embedded(textpage.raw, word.start)}
    finally:
        textpage.close()


def _is_embedded(textpage: Any, index: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(textpage, index)
    font = pdfium.FPDFTextObj_GetFont(item) if item else None
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _is_over(picture: Picture, word: Word, cover: Box) -> bool:
    """Whether the part of a word that lies in a box shows no strokes, even where others stick out of it."""
    left, bottom, right, top = _common(_middle(word.box), cover)
    if right - left < _LEAST_WIDTH or word.end - word.start < 2:
        return False
    return picture.contrast((left + 1, bottom, right - 1, top), margin=0) < CONTRAST


def _is_of_its_ground(picture: Picture, word: Word) -> bool:
    """Whether a word has the colour of a dark ground behind it, even where it sticks out of that a little."""
    core = _core(word.box)
    return picture.contrast(core, margin=0) < CONTRAST and picture.lightest(core) < _PALE


def annotations(page: Any) -> Iterator[tuple[Any, int]]:
    """The annotations of a page and their subtypes; each is valid until the next is asked for."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            yield annotation, pdfium.FPDFAnnot_GetSubtype(annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _objects(page: Any) -> Iterator[tuple[Any, Box]]:
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield from _unfolded(pdfium.FPDFPage_GetObject(page.raw, index), _IDENTITY, 0)


def _unfolded(item: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, Box]]:
    """An object with its box on the page; of a form, the objects that it holds."""
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM or depth > _MOST_NESTED:
        yield item, _placed(_bounds(item), outer)
        return
    matrix = pdfium.FS_MATRIX()
    inner = outer
    if pdfium.FPDFPageObj_GetMatrix(item, matrix):
        inner = _product((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), outer)
    for index in range(max(0, pdfium.FPDFFormObj_CountObjects(item))):
        yield from _unfolded(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _bounds(item: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _placed(box: Box, matrix: Matrix) -> Box:
    if matrix is _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _fill(item: Any) -> tuple[int, int, int, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value, alpha.value


def _is_pale(item: Any) -> bool:
    colour = _fill(item)
    return colour is not None and (min(colour[:3]) >= _PALE or colour[3] < _FAINT)


def _is_opaque(item: Any, kind: int) -> bool:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
        colour = _fill(item)
        return mode.value != 0 and colour is not None and colour[3] >= _PALE
    return kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)


def _rectangle(annotation: Any) -> Box:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rectangle)
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _quads(annotation: Any) -> list[Box]:
    boxes = []
    for index in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes


def _visible_box(page: Any) -> Box:
    left, bottom, right, top = page.get_bbox()
    if right - left < 1 or top - bottom < 1:
        return -math.inf, -math.inf, math.inf, math.inf
    return left, bottom, right, top


def _middle(box: Box) -> Box:
    quarter = (box[3] - box[1]) / 4
    return box[0], box[1] + quarter, box[2], box[3] - quarter


def _core(box: Box) -> Box:
    """What of a word's box is looked at for ink: without the edges, where lines stand; all of one that is small."""
    return _middle(box) if box[3] - box[1] > _SMALL else box


def _common(box: Box, other: Box) -> Box:
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def _share(box: Box, other: Box) -> float:
    """How much of a box lies in another."""
    left, bottom, right, top = _common(box, other)
    width, height = right - left, top - bottom
    area = (box[2] - box[0]) * (box[3] - box[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / area if area > 0 else 1.0
