"""Where claims are written in the stored text."""

from __future__ import annotations

from dataclasses import replace

from consolidation.answers.claims import Claimed
from consolidation.answers.evidence import Match, exact_matches, tolerant_match

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
