"""A document's passages, ready for questions.

Shape suffixes: W windows (and so passages) of a document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from threading import Lock

from consolidation.briefs import Brief, brief
from consolidation.briefs.source import added_lines, without_noise
from consolidation.text.bm25 import FullText
from consolidation.text.breaks import mended, page_marks
from consolidation.text.ranges import Range
from consolidation.text.sentences import sentences
from consolidation.text.windows import Windows

SplitText = Callable[[str], Windows]
#: Characters of the texts whose passages are kept for the next question: some 300 contracts of common length.
KEPT_CHARACTERS = 15_000_000


def only_letters(words: str) -> str:
    """The letters from A to Z of some words, in lower case."""
    return re.sub(r"[^a-z]", "", words.lower())


class Passages:
    """The passages of one text, one around each window, with an index of their words and the document's brief.

    The brief is made from the text where none is given.
    """

    def __init__(self, windows: Windows, made: Brief | None = None) -> None:
        self.text, self._made = windows.text, made
        self.ranges = windows.passages

    def __len__(self) -> int:
        return len(self.ranges)

    def words(self, row: int) -> str:
        """The text of a passage."""
        low, high = self.ranges[row]
        return self.text[low:high]

    @cached_property
    def full_text(self) -> FullText:
        """BM25 over the passages."""
        return FullText([self.words(row) for row in range(len(self))])

    @cached_property
    def letters(self) -> str:
        """All letters of the text without what stands between them, in lower case: whether it has a word at all."""
        return only_letters(self.text)

    @cached_property
    def brief(self) -> Brief:
        """The facts that rules find in the text."""
        return self._made or brief(self.text)

    @cached_property
    def added(self) -> tuple[Range, ...]:
        """Running lines, page numbers and what a filing adds between pages, which no sentence is made of."""
        lines = added_lines(self.text, self.brief.running)
        return added_lines(self.text, (*lines, *page_marks(self.text, lines)))

    @cached_property
    def sentences(self) -> list[Range]:
        """Ranges of the text's sentences, also over the end of a page; one range where the text has none."""
        plain = without_noise(self.text, self.added)
        return mended(plain, sentences(plain)) or [(0, len(self.text))]

    @cached_property
    def title(self) -> str:
        """The document's title, as far as rules find it."""
        found = self.brief.first("title")
        return " ".join(found.written.split()) if found else ""

    def added_within(self, low: int, high: int) -> tuple[Range, ...]:
        """What is added between two places, neither first nor last there."""
        return tuple((a, b) for a, b in self.added if low < a and b < high)

    def holding(self, place: Range) -> int:
        """The passage that holds most of a place, with most of the text around it."""

        def fit(row: int) -> tuple[int, int]:
            low, high = self.ranges[row]
            held = min(high, place[1]) - max(low, place[0])
            return held, min(place[0] - low, high - place[1])

        return max(range(len(self)), key=fit)

    def heading(self, at: int) -> str:
        """Number and words of the heading under which a character stands; empty before the first."""
        headings = self.brief.headings
        i = bisect_right(headings, at, key=lambda h: h.place[0])
        return f"{headings[i - 1].number} {headings[i - 1].heading}".strip() if i else ""


class Recent:
    """Passages of the texts asked last, of at most so many characters together; for any number of threads."""

    def __init__(self, most: int) -> None:
        self._most, self._characters, self._lock = most, 0, Lock()
        self._kept: OrderedDict[tuple[str, SplitText, Brief | None], Passages] = OrderedDict()

    def forget(self) -> None:
        """Keep no passages, as in a new process."""
        with self._lock:
            self._kept.clear()
            self._characters = 0

    def __call__(self, text: str, split: SplitText, brief: Brief | None = None) -> Passages:
        key = text, split, brief
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = Passages(split(text), brief)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._characters += len(text)
            while self._characters > self._most and self._kept:
                (old, *_), _ = self._kept.popitem(last=False)
                self._characters -= len(old)
        return made


#: The passages of a text that `split` makes windows of; those of the texts asked last are kept.
passages_of = Recent(KEPT_CHARACTERS)
