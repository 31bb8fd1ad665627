"""Values of the same sentence that belong to different parties: the one that is asked about has its own."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.asking.understand import Understanding
from consolidation.grammar.whom import Outcome, compared
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import sentence_around
from consolidation.proposals.candidates import Candidate
from consolidation.text.windows import Range


def without_anothers(
    asked: Understanding, passages: Passages, proposed: Sequence[Candidate]
) -> list[Candidate]:
    """Proposals without values of one party whose own sentence gives the party that is asked about another."""
    if asked.yes_no:
        return list(proposed)
    told = [_told(asked, passages, one) for one in proposed]
    own = {sentence for sentence, outcome in told if outcome == "agrees"}
    return [
        one
        for one, (sentence, outcome) in zip(proposed, told, strict=True)
        if outcome != "contradicts" or sentence not in own
    ]


def _told(asked: Understanding, passages: Passages, one: Candidate) -> tuple[Range, Outcome]:
    """The sentence of a proposal, and whether it has the party that is asked about in its part."""
    if len(one.places) != 1 or one.value or one.yes_no:
        return (0, 0), "unknown"
    place, (low, high) = one.places[0], sentence_around(passages, one.places[0])
    within = place[0] - low, place[1] - low
    return (low, high), compared(asked.each, passages.text[low:high], within, passages.brief.parties)
