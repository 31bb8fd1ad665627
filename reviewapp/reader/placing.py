"""Where on its page a stretch of text stands: from characters of the text to boxes on the page.

Boxes are shares of the page as it is shown (`readers.boxes`). A stretch is placed only where nearly all of its
characters have a word's box; what has none, such as text that was filled in or recognised by other means, is not
guessed from its neighbours.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readers.boxes import Share, WordBox
from reviewapp.frame.marking import Range
from reviewapp.frame.signs import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES, SOFT_HYPHEN

#: The least share of a stretch's characters with boxes; `benchmarks/pages_drawn.py` measures what it lets through.
LEAST_PLACED = 0.9
_CUT_CHARACTERS = 3
_SAME_LINE = 0.5
_WIDEST_GAP = 2.5
_LEAST_TOLD = 3
_TALL = 1.3
_DROPPED = frozenset(DASHES + SOFT_HYPHEN)
_QUOTES = str.maketrans(dict.fromkeys(DOUBLE_QUOTES, '"') | dict.fromkeys(SINGLE_QUOTES, "'"))


@dataclass(frozen=True)
class Line:
    """Words of one line that follow each other: their range in the page's text and the box around them.

    `turned` is how the line runs: 0 from left to right, 90 downwards, -90 upwards.
    """

    start: int
    end: int
    box: Share
    turned: int = 0


def placed_share(words: Sequence[WordBox], text: str, ranges: Iterable[Range]) -> float:
    """The share of the characters of the ranges, spaces not counted, that have a box; 0 where there are none."""
    total = covered = 0
    for start, end in ranges:
        seen = [not character.isspace() for character in text[start:end]]
        total += sum(seen)
        for word in _touched(words, start, end):
            covered += sum(seen[max(0, word.start - start) : max(0, word.end - start)])
    return min(1.0, covered / total) if total else 0.0


def lines_of(words: Sequence[WordBox], ranges: Iterable[Range], aspect: float) -> list[Line]:
    """The boxes of the words in the ranges, one a line; `aspect` is the page's height by its width."""
    lines: list[Line] = []
    for start, end in ranges:
        fresh = True
        for word in _touched(words, start, end):
            turned = 90 if _is_turned(word, aspect) else 0
            part = Line(max(start, word.start), min(end, word.end), _cut(word, start, end), turned)
            joined = None if fresh else _joined(lines[-1], part, aspect)
            if joined is None:
                lines.append(part)
            else:
                lines[-1] = joined
            fresh = False
    return lines


def moved(ranges: Iterable[Range], quote: str, text: str) -> list[Range] | None:
    """Ranges of a quote as ranges of the text it stands for; None where these say different things.

    They may differ in spaces, hyphens, ligatures, case and the form of quotation marks.
    """
    if quote == text:
        return list(ranges)
    said, of_quote = _folded(quote)
    stands, of_text = _folded(text)
    if said != stands or not said:
        return None
    found = []
    for start, end in ranges:
        inside = [at for at, place in enumerate(of_quote) if start <= place < end]
        if inside:
            found.append((of_text[inside[0]], of_text[inside[-1]] + 1))
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """What a text says whatever its spacing, and the place of each of these characters in it."""
    said: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character).casefold().translate(_QUOTES):
            if not one.isspace() and one not in _DROPPED:
                said.append(one)
                places.append(place)
    return "".join(said), places


def _touched(words: Sequence[WordBox], start: int, end: int) -> list[WordBox]:
    return [word for word in words if word.start < end and start < word.end]


def _cut(word: WordBox, start: int, end: int) -> Share:
    """The box of a word; of one that the range holds a part of, about that part."""
    length = word.end - word.start
    left, top, right, bottom = word.box
    before, after = max(0, start - word.start), max(0, word.end - end)
    if before + after <= _CUT_CHARACTERS or right - left < bottom - top:
        return word.box
    one = (right - left) / length
    return left + before * one, top, right - after * one, bottom


def _is_turned(word: WordBox, aspect: float) -> bool:
    """Whether a word runs along the side of the page; of short ones that cannot be told by their shape."""
    left, top, right, bottom = word.box
    return word.end - word.start >= _LEAST_TOLD and (bottom - top) * aspect > _TALL * (right - left)


def _joined(line: Line, part: Line, aspect: float) -> Line | None:
    """The line with a word that goes on with it; None where the word begins another."""
    short = line.end - line.start < _LEAST_TOLD
    if line.turned or (part.turned and short):
        turned = _runs_on(_transposed(line.box), _transposed(part.box), 1 / aspect)
    else:
        turned = 0 if _runs_on(line.box, part.box, aspect) == 90 and not part.turned else None
    return None if turned is None else Line(line.start, part.end, _around(line.box, part.box), turned)


def _runs_on(box: Share, following: Share, aspect: float) -> int | None:
    """90 where a box goes on with another in its direction, -90 where it does against it; else None."""
    height = min(box[3] - box[1], following[3] - following[1])
    common = min(box[3], following[3]) - max(box[1], following[1])
    widest = _WIDEST_GAP * height * aspect
    if common < _SAME_LINE * height:
        return None
    if following[0] >= box[0] and following[0] - box[2] <= widest:
        return 90
    return -90 if following[2] <= box[2] and box[0] - following[2] <= widest else None


def _transposed(box: Share) -> Share:
    return box[1], box[0], box[3], box[2]


def _around(box: Share, other: Share) -> Share:
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
