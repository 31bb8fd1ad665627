"""A page as it looks: its picture, the words of its text above it to be selected, and boxes over what is marked.

All of it is drawn on the server as one SVG, so that it needs neither scripts nor styles of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readers.boxes import Share, WordBox, unpack
from reviewapp.documents.models import Page, PageBoxes
from reviewapp.documents.pictures import READING, ZOOMED, NoPictureError, has_pictures, picture_of
from reviewapp.frame.marking import Range
from reviewapp.reader.marks import Marks
from reviewapp.reader.placing import LEAST_PLACED, Line, lines_of, placed_share

#: How wide the drawing is in its own units.
WIDTH = 1000
_BASELINE = 0.24
_PADDING = 1.5
_BESIDE = 1.5
_SIZE = 0.82


@dataclass(frozen=True)
class Rect:
    """A box to be drawn, in the drawing's units; `kind` is "quote", "answer" or "found"."""

    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Under:
    """A line under words of the answer, in the drawing's units: where it begins and where it ends."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Words:
    """Words of one line, to be selected: where their baseline begins, how long they are, how large, how turned."""

    text: str
    x: str
    y: str
    length: str
    size: str
    turn: str = ""


@dataclass(frozen=True)
class Drawing:
    """What is shown of a page. `unplaced` is there when something is to be marked whose place is not certain."""

    height: int
    picture_width: int
    lines: tuple[Words, ...]
    rects: tuple[Rect, ...]
    unders: tuple[Under, ...]
    unplaced: bool


class NoDrawingError(Exception):
    """The page has no picture; the message tells people why, and is empty where none is to be expected."""


def drawing_of(page: Page, marks: Marks, *, zoomed: bool) -> Drawing:
    """Raises NoDrawingError."""
    if not has_pictures(page.document):
        raise NoDrawingError
    try:
        # NB: also where the larger picture is shown: that and in what shape the page can be drawn is known by it.
        picture = picture_of(page, READING)
    except NoPictureError as error:
        raise NoDrawingError(str(error)) from None
    aspect = picture.drawn_height / picture.drawn_width
    words = _words(page)
    height = round(WIDTH * aspect)
    placed = [(kind, ranges) for kind, ranges in _kinds(marks) if _is_placed(words, page.text, ranges)]
    marked = [(kind, line) for kind, ranges in placed for line in lines_of(words, ranges, aspect)]
    rects = [_rect(kind, line.box, WIDTH * aspect) for kind, line in marked]
    unders = [_under(line, WIDTH * aspect) for kind, line in marked if kind == "answer"]
    missing = any(ranges and (kind, ranges) not in placed for kind, ranges in _kinds(marks))
    lines = [_line(page.text, line, height) for line in _every_line(words, aspect)]
    width = ZOOMED if zoomed else READING
    return Drawing(height, width, tuple(lines), tuple(rects), tuple(unders), missing)


def _kinds(marks: Marks) -> list[tuple[str, tuple[Range, ...]]]:
    return [("quote", marks.quote), ("found", marks.found), ("answer", marks.answer)]


def _is_placed(words: Sequence[WordBox], text: str, ranges: tuple[Range, ...]) -> bool:
    return bool(ranges) and placed_share(words, text, ranges) >= LEAST_PLACED


def _words(page: Page) -> list[WordBox]:
    found = PageBoxes.objects.filter(page=page).values_list("packed", flat=True).first()
    return unpack(bytes(found)) if found else []


def _every_line(words: Sequence[WordBox], aspect: float) -> Iterable[Line]:
    return lines_of(words, [(0, words[-1].end)], aspect) if words else []


def _rect(kind: str, box: Share, height: float) -> Rect:
    left, top, right, bottom = box[0] * WIDTH, box[1] * height, box[2] * WIDTH, box[3] * height
    pad = _PADDING if kind != "answer" else 0.0
    return Rect(
        kind,
        f"{left - pad:.1f}",
        f"{top - pad:.1f}",
        f"{right - left + 2 * pad:.1f}",
        f"{bottom - top + 2 * pad:.1f}",
    )


def _under(line: Line, height: float) -> Under:
    """Beside the box of a line, so that nothing is drawn over its words."""
    left, top, right, bottom = (f"{at:.1f}" for at in _around(line.box, height))
    if not line.turned:
        return Under(left, bottom, right, bottom)
    beside = left if line.turned > 0 else right
    return Under(beside, top, beside, bottom)


def _around(box: Share, height: float) -> tuple[float, float, float, float]:
    return box[0] * WIDTH - _BESIDE, box[1] * height, box[2] * WIDTH + _BESIDE, box[3] * height + _BESIDE


def _line(text: str, line: Line, height: float) -> Words:
    left, right = line.box[0] * WIDTH, line.box[2] * WIDTH
    top, bottom = line.box[1] * height, line.box[3] * height
    tall, long = bottom - top, right - left
    x, y = left, bottom - _BASELINE * tall
    if line.turned:
        tall, long = long, tall
        x = left + _BASELINE * tall if line.turned > 0 else right - _BASELINE * tall
        y = top if line.turned > 0 else bottom
    return Words(
        " ".join(text[line.start : line.end].split()),
        f"{x:.1f}",
        f"{y:.1f}",
        f"{max(1.0, long):.1f}",
        f"{max(1.0, _SIZE * tall):.1f}",
        f"rotate({line.turned} {x:.1f} {y:.1f})" if line.turned else "",
    )
