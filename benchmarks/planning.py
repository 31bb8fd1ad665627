"""Figures that documents' ways are planned with, from the rows of `benchmarks.memories`, and what planning misses.

`ways_from` fits seconds against length by least squares, over documents; `regret` takes matters of a few out,
chooses for each of their documents from the figures of all others, and compares with the best way in hindsight, by
that document's own figures. Only what was asked of one document counts, but for what the memory lab takes in all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

import numpy as np

from consolidation.evaluation.apart import MOST
from consolidation.evaluation.compared import Compared
from consolidation.evaluation.comparing import PASSES
from consolidation.evaluation.metrics import bootstrap
from reviewapp.grids.planning import KINDS, LOOK_UP_SECONDS, Passes, Took, Way, best

#: Questions to come for each document.
FORECASTS = (1, 5, 41, 200)
CHARACTERS_PER_TOKEN = 4.3
#: Documents of a matter that is held out; with fewer than twice as many there are two matters.
MATTER = 3


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
    """The ways of the planner, measured on some rows; intervals are over documents."""
    out = []
    for name in KINDS:
        own = [row for row in rows if row.way == name]
        if rates := _rates([row for row in own if row.labelled]):
            out.append(Way(*_took([own]), *rates, name=name))
    return tuple(out)


def passes_from(rows: Sequence[Compared]) -> tuple[Passes, ...]:
    """States by their passes, measured on some rows; intervals are over documents."""
    out = []
    for passes in PASSES:
        own = [row for row in rows if row.way == f"state_n{passes}" and row.labelled]
        if rates := _rates(own):
            out.append(Passes(*_took([own]), *rates, passes=passes))
    return tuple(out)


def _rates(rows: Sequence[Compared]) -> tuple[float, float, float] | None:
    """How often answers are right, and its interval; None without answers."""
    by_document = {row.document: [r for r in rows if r.document == row.document] for row in rows}
    drawn = bootstrap(list(by_document.values()), _right)
    return (round(_right(rows), 4), round(drawn[0], 4), round(drawn[1], 4)) if drawn else None


def _right(rows: Sequence[Compared]) -> float:
    return fmean(row.right or row.exact for row in rows)


def steps(rows: Sequence[Compared]) -> list[dict[str, Any]]:
    """What the memory lab's steps take one after another, together where as many questions are asked at most."""
    by_most: dict[int | None, dict[tuple[str, int], list[Compared]]] = {}
    for row in rows:
        most = MOST.get(f"{row.way}_of_several" if row.among > 1 else row.way)
        by_most.setdefault(most, {}).setdefault((row.way, min(row.among, 2)), []).append(row)
    return [
        {"most": most} | asdict(Took(*_took(list(ways.values()))))
        for most, ways in sorted(by_most.items(), key=lambda one: one[0] or 0)
    ]


def _took(ways: Sequence[Sequence[Compared]]) -> tuple[float, float, float, float]:
    """The seconds of one way, or of several together, as `Took` has them."""
    documents = list({row.document: row for row in ways[0]}.values())
    lengths, made, asked = [tokens_of(one) for one in documents], [], []
    for one in documents:
        every = ([row for row in rows if row.document == one.document] for rows in ways)
        own = [rows for rows in every if rows]
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
    """`planner_regret_pct` over held-out matters, and beside it that of each way for all documents; percent.

    The planner's has an interval over matters. Nothing for one document.
    """
    matters, over = _matters(rows), dict[str, list[float]]()
    for matter in matters if len(matters) > 1 else ():
        ways = ways_from([row for row in rows if row.document not in matter])
        for questions in FORECASTS:
            costs, least = Counter[str](), 0.0
            for document in matter:
                own = {way.name: _rows_of(rows, document, way.name) for way in ways}
                each = {name: _own_cost(some, questions) for name, some in own.items()}
                chosen = best(ways, tokens_of(own[ways[0].name][0]), questions).name
                costs.update(each | {"planner": each[chosen]})
                least += min(each.values())
            for name, cost in costs.items():
                over.setdefault(name, []).append(cost / least - 1)
    figures: dict[str, Any] = {
        f"{name}_regret_pct": round(100 * fmean(values), 1) for name, values in over.items()
    }
    planned = over.get("planner", [])
    by_matter = [planned[at : at + len(FORECASTS)] for at in range(0, len(planned), len(FORECASTS))]
    if drawn := bootstrap(by_matter, fmean):
        figures["planner_regret_pct_interval"] = [round(100 * end, 1) for end in drawn]
    return figures | {
        "planner_matters": len(by_matter), "planner_forecasts": list(FORECASTS),
        "planner_look_up_s": LOOK_UP_SECONDS,
    }  # fmt: skip


def _matters(rows: Sequence[Compared]) -> list[list[str]]:
    """The documents in the order in which they were measured, as matters."""
    documents = list(dict.fromkeys(row.document for row in rows))
    size = min(MATTER, -(-len(documents) // 2))
    return [documents[at : at + size] for at in range(0, len(documents), max(1, size))]


def _rows_of(rows: Sequence[Compared], document: str, way: str) -> list[Compared]:
    return [row for row in rows if row.document == document and row.way == way]
