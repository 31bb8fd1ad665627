"""From raw scores to probabilities, with constants fitted on held-out contracts and kept with the weights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from consolidation.protocol import Claim


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))


def log_odds(probability: float) -> float:
    """Logit, bounded to what float32 tells apart."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic weights of a claim's signals, of the clause signal, and the thresholds for an answer.

    `claim` weighs presence, mean and least log-likelihood, and the router's score, and ends with a bias;
    `clause` is slope and bias for the router's best score, `read` for the reader's log odds.
    """

    claim: tuple[float, ...] = (0.5, 1.0, 0.5, 0.1, 0.0)
    clause: tuple[float, ...] = (1.0, 0.0)
    read: tuple[float, ...] = (1.0, 0.0)
    accept: float = 0.4
    accept_read: float = 0.5

    @classmethod
    def from_dict(cls, fitted: dict[str, Any]) -> Calibration:
        """Constants as the weights' manifest keeps them."""
        claim, clause, read = (tuple(fitted[name]) for name in ("claim", "clause", "read"))
        return cls(claim, clause, read, fitted["accept"], fitted["accept_read"])

    def confidence(self, claim: Claim, route_score: float) -> float:
        """Probability that a claim is right."""
        standing = self.standing(claim.presence, claim.log_likelihood, claim.weakest)
        return _sigmoid(standing + self.claim[3] * route_score + self.claim[4])

    def standing(self, presence: float, log_likelihood: float, weakest: float) -> float:
        """How good a claim is by what the model says of it alone; log odds up to a constant."""
        return self.claim[0] * presence + self.claim[1] * log_likelihood + self.claim[2] * weakest

    def clause_probability(self, best_score: float) -> float:
        """Probability that documents with this best window score hold the clause asked for."""
        return _sigmoid(self.clause[0] * best_score + self.clause[1])

    def read_probability(self, probability: float) -> float:
        """Probability that a passage which the reader marks with this probability is right."""
        return _sigmoid(self.read[0] * log_odds(probability) + self.read[1])
