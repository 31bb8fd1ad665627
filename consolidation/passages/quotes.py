"""Quotes: whole sentences of the stored text around the places of an answer, running headers and footers left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from consolidation.passages.passages import Passages
from consolidation.passages.shown import Passage, Quote
from consolidation.text.ranges import Range, whole_words

#: Longest sentence in characters by which answers are judged; further ones are cut between words around the place.
LONGEST = 700
#: Longest sentence in characters that is quoted whole; further ones are cut between their clauses.
QUOTED = 1_600
#: How far the clauses around a place are quoted on either side of it, and how far its own is looked for.
_ROOM, _CLAUSE = 500, 1_800
#: A line in capitals alone, as titles and headings are: no part of the sentence after it.
_HEADING = re.compile(r"\s*+(?=[^a-z\n]*[A-Z]{3})[^a-z\n]+\n(?=\s*[A-Z0-9\"“(])")
#: A line of a sentence that is in capitals itself: one with the words of a sentence, that goes on in capitals.
_SAYS = re.compile(
    r"\b(?:SHALL|WILL|MAY|MUST|IS|ARE|BE|HAS|HAVE|HEREBY|NOT|AGREES?|WAIVES?|THAT|WHICH)\b"
    r"|(?:,|\b(?:AND|OR|OF|THE|TO|IN|BY|WITH|FOR|ANY|ALL|THIS|AN?|FROM|UNDER|UPON))\s*\Z"
)
_SMALL, _FEW_WORDS = re.compile(r"[a-z]"), 5
#: Where a clause of a long sentence begins: behind a semicolon or a colon, or at the letter of an item.
_CLAUSES = re.compile(
    r"[;:]\s+(?:(?:and|or|and/or)\s+)?|[,\w)]\s+(?=\((?:[a-z]|[ivx]{1,5}|[A-Z])\)\s)|,\s+(?=\(\d{1,2}\)\s)"
    r"|\n[^\S\n]*+(?=\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]\s)"
)
#: Where an item begins behind a whole sentence, which its letter hides: "thereof.\n  b. This Agreement".
_ITEM = re.compile(r"[.!?][\"\u201d)]?[^\S\n]*\n\s*(?=\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+[A-Z])")
_JOINING = re.compile(r"(?<=[;,])\s+(?:and|or|and/or)$")
#: What ends the sentence or the clause before, at the beginning of a passage.
_ENDED = re.compile(r"[.,;:)\]”\u2019!?\s]*\s")
#: What joins the parts of a word, as in "Party_b" and "8-K/A", and what of it stands before.
_GLUED = re.compile(r"(?<=[^\W_])[_/'\u2019-](?=[^\W_])")
_LONGEST_WORD = 60
#: Most of a sentence, in characters, by which a passage is made longer or shorter to begin and end with whole ones.
_REST = 400
_JOINED_BEFORE = re.compile(r"[\w/'\u2019-]*$")
#: Places whose quotes are this near are shown in one.
NEAR = 40


def quotes_of(passages: Passages, places: Sequence[Range]) -> tuple[Quote, ...]:
    """One quote for each place, whose words are marked whole; those that overlap or follow closely are one."""
    merged: list[tuple[Range, list[Range]]] = []
    for place in sorted({whole_words(passages.text, place) for place in places}):
        low, high = quoted_around(passages, place)
        if merged and low <= merged[-1][0][1] + NEAR and high - merged[-1][0][0] <= QUOTED:
            (first, last), marked = merged[-1]
            merged[-1] = (first, max(last, high)), [*marked, place]
        else:
            merged.append(((low, high), [place]))
    return tuple(_quote(passages, low, high, marked) for (low, high), marked in merged)


def passage_of(passages: Passages, place: Range) -> Passage:
    """A range of the text as a passage under its heading, in whole sentences where they end near its own ends.

    The marks that end the sentence before, which a window may begin with, are left out.
    """
    low, high = whole_words(passages.text, place)
    low, high = _sentences_of(passages, (_clean_start(passages.text, low, high), high))
    heading, left_out = passages.heading(low), passages.added_within(low, high)
    return Passage(low, high, passages.text[low:high], heading, left_out)


def closest(passages: Passages, rows: Sequence[int]) -> tuple[Passage, ...]:
    """The passages of rows, the first best; those left out that hold running headers and footers alone."""
    shown = (passage_of(passages, passages.ranges[row]) for row in rows)
    return tuple(one for one in shown if _says_something(passages, (one.start, one.end)))


def _says_something(passages: Passages, place: Range) -> bool:
    at, high = place
    for first, last in passages.added:
        if first < high and passages.text[at : max(at, first)].strip():
            return True
        at = max(at, min(last, high))
    return bool(passages.text[at:high].strip())


def _sentences_of(passages: Passages, place: Range) -> Range:
    """A place in whole sentences, made longer by little or shorter at its beginning."""
    first, last = (_bounds(passages, (at, at + 1)) for at in (place[0], max(place[0], place[1] - 1)))
    low, high = place
    if low - first[0] <= _REST:
        low = first[0]
    elif first[1] - low <= _REST and passages.text[first[1] : high].strip():
        rest = passages.text[first[1] : high]
        low = high - len(rest.lstrip())
    return low, last[1] if last[1] - high <= _REST else high


def _clean_start(text: str, low: int, high: int) -> int:
    """Where a passage's first word begins: with what is joined to it, without marks that end what was before."""
    before = max(0, low - _LONGEST_WORD)
    if any(_GLUED.match(text, at) for at in (low, low - 1) if at > 0):
        joined = _JOINED_BEFORE.search(text, before, low)
        low = joined.start() if joined else low
    ended = _ENDED.match(text, low, high)
    return ended.end() if ended and ended.end() < high else low


