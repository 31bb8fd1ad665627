"""Constants by which answers are chosen, shown and called supported, fitted on tables of `collect`.

`python -m laboratory.answers.fit --table FILE.jsonl [FILE.jsonl] --weights FILE --out FILE.json`

Fitted on all contracts of the tables for use, and on each half of them, so that the other half can be measured with
constants that have not seen it. One table is of the natural questions, another of questions that were written about
the same contracts: thresholds from a few questions are noise. A third is of harder ones about training contracts, of
which nothing was learned; the text answers all of them, for what is absent was not looked for in the whole of it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

from consolidation.answers.decide import Decision, Known, best_signals, decide
from consolidation.files import write_atomically
from consolidation.parts.confidence import AHEAD, BIAS, MARGIN, Fitted, fitted
from consolidation.parts.weights import load_weights
from consolidation.protocol import AnswerSettings

Row = dict[str, Any]
#: So many of what a document does not answer may be answered, values and Yes and No; so many of the supported answers
#: are right, in words or in value.
MOST_ABSENT_ANSWERED, MOST_ABSENT_SIGNED, SUPPORTED_PRECISION = 0.13, 0.14, 0.95
#: Fewer supported answers than this say nothing of their precision.
LEAST_SUPPORTED = 12
#: Draws of contracts from which the threshold of "supported" is taken, and for what share of them it is enough.
DRAWS, ENOUGH_FOR = 300, 0.5
#: Signals that tell how sure the best answer is.
SURE = ("judged", "score", "agreeing", "list", AHEAD, MARGIN)
SURE_POLARITY = ("judged", "reads", "score", "alone", AHEAD, MARGIN)
SAYS = ("judged", "reads")
#: How far weights of claims, and of answers, are drawn to zero.
DECAY, ANSWERS_DECAY = 0.02, 0.05


@dataclass(frozen=True, slots=True)
class Constants:
    """The weights and settings of one fit."""

    confidence: Fitted
    settings: AnswerSettings


@dataclass(frozen=True, slots=True)
class Given:
    """What is decided of a question: whether it is right in words, in words or value, and its quote right.

    `read` says whether it was answered with the passages read.
    """

    row: Row
    decision: Decision
    right: bool
    equal: bool
    quote: bool
    read: bool = True


def known(row: Row) -> list[Known]:
    """What `decide` sees of a question's candidates."""
    return [Known(one["signals"], one["same"]) for one in row["candidates"]]


def given(row: Row, constants: Constants) -> Given:
    """What is decided of a question with some constants, or what was told without any."""
    unread = row["unread"]
    if unread and constants.settings.supported <= 1:
        decision = Decision("supported", unread["probability"], 0)
        return _given(row, decision, unread, read=False)
    if row.get("told"):
        found = None if row["told"] == "not_found" else 0
        decision = Decision(row["told"], row["told_probability"], found)
    else:
        decision = decide(known(row), constants.confidence, constants.settings)
    if decision.answer is None:
        return Given(row, decision, False, False, False)
    return _given(row, decision, row["candidates"][decision.answer])


def _given(row: Row, decision: Decision, one: Row, *, read: bool = True) -> Given:
    right, equal = bool(one["right"]), bool(one["right"] or one["equal"])
    answerable = bool(row["answerable"])
    return Given(row, decision, right and answerable, equal and answerable, bool(one["quote"]), read)


def logistic(signals: torch.Tensor, truth: torch.Tensor, decay: float = DECAY) -> torch.Tensor:
    """Weights of a logistic regression of standardised signals, decayed but for the last, given for plain signals."""
    mean, scale = signals[:, :-1].mean(0), signals[:, :-1].std(0).clamp(min=1e-3)
    x = torch.cat([(signals[:, :-1] - mean) / scale, signals[:, -1:]], 1)
    weights = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        fit = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, truth)
        total = fit + decay * weights[:-1].square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    plain = weights.detach()[:-1] / scale
    return torch.cat([plain, weights.detach()[-1:] - (plain * mean).sum()])


def fit(rows: Sequence[Row], base: Constants) -> Constants:
    """Constants fitted on some questions, ranks left as they are; what is told is weighed by none of them."""
    rows = [row for row in rows if not row.get("told")]
    shown = replace(base.settings, check=0.0, check_polarity=0.0, supported=2.0, supported_polarity=2.0)
    told = [given(r, Constants(base.confidence, shown)) for r in rows if r["candidates"]]
    values, signed = ([g for g in told if g.row["yes_no"] is kind] for kind in (False, True))
    said, said_polarity = (
        _weights(kind, SAYS, [g.row["answerable"] for g in kind]) for kind in (values, signed)
    )
    confidence = replace(
        base.confidence,
        says=said,
        says_polarity=said_polarity,
        sure=_weights(values, SURE, [g.equal for g in values]),
        sure_polarity=_weights(signed, SURE_POLARITY, [g.equal for g in signed]),
    )
    check, polarity = (
        _check([(confidence.answered(_signals(g)), g.row["answerable"]) for g in kind], most)
        for kind, most in ((values, MOST_ABSENT_ANSWERED), (signed, MOST_ABSENT_SIGNED))
    )
    settings = replace(
        base.settings, check=check, check_polarity=polarity, supported=2.0, supported_polarity=2.0
    )
    told = [given(r, Constants(confidence, settings)) for r in rows]
    of_values, of_signs = (_supported([g for g in told if g.row["yes_no"] is kind]) for kind in (False, True))
    return Constants(confidence, replace(settings, supported=of_values, supported_polarity=of_signs))


