"""Fit the constants that turn raw scores into probabilities and decide when to answer.

`python -m laboratory.fit.calibrate --contracts FILE --weights FILE --out FILE`

Every short question of the held-out contracts, and unrelated ones, is put to the routed states and to the reader.
Logistic regressions of "this is right" give the probabilities. The thresholds of an answer are those that maximise
right answers less `WRONG_COSTS` for each wrong or fabricated one and `READING_COSTS` for each time passages are read;
that of a clause maximises balanced accuracy; from the one of "verified" on, `VERIFIED` of the quotes were right. The
constants are fitted on all of these contracts for use, and on each half of them, so that the other half can be
measured with constants that have not seen it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.answers.decide import decide
from consolidation.engine import load_engine
from consolidation.files import write_atomically
from consolidation.parts.confidence import BIAS, Fitted, log_odds
from consolidation.protocol import AnswerSettings
from laboratory.data.facts import Contract, half_of
from laboratory.fit.trials import Trial, outcome, trials, weighed
from laboratory.measure.answers import (
    ClauseScore,
    clause_scores,
    consolidated,
    held_out_contracts,
    in_processes,
)

WRONG_COSTS = 1 / 3
#: What it costs to read passages before answering: where it changes little, the state alone is to answer.
READING_COSTS = 0.005
VERIFIED = 0.975
GRID = tuple(i / 40 for i in range(1, 40))
#: Steps of the grid on each side over which a threshold's worth is averaged.
NEIGHBOURS = 3
#: Signals of a document that tell whether it holds a clause.
CLAUSE_SIGNALS = {"score", "presence"}


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


def smooth_best(worth_AR: Tensor) -> tuple[float, float]:
    """The two thresholds of `GRID` around which the worth is highest, averaged over their neighbours.

    A single question moves the highest point of the worth far, but not the middle of where it is high.
    """
    side = 2 * NEIGHBOURS + 1
    padded = F.pad(worth_AR[None, None], (NEIGHBOURS,) * 4, mode="replicate")
    smooth = F.avg_pool2d(padded, side, stride=1)[0, 0]
    accept, accept_read = torch.unravel_index(smooth.argmax(), smooth.shape)
    return GRID[int(accept)], GRID[int(accept_read)]


def fit_answers(
    found: Sequence[Trial], own: Sequence[str], settings: AnswerSettings
) -> tuple[Fitted, AnswerSettings]:
    """Everything that decides about a short answer; `own` are the signals that the memory tells of a claim."""
    names = sorted({name for trial in found for signals in trial.signals for name in signals})
    claim = logistic(
        torch.tensor([[*(s[name] for name in names), 1.0] for t in found for s in t.signals]),
        torch.tensor([float(r) for t in found for r in t.right]),
    )
    first = Fitted(dict(zip([*names, BIAS], _rounded(claim), strict=True)), tuple(own))
    rows: dict[bool, list[tuple[list[float], float]]] = {True: [], False: []}
    alone: list[tuple[list[float], float]] = []
    ordered = [weighed(trial, first) for trial in found]
    for trial in ordered:
        known = trial.known
        for value, agrees, right in zip(known.claims, known.agreement, trial.right, strict=True):
            rows[agrees].append(([log_odds(value), log_odds(trial.read), 1.0], float(right)))
        if not any(known.agreement):
            alone.append(([log_odds(trial.read), 1.0], float(trial.read_right)))
    agreed, apart, read = (
        logistic(torch.tensor([x for x, _ in part]), torch.tensor([y for _, y in part]))
        for part in (rows[True], rows[False], alone)
    )
    fitted = replace(first, agreed=_rounded(agreed), apart=_rounded(apart), read=_rounded(read))
    return fitted, fit_thresholds(ordered, fitted, settings)


def fit_thresholds(found: Sequence[Trial], fitted: Fitted, settings: AnswerSettings) -> AnswerSettings:
    """The thresholds of an answer; claims are in the order of the fitted confidence."""

    def worth(accept: float, accept_read: float) -> float:
        one, total = replace(settings, accept=accept, accept_read=accept_read), 0.0
        for trial in found:
            confidence, right, _ = outcome(trial, decide(trial.known, fitted, one))
            total += (1.0 if right else -WRONG_COSTS) if confidence else 0.0
            total -= READING_COSTS * (max(trial.known.claims, default=0.0) < accept)
        return total

    accept, accept_read = smooth_best(torch.tensor([[worth(a, b) for b in GRID] for a in GRID]))
    settings = replace(settings, accept=accept, accept_read=accept_read)
    given = [outcome(t, decide(t.known, fitted, settings)) for t in found if t.answerable]
    return replace(settings, verified=verified_from([(c, quoted) for c, _, quoted in given if c]))


def verified_from(given: Sequence[tuple[float, bool]]) -> float:
    """The least confidence from which on `VERIFIED` of the quotes are right; above all where that is nowhere so."""
    best, right = 1.0, 0
    for count, (confidence, quoted) in enumerate(sorted(given, reverse=True), 1):
        right += quoted
        if right >= VERIFIED * count:
            best = confidence
    return round(best, 4)


def fit_clauses(scores: Sequence[ClauseScore]) -> tuple[dict[str, float], float]:
    """Weights of the clause signals, and the threshold with the best balanced accuracy, averaged over categories."""
    names = sorted(CLAUSE_SIGNALS & scores[0].signals.keys())
    signals = torch.tensor([[*(s.signals[name] for name in names), 1.0] for s in scores])
    truth = torch.tensor([float(s.there) for s in scores])
    weights = logistic(signals, truth)
    likely = torch.sigmoid(signals @ weights)
    categories = sorted({s.category for s in scores})
    of = torch.tensor([categories.index(s.category) for s in scores])

    def balanced(threshold: float) -> float:
        yes, values = likely >= threshold, []
        for c in range(len(categories)):
            there, absent = (of == c) & (truth == 1), (of == c) & (truth == 0)
            if there.any() and absent.any():
                values.append(float(yes[there].float().mean() + (~yes[absent]).float().mean()))
        return sum(values)

    return dict(zip([*names, BIAS], _rounded(weights), strict=True)), max(GRID, key=balanced)


def _rounded(weights: Tensor) -> tuple[float, ...]:
    return tuple(round(w, 5) for w in weights.tolist())


def fit(
    found: Sequence[Trial], clauses: Sequence[ClauseScore], own: Sequence[str], settings: AnswerSettings
) -> dict[str, Any]:
    """All constants, fitted on these questions, as a manifest keeps them."""
    clause, accept_clause = fit_clauses(clauses)
    fitted, settings = fit_answers(found, own, settings)
    confidence = asdict(replace(fitted, clause=clause))
    del confidence["fitted"]
    return {"confidence": confidence, "answers": asdict(replace(settings, accept_clause=accept_clause))}


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of all questions about some contracts, and what the engine that was asked is like."""

    trials: list[Trial]
    clauses: list[ClauseScore]
    own: tuple[str, ...]
    settings: AnswerSettings


def ask(contracts: Sequence[Contract], weights: Path | None) -> Asked:
    """Trials of all short questions and of all yes/no questions about some contracts."""
    torch.set_num_threads(1)
    engine = load_engine(weights)
    with consolidated(engine, contracts) as banked:
        found, clauses = list(trials(engine, banked)), list(clause_scores(engine, banked))
    return Asked(found, clauses, tuple(engine.memory.signals), engine.settings)


def fit_all(parts: Sequence[Asked]) -> dict[str, Any]:
    """Constants fitted on all of these contracts, and for each half of them those fitted on the other half."""
    found, clauses = [t for part in parts for t in part.trials], [c for part in parts for c in part.clauses]
    like = parts[0].own, parts[0].settings
    halves = [
        fit(
            [t for t in found if half_of(t.contract) != half],
            [c for c in clauses if half_of(c.contract) != half],
            *like,
        )
        for half in range(2)
    ]
    return {**fit(found, clauses, *like), "without_half": halves}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    parts = in_processes(partial(ask, weights=args.weights), held_out_contracts(args.contracts))
    content = json.dumps(fit_all(parts))
    with write_atomically(args.out) as handle:
        handle.write(content.encode())
    print(content)


if __name__ == "__main__":
    main()
