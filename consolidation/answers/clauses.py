"""Whether a document has a clause of a kind, told by the tagger: for questions about kinds of clause."""

from __future__ import annotations

import math
from collections.abc import Sequence

from consolidation.answers.decide import Decision
from consolidation.findings.spans import ClauseSpan
from consolidation.parts.confidence import log_odds
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.protocol import AnswerSettings

#: From the log odds of the surest passage to those of the clause being there; fitted by `laboratory.answers.which`.
SLOPE, BIAS = 0.5171, 0.2939
#: From this probability on a clause is there for sure, or from what settings ask where that is more.
SUPPORTED = 0.8
#: Passages that are given for a clause.
MOST_PLACES = 3
#: Further passages are as sure as this part of the surest.
NEARLY = 0.5


def likely(spans: Sequence[ClauseSpan]) -> float:
    """The probability that a document has a clause whose passages, the surest first, are these."""
    sure = log_odds(spans[0].confidence if spans else 0.0)
    return 1 / (1 + math.exp(-(SLOPE * sure + BIAS)))


def from_clauses(spans: Sequence[ClauseSpan], passages: Passages, row: int) -> Candidate:
    """Yes with the passages of the clause, or no, of which there is no passage: it is judged in that of `row`."""
    probability = likely(spans)
    if probability < 0.5:
        return Candidate("tagger", "No", (), row, score=log_odds(1 - probability))
    kept = [s for s in spans[:MOST_PLACES] if s.confidence >= NEARLY * spans[0].confidence]
    places = tuple((s.start, s.end) for s in kept)
    return Candidate("tagger", "Yes", places, passages.holding(places[0]), score=log_odds(probability))


def decide_clause(candidate: Candidate, settings: AnswerSettings) -> Decision:
    """What stands of a tagger's answer; a judge must agree to a yes, and a no has nothing that could support it."""
    probability = 1 / (1 + math.exp(-candidate.score))
    bar = max(SUPPORTED, settings.supported)
    sure = candidate.said == "Yes" and candidate.judged > 0 and probability >= bar
    return Decision("supported" if sure else "check", probability, 0)