def _quote(passages: Passages, low: int, high: int, marked: Sequence[Range]) -> Quote:
    return Quote(low, high, passages.text[low:high], tuple(marked), passages.added_within(low, high))


def sentence_around(passages: Passages, place: Range) -> Range:
    """The sentences that a place touches, at most `LONGEST` characters; never shorter than the place."""
    low, high = _bounds(passages, place)
    if high - low > LONGEST:
        low, high = _cut(passages.text, place, low, high)
    return _bared(passages, place, low, high)


def quoted_around(passages: Passages, place: Range) -> Range:
    """The whole sentences that a place touches, as they are quoted; beyond `QUOTED` characters whole clauses."""
    low, high = _bounds(passages, place)
    if high - low > QUOTED:
        low, high = _clauses(passages.text, place, low, high)
    low, high = _bared(passages, place, low, high)
    low = max((item.end() for item in _ITEM.finditer(passages.text, low, place[0])), default=low)
    joining = _JOINING.search(passages.text, max(place[1], high - len(" and/or")), high)
    return low, joining.start() if joining else high


def _bounds(passages: Passages, place: Range) -> Range:
    bounds = passages.sentences
    first = max(0, bisect_right(bounds, place[0], key=lambda s: s[0]) - 1)
    last = max(first, bisect_right(bounds, place[1] - 1, key=lambda s: s[0]) - 1)
    return min(bounds[first][0], place[0]), max(bounds[last][1], place[1])


def _bared(passages: Passages, place: Range, low: int, high: int) -> Range:
    """A range without added lines and white space at its ends."""
    text = passages.text
    for start, end in reversed(passages.added):
        if place[1] <= start < high and not text[end:high].strip():
            high = start
    low = _beginning(passages, low, place[0])
    while low < place[0] and text[low].isspace():
        low += 1
    while high > place[1] and text[high - 1].isspace():
        high -= 1
    return low, high


def _beginning(passages: Passages, low: int, most: int) -> int:
    """Where a sentence begins behind the headings and added lines before it."""
    while low < most:
        heading = _HEADING.match(passages.text, low, most)
        if heading and _is_in_capitals(heading[0], passages.text[heading.end() : most]):
            break
        ends = (b for a, b in passages.added if low < b <= most and not passages.text[low:a].strip())
        behind = heading.end() if heading else next(ends, low)
        if behind == low:
            break
        low = behind
    return low


def _is_in_capitals(line: str, behind: str) -> bool:
    """Whether a line in capitals is of a sentence that is in capitals too, as far as what is behind it shows."""
    return len(line.split()) >= _FEW_WORDS and bool(_SAYS.search(line)) and not _SMALL.search(behind)


def _cut(text: str, place: Range, low: int, high: int) -> Range:
    """A long sentence, cut between words around the place."""
    room = max(0, LONGEST - (place[1] - place[0])) // 2
    before, after = max(low, place[0] - room), min(high, place[1] + room)
    while before > low and before < place[0] and not text[before - 1].isspace():
        before += 1
    while after < high and after > place[1] and not text[after].isspace():
        after -= 1
    return before, after


def _clauses(text: str, place: Range, low: int, high: int) -> Range:
    """The clauses of a long sentence around a place; cut between words where none ends so near."""
    before, after = _cut(text, place, low, high)
    starts = [m.end() for m in _CLAUSES.finditer(text, max(low, place[0] - _CLAUSE), place[0])]
    near = [at for at in starts if at >= place[0] - _ROOM] or starts[-1:]
    first = low if not near or low >= place[0] - _ROOM else near[0]
    found = [
        m
        for m in _CLAUSES.finditer(text, max(low, place[1] - 1), min(high, place[1] + _CLAUSE))
        if m.start() + 1 >= place[1]
    ]
    ends = [m.start() + 1 for m in found if m[0][0] in ";:"] or [m.start() + 1 for m in found]
    far = [at for at in ends if at <= place[1] + _ROOM][-1:] or ends[:1]
    last = high if not far or high <= place[1] + _ROOM else far[0]
    return first if place[0] - first <= _CLAUSE else before, last if last - place[1] <= _CLAUSE else after
