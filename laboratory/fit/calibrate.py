"""Fit how sure a claim of a state is, from what the memory and its fellows tell of it.

`python -m laboratory.fit.calibrate --contracts FILE --weights FILE --out FILE`

Every short question of the held-out contracts, and unrelated ones, is put to the routed states. A logistic regression
of "this claim is right" gives the weights. They are fitted on all of these contracts for use, and on each half of
them, so that the other half can be measured with weights that have not seen it. What decides about an answer is
fitted by `laboratory.answers.fit`, on questions as people ask them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from consolidation.engine import Engine, load_engine
from consolidation.files import write_atomically
from consolidation.parts.confidence import BIAS, Fitted
from consolidation.protocol import AnswerSettings, Signals
from consolidation.text.values import exact_match
from laboratory.answers.banked import Banked, consolidated, in_processes
from laboratory.answers.fit import Constants, logistic, manifest
from laboratory.data.facts import Contract, half_of
from laboratory.data.wordings import UNRELATED
from laboratory.fit.export import FIRST
from laboratory.measure.answers import claims_of, held_out_contracts, questions

UNRELATED_EACH = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """One claim about a contract: all its signals, and whether it is right."""

    contract: str
    signals: Signals
    right: bool


def trials(engine: Engine, banked: Banked) -> Iterator[Trial]:
    """The claims of the states that every question is put to."""
    for contract, source in banked:
        asked = [(question, fact.gold if fact else "") for _, question, fact in questions(contract)]
        asked += [(question, "") for question in random.Random(contract.id).sample(UNRELATED, UNRELATED_EACH)]
        for question, gold in asked:
            for one in claims_of(engine, source, question):
                if one.claim.text:
                    right = bool(gold) and exact_match(one.claim.text, gold)
                    yield Trial(contract.id, one.signals, right)


def fit(found: Sequence[Trial], own: Sequence[str]) -> Fitted:
    """The weights of a claim, with answers weighed as before anything was fitted.

    `own` are the signals that the memory tells of a claim while it is made.
    """
    names = sorted(found[0].signals)
    signals = torch.tensor([[*(trial.signals[name] for name in names), 1.0] for trial in found])
    weights = logistic(signals, torch.tensor([float(trial.right) for trial in found]))
    claim = dict(zip([*names, BIAS], (round(w, 5) for w in weights.tolist()), strict=True))
    return replace(FIRST, claim=claim, own=tuple(own))


@dataclass(frozen=True, slots=True)
class Asked:
    """The claims about some contracts, and what the engine that was asked is like."""

    trials: list[Trial]
    own: tuple[str, ...]
    settings: AnswerSettings


def ask(contracts: Sequence[Contract], weights: Path | None) -> Asked:
    """Trials of all questions about some contracts."""
    torch.set_num_threads(1)
    engine = load_engine(weights)
    with consolidated(engine, contracts) as banked:
        return Asked(list(trials(engine, banked)), tuple(engine.memory.signals), engine.settings)


def fit_all(parts: Sequence[Asked]) -> dict[str, Any]:
    """Weights fitted on all of these contracts, and for each half of them those fitted on the other half."""
    found, own, settings = [t for part in parts for t in part.trials], parts[0].own, parts[0].settings
    others = [[t for t in found if half_of(t.contract) != half] for half in range(2)]
    every, *halves = (manifest(Constants(fit(some, own), settings)) for some in (found, *others))
    return {**every, "without_half": halves}


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
