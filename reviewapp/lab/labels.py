"""Words beside points of a plot: none upon another or upon a point, with a line to its point where it is far.

Where there is a place for it, such a line passes no other point, no other words and no other such line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import NamedTuple

#: About what a letter takes of a line, and a line of words, in the units of the drawing (text of 12).
LETTER, LINE = 6.3, 17.5
#: Half of a point with some room around it, for words and for lines.
POINT, DOT = 6.0, 5.0
#: Words so far from their point have a line to it.
FAR = 12.0
_DISTANCES = (8, 14, 24, 38, 56, 80, 112, 150)
_DIRECTIONS, _ROUNDS = 32, 4
#: Lines pass other words by at so much.
_ROOM = 3.0
#: What is as bad as to stand so much further away: upon words or a point, a leader through a point, a leader through
#: words or another leader, upon another line.
_COVERED, _PIERCED, _CROSSED, _STRUCK = 2000.0, 1200.0, 600.0, 60.0


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

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is in it."""
        return self.left < x < self.right and self.top < y < self.foot

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

    def crosses(self, other: "Stroke") -> bool:
        """Whether another line has its ends on both sides of this one, and this one on both sides of it."""
        return self._parts(other) and other._parts(self)

    def _parts(self, other: "Stroke") -> bool:
        sides = [
            (self.to_x - self.x) * (y - self.y) - (self.to_y - self.y) * (x - self.x)
            for x, y in (other[:2], other[2:])
        ]
        return sides[0] * sides[1] < 0


class Placed(NamedTuple):
    """Words that have their place: what they take, and the line to their point, if any."""

    box: Box
    words: str
    leader: Stroke | None


class _Choice(NamedTuple):
    """A place for words, and how bad it is whatever stands where."""

    bad: float
    place: Placed


def placed(spots: Sequence[Spot], within: Box, strokes: Iterable[Stroke] = ()) -> list[Placed]:
    """Words for each of these points, inside a box and if possible not upon the strokes, in the points' order."""
    lines = list(strokes)
    choices = [
        sorted(
            (_Choice(_lasting(spot, one, spots, lines), one) for one in _candidates(spot, within)),
            key=lambda choice: choice.bad,
        )
        for spot in spots
    ]
    found = dict[int, Placed]()
    # where words came first that others find in their way, they look again
    for _ in range(_ROUNDS):
        before = dict(found)
        for at in range(len(spots)):
            found[at] = _best(choices[at], [other for key, other in found.items() if key != at])
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


def _around(spot: Spot, room: float) -> Box:
    return Box(spot.x, spot.y, spot.x, spot.y).with_room(room)


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


def _best(choices: Sequence[_Choice], others: Sequence[Placed]) -> Placed:
    """The place that is least bad among other words; the choices come in the order of what is bad of them anyhow."""
    best, least = choices[0].place, float("inf")
    for choice in choices:
        if choice.bad >= least:
            break
        bad = choice.bad + _among(choice.place, others)
        if bad < least:
            best, least = choice.place, bad
    return best


def _lasting(spot: Spot, one: Placed, spots: Sequence[Spot], lines: Sequence[Stroke]) -> float:
    """How bad a place is for what does not move: how far it is, points and lines below the words and their leader."""
    near = one.box.nearest(spot.x, spot.y)
    bad = hypot(near[0] - spot.x, near[1] - spot.y)
    bad += _COVERED * sum(one.box.meets(_around(other, POINT)) for other in spots)
    bad += _STRUCK * sum(line.meets(one.box) for line in lines)
    if one.leader:
        # what lies upon its own point, a leader cannot help but pass
        dots = (_around(other, DOT) for other in spots)
        bad += _PIERCED * sum(one.leader.meets(dot) for dot in dots if not dot.holds(spot.x, spot.y))
    return bad


def _among(one: Placed, others: Sequence[Placed]) -> float:
    """How bad a place is for other words and their leaders."""
    bad = _COVERED * sum(one.box.meets(other.box) for other in others)
    bad += _CROSSED * sum(other.leader.meets(one.box.with_room(_ROOM)) for other in others if other.leader)
    if one.leader:
        bad += _CROSSED * sum(one.leader.meets(other.box.with_room(_ROOM)) for other in others)
        bad += _CROSSED * sum(one.leader.crosses(other.leader) for other in others if other.leader)
    return bad
