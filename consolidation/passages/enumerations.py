"""Enumerations of a text by their structure: the lettered items of which a place is one, over any pages.

A series counts from its first letter or number on without a gap; its items end with commas or semicolons, or stand
under words that end with a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from consolidation.passages.passages import Passages
from consolidation.text.ranges import Range

#: How far from a place its series may begin, and end, in characters; and how many items one has at most.
_BEFORE, _BEHIND, _MOST, _END = 6_000, 8_000, 40, 60
_ROMAN = ("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx").split()
_MARKER = re.compile(
    r"(?<![\w(.])(?P<open>\(?)(?P<name>[A-Za-z]|[ivx]{2,5}|\d{1,2})(?P<close>[).])(?=[\s\"\u201c])"
    r"|(?<=\n)[^\S\n]*(?P<bullet>[\u2022\u25cf\u25aa\xb7\uf0b7*-])(?=\s)"
)
_WORDS = re.compile(r"[^\W\d_]{2,}|\d")
_JOINS = r"(?:and/or|and|or|plus|minus|less|over|multiplied\s+by|divided\s+by|times)"
_BETWEEN = re.compile(rf"(?:[,;]|[,;]?\s+{_JOINS})\s*$")
_LEAD = re.compile(r"(?::|\u2014|--)\s*$")
_EDGES = re.compile(rf"\s*[,;.]?\s*(?:\b{_JOINS})?\s*[,;]?\s*$")
#: What follows a last item and belongs to none.
_TAIL = re.compile(
    r",\s+(?:except|provided|in\s+each\s+case|as\s+applicable|unless|without\s+limit\w*|whichever|so\s+long\s+as)\b|;|\.\s"
)


@dataclass(frozen=True, slots=True)
class _Marker:
    start: int
    end: int
    style: str
    values: tuple[tuple[str, int], ...]


def series_around(passages: Passages, place: Range) -> tuple[Range, ...]:
    """The items of the shortest lettered series that holds a place in one of them, in order; none where none does.

    They are without their letters and what joins them.
    """
    text = passages.text
    low, high = max(0, place[0] - _BEFORE), min(len(text), place[1] + _BEHIND)
    markers = [_marker(m) for m in _MARKER.finditer(text, low, high)]
    found = [one for one in _series(passages, markers) if one[0][0] <= place[1] and place[0] < one[-1][1]]
    holding = [one for one in found if any(a < place[1] and place[0] < b for a, b in one)]
    return min(holding, key=lambda one: one[-1][1] - one[0][0], default=())


def _marker(match: re.Match[str]) -> _Marker:
    if match["bullet"]:
        return _Marker(match.start("bullet"), match.end(), match["bullet"], (("bullet", 0),))
    style = match["open"] + match["close"]
    return _Marker(match.start(), match.end(), style, mark_values(match["name"]))


def mark_values(name: str) -> tuple[tuple[str, int], ...]:
    """What the letter or number of an item may count, each with its kind: "i" is the ninth letter, or a Roman one."""
    if name.isdigit():
        return (("number", int(name)),)
    case, values = "upper" if name.isupper() else "lower", list[tuple[str, int]]()
    if len(name) == 1:
        values.append((case, ord(name.lower()) - ord("a") + 1))
    if name.lower() in _ROMAN:
        values.append((f"roman {case}", _ROMAN.index(name.lower()) + 1))
    return tuple(values)


def _series(passages: Passages, markers: Sequence[_Marker]) -> Iterator[tuple[Range, ...]]:
    for at, first in enumerate(markers):
        for kind, value in first.values:
            if value > 1:
                continue
            chain = [first]
            for other in markers[at + 1 :]:
                told = dict(other.values).get(kind)
                if other.style != first.style or told is None:
                    continue
                if kind != "bullet" and told == 1:
                    break
                if kind == "bullet" or told == len(chain) + 1:
                    chain.append(other)
            if len(chain) > 1 and (made := _made(passages, chain[:_MOST])):
                yield made


def _made(passages: Passages, chain: Sequence[_Marker]) -> tuple[Range, ...]:
    """The items between markers, as far as they are of one enumeration; none where that is fewer than two."""
    text, first = passages.text, chain[0]
    begin = max((s for s, _ in passages.sentences if s <= first.start), default=0)
    lead = text[begin : first.start]
    if not lead.strip() and begin:
        lead = text[max(0, begin - 200) : begin]
    has_colon, items = bool(_LEAD.search(lead[-_END:])), list[Range]()
    if first.style == ")" and not has_colon:
        return ()
    for one, other in pairwise(chain):
        place = _before_added(passages, (one.end, other.start))
        body = text[slice(*place)]
        if not _WORDS.search(body):
            return ()
        lines = has_colon and "\n" in text[place[1] - 1 : other.start]
        if not (
            lines or (_BETWEEN.search(body[-_END:]) and not _ends_within(passages, one.end, other.start))
        ):
            break
        items.append(place)
    if not items:
        return ()
    last = chain[len(items)]
    items.append((last.end, _last_end(passages, last.end)))
    trimmed = tuple(_trimmed(text, item) for item in items)
    if any(not _WORDS.search(text[a:b]) for a, b in trimmed):
        return ()
    return trimmed


def _before_added(passages: Passages, place: Range) -> Range:
    """A place without the lines between pages at its end."""
    low, high = place
    for start, end in reversed(passages.added):
        if low < start and end <= high and not passages.text[end:high].strip():
            high = start
    return low, high


def _ends_within(passages: Passages, low: int, high: int) -> bool:
    """Whether a sentence ends with a stop between two places."""
    bounds = passages.sentences
    at = bisect_right(bounds, low, key=lambda s: s[1])
    return at < len(bounds) and bounds[at][1] < high and passages.text[bounds[at][1] - 1] == "."


def _last_end(passages: Passages, low: int) -> int:
    text = passages.text
    end = next((e for s, e in passages.sentences if s <= low < e), len(text))
    tail = _TAIL.search(text, low, end)
    return tail.start() if tail else end


def _trimmed(text: str, item: Range) -> Range:
    low, high = item
    while low < high and text[low].isspace():
        low += 1
    edge = _EDGES.search(text, max(low, high - _END), high)
    return low, max(low, edge.start() if edge else high)
