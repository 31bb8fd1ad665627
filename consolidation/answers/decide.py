"""Whether and what to answer: one pure function of what is known, for answering, fitting and measuring alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from consolidation.protocol import AnswerSettings, Confidence, Signals

#: "read": nothing is decided before passages were read.
Outcome = Literal["claim", "passage", "yes", "no", "not_found", "read"]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known when it is decided about an answer.

    `claims` are the confidences of the claims that stand in the text, the surest first, `agreement` whether each
    stands in the passage that the reader marks, and `reading` its probability (0: it marked none; None: nothing was
    read yet). `doubt` is the confidence of the surest claim, whether it stands in the text or not.

    Of a question whether something is so, `document` are the best signals of the states asked (none: none was), and
    `denial` is the confidence of the surest claim where that says "no", else 0.
    """

    claims: Sequence[float] = ()
    agreement: Sequence[bool] = ()
    reading: float | None = None
    doubt: float = 0.0
    yes_no: bool = False
    document: Signals = field(default_factory=dict)
    denial: float = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What is answered: the claim of an index, the marked passage, "yes" or "no" with that passage, or nothing.

    `confidence` is that of the answer, or of there being none.
    """

    outcome: Outcome
    confidence: float
    claim: int | None = None
    verified: bool = False


def decide(known: Known, confidence: Confidence, settings: AnswerSettings) -> Decision:
    """Weigh claims, agreement and reading against the thresholds; "read" asks for a reading before more is said."""
    decision = _yes_no(known, confidence, settings) if known.yes_no else _value(known, confidence, settings)
    verified = confidence.fitted and decision.confidence >= settings.verified
    return replace(decision, verified=verified and decision.outcome not in ("not_found", "read"))


def _value(known: Known, confidence: Confidence, settings: AnswerSettings) -> Decision:
    """A sure claim needs no reading; else the best of claims and passage, if it is good enough."""
    if known.claims and known.claims[0] >= settings.accept:
        return Decision("claim", known.claims[0], 0)
    if known.reading is None:
        return Decision("read", 0.0)
    weighed = list(zip(known.claims, known.agreement, strict=True))
    best, likely = confidence.choose(weighed, known.reading)
    if likely < settings.accept_read or (best is None and known.reading <= 0):
        return Decision("not_found", 1 - known.doubt)
    return Decision("passage" if best is None else "claim", likely, best)


def _yes_no(known: Known, confidence: Confidence, settings: AnswerSettings) -> Decision:
    """A state that denies it is believed, else the signals of the document decide."""
    if known.reading is None:
        return Decision("read", 0.0)
    likely = confidence.clause_probability(known.document) if known.document else 0.0
    if known.reading > 0 and known.denial >= settings.accept:
        return Decision("no", known.denial)
    if known.reading <= 0 or likely < settings.accept_clause:
        return Decision("not_found", 1 - likely)
    return Decision("yes", likely)
