"""Whether and what to answer: one pure function of what is known, for answering, fitting and measuring alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.parts.confidence import AHEAD, MARGIN, YES_NO
from consolidation.protocol import AnswerSettings, Confidence, Signals

#: "supported": a judge that made none of the answers agrees; "check": found, but not judged so.
State = Literal["supported", "check", "not_found"]
#: A lead over other answers that counts as no more than this.
LEAD = 10.0
#: How sure of an answer one must be at most where a rule of the brief gives it: no "not found" of what a brief shows.
BY_RULE = 0.5
#: A bar is the median over draws of contracts, which lie much further apart than this: what is so near is over it.
SLACK = 0.005
#: What another answer has for a score where the reader proposes none.
UNREAD = -8.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a proposed answer: its signals, and what it says; equal for answers that say the same."""

    signals: Signals
    same: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What is answered, by its index, how it stands, and the probability of it, or of there being no answer.

    `others` are the indices of different answers, the best first, with their ranks below the best one.
    """

    state: State
    probability: float
    answer: int | None = None
    others: tuple[tuple[int, float], ...] = ()


def best_signals(known: Sequence[Known], best: int, others: Sequence[tuple[int, float]]) -> dict[str, float]:
    """The signals of the best answer, with its lead by rank over `others` and by the reader's scores.

    Where nothing was read, it leads by no score.
    """
    lead = min(LEAD, others[0][1]) if others else LEAD
    scores = [(one.same == known[best].same, one.signals["score"]) for one in known if _by_reader(one)]
    own = max((score for same, score in scores if same), default=0.0)
    ahead = own - max((score for same, score in scores if not same), default=UNREAD) if scores else 0.0
    return {**known[best].signals, MARGIN: lead, AHEAD: max(-LEAD, min(LEAD, ahead))}


def _by_reader(one: Known) -> bool:
    return not (one.signals["rules"] or one.signals["state"])


def decide(known: Sequence[Known], confidence: Confidence, settings: AnswerSettings) -> Decision:
    """The best answer, if it is likely enough; supported where that is sure and its form fits the question."""
    ranks = [confidence.rank(one.signals) for one in known]
    order = sorted(range(len(known)), key=lambda i: -ranks[i])
    if not order:
        return Decision("not_found", 1.0)
    best, seen, others = order[0], {known[order[0]].same}, list[tuple[int, float]]()
    for i in order[1:]:
        if known[i].same not in seen:
            seen.add(known[i].same)
            others.append((i, ranks[best] - ranks[i]))
    signals = best_signals(known, best, others)
    said, likely = confidence.answered(signals), confidence.probability(signals)
    least = settings.check_polarity if signals[YES_NO] else settings.check
    by_rule = any(one.signals["rules"] and one.same == known[best].same for one in known)
    if said < (min(least, BY_RULE) if by_rule else least):
        return Decision("not_found", 1 - said, None, ((best, 0.0), *others))
    enough = settings.supported_polarity if signals[YES_NO] else settings.supported
    sure = (
        (said >= least or signals["rules"] > 0)
        and confidence.fitted
        and likely >= enough - SLACK
        and known[best].signals["fits"] > 0
    )
    return Decision("supported" if sure else "check", likely, best, tuple(others))


def unsettled(decision: Decision) -> Decision:
    """A decision that is to be checked at most, for what would establish it is missing."""
    return replace(decision, state="check") if decision.state == "supported" else decision
