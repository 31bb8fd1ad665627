"""What retriever, reader and judge are worth on contracts never learned from, as JSON.

`python -m laboratory.reading.measure TABLE.jsonl... [--questions N]`

The tables are those of `laboratory.reading.candidates`. What is fitted (weights of the scores, the thresholds for
answering and for "supported") is fitted on one half of the contracts and told of the other, both ways. Rates are
percent; intervals are 95 % over contracts.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from consolidation.evaluation.metrics import auroc, bootstrap, calibration_error, mean
from laboratory.fit.calibrate import logistic

Row = dict[str, Any]
#: So many of what a document does not answer may be answered; so many of the supported answers are right.
MOST_ABSENT_ANSWERED, SUPPORTED_PRECISION = 0.10, 0.95
ORDERS = (
    "full_text",
    "untrained",
    "untrained_and_full_text",
    "retriever",
    "retriever_and_full_text",
    "read",
    "reader",
)
PLACES = (1, 3, 5, 8)
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question: how sure it is, whether it is right, and whether its passage is too."""

    row: Row
    odds: float
    right: bool
    in_place: bool

    @property
    def proven(self) -> bool:
        """Right, and for yes and no shown from the right passage."""
        return self.right and (self.in_place or not self.row["is_yes_no"])


def is_absent(row: Row) -> bool:
    return str(row["kind"]).startswith("absent")


def candidates(row: Row) -> list[dict[str, Any]]:
    """The candidates of the kind of answer that the question asks for."""
    asks = row["asks_yes_no"]["rules"]
    return [c for c in row["candidates"] if (c["form"] == "yes_no") == asks]


def features(candidate: dict[str, Any]) -> list[float]:
    """What a candidate is weighed by; the last is 1."""
    yes_no, several = candidate["form"] == "yes_no", candidate["form"] == "list"
    score = max(-20.0, min(20.0, candidate["score"]))
    return [
        candidate["judge"],
        candidate["answers"],
        0.0 if yes_no else score,
        score if yes_no else 0.0,
        10 * candidate["close"],
        float(yes_no),
        float(several),
        1.0,
    ]


def given(row: Row, odds: Callable[[dict[str, Any]], float]) -> Given:
    """The answer with the best odds."""
    best = max(candidates(row), key=odds, default=None)
    if best is None:
        return Given(row, -99.0, False, False)
    right = bool(best["right"]) and not is_absent(row)
    return Given(row, odds(best), right, best["passage"] in row["right_passages"])


def fitted(rows: Sequence[Row]) -> Callable[[dict[str, Any]], float]:
    """Log odds that a candidate is right, from weights fitted on the candidates of some questions."""
    signals, truth = [], []
    for row in rows:
        for candidate in candidates(row):
            in_place = candidate["form"] != "yes_no" or candidate["passage"] in row["right_passages"]
            signals.append(features(candidate))
            truth.append(float(bool(candidate["right"]) and in_place and not is_absent(row)))
    weights = logistic(torch.tensor(signals), torch.tensor(truth)).tolist()
    return lambda c: sum(w * x for w, x in zip(weights, features(c), strict=True))


def answer_threshold(answers: Sequence[Given]) -> float:
    """The lowest odds at which no more absent questions are answered than may be."""
    absent = sorted((a.odds for a in answers if is_absent(a.row)), reverse=True)
    return absent[int(MOST_ABSENT_ANSWERED * len(absent))] + 1e-6 if absent else -99.0


def supported_threshold(answers: Sequence[Given]) -> float:
    """The lowest odds above which the precision is reached, among the answers to all questions."""
    best, right = float("inf"), 0
    for count, answer in enumerate(sorted(answers, key=lambda a: -a.odds), 1):
        right += answer.proven
        if right / count >= SUPPORTED_PRECISION:
            best = answer.odds
    return best


def percent(rows: Sequence[tuple[str, bool]]) -> dict[str, Any]:
    """A share in percent of contracts' marks, with its interval and count."""
    groups = defaultdict(list)
    for contract, mark in rows:
        groups[contract].append(float(mark))
    interval = bootstrap(list(groups.values()), lambda drawn: mean(drawn) if drawn else None)
    low, high = (round(100 * v, 1) for v in interval or (0.0, 1.0))
    return {
        "percent": round(100 * mean([float(m) for _, m in rows]), 1),
        "interval": [low, high],
        "n": len(rows),
    }


def order_of(row: Row, name: str) -> list[int]:
    """Passages in one of the orders: those that are read, and these as the reader orders them, among them."""
    if name not in ("read", "reader"):
        return list(row["ranks"][name])
    taken = row["taken"]
    return (
        taken
        if name == "read"
        else [taken[i] for i in sorted(range(len(taken)), key=lambda i: -row["read"][i])]
    )


def finding(rows: Sequence[Row]) -> dict[str, Any]:
    """How often a right passage is among the first, by each order; windows lack what surrounds them."""
    out: dict[str, Any] = {}
    for name in ORDERS:
        for truth in ("right_passages", "right_windows"):
            asked = [r for r in rows if not is_absent(r) and r[truth]]
            for most in PLACES:
                marks = [(r["id"], bool(set(order_of(r, name)[:most]) & set(r[truth]))) for r in asked]
                out.setdefault(name, {})[f"{truth.removeprefix('right_')}@{most}"] = percent(marks)
    return out