def _weights(told: Sequence[Given], names: Sequence[str], truth: Sequence[bool]) -> dict[str, float]:
    signals = torch.tensor([[*(_signals(one)[name] for name in names), 1.0] for one in told])
    fitted = logistic(signals, torch.tensor([float(t) for t in truth]), ANSWERS_DECAY)
    return dict(zip([*names, BIAS], (round(w, 5) for w in fitted.tolist()), strict=True))


def _signals(told: Given) -> dict[str, float]:
    """The signals of the best answer, with its lead."""
    return best_signals(known(told.row), told.decision.answer or 0, told.decision.others)


def _check(told: Sequence[tuple[float, bool]], most: float) -> float:
    """The lowest probability of an answer at which no more than `most` of absent questions are answered."""
    absent = sorted((said for said, answerable in told if not answerable), reverse=True)
    return round(absent[int(most * len(absent))] + 1e-4, 4) if absent else 0.5


def _supported(told: Sequence[Given]) -> float:
    """A probability above which the precision is reached among answers of a form that fits.

    Where it lies hangs on a few answers; so it is looked for in contracts drawn again and again with replacement, and
    what is enough for `ENOUGH_FOR` of these draws is taken.
    """
    order = sorted((one for one in told if _fits(one)), key=lambda g: -g.decision.probability)
    names, dice = sorted({one.row["id"] for one in told}), random.Random(0)
    found = []
    for _ in range(DRAWS):
        often = Counter(dice.choices(names, k=len(names)))
        found.append(_lowest([one for one in order for _ in range(often[one.row["id"]])]))
    return round(sorted(found)[int(ENOUGH_FOR * DRAWS)], 4)


def _fits(one: Given) -> bool:
    best = one.decision.answer
    return best is not None and one.row["candidates"][best]["signals"]["fits"] > 0


def _lowest(order: Sequence[Given]) -> float:
    """The lowest probability above which the precision is reached, of answers with the likeliest first."""
    lowest, right = 1.0, 0
    for count, one in enumerate(order, 1):
        right += one.equal
        if count >= LEAST_SUPPORTED and right / count >= SUPPORTED_PRECISION:
            lowest = one.decision.probability
    return lowest


def start(claim: dict[str, float], own: Sequence[str]) -> Constants:
    """Ranks that are sums of log odds, the judge's by half: it is sure of answers that it learned from."""
    return Constants(
        Fitted(
            claim,
            tuple(own),
            value={
                "judged": 0.5,
                "reads": 1.0,
                "score": 0.5,
                "rules": 2.0,
                "state": 2.0,
                "agreeing": 3.0,
                BIAS: 0.0,
            },
            says={BIAS: 0.0},
            says_polarity={BIAS: 0.0},
            polarity={"reads": 1.0, "judged": 0.5, "score": 0.25, "alone": 0.5, BIAS: 0.0},
            sure={BIAS: 0.0},
            sure_polarity={BIAS: 0.0},
        ),
        AnswerSettings(),
    )


def shipped_halves(weights: Path) -> list[Constants]:
    """For each half of the contracts, the constants of a weights file that were fitted on the other half."""
    return [Constants(*fitted(one)) for one in load_weights(weights).manifest["without_half"]]


def read_table(path: Path) -> list[Row]:
    """The lines of a table."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def manifest(constants: Constants) -> dict[str, Any]:
    """Constants as a weights file keeps them."""
    confidence = asdict(constants.confidence)
    del confidence["fitted"]
    return {"confidence": confidence, "answers": asdict(constants.settings)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", type=Path, required=True, nargs="+")
    parser.add_argument("--weights", type=Path, required=True, help="whose claim weights are kept")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    kept = load_weights(args.weights).manifest["confidence"]
    base, rows = start(kept["claim"], kept["own"]), [r for t in args.table for r in read_table(t)]
    halves = [fit([r for r in rows if r["half"] != half], base) for half in (0, 1)]
    content = {**manifest(fit(rows, base)), "without_half": [manifest(one) for one in halves]}
    with write_atomically(args.out) as handle:
        handle.write(json.dumps(content).encode())


if __name__ == "__main__":
    main()
