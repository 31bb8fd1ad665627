"""Quotes without the line breaks of the page that they stand on; paragraphs, points and rows of tables stay apart."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from reviewapp.frame.marking import Piece, Range, cut

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_POINT = re.compile(
    r"(?:\((?:[a-zA-Z]{1,2}|[ivxlc]{1,6}|\d{1,3})\)|\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|[A-Za-z][.)]"
    r"|[ivxIVX]{1,5}[.)]|(?:article|section|schedule|exhibit)\s+\d|[•▪◦*])(?=\s)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;:,!?][\"'\u201d\u2019)\]]*$|(?:\band|\bor)$")
_STOPS = re.compile(r"[.;:!?][\"'\u201d\u2019)\]]*$")
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
#: A line that ends a sentence and is shorter than this share of the longest one ends its paragraph.
_SHORT = 0.75
_LONGEST_HEADING = 90


def flowing(text: str) -> list[str]:
    """The characters of a text, each in its place; of a break for want of room in a line a space, or nothing.

    Nothing stands for it after a hyphen, which is kept: whether the word has one cannot be told.
    """
    shown = list(text)
    longest = max(map(len, text.split("\n")))
    for found in _BREAK.finditer(text):
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        after = text[found.end() :].partition("\n")[0]
        if "\n" in found[0].replace("\n", "", 1) or _is_end(before, after, longest):
            continue
        is_within = _HYPHENATED.search(before) and after[:1].islower()
        shown[found.start() : found.end()] = ["" if is_within else " "] + [""] * (len(found[0]) - 1)
    return shown


def joined(text: str) -> str:
    """A text with its lines joined that were broken for want of room."""
    return "".join(flowing(text))


def quoted(quote: str, ranges: Iterable[Range], left_out: Iterable[Range]) -> list[Piece]:
    """A quote cut where its marks (ranges of its characters) begin and end, with the lines in its pieces joined."""
    pieces, flow = cut(quote, ranges, left_out), flowing(quote)
    starts = accumulate((len(piece.text) for piece in pieces), initial=0)
    return [
        replace(piece, text="".join(flow[start : start + len(piece.text)]))
        for start, piece in zip(starts, pieces, strict=False)
    ]


def _is_end(before: str, after: str, longest: int) -> bool:
    """Whether a line that is followed by another one ends a paragraph, a point, a heading or a row."""
    if "\t" in before.strip() or "\t" in after.strip() or _is_heading(before) != _is_heading(after):
        return True
    if _POINT.match(after) and _ENDS.search(before):
        return True
    is_short = len(before) < _SHORT * longest
    return bool(is_short and _STOPS.search(before) and (after[:1].isupper() or after[:1] in '"\u201c('))


def _is_heading(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(line) <= _LONGEST_HEADING and len(letters) > 3 and all(map(str.isupper, letters))
