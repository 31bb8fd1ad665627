"""What is known of a proposed answer before it is decided."""

from __future__ import annotations

from consolidation.asking.parts import asks_sum, asks_two
from consolidation.asking.understand import Understanding
from consolidation.proposals.candidates import Candidate

#: The names of all signals of an answer.
SIGNALS = (
    "judged", "reads", "score", "alone", "agreeing", "rules", "state", "listed", "fits", "yes_no", "list", "words",
)  # fmt: skip
_LISTS = frozenset({"list", "consequence", "free", "definition"})


def signals(asked: Understanding, candidate: Candidate, fitting: bool) -> dict[str, float]:
    """The signals of a candidate, by `SIGNALS`."""
    by_reader = candidate.maker == "reader"
    return {
        "judged": candidate.judged,
        # no passage answers by itself what is computed from several
        "reads": max(0.0, candidate.reads) if candidate.value else candidate.reads,
        "score": candidate.score if by_reader else 0.0,
        "alone": candidate.alone,
        "agreeing": float(candidate.agreeing),
        "rules": float(candidate.maker == "rules"),
        "state": float(candidate.maker == "state"),
        "listed": float(len(candidate.places) > 1),
        "fits": float(fitting and _whole(asked, candidate)),
        "yes_no": float(candidate.yes_no),
        "list": float(asked.value in _LISTS),
        "words": min(20.0, float(len(candidate.said.split()))),
    }


def _whole(asked: Understanding, candidate: Candidate) -> bool:
    """Whether an answer can be all of what is asked: half of it is not, nor is one figure of a sum."""
    if asks_sum(asked.each) and not candidate.value:
        return False
    return candidate.yes_no or len(candidate.places) > 1 or not asks_two(asked.each)
