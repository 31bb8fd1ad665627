"""Words beside points of a plot: none upon another or upon a point, with a line to its point where it is far."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import NamedTuple

#: About what a letter takes of a line, and a line of words, in the units of the drawing (text of 12).
LETTER, LINE = 6.3, 17.5
#: Half of a point with some room around it.
POINT = 6.0
#: Words so far from their point have a line to it.
FAR = 12.0
_DISTANCES = (8, 14, 24, 38, 56, 80, 112, 150)
_DIRECTIONS, _ROUNDS = 16, 4
#: Lines pass other words by at so much.
_ROOM = 3.0
#: What is as bad as to stand so much further away: upon words or a point, a leader through words, upon another line.
_COVERED, _CROSSED, _STRUCK = 2000.0, 600.0, 60.0


class Spot(NamedTuple):
    """A point with its words."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Box:
    """What something takes of the drawing."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: "Box") -> bool:
        """Whether they share any of the drawing."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.foot and other.top < self.foot

    def with_room(self, room: float) -> "Box":
        """The box and so much around it."""
        return Box(self.left - room, self.top - room, self.right + room, self.foot + room)

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The place in the box that is nearest to another place."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.foot)


class Stroke(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float

    def meets(self, box: Box) -> bool:
        """Whether any of it is in the box: the parts of it between the box's sides have one in common."""
        enters, leaves = 0.0, 1.0
        for begin, by, low, high in (
            (self.x, self.to_x - self.x, box.left, box.right),
            (self.y, self.to_y - self.y, box.top, box.foot),
        ):
            if not by:
                if not low < begin < high:
                    return False
                continue
            one, other = sorted(((low - begin) / by, (high - begin) / by))
            enters, leaves = max(enters, one), min(leaves, other)
        return enters < leaves


class Placed(NamedTuple):
    """Words that have their place: what they take, and the line to their point, if any."""

    box: Box
    words: str
    leader: Stroke | None


def placed(spots: Sequence[Spot], within: Box, strokes: Iterable[Stroke] = ()) -> list[Placed]:
    """Words for each of these points, inside a box and if possible not upon the strokes, in the points' order."""
    points, lines = [_around(spot) for spot in spots], list(strokes)
    choices = [list(_candidates(spot, within)) for spot in spots]
    found = dict[int, Placed]()
    # where words came first that others find in their way, they look again
    for _ in range(_ROUNDS):
        before = dict(found)
        for at, spot in enumerate(spots):
            others = [other for key, other in found.items() if key != at]
            found[at] = _best(spot, choices[at], points, others, lines)
        if found == before:
            break
    return list(found.values())


def spread(heights: Sequence[float], top: float, foot: float) -> list[float]:
    """These heights, moved as little as it takes to keep lines of words apart, and between two ends."""
    order, out = sorted(range(len(heights)), key=heights.__getitem__), [0.0] * len(heights)
    free = top
    for at in order:
        out[at] = max(heights[at], free)
        free = out[at] + LINE
    free = foot
    for at in reversed(order):
        out[at] = round(min(out[at], free), 1)
        free = out[at] - LINE
    return out


def _around(spot: Spot) -> Box:
    return Box(spot.x, spot.y, spot.x, spot.y).with_room(POINT)


def _candidates(spot: Spot, within: Box) -> Iterator[Placed]:
    width = LETTER * len(spot.words)
    for distance in _DISTANCES:
        for turn in range(_DIRECTIONS):
            along, down = (round(f(2 * pi * turn / _DIRECTIONS), 6) for f in (cos, sin))
            x = spot.x + along * distance + width / 2 * max(-1.0, min(1.0, 2 * along))
            y = spot.y + down * distance + LINE / 2 * max(-1.0, min(1.0, 2 * down))
            box = Box(x - width / 2, y - LINE / 2, x + width / 2, y + LINE / 2)
            is_inside = within.left <= box.left and box.right <= within.right
            if is_inside and within.top <= box.top and box.foot <= within.foot:
                near = box.nearest(spot.x, spot.y)
                is_far = hypot(near[0] - spot.x, near[1] - spot.y) > FAR
                yield Placed(box, spot.words, Stroke(spot.x, spot.y, *near) if is_far else None)


def _best(
    spot: Spot,
    choices: Sequence[Placed],
    points: Sequence[Box],
    others: Sequence[Placed],
    lines: Sequence[Stroke],
) -> Placed:
    return min(choices, key=lambda one: _badness(spot, one, points, others, lines))


def _badness(
    spot: Spot, one: Placed, points: Sequence[Box], others: Sequence[Placed], lines: Sequence[Stroke]
) -> float:
    """How bad a place is: what lies below the words and their line, and how far they are."""
    near = one.box.nearest(spot.x, spot.y)
    bad = hypot(near[0] - spot.x, near[1] - spot.y)
    bad += _COVERED * sum(one.box.meets(other.box) for other in others)
    bad += _COVERED * sum(one.box.meets(point) for point in points)
    bad += _STRUCK * sum(line.meets(one.box) for line in lines)
    bad += _CROSSED * sum(other.leader.meets(one.box.with_room(_ROOM)) for other in others if other.leader)
    if one.leader:
        bad += _CROSSED * sum(one.leader.meets(other.box.with_room(_ROOM)) for other in others)
        own = _around(spot)
        bad += _CROSSED * sum(one.leader.meets(point) for point in points if not point.meets(own))
    return bad
