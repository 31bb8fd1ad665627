"""Evidence: where a claim is written in the stored text. Found, never generated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from consolidation.text.folding import fold

Kind = Literal["exact", "tolerant"]
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a text where a claim is written; `score` is 100 for an exact match."""

    start: int
    end: int
    kind: Kind
    score: float


def exact_matches(claim: str, text: str) -> Iterator[Match]:
    """Places where the claim's words stand in order, whatever the case, spacing and punctuation."""
    words = _WORD.findall(fold(claim))
    if not words:
        return
    pattern = re.compile(r"(?<!\w)" + r"[\W_]{0,12}".join(map(re.escape, words)) + r"(?!\w)")
    for found in pattern.finditer(fold(text)):
        yield Match(found.start(), found.end(), "exact", 100.0)


def tolerant_match(claim: str, text: str, least: float) -> Match | None:
    """The most similar passage (normalised edit distance, `least` of 100), if it has the same numbers."""
    wanted = " ".join(fold(claim).split())
    spots = [m.span() for m in re.finditer(r"\s+|\S", fold(text))]
    part = "".join(" " if text[a].isspace() else fold(text[a]) for a, _ in spots)
    if len(wanted) < 6 or not part:
        return None
    found = fuzz.partial_ratio_alignment(wanted, part, score_cutoff=least)
    if found is None:
        return None
    start, end = found.dest_start, found.dest_end
    while start > 0 and part[start - 1].isalnum() and part[start].isalnum():
        start -= 1
    while end < len(part) and part[end - 1].isalnum() and part[end].isalnum():
        end += 1
    if _NUMBER.findall(part[start:end]) != _NUMBER.findall(wanted):
        return None
    return Match(spots[start][0], spots[end - 1][1], "tolerant", found.score)
