"""From raw scores to probabilities, with constants fitted on held-out contracts and kept with the weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from consolidation.protocol import Claim
from consolidation.text.values import comparable


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))


def log_odds(probability: float) -> float:
    """Logit, bounded to what float32 tells apart."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


class Signals(NamedTuple):
    """What is known of a claim before any text is read.

    `presence`, `log_likelihood` and `weakest` are the claim's own; `score` is the router's for its segment;
    `presence_below` and `score_below` are how far these are below the best of the states asked (at most 0);
    `said_too` is the share of the other states asked that claim the same.
    """

    presence: float
    log_likelihood: float
    weakest: float
    score: float
    presence_below: float
    score_below: float
    said_too: float


def signals(claims: Sequence[Claim], scores: Sequence[float]) -> list[Signals]:
    """Signals of claims that were made for one question, with the router's scores of their segments."""
    if not claims:
        return []
    texts = [comparable(claim.text) for claim in claims]
    best_presence, best_score = max(claim.presence for claim in claims), max(scores)
    others = max(1, len(claims) - 1)
    return [
        Signals(
            c.presence, c.log_likelihood, c.weakest, score, c.presence - best_presence, score - best_score,
            (texts.count(text) - 1) / others,
        )
        for c, score, text in zip(claims, scores, texts, strict=True)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic weights of the signals about an answer, and the thresholds for giving it.

    `claim` weighs the signals of a claim (see `Signals`), and ends with a bias. Once the passages were read, `agreed`
    and `apart` weigh the claim's log odds and the reader's, with a bias, for a claim that stands in the passage that
    the reader marks and for one that does not; `read` is slope and bias for that passage where no claim stands in it.
    `clause` weighs the router's best score and the states' best presence, with a bias. An answer is given without
    reading from `accept` on, after reading from `accept_read` on; "yes" from `accept_clause` on; from `verified` on
    it is called verified.
    """

    claim: tuple[float, ...] = (0.5, 1.0, 0.5, 0.1, 0.0, 0.0, 0.0, 0.0)
    agreed: tuple[float, ...] = (0.8, 0.3, 1.0)
    apart: tuple[float, ...] = (0.8, -0.2, -1.0)
    read: tuple[float, ...] = (0.25, -1.5)
    clause: tuple[float, ...] = (1.0, 0.0, 0.0)
    accept: float = 0.6
    accept_read: float = 0.4
    accept_clause: float = 0.5
    verified: float = 0.7

    @classmethod
    def from_dict(cls, fitted: dict[str, Any]) -> Calibration:
        """Constants as the weights' manifest keeps them."""
        constants: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fitted.items()}
        return cls(**constants)

    def confidence(self, signals: Signals) -> float:
        """Probability that a claim is right, by what the states say."""
        return _sigmoid(sum(w * s for w, s in zip(self.claim, (*signals, 1.0), strict=True)))

    def standing(self, presence: float, log_likelihood: float, weakest: float) -> float:
        """How good a claim is by what the model says of it alone; log odds up to a constant."""
        return self.claim[0] * presence + self.claim[1] * log_likelihood + self.claim[2] * weakest

    def choose(self, claims: Sequence[tuple[float, bool]], read: float) -> tuple[int | None, float]:
        """The best of what was claimed and read: a claim's index (None: the passage), and its probability.

        `claims` are confidences of claims that stand in the text, and whether each stands in the passage that the
        reader marks with probability `read`.
        """
        seen = log_odds(read)
        options: list[tuple[float, int | None]] = []
        for i, (confidence, agrees) in enumerate(claims):
            slope, other, bias = self.agreed if agrees else self.apart
            options.append((_sigmoid(slope * log_odds(confidence) + other * seen + bias), i))
        if not any(agrees for _, agrees in claims):
            options.append((_sigmoid(self.read[0] * seen + self.read[1]), None))
        probability, index = max(options, key=lambda option: option[0])
        return index, probability

    def clause_probability(self, best_score: float, best_presence: float) -> float:
        """Probability that documents with these best signals hold the clause asked for."""
        return _sigmoid(self.clause[0] * best_score + self.clause[1] * best_presence + self.clause[2])
