"""Whether and what to answer: one pure function of the candidates, for answering, fitting and measuring alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from consolidation.answers.candidates import Candidate, Maker
from consolidation.asking.fields import AskedField
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding
from consolidation.protocol import AnswerSettings, Confidence

#: "supported": a judge that made none of the answers agrees; "check": found, but not judged so.
State = Literal["supported", "check", "not_found"]
#: What is known of a candidate, by the names that a confidence weighs.
SIGNALS = ("judged", "reads", "score", "agreeing", "rules", "state", "listed", "fits")
#: Values that can be told from other words; a candidate of another form does not fit such a question.
_TYPED = frozenset({"date", "duration", "amount", "percent", "law"})
_ENDS = re.compile(
    r"expir|terminat|until|through|ending|end(?:s|ed)?\b|thereafter|anniversary|term\b|year|month", re.I
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its signals and the probability that it is right."""

    candidate: Candidate
    signals: dict[str, float]
    probability: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What is answered, how it stands, and how sure that is; `others` are different answers, the likeliest first."""

    state: State
    probability: float
    answer: Candidate | None = None
    others: tuple[Weighed, ...] = ()


def fits(asked: Understanding, field: AskedField, candidate: Candidate, around: str) -> bool:
    """Whether an answer has the form that the question asks for; `around` is the sentence of its first place.

    No section number is a rate, and a date whose sentence speaks of no end is no expiry.
    """
    if asked.yes_no or candidate.yes_no:
        return asked.yes_no and candidate.yes_no
    if asked.value in _TYPED and normalise(asked.value, candidate.said) is None:
        return bool(asked.value == "date" and normalise("duration", candidate.said))
    return not (field == "expiry" and not _ENDS.search(around))


def signals(candidate: Candidate, fitting: bool) -> dict[str, float]:
    """The signals of a candidate, by `SIGNALS`."""
    return {
        "judged": candidate.judged,
        "reads": candidate.reads,
        "score": candidate.score if candidate.maker == "reader" else 0.0,
        "agreeing": float(candidate.agreeing),
        "rules": _made_by(candidate, "rules"),
        "state": _made_by(candidate, "state"),
        "listed": float(len(candidate.places) > 1),
        "fits": float(fitting),
    }


def _made_by(candidate: Candidate, maker: Maker) -> float:
    return float(candidate.maker == maker)


def decide(
    candidates: Sequence[Candidate], fitting: Sequence[bool], confidence: Confidence, settings: AnswerSettings
) -> Decision:
    """The likeliest candidate, if it is likely enough; supported where the judge is sure and its form fits."""
    weighed = [
        Weighed(one, known, confidence.probability(known))
        for one, fit in zip(candidates, fitting, strict=True)
        for known in (signals(one, fit),)
    ]
    weighed.sort(key=lambda one: -one.probability)
    best = next(iter(weighed), None)
    if best is None or best.probability < settings.check:
        return Decision("not_found", 1 - (best.probability if best else 0.0), None, tuple(weighed))
    sure = best.probability >= settings.supported and confidence.fitted and best.signals["fits"] > 0
    others = tuple(one for one in weighed[1:] if one.candidate.said != best.candidate.said)
    return Decision("supported" if sure else "check", best.probability, best.candidate, others)
