"""The text of a page, cut where marks begin and end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_MARKS = 100
#: What stands in place of what is left out of a text that is shown.
LEFT_OUT = "[…]"
_RANGE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")

Range = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked or not; or one that is left out where the text is shown.

    `answer` tells the answer's own words in a quote that is marked whole.
    """

    text: str
    marked: bool
    left_out: bool = False
    answer: bool = False


def cut(
    text: str, ranges: Iterable[Range], left_out: Iterable[Range] = (), answer: Iterable[Range] = ()
) -> list[Piece]:
    """The text in pieces that join to it again, with `ranges` (characters of `text`) marked, others left out.

    Ranges may overlap, touch, lie outside or be empty; what is outside or empty marks nothing. Those of the `answer`
    are marked too, and told apart.
    """
    answers, without = _merged(text, answer), _merged(text, left_out)
    marks = _merged(text, [*ranges, *answers])
    bounds = sorted({0, len(text), *(bound for one in (*marks, *answers, *without) for bound in one)})
    return [
        Piece(
            text[low:high], not hidden and _inside(low, marks), hidden, not hidden and _inside(low, answers)
        )
        for low, high in pairwise(bounds)
        for hidden in (_inside(low, without),)
    ]


def _inside(at: int, ranges: Iterable[Range]) -> bool:
    return any(start <= at < end for start, end in ranges)


def outside(ranges: Iterable[Range], left_out: Iterable[Range]) -> list[Range]:
    """What is left of the ranges without others."""
    kept = list(ranges)
    for low, high in left_out:
        parts = [part for start, end in kept for part in ((start, min(end, low)), (max(start, high), end))]
        kept = [(start, end) for start, end in parts if start < end]
    return kept


def shifted(ranges: Iterable[Range], by: int) -> list[Range]:
    """Ranges of a document's text as ranges of the page that starts at `by` in it."""
    return [(start - by, end - by) for start, end in ranges]


def within(ranges: Iterable[Range], start: int, end: int) -> list[Range]:
    """The ranges' parts between `start` and `end`, counted from `start`."""
    clipped = [(max(first, start), min(last, end)) for first, last in ranges]
    return shifted([(first, last) for first, last in clipped if first < last], start)


def write_ranges(ranges: Sequence[Range]) -> str:
    """Ranges as an address carries them: `12-20.45-50`."""
    return ".".join(f"{start}-{end}" for start, end in ranges[:MOST_MARKS])


def read_ranges(written: str) -> list[Range]:
    """What `write_ranges` made; anything else in it is passed over."""
    found = (_RANGE.fullmatch(part) for part in written.split(".")[:MOST_MARKS])
    return [(int(match[1]), int(match[2])) for match in found if match]


def _merged(text: str, ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(within(ranges, 0, len(text))):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
