"""From signals to probabilities, with weights fitted on held-out contracts and kept with the weights of the model."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from consolidation.protocol import Claim, Signals
from consolidation.text.values import comparable

BIAS = "bias"
#: What answering adds to the signals of a memory: the router's score of the claim's segment, the share of the other
#: states asked that claim the same, and how far a signal is below the best of the states asked (at most 0).
SCORE, SAID_TOO, BELOW = "score", "said_too", "_below"


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
    """Logistic weights of the signals about an answer.

    `claim` weighs the signals of a claim by name, with a bias; `own` names those that the memory tells of a claim
    while it is made. Once the passages were read, `agreed` and `apart` weigh the claim's log odds and the
    reader's, with a bias, for a claim that stands in the passage that the reader marks and for one that does not;
    `read` is slope and bias for that passage where no claim stands in it. `clause` weighs the best signals of a
    document by name, with a bias.
    """

    claim: Mapping[str, float]
    own: tuple[str, ...]
    agreed: tuple[float, ...] = (0.8, 0.3, 1.0)
    apart: tuple[float, ...] = (0.8, -0.2, -1.0)
    read: tuple[float, ...] = (0.25, -1.5)
    clause: Mapping[str, float] = field(default_factory=lambda: {SCORE: 1.0})
    fitted: bool = True

    @property
    def answers_sha256(self) -> str:
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def standing(self, signals: Signals) -> float:
        return sum(self.claim[name] * signals[name] for name in self.own)

    def confidence(self, signals: Signals) -> float:
        return _sigmoid(_weighed(self.claim, signals))

    def choose(self, claims: Sequence[tuple[float, bool]], read: float) -> tuple[int | None, float]:
        seen = log_odds(read)
        options: list[tuple[float, int | None]] = []
        for i, (confidence, agrees) in enumerate(claims):
            slope, other, bias = self.agreed if agrees else self.apart
            options.append((_sigmoid(slope * log_odds(confidence) + other * seen + bias), i))
        if read > 0 and not any(agrees for _, agrees in claims):
            options.append((_sigmoid(self.read[0] * seen + self.read[1]), None))
        probability, index = max(options, key=lambda option: option[0], default=(0.0, None))
        return index, probability

    def clause_probability(self, signals: Signals) -> float:
        return _sigmoid(_weighed(self.clause, signals))


@dataclass(frozen=True, slots=True)
class Unfitted:
    """What is said for a memory that no confidence was fitted for: even odds, so that nothing is called verified.

    A claim is ranked by the memory's `first` signal; one that stands where the reader marks goes before the others.
    """

    first: str
    fitted: bool = False

    @property
    def answers_sha256(self) -> str:
        return hashlib.sha256(f"unfitted {self.first}".encode()).hexdigest()

    def standing(self, signals: Signals) -> float:
        return signals[self.first]

    def confidence(self, signals: Signals) -> float:
        return _sigmoid(signals[f"{self.first}{BELOW}"])

    def choose(self, claims: Sequence[tuple[float, bool]], read: float) -> tuple[int | None, float]:
        agreeing = [i for i, (_, agrees) in enumerate(claims) if agrees]
        if agreeing:
            return agreeing[0], claims[agreeing[0]][0]
        return (None, read) if read > 0 or not claims else (0, claims[0][0])

    def clause_probability(self, signals: Signals) -> float:
        return 0.0


def _weighed(weights: Mapping[str, float], signals: Signals) -> float:
    return sum(weight * (1.0 if name == BIAS else signals[name]) for name, weight in weights.items())
