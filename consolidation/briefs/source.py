"""A document's text as the rules of a brief see it: sentences to quote, blanks, and where its agreements open."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from consolidation.briefs.dates import dates
from consolidation.briefs.durations import durations
from consolidation.briefs.fields import ALTERNATIVES, Candidate, Field, Range, Type
from consolidation.briefs.headings import running_ranges
from consolidation.text.sentences import sentences
from consolidation.text.spaces import plain_spaces
from consolidation.text.values import MONTHS, plain

#: What a filing puts where words were left out: [***], ____, [ ], {*****}.
BLANK = re.compile(
    r"\[\s*(?:\*\s*)+\]|\{\s*(?:\*\s*)+\}|\*{3,}|_{2,}|\[\s*\]|\[\s*[\u25cf\u2022_.]+\s*\]"
    r"|\[(?i:redacted|omitted)\]"
)
#: A quote is at most this long on either side of its place, in characters; longer sentences are cut at a word.
QUOTE_SIDE = 900
#: How much a place inside a passage tagged as such a clause counts more, at a certain tag.
TAG_WEIGHT = 0.15

Tags = Mapping[str, Sequence[tuple[int, int, float]]]


#: Lines that a filing adds between pages; these, and rows of dashes that underline words.
_ADDED = re.compile(
    r"\bSource:\s{0,4}[A-Z0-9][^\n]{0,120}?,\s{0,4}[\w/() -]{1,20},\s{0,4}\d{1,2}/\d{1,2}/\d{4}"
)
_NOISE = re.compile(rf"{_ADDED.pattern}|(?<![\w-])-{{3,}}(?![\w-])")


#: White space inside a sentence; with blank lines in it, it is where a page breaks.
_BREAK = re.compile(r"(?<=[A-Za-z,])\s{2,300}(?=[a-z]{2})")


#: Where a full stop stands inside a date: "March 18. 2021", "April. 1st 2019".
_MONTH = "|".join(MONTHS)
_STOPPED = re.compile(
    rf"\b(?:{_MONTH})\s{{1,3}}\d{{1,2}}\.\s{{1,3}}(?=(?:19|20)\d\d\b)|\b(?:{_MONTH})\.\s{{1,3}}(?=\d{{1,2}}(?:st|nd|rd|th)\b)"
)


def _with_whole_dates(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Sentences, of which none ends inside a date."""
    inside = {match.end() for match in _STOPPED.finditer(text)}
    found: list[Range] = []
    for start, end in ranges:
        if found and start in inside:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def without_noise(text: str, ranges: Sequence[Range] = ()) -> str:
    """The text with plain spaces, character for character, in place of others, ranges, source lines and dashes."""
    text, parts, last = plain_spaces(text), [], 0
    for start, end in ranges:
        end += text[end : end + 1] == "\n"
        parts += [text[last:start], " " * (end - start)]
        last = end
    text = _NOISE.sub(lambda match: " " * len(match[0]), "".join([*parts, text[last:]]))
    return _BREAK.sub(lambda match: " " * len(match[0]) if match[0].count("\n") > 1 else match[0], text)


def added_lines(text: str, running: Sequence[Range]) -> tuple[Range, ...]:
    """Where running lines, or lines that a filing adds between pages, stand in a text, in order, without overlap."""
    found: list[Range] = []
    for start, end in sorted({*running, *(m.span() for m in _ADDED.finditer(text))}):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


class Source:
    """The text of one document with its sentences; `text` has blanks for what a filing adds, at the same offsets.

    Args:
        text: the stored text.
        page_starts: offset of each page; none where the file has no pages.
        tags: passages by CUAD category, as start, end and confidence, from whoever tags clauses.
    """

    def __init__(self, text: str, page_starts: Sequence[int] | None = None, tags: Tags | None = None) -> None:
        self.stored = text
        self.running = running_ranges(text, page_starts) if page_starts else ()
        self.text = without_noise(text, self.running)
        self.page_starts = tuple(page_starts or (0,))
        self.tags: Tags = tags or {}
        self.sentences: list[Range] = _with_whole_dates(self.text, sentences(self.text))
        self.dates = cache(dates)
        self.durations = cache(durations)
        self._starts = [start for start, _ in self.sentences]

    def around(self, place: Range) -> Range:
        """The range of whole sentences that hold a place."""
        first = max(bisect_right(self._starts, place[0]) - 1, 0)
        last = max(bisect_right(self._starts, max(place[1] - 1, place[0])) - 1, first)
        if not self.sentences:
            return place
        return min(self.sentences[first][0], place[0]), max(self.sentences[last][1], place[1])

    def quote(self, place: Range) -> Range:
        """The sentences around a place, cut between words where they are very long."""
        start, end = self.around(place)
        if place[0] - start > QUOTE_SIDE:
            low = self.text.find(" ", place[0] - QUOTE_SIDE, place[0])
            start = low + 1 if low >= 0 else place[0]
        if end - place[1] > QUOTE_SIDE:
            high = self.text.rfind(" ", place[1], place[1] + QUOTE_SIDE)
            end = high if high >= 0 else place[1]
        return start, end

    def sentences_with(
        self, pattern: re.Pattern[str], low: int = 0, high: int | None = None
    ) -> Iterator[Range]:
        """Each sentence in which a pattern is found, once, in order."""
        last = -1
        for match in pattern.finditer(self.text, low, len(self.text) if high is None else high):
            if match.start() < last:
                continue
            start, end = self.around(match.span())
            last = end
            yield start, end

    def tagged(self, category: str, place: Range) -> float:
        """The confidence of the tagged passage of a category that holds a place, 0 where none does."""
        spans = self.tags.get(category, ())
        return max((sure for start, end, sure in spans if start <= place[0] and place[1] <= end), default=0.0)

    def written(self, places: Iterable[Range]) -> str:
        """The words at places."""
        return "; ".join(self.stored[start:end] for start, end in places)

    def field(self, type: Type, candidate: Candidate) -> Field:
        """A candidate as a field with its quotes."""
        quotes = candidate.quotes or tuple(self.quote(place) for place in candidate.places)
        return Field(
            type,
            candidate.value,
            self.written(candidate.places),
            candidate.places,
            quotes[0],
            round(candidate.confidence, 3),
            candidate.rule,
            quotes=quotes,
        )

    def choose(self, type: Type, candidates: Iterable[Candidate], category: str = "") -> Field | None:
        """The likeliest candidate, the earliest of equals, with what else was found as alternatives.

        Values that differ in capitals and signs alone are one.
        """

        def weight(candidate: Candidate) -> tuple[float, int]:
            tag = self.tagged(category, candidate.places[0]) if category else 0.0
            return -(candidate.confidence + TAG_WEIGHT * tag), candidate.places[0][0]

        best: dict[str, Candidate] = {}
        for candidate in sorted(candidates, key=weight):
            best.setdefault(plain(candidate.value) or candidate.value, candidate)
        if not best:
            return None
        first, *others = (self.field(type, candidate) for candidate in best.values())
        return Field(
            first.type,
            first.value,
            first.written,
            first.places,
            first.quote,
            first.confidence,
            first.rule,
            tuple(others[:ALTERNATIVES]),
            first.quotes,
        )