def answering(answers: Sequence[Given]) -> dict[str, Any]:
    """How often answers are right, by kind of question, whatever their odds."""
    by_kind: dict[str, list[Given]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.row["kind"]].append(answer)
        if is_absent(answer.row):
            continue
        if answer.row["is_yes_no"]:
            by_kind["all yes/no"].append(answer)
        elif answer.row["kind"] != "joined":
            by_kind["all values"].append(answer)
    out = {
        kind: percent([(a.row["id"], a.right) for a in some])
        for kind, some in sorted(by_kind.items())
        if not kind.startswith("absent")
    }
    proven = [(a.row["id"], a.proven) for a in by_kind["all yes/no"]]
    place = [(a.row["id"], a.in_place) for a in answers if not is_absent(a.row)]
    shares = [mean([float(a.right) for a in by_kind[k]]) for k in ("yes", "no")]
    return out | {
        "yes/no in the right passage": percent(proven),
        "yes/no balanced": round(50 * sum(shares), 1),
        "right passage": percent(place),
    }


def curve(answers: Sequence[Given]) -> list[dict[str, float]]:
    """Precision of the surest answers, by how many of the answerable questions they are."""
    order = sorted(answers, key=lambda a: -a.odds)
    answerable = sum(not is_absent(a.row) for a in answers)
    out = []
    for share in SHARES:
        first = order[: int(share * answerable)]
        out.append(
            {
                "given for": share,
                "right": round(100 * mean([float(a.proven) for a in first]), 1),
                "right, any passage": round(100 * mean([float(a.right) for a in first]), 1),
            }
        )
    return out


def worth(answers: Sequence[Given]) -> dict[str, Any]:
    """How well the odds tell right answers and answerable questions."""
    chances = torch.tensor([a.odds for a in answers]).sigmoid().tolist()
    proven = [a.proven for a in answers]
    return {
        "auroc right": round(
            auroc([a.odds for a in answers if a.proven], [a.odds for a in answers if not a.proven]), 3
        ),
        "auroc answerable": round(
            auroc(
                [a.odds for a in answers if not is_absent(a.row)],
                [a.odds for a in answers if is_absent(a.row)],
            ),
            3,
        ),
        "calibration error": round(calibration_error(chances, proven), 3),
        "curve": curve(answers),
    }


def judging(rows: Sequence[Row]) -> dict[str, Any]:
    """How well the judge alone tells right candidates."""
    good, bad = [], []
    for row in rows:
        for c in candidates(row):
            in_place = c["form"] != "yes_no" or c["passage"] in row["right_passages"]
            (good if c["right"] and in_place and not is_absent(row) else bad).append(c["judge"])
    return {"auroc": round(auroc(good, bad), 3), "right": len(good), "wrong": len(bad)}


def crossed(rows: Sequence[Row]) -> tuple[list[Given], dict[str, Any]]:
    """Answers of each half by weights of the other, and what comes of thresholds fitted so."""
    halves = [[r for r in rows if r["half"] == half] for half in (0, 1)]
    every, marks = [], defaultdict(list)
    kept = []
    for half in (0, 1):
        fit, told = halves[1 - half], halves[half]
        odds = fitted(fit)
        seen = [given(r, odds) for r in fit]
        answers = [given(r, odds) for r in told]
        lowest, sure = answer_threshold(seen), supported_threshold(seen)
        kept.append({"answer": round(lowest, 2), "supported": round(sure, 2)})
        every += answers
        for a in answers:
            name, said = a.row["id"], a.odds >= lowest
            if is_absent(a.row):
                marks["absent answered"].append((name, said))
            else:
                marks["answerable answered"].append((name, said))
                marks["answerable supported"].append((name, a.odds >= sure))
                marks["answerable answered and right"].append((name, said and a.right))
            if said:
                marks["of answered, right"].append((name, a.right))
            if a.odds >= sure:
                marks["of supported, right"].append((name, a.proven))
                marks["of supported, right in any passage"].append((name, a.right))
    return every, {k: percent(v) for k, v in marks.items()} | {"thresholds (log odds)": kept}


def report(rows: Sequence[Row]) -> dict[str, Any]:
    """All figures."""
    simple = {
        "reader alone": [given(r, lambda c: c["answers"] + 0.5 * c["score"]) for r in rows],
        "judge alone": [given(r, lambda c: c["judge"]) for r in rows],
    }
    together, thresholds = crossed(rows)
    simple["together"] = together
    asked = [r for r in rows if r["kind"] != "joined"]
    return {
        "questions": len(rows),
        "contracts": len({r["id"] for r in rows}),
        "finding": finding(rows),
        "kind of answer known": {
            by: percent([(r["id"], r["asks_yes_no"][by] == r["is_yes_no"]) for r in asked])
            for by in ("rules", "reader")
        },
        "answers": {name: answering(answers) | worth(answers) for name, answers in simple.items()},
        "judge": judging(rows),
        "thresholds": thresholds,
        "seconds": {
            name: round(sorted(r["seconds"][i] for r in rows)[len(rows) // 2], 2)
            for i, name in enumerate(("read", "read and judged"))
        },
    }


def rows_of(paths: Iterable[Path]) -> list[Row]:
    """The lines of tables."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path, nargs="+")
    print(json.dumps(report(rows_of(parser.parse_args().tables)), indent=1))


if __name__ == "__main__":
    main()
