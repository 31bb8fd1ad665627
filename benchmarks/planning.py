"""Figures that documents' ways are planned with, from the rows of `benchmarks.memories`, and what planning misses.

`ways_from` fits seconds against length by least squares, over documents; `regret` chooses for each document from the
figures of all others and compares with the best way in hindsight, by that document's own figures.
"""

from collections.abc import Sequence
from statistics import fmean
from typing import Any

import numpy as np

from consolidation.evaluation.compared import Compared
from consolidation.evaluation.comparing import PASSES
from consolidation.evaluation.metrics import bootstrap
from reviewapp.grids.planning import KINDS, LOOK_UP_SECONDS, Passes, Took, Way, best

#: Questions to come for each document.
FORECASTS = (1, 5, 41, 200)
CHARACTERS_PER_TOKEN = 4.3


def _line(tokens: Sequence[float], seconds: Sequence[float]) -> tuple[float, float]:
    """Seconds at length 0 and for each 1,000 tokens, neither below 0."""
    thousands = np.array(tokens) / 1000
    if len(set(tokens)) < 2:
        return 0.0, max(0.0, fmean(seconds) / max(fmean(thousands), 1e-9))
    slope, start = np.polyfit(thousands, np.array(seconds), 1)
    if slope < 0:
        return fmean(seconds), 0.0
    if start < 0:
        return 0.0, float((thousands @ np.array(seconds)) / (thousands @ thousands))
    return float(start), float(slope)


def tokens_of(row: Compared) -> float:
    """About how many tokens a row's document has."""
    return row.characters / CHARACTERS_PER_TOKEN


def ways_from(rows: Sequence[Compared]) -> tuple[Way, ...]:
    """The ways of the planner, measured on some rows."""
    out = []
    for name in KINDS:
        own = [row for row in rows if row.way == name]
        labelled = [row for row in own if row.labelled]
        if labelled:
            right = round(fmean(row.right or row.exact for row in labelled), 4)
            out.append(Way(*_took([own]), name=name, right=right))
    return tuple(out)


def passes_from(rows: Sequence[Compared]) -> tuple[Passes, ...]:
    """States by their passes, measured on some rows; intervals are over documents."""
    out = []
    for passes in PASSES:
        own = [row for row in rows if row.way == f"state_n{passes}" and row.labelled]
        by_document = {row.document: [r for r in own if r.document == row.document] for row in own}
        drawn = bootstrap(list(by_document.values()), _right)
        if drawn:
            low, high = (round(end, 4) for end in drawn)
            right = round(_right(own), 4)
            out.append(Passes(*_took([own]), passes=passes, right=right, low=low, high=high))
    return tuple(out)


def _right(rows: Sequence[Compared]) -> float:
    return fmean(row.right or row.exact for row in rows)


def together(rows: Sequence[Compared], names: Sequence[str]) -> Took:
    """What the named ways take one after another, measured on some rows."""
    return Took(*_took([[row for row in rows if row.way == name] for name in names]))


def _took(ways: Sequence[Sequence[Compared]]) -> tuple[float, float, float, float]:
    """The seconds of one way, or of several together, as `Took` has them."""
    documents = list({row.document: row for row in ways[0]}.values())
    lengths, made, asked = [tokens_of(one) for one in documents], [], []
    for one in documents:
        own = [[row for row in rows if row.document == one.document] for rows in ways]
        made.append(sum(rows[0].built_seconds for rows in own))
        asked.append(sum(fmean(row.seconds for row in rows) for rows in own))
    build, ask = _line(lengths, made), _line(lengths, asked)
    return round(build[0], 5), round(build[1], 5), round(ask[0], 5), round(ask[1], 5)


def _own_cost(rows: Sequence[Compared], questions: int) -> float:
    """What a way did cost on one document."""
    labelled = [row for row in rows if row.labelled] or rows
    wrong = 1 - fmean(row.right or row.exact for row in labelled)
    return rows[0].built_seconds + questions * (fmean(r.seconds for r in rows) + wrong * LOOK_UP_SECONDS)


def regret(rows: Sequence[Compared]) -> dict[str, Any]:
    """`planner_regret_pct`, and beside it that of each way for all documents; percent, nothing for one document."""
    documents = sorted({row.document for row in rows})
    over: dict[str, list[float]] = {}
    for document in documents if len(documents) > 1 else ():
        ways = ways_from([row for row in rows if row.document != document])
        own = {
            way.name: [row for row in rows if row.document == document and row.way == way.name]
            for way in ways
        }
        tokens = tokens_of(own[ways[0].name][0])
        for questions in FORECASTS:
            costs = {name: _own_cost(some, questions) for name, some in own.items()}
            least, chosen = min(costs.values()), best(ways, tokens, questions).name
            over.setdefault("planner", []).append(costs[chosen] / least - 1)
            for name, cost in costs.items():
                over.setdefault(name, []).append(cost / least - 1)
    figures = {f"{name}_regret_pct": round(100 * fmean(values), 1) for name, values in over.items()}
    return figures | {"planner_forecasts": list(FORECASTS), "planner_look_up_s": LOOK_UP_SECONDS}
