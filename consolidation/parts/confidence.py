"""From signals to probabilities, with weights fitted on held-out contracts and kept with the weights of the model."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from consolidation.protocol import AnswerSettings, Claim, Confidence, Signals
from consolidation.text.values import comparable

BIAS = "bias"
#: What answering adds to the signals of a memory: the router's score of the claim's segment, the share of the other
#: states asked that claim the same, and how far a signal is below the best of the states asked (at most 0).
SCORE, SAID_TOO, BELOW = "score", "said_too", "_below"
#: Of a proposed answer: whether it is yes or no, how far its rank is above that of the next different one, and how
#: far the reader's best score of it is above that of a different one.
YES_NO, MARGIN, AHEAD = "yes_no", "margin", "ahead"


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))


def log_odds(probability: float) -> float:
    """Logit, bounded to what float32 tells apart."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def signals_together(claims: Sequence[Claim], scores: Sequence[float]) -> list[dict[str, float]]:
    """All signals of claims that were made for one question, with the router's scores of their segments."""
    rows = [{**claim.signals, SCORE: score} for claim, score in zip(claims, scores, strict=True)]
    if not rows:
        return []
    best = {name: max(row[name] for row in rows) for name in rows[0]}
    texts = [comparable(claim.text) for claim in claims]
    others = max(1, len(claims) - 1)
    return [
        {**row, **{f"{n}{BELOW}": row[n] - best[n] for n in row}, SAID_TOO: (texts.count(text) - 1) / others}
        for row, text in zip(rows, texts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of signals, by name and with a bias.

    `claim` weighs the signals of a state's claim to log odds; `own` names those that the memory tells of it while it
    is made. `value` and `polarity` rank proposed answers, of values and of yes and no. Of the best one's signals,
    with how far it is above others by rank and by the reader, `says` and `says_polarity` make log odds that the
    document answers at all, `sure` and `sure_polarity` that the answer is right.
    """

    claim: Mapping[str, float]
    own: tuple[str, ...]
    value: Mapping[str, float]
    polarity: Mapping[str, float]
    says: Mapping[str, float]
    says_polarity: Mapping[str, float]
    sure: Mapping[str, float]
    sure_polarity: Mapping[str, float]
    fitted: bool = True

    @property
    def answers_sha256(self) -> str:
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def standing(self, signals: Signals) -> float:
        return sum(self.claim[name] * signals[name] for name in self.own)

    def confidence(self, signals: Signals) -> float:
        return _sigmoid(_weighed(self.claim, signals))

    def rank(self, signals: Signals) -> float:
        return _weighed(self.polarity if signals[YES_NO] else self.value, signals)

    def answered(self, signals: Signals) -> float:
        return _sigmoid(_weighed(self.says_polarity if signals[YES_NO] else self.says, signals))

    def probability(self, signals: Signals) -> float:
        return _sigmoid(_weighed(self.sure_polarity if signals[YES_NO] else self.sure, signals))


def fitted(manifest: Mapping[str, Any]) -> tuple[Fitted, AnswerSettings]:
    """The confidence, and the settings it was fitted with, as a manifest keeps them."""
    kept = manifest["confidence"].items()
    constants: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in kept}
    return Fitted(**constants), AnswerSettings(**manifest["answers"])


@dataclass(frozen=True, slots=True)
class Unfitted:
    """What is said for a memory that no confidence was fitted for: nothing is called supported.

    A claim is ranked by the memory's `first` signal, an answer by what the judge says of it.
    """

    first: str
    judged: str = "judged"
    fitted: bool = False

    @property
    def answers_sha256(self) -> str:
        return hashlib.sha256(f"unfitted {self.first}".encode()).hexdigest()

    def standing(self, signals: Signals) -> float:
        return signals[self.first]

    def confidence(self, signals: Signals) -> float:
        return _sigmoid(signals[f"{self.first}{BELOW}"])

    def rank(self, signals: Signals) -> float:
        return signals[self.judged]

    def answered(self, signals: Signals) -> float:
        return _sigmoid(signals[self.judged])

    def probability(self, signals: Signals) -> float:
        return _sigmoid(signals[self.judged])


@dataclass(frozen=True, slots=True)
class Lent:
    """What was fitted for answers, beside a memory that nothing was fitted for: it proposes, others support.

    A claim is weighed as by `claims`, an answer as by `answers`; but one that the memory alone proposes is at most as
    likely as `alone`, whatever the judge says of it.
    """

    claims: Confidence
    answers: Confidence
    alone: float = 0.6

    @property
    def fitted(self) -> bool:
        return self.answers.fitted

    @property
    def answers_sha256(self) -> str:
        content = f"{self.claims.answers_sha256} {self.answers.answers_sha256} {self.alone}"
        return hashlib.sha256(content.encode()).hexdigest()

    def standing(self, signals: Signals) -> float:
        return self.claims.standing(signals)

    def confidence(self, signals: Signals) -> float:
        return self.claims.confidence(signals)

    def rank(self, signals: Signals) -> float:
        return self.answers.rank(signals)

    def answered(self, signals: Signals) -> float:
        return self.answers.answered(signals)

    def probability(self, signals: Signals) -> float:
        probability = self.answers.probability(signals)
        lonely = signals["state"] > 0 and signals["agreeing"] == 0
        return min(probability, self.alone) if lonely else probability


def _weighed(weights: Mapping[str, float], signals: Signals) -> float:
    return sum(weight * (1.0 if name == BIAS else signals[name]) for name, weight in weights.items())
