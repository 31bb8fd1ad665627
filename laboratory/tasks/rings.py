"""The figures of Rule 110 taught by its steps, in the results that other scales share with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.reports import machine
from consolidation.files import write_atomically
from laboratory.tasks.plan import Planned

#: Under this name stands how figures were made; they have plain names themselves: the strings are as published.
KEY = "rings"
#: The normal quantile of a two-sided 95 % interval.
QUANTILE = 1.959964


def wilson(right: float, count: int) -> list[float]:
    """The 95 % interval of a share of `count` samples, in percent, by Wilson's score."""
    z, p = QUANTILE**2 / count, right / 100
    middle, half = (p + z / 2) / (1 + z), (z * p * (1 - p) + z * z / 4) ** 0.5 / (1 + z)
    return [round(100 * (middle - half), 1), round(100 * (middle + half), 1)]


def figures(done: Sequence[tuple[Planned, Mapping[str, Any]]]) -> dict[str, Any]:
    """Percent of samples with all four answers right, their intervals, and percent of answers right."""
    told: dict[str, Any] = {}
    for plan, result in done:
        if plan.run.taught == "keeping":
            continue
        right = result["grades"]["all"]
        told[plan.name] = right
        told[f"{plan.name}_interval"] = wilson(right, result["run"]["graded"])
    return told


def split(known: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of a record that are of rings, and all others."""
    every = known.get("figures", {})
    names = set(every.get(KEY, {}).get("configurations", {}))
    names |= {f"{name}_interval" for name in names} | {KEY}
    own = {key: value for key, value in every.items() if key in names}
    return own, {key: value for key, value in every.items() if key not in names}


def write(path: Path, command: str, grown: Mapping[str, Any]) -> None:
    """Put figures of rings, with how they were made, into a record whose command and machine are those of others."""
    known: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    _, others = split(known)
    if not known:
        known = {"command": command, "machine": machine()}
    content = json.dumps({**known, "figures": {**others, **grown}}, indent=2) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_atomically(path) as handle:
        handle.write(content.encode())
