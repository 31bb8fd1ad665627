"""The answer that is chosen among candidates, how sure it is, and from where on it is given or called supported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch

from laboratory.fit.calibrate import logistic

Row = dict[str, Any]
Candidate = dict[str, Any]
#: So many of what a document does not answer may be answered; so many of the supported answers are right.
MOST_ABSENT_ANSWERED, SUPPORTED_PRECISION = 0.10, 0.95


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question: how sure it is, whether it is right, and whether its passage is too.

    `odds` are those that it is right, `says` those that the document answers at all, both as logarithms; `part` is
    whether it is right or, in a right passage, shorter or longer than the truth.
    """

    row: Row
    odds: float
    right: bool
    in_place: bool
    says: float
    part: bool

    @property
    def proven(self) -> bool:
        """Right, and for yes and no shown from the right passage."""
        return self.right and (self.in_place or not self.row["is_yes_no"])


def is_absent(row: Row) -> bool:
    """Whether the document does not answer the question."""
    return str(row["kind"]).startswith("absent")


def candidates(row: Row) -> list[Candidate]:
    """The candidates of the kind of answer that the question asks for."""
    asks = row["asks_yes_no"]["rules"]
    return [c for c in row["candidates"] if (c["form"] == "yes_no") == asks]


def proven(row: Row, candidate: Candidate) -> bool:
    """Whether a candidate is right, and for yes and no shown from a right passage."""
    in_place = candidate["form"] != "yes_no" or candidate["passage"] in row["right_passages"]
    return bool(candidate["right"]) and in_place and not is_absent(row)


def of_reader(candidate: Candidate) -> float:
    """The reader's log odds of a candidate: of its passage, and half of the answer's in it."""
    return float(candidate["answers"] + 0.5 * candidate["score"])


def of_both(candidate: Candidate) -> float:
    """What candidates are compared by: for yes and no the reader's log odds, else with the judge's added.

    The judge learned whether an answer and its passage are right together, not which of yes and no is.
    """
    odds = of_reader(candidate)
    return odds if candidate["form"] == "yes_no" else float(candidate["judge"]) + odds


def given(row: Row, odds: Callable[[Candidate], float]) -> Given:
    """The answer with the best odds."""
    best = max(candidates(row), key=odds, default=None)
    if best is None:
        return Given(row, -99.0, False, False, -99.0, False)
    right = bool(best["right"]) and not is_absent(row)
    in_place = best["passage"] in row["right_passages"]
    part = bool(best["part"]) and in_place and not is_absent(row) and row["kind"] != "joined"
    return Given(row, odds(best), right, in_place, odds(best), part)


def features(row: Row) -> list[float]:
    """What is known of a chosen answer; the last is 1."""
    some = candidates(row)
    best = max(some, key=of_both)
    rest = [of_both(c) for c in some if c["passage"] != best["passage"]]
    return [
        best["judge"],
        of_reader(best),
        min(10.0, of_both(best) - max(rest, default=of_both(best) - 10.0)),
        float(best is max(some, key=of_reader)),
        float(best is max(some, key=lambda c: float(c["judge"]))),
        float(best["form"] == "yes_no"),
        float(best["form"] == "list"),
        1.0,
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """How sure a chosen answer is: the weights of what is known of it."""

    weights: tuple[float, ...]

    def __call__(self, row: Row) -> Given:
        chosen = given(row, of_both)
        some = candidates(row)
        if not some:
            return chosen
        best = max(some, key=of_both)
        sure = sum(w * x for w, x in zip(self.weights, features(row), strict=True))
        return replace(chosen, odds=sure, says=best["judge"] + best["answers"])


def fitted(rows: Sequence[Row]) -> Choice:
    """The weights of what is known of an answer by which right ones are told."""
    some = [r for r in rows if candidates(r)]
    signals = torch.tensor([features(r) for r in some])
    truth = torch.tensor([float(given(r, of_both).proven) for r in some])
    return Choice(tuple(logistic(signals, truth).tolist()))


def answer_threshold(answers: Sequence[Given]) -> float:
    """The lowest log odds at which no more absent questions are answered than may be."""
    absent = sorted((a.says for a in answers if is_absent(a.row)), reverse=True)
    return absent[int(MOST_ABSENT_ANSWERED * len(absent))] + 1e-6 if absent else -99.0


def supported_threshold(answers: Sequence[Given]) -> float:
    """The lowest log odds above which the precision is reached, among the answers to all questions."""
    lowest, right = float("inf"), 0
    for count, answer in enumerate(sorted(answers, key=lambda a: -a.odds), 1):
        right += answer.proven
        if right / count >= SUPPORTED_PRECISION:
            lowest = answer.odds
    return lowest
