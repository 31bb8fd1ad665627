"""Where claims are written in the stored text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consolidation.answers.claims import Claimed
from consolidation.answers.evidence import (
    QUOTE_AFTER,
    QUOTE_BEFORE,
    Match,
    exact_matches,
    quote_range,
    tolerant_match,
)
from consolidation.answers.finding import Evidence, Source, Verification
from consolidation.text.windows import Range

Places = tuple[Match, ...]


def locate(claimed: Claimed, tolerant_score: float) -> Places:
    """Where the parts of a claim are written, best place of each; empty where a part is nowhere.

    Looked for in the segment that made the claim, so that the cost does not grow with the document.
    """
    routed = claimed.routed
    begin, stop = routed.state.segment_range(routed.segment)
    text = routed.source.text[begin:stop]
    windows = [(w, routed.state.window_range(w)) for w in routed.state.windows_of(routed.segment)]

    def likely(match: Match) -> float:
        a, b = begin + match.start, begin + match.end
        inside = [w for w, (start, end) in windows if start < b and a < end]
        return max((float(routed.scores_W[w]) for w in inside), default=float("-inf"))

    found = []
    for part in claimed.claim.text.split(";"):
        if not part.strip():
            continue
        exact = max(exact_matches(part, text), key=likely, default=None)
        match = exact or tolerant_match(part, text, tolerant_score)
        if match is None:
            return ()
        found.append(replace(match, start=begin + match.start, end=begin + match.end))
    return tuple({(m.start, m.end): m for m in found}.values())


def stands_in(places: Sequence[Match], place: Range) -> bool:
    """Whether a part of a placed claim touches a passage, which is one even of a list."""
    start, end = place
    return any(m.start < end and start < m.end for m in places)


def quoted(source: Source, place: Range, verification: Verification, score: float) -> Evidence:
    """The sentence around a place, as evidence."""
    low = max(0, place[0] - QUOTE_BEFORE)
    around = source.text[low : place[1] + QUOTE_AFTER]
    start, end = quote_range(around, (place[0] - low, place[1] - low))
    return Evidence(source.document, low + start, low + end, around[start:end], verification, score, place)


def written(source: Source, place: Range) -> str:
    """The words of a place, spaced once."""
    return " ".join(source.text[place[0] : place[1]].split())
