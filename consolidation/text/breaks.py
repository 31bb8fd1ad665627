"""Where the sentences of a document only seem to end: at the end of a page, and behind some abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from consolidation.text.ranges import Range

#: A line that only tells a page: "-7-", "<PAGE>", "Page 3 of 9", or a bare number.
_MARK = re.compile(
    r"^[^\S\n]*+(?:(?P<told><PAGE>(?:[^\S\n]+\d{1,3})?|[-\u2013\u2014][^\S\n]?\d{1,3}[^\S\n]?[-\u2013\u2014]|(?i:page)[^\S\n]+\d{1,3}(?:[^\S\n]+(?i:of)[^\S\n]+\d{1,3})?)"
    r"|(?P<bare>\d{1,3}))[^\S\n]*+$",
    re.MULTILINE,
)
_LAST_NUMBER = re.compile(r"(?<=\s)(?P<number>\d{1,3})\s*$")
_GOES_ON, _SMALL = re.compile(r"[A-Za-z,;)]"), re.compile(r"\s*+\(?[a-z]{2}")
#: Words with which no sentence ends.
_OPEN = re.compile(
    r"(?<![^\s(\"\u201c])(?:the|of|(?<![;,]\s)(?:and|or)|an?|any|by|to|for|with|such|its|their|from|under|that|which|shall|will|may|this|each"
    r"|other|between|hereby|pursuant)$"
)
_STOPPED = re.compile(r"(?<![^\W_])(?:Esq|Jr|Sr|Pty|Pvt|Ph\.D|M\.D|seq|Gen|Gov|Vol|Assn)\.$")
_OPENS = re.compile(
    r"\s*[\"\u201c(]?(?:The|This|These|If|In|Any|All|Each|No|Such|For|It|He|She|At|Upon|Either|Neither)\b"
)
_LAST_LINE, _BEHIND = 160, 40


def page_marks(text: str, told: Sequence[Range] = ()) -> tuple[Range, ...]:
    """Lines that tell a page; bare numbers only in the middle of a sentence, and where they count pages.

    `told` are places of other lines that stand between pages: a number beside one is that of a page.
    """
    marks = list(_MARK.finditer(text))
    sure = [*(m.span() for m in marks if m["told"]), *told]
    bare = {m.span("bare") for m in marks if m["bare"]}
    counted = set(_counting(text, sorted(bare | set(_last_numbers(text, told)))))
    beside = {place for place in bare if _is_beside(text, place, told)}
    within = [run for run in _runs(text, sorted({*sure, *counted, *beside})) if _is_within(text, run)]
    return tuple(sorted({*(m.span() for m in marks if m["told"]), *within}))


def _last_numbers(text: str, told: Sequence[Range]) -> Iterator[Range]:
    """Numbers that are the last thing before lines between pages, in a line of the text."""
    for low, _ in told:
        if found := _LAST_NUMBER.search(text, max(0, low - _BEHIND), low):
            yield found.span("number")


def _is_beside(text: str, place: Range, told: Sequence[Range]) -> bool:
    at = bisect_right(told, place)
    return bool(
        (at and not text[told[at - 1][1] : place[0]].strip())
        or (at < len(told) and not text[place[1] : told[at][0]].strip())
    )


def mended(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Sentences in order, those joined again that a page or an abbreviation parts.

    `text` has blanks for what runs at the head and foot of its pages.
    """
    out: list[Range] = []
    for start, end in ranges:
        if out and _is_one(text, out[-1], start):
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return out


def _is_one(text: str, before: Range, start: int) -> bool:
    low, high = before
    line = text[max(low, high - _LAST_LINE) : high]
    if "\n" in text[high:start].strip(" \t"):
        return bool(_OPEN.search(line))
    return bool(_STOPPED.search(line)) and not _OPENS.match(text, start)


def _counting(text: str, numbers: Sequence[Range]) -> Iterator[Range]:
    """Numbers next to one that is one less before them, or one more behind them."""
    values = [int(text[low:high]) for low, high in numbers]
    for at, place in enumerate(numbers):
        if values[at] - 1 in values[max(0, at - 1) : at] or values[at] + 1 in values[at + 1 : at + 2]:
            yield place


def _runs(text: str, marks: Sequence[Range]) -> list[Range]:
    """Marks with nothing but white space between them as one."""
    out: list[Range] = []
    for low, high in marks:
        if out and not text[out[-1][1] : low].strip():
            out[-1] = out[-1][0], high
        else:
            out.append((low, high))
    return out


def _is_within(text: str, place: Range) -> bool:
    low, high = place
    while low and text[low - 1].isspace():
        low -= 1
    return bool(low and _GOES_ON.match(text[low - 1]) and _SMALL.match(text, high))
