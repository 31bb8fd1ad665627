"""Words in one document, as they are written: letter for letter, whatever the case and the breaks of lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reviewapp.frame.marking import Range
from reviewapp.frame.signs import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES

MOST_CHARACTERS = 100
_ALIKE = (DOUBLE_QUOTES, SINGLE_QUOTES, DASHES)


@dataclass(frozen=True)
class Found:
    """Where words stand in a document: how often, on which pages, and their ranges on the page that is shown."""

    words: str
    total: int
    pages: tuple[int, ...]
    here: tuple[Range, ...]
    previous: int | None
    next: int | None


def find(words: str, pages: Iterable[tuple[int, str]], number: int) -> Found | None:
    """Where words stand in pages (number and text, in order), seen from page `number`; None without words."""
    words = " ".join(words[:MOST_CHARACTERS].split())
    if not words:
        return None
    wanted = re.compile(r"\s+".join(_written(word) for word in words.split(" ")), re.IGNORECASE)
    total, having, here = 0, [], list[Range]()
    for at, text in pages:
        ranges = [match.span() for match in wanted.finditer(text)]
        total += len(ranges)
        if ranges:
            having.append(at)
        if at == number:
            here = ranges
    before = [at for at in having if at < number]
    after = [at for at in having if at > number]
    return Found(
        words,
        total,
        tuple(having),
        tuple(here),
        before[-1] if before else None,
        after[0] if after else None,
    )


def _written(word: str) -> str:
    parts = []
    for character in word:
        alike = next((signs for signs in _ALIKE if character in signs), "")
        parts.append(f"[{re.escape(alike)}]" if alike else re.escape(character))
    return "".join(parts)
