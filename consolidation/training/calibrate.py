"""Fit the constants that turn raw scores into probabilities and decide when to answer.

`python -m consolidation.training.calibrate --contracts FILE --weights FILE --out FILE`

Every short question of the held-out contracts, and unrelated ones, is put to the routed states and to the reader.
A logistic regression of "the claim is right" gives the confidence; the two thresholds are those that maximise right
answers less `WRONG_COSTS` for each wrong or fabricated one.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.answering import Inquiry, ask_states, locate, read_passages, route
from consolidation.calibration import Calibration, log_odds
from consolidation.engine import Engine, load_engine
from consolidation.files import write_atomically
from consolidation.training.facts import Contract
from consolidation.training.measure import clause_scores, held_out_contracts, questions, sources
from consolidation.training.questions import UNRELATED
from consolidation.values import exact_match

WRONG_COSTS = 0.5
UNRELATED_EACH = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """One question: signals of each routed claim, whether it is right and placed; the reader's probability."""

    signals: list[list[float]]
    right: list[bool]
    placed: list[bool]
    read_log_odds: float
    read_right: bool


def trials(engine: Engine, contracts: Sequence[Contract]) -> Iterator[Trial]:
    """Put every question to the states and to the reader."""
    dice = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        for contract, source in sources(engine, contracts, Path(folder)):
            asked = [(question, fact.gold if fact else "") for _, question, fact in questions(contract)]
            asked += [(question, "") for question in dice.sample(UNRELATED, UNRELATED_EACH)]
            for question, gold in asked:
                inquiry = Inquiry(engine, question, [source], lambda event: None, lambda: False)
                with torch.inference_mode():
                    route(inquiry)
                    ask_states(inquiry)
                    passage = read_passages(inquiry)
                claims = [(r, r.claim) for r in inquiry.routed if r.claim and r.claim.text]
                read = source.text(*passage.place) if passage else ""
                yield Trial(
                    [[c.presence, c.log_likelihood, c.weakest, r.score, 1.0] for r, c in claims],
                    [bool(gold) and exact_match(c.text, gold) for _, c in claims],
                    [bool(locate(inquiry, r)) for r, _ in claims],
                    log_odds(passage.probability if passage else 0.0),
                    bool(gold) and exact_match(read, gold),
                )


def logistic(signals: Tensor, right: Tensor) -> Tensor:
    """Weights of a logistic regression with a small ridge, on standardised signals; the last signal is 1."""
    centre, scale = signals.mean(0), signals.std(0).clamp(min=1e-3)
    centre[-1], scale[-1] = 0.0, 1.0
    x = (signals - centre) / scale
    weights = torch.zeros(signals.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = F.binary_cross_entropy_with_logits(x @ weights, right) + 1e-3 * weights[:-1].square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    plain = weights.detach() / scale
    plain[-1] = weights[-1].detach() - (weights.detach() * centre / scale)[:-1].sum()
    return plain


def thresholds(
    found: Sequence[Trial], confidences: Sequence[list[float]], read: Sequence[float]
) -> tuple[float, float]:
    """When a placed claim and when a read passage is given as the answer."""

    def worth(accept: float, accept_read: float) -> float:
        total = 0.0
        for trial, scores, likely in zip(found, confidences, read, strict=True):
            best = max(
                (i for i in range(len(scores)) if trial.placed[i]), key=scores.__getitem__, default=None
            )
            if best is not None and scores[best] >= accept:
                total += 1.0 if trial.right[best] else -WRONG_COSTS
            elif likely >= accept_read:
                total += 1.0 if trial.read_right else -WRONG_COSTS
        return total

    grid = [i / 20 for i in range(1, 20)]
    return max(itertools.product(grid, grid), key=lambda pair: worth(*pair))


def fit(engine: Engine, contracts: Sequence[Contract]) -> Calibration:
    """All constants, fitted on these contracts."""
    found = list(trials(engine, contracts))
    signals = torch.tensor([s for t in found for s in t.signals])
    right = torch.tensor([float(r) for t in found for r in t.right])
    claim = logistic(signals, right)
    confidences = [[float(torch.sigmoid(torch.tensor(s) @ claim)) for s in t.signals] for t in found]
    read_signals = torch.tensor([[t.read_log_odds, 1.0] for t in found])
    read = logistic(read_signals, torch.tensor([float(t.read_right) for t in found]))
    likely = torch.sigmoid(read_signals @ read).tolist()
    accept, accept_read = thresholds(found, confidences, likely)
    scores = list(clause_scores(engine, contracts))
    clause_signals = torch.tensor([[s.confidence, 1.0] for s in scores])
    clause = logistic(clause_signals, torch.tensor([float(bool(s.gold)) for s in scores]))
    rounded = [tuple(round(w, 5) for w in weights.tolist()) for weights in (claim, clause, read)]
    return Calibration(rounded[0], rounded[1], rounded[2], accept, accept_read)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(2)
    fitted = fit(load_engine(args.weights), held_out_contracts(args.contracts))
    content = json.dumps(asdict(fitted))
    with write_atomically(args.out) as handle:
        handle.write(content.encode())
    print(content)


if __name__ == "__main__":
    main()
