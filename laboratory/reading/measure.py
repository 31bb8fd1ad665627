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
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch

from consolidation.evaluation.metrics import auroc, bootstrap, calibration_error, mean
from laboratory.reading.choosing import (
    Given,
    Row,
    answer_threshold,
    candidates,
    fitted,
    given,
    is_absent,
    of_both,
    of_reader,
    proven,
    supported_threshold,
)

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
                "right or a part": round(100 * mean([float(a.part or a.proven) for a in first]), 1),
                "right passage": round(100 * mean([float(a.in_place) for a in first]), 1),
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
                [a.says for a in answers if not is_absent(a.row)],
                [a.says for a in answers if is_absent(a.row)],
            ),
            3,
        ),
        "calibration error": round(calibration_error(chances, proven), 3),
        "curve": curve(answers),
    }


def judging(rows: Sequence[Row]) -> dict[str, Any]:
    """How well the judge alone tells right candidates."""
    good: list[float] = [c["judge"] for r in rows for c in candidates(r) if proven(r, c)]
    bad: list[float] = [c["judge"] for r in rows for c in candidates(r) if not proven(r, c)]
    return {"auroc": round(auroc(good, bad), 3), "right": len(good), "wrong": len(bad)}


def crossed(rows: Sequence[Row]) -> tuple[list[Given], dict[str, Any]]:
    """Answers of each half by what was fitted on the other, and what comes of its thresholds."""
    halves = [[r for r in rows if r["half"] == half] for half in (0, 1)]
    every: list[Given] = []
    marks: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    kept = []
    for half in (0, 1):
        choice = fitted(halves[1 - half])
        seen, answers = ([choice(r) for r in some] for some in (halves[1 - half], halves[half]))
        lowest, sure = answer_threshold(seen), supported_threshold(seen)
        kept.append({"answer": round(lowest, 2), "supported": round(sure, 2), "weights": choice.weights})
        every += answers
        for a in answers:
            name, said, supported = a.row["id"], a.says >= lowest, a.odds >= sure
            marks["absent answered" if is_absent(a.row) else "answerable answered"].append((name, said))
            if not is_absent(a.row):
                marks["answerable supported"].append((name, supported))
                marks["answerable answered and right"].append((name, said and a.right))
            if said:
                marks["of answered, right"].append((name, a.right))
            if supported:
                marks["of supported, right"].append((name, a.proven))
                marks["of supported, right or a part"].append((name, a.part or a.proven))
                marks["of supported, right passage"].append((name, a.in_place))
    return every, {k: percent(v) for k, v in marks.items()} | {"fitted": kept}


def report(rows: Sequence[Row]) -> dict[str, Any]:
    """All figures."""
    ways = {
        "reader alone": [given(r, of_reader) for r in rows],
        "judge alone": [given(r, lambda c: float(c["judge"])) for r in rows],
        "both": [given(r, of_both) for r in rows],
    }
    ways["together"], thresholds = crossed(rows)
    asked = [r for r in rows if r["kind"] != "joined"]
    return {
        "questions": len(rows),
        "contracts": len({r["id"] for r in rows}),
        "finding": finding(rows),
        "kind of answer known": {
            by: percent([(r["id"], r["asks_yes_no"][by] == r["is_yes_no"]) for r in asked])
            for by in ("rules", "reader")
        },
        "answers": {name: answering(answers) | worth(answers) for name, answers in ways.items()},
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
