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
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.answers.answer import Inquiry, ask_states, locate, read_passages, route, stands_in
from consolidation.engine import Engine, load_engine
from consolidation.files import write_atomically
from consolidation.parts.confidence import Calibration, Signals, log_odds
from consolidation.text.values import exact_match
from laboratory.data.facts import Contract, half_of
from laboratory.data.wordings import UNRELATED
from laboratory.measure.answers import (
    Banked,
    ClauseScore,
    clause_scores,
    consolidated,
    held_out_contracts,
    in_processes,
    questions,
    quote_right,
)

WRONG_COSTS = 1 / 3
#: What it costs to read passages before answering: where it changes little, the state alone is to answer.
READING_COSTS = 0.005
VERIFIED = 0.975
GRID = tuple(i / 40 for i in range(1, 40))
UNRELATED_EACH = 2
#: Steps of the grid on each side over which a threshold's worth is averaged.
NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """One question: signals of each placed claim, whether it is right, its quote is, and the reader agrees with it.

    `read` is the reader's probability; `answerable` whether the contract has an answer.
    """

    contract: str
    answerable: bool
    signals: list[Signals]
    right: list[bool]
    quoted: list[bool]
    agrees: list[bool]
    read: float
    read_right: bool
    read_quoted: bool


def trials(engine: Engine, banked: Banked) -> Iterator[Trial]:
    """Put every question to the states and to the reader."""
    for contract, source in banked:
        asked = [(question, fact) for _, question, fact in questions(contract)]
        asked += [
            (question, None) for question in random.Random(contract.id).sample(UNRELATED, UNRELATED_EACH)
        ]
        for question, fact in asked:
            inquiry = Inquiry(engine, question, [source], lambda event: None, lambda: False)
            with torch.inference_mode():
                route(inquiry)
                ask_states(inquiry)
                passage = read_passages(inquiry)
            claims = []
            for routed in inquiry.routed:
                routed.places = locate(inquiry, routed) if routed.claim and routed.claim.text else ()
                if routed.claim and routed.signals and routed.places:
                    claims.append((routed, routed.claim, routed.signals))
            gold = fact.gold if fact else ""
            read = source.text(*passage.place) if passage else ""
            yield Trial(
                contract.id,
                bool(fact),
                [signals for _, _, signals in claims],
                [bool(gold) and exact_match(c.text, gold) for _, c, _ in claims],
                [
                    fact is not None and quote_right(contract, fact, r.places[0].start, r.places[0].end)
                    for r, _, _ in claims
                ],
                [passage is not None and stands_in(r, passage) for r, _, _ in claims],
                passage.probability if passage else 0.0,
                bool(gold) and exact_match(read, gold),
                fact is not None and passage is not None and quote_right(contract, fact, *passage.place),
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


def decided(trial: Trial, scores: list[float], fitted: Calibration) -> tuple[float, bool, bool]:
    """What is answered: its confidence (0: nothing), and whether it and its quote are right."""
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is not None and scores[best] >= fitted.accept:
        return scores[best], trial.right[best], trial.quoted[best]
    chosen, likely = fitted.choose(list(zip(scores, trial.agrees, strict=True)), trial.read)
    if likely < fitted.accept_read:
        return 0.0, False, False
    if chosen is None:
        return likely, trial.read_right, trial.read_quoted
    return likely, trial.right[chosen], trial.quoted[chosen]


def smooth_best(worth_AR: Tensor) -> tuple[float, float]:
    """The two thresholds of `GRID` around which the worth is highest, averaged over their neighbours.

    A single question moves the highest point of the worth far, but not the middle of where it is high.
    """
    side = 2 * NEIGHBOURS + 1
    padded = F.pad(worth_AR[None, None], (NEIGHBOURS,) * 4, mode="replicate")
    smooth = F.avg_pool2d(padded, side, stride=1)[0, 0]
    accept, accept_read = torch.unravel_index(smooth.argmax(), smooth.shape)
    return GRID[int(accept)], GRID[int(accept_read)]


def fit_answers(found: Sequence[Trial]) -> Calibration:
    """Everything that decides about a short answer."""
    claim = logistic(
        torch.tensor([[*s, 1.0] for t in found for s in t.signals]),
        torch.tensor([float(r) for t in found for r in t.right]),
    )
    first = Calibration(_rounded(claim))
    scores = [[first.confidence(s) for s in t.signals] for t in found]
    rows: dict[bool, list[tuple[list[float], float]]] = {True: [], False: []}
    alone: list[tuple[list[float], float]] = []
    for trial, values in zip(found, scores, strict=True):
        for value, agrees, right in zip(values, trial.agrees, trial.right, strict=True):
            rows[agrees].append(([log_odds(value), log_odds(trial.read), 1.0], float(right)))
        if not any(trial.agrees):
            alone.append(([log_odds(trial.read), 1.0], float(trial.read_right)))
    agreed, apart, read = (
        logistic(torch.tensor([x for x, _ in part]), torch.tensor([y for _, y in part]))
        for part in (rows[True], rows[False], alone)
    )
    fitted = replace(first, agreed=_rounded(agreed), apart=_rounded(apart), read=_rounded(read))

    def worth(accept: float, accept_read: float) -> float:
        one = replace(fitted, accept=accept, accept_read=accept_read)
        total = 0.0
        for trial, values in zip(found, scores, strict=True):
            confidence, right, _ = decided(trial, values, one)
            total += (1.0 if right else -WRONG_COSTS) if confidence else 0.0
            total -= READING_COSTS * (max(values, default=0.0) < accept)
        return total

    accept, accept_read = smooth_best(torch.tensor([[worth(a, b) for b in GRID] for a in GRID]))
    fitted = replace(fitted, accept=accept, accept_read=accept_read)
    given = [decided(t, v, fitted) for t, v in zip(found, scores, strict=True) if t.answerable]
    return replace(fitted, verified=verified_from([(c, quoted) for c, _, quoted in given if c]))


def verified_from(given: Sequence[tuple[float, bool]]) -> float:
    """The least confidence from which on `VERIFIED` of the quotes are right; above all where that is nowhere so."""
    best, right = 1.0, 0
    for count, (confidence, quoted) in enumerate(sorted(given, reverse=True), 1):
        right += quoted
        if right >= VERIFIED * count:
            best = confidence
    return round(best, 4)


def fit_clauses(scores: Sequence[ClauseScore]) -> tuple[tuple[float, ...], float]:
    """Weights of the clause signals, and the threshold with the best balanced accuracy, averaged over categories."""
    signals = torch.tensor([[s.score, s.presence, 1.0] for s in scores])
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

    return _rounded(weights), max(GRID, key=balanced)


def _rounded(weights: Tensor) -> tuple[float, ...]:
    return tuple(round(w, 5) for w in weights.tolist())


def fit(found: Sequence[Trial], clauses: Sequence[ClauseScore]) -> Calibration:
    """All constants, fitted on these questions."""
    clause, accept_clause = fit_clauses(clauses)
    return replace(fit_answers(found), clause=clause, accept_clause=accept_clause)


def ask(contracts: Sequence[Contract], weights: Path | None) -> tuple[list[Trial], list[ClauseScore]]:
    """Trials of all short questions and of all yes/no questions about some contracts."""
    torch.set_num_threads(1)
    engine = load_engine(weights)
    with consolidated(engine, contracts) as banked:
        return list(trials(engine, banked)), list(clause_scores(engine, banked))


def fit_all(found: Sequence[Trial], clauses: Sequence[ClauseScore]) -> dict[str, Any]:
    """Constants fitted on all of these contracts, and for each half of them those fitted on the other half."""
    halves = [
        fit(
            [t for t in found if half_of(t.contract) != half],
            [c for c in clauses if half_of(c.contract) != half],
        )
        for half in range(2)
    ]
    return {
        "calibration": asdict(fit(found, clauses)),
        "calibration_without_half": [asdict(half) for half in halves],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    parts = in_processes(partial(ask, weights=args.weights), held_out_contracts(args.contracts))
    content = json.dumps(
        fit_all([t for part, _ in parts for t in part], [c for _, part in parts for c in part])
    )
    with write_atomically(args.out) as handle:
        handle.write(content.encode())
    print(content)


if __name__ == "__main__":
    main()
