"""The figures of scales for one task (Rule 110, Depo, recall, sums), in the results that others share with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.reports import machine
from consolidation.files import write_atomically
from laboratory.tasks.plan import Planned, figures_of

#: Under these names, which are those of scales, stands how figures were made; figures have plain names themselves.
KEY = "rings"
LOOKUPS = "lookups"
KEYS = (KEY, LOOKUPS, "pairs", "sums")
#: The normal quantile of a two-sided 95 % interval.
QUANTILE = 1.959964


def wilson(right: float, count: int) -> list[float]:
    """The 95 % interval of a share of `count` samples, in percent, by Wilson's score."""
    z, p = QUANTILE**2 / count, right / 100
    middle, half = (p + z / 2) / (1 + z), (z * p * (1 - p) + z * z / 4) ** 0.5 / (1 + z)
    return [round(100 * (middle - half), 1), round(100 * (middle + half), 1)]


def figures(done: Sequence[tuple[Planned, Mapping[str, Any]]]) -> dict[str, Any]:
    """Percent of samples with all answers right, or of Depo's answers right, and their intervals."""
    told: dict[str, Any] = {}
    for plan, result in done:
        for name, right in figures_of(plan, result).items():
            told[name] = right
            told[f"{name}_interval"] = wilson(right, result["run"]["graded"])
    return told


def split(known: Mapping[str, Any], keys: Sequence[str] = KEYS) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of a record that are of these scales, and all others."""
    every = known.get("figures", {})
    names: set[str] = set()
    for key in keys:
        made = every.get(key, {}).get("configurations", {})
        names |= {*made, *(name for one in made.values() for name in one.get("reported", ()))}
    names |= {f"{name}_interval" for name in names} | set(keys)
    own = {key: value for key, value in every.items() if key in names}
    return own, {key: value for key, value in every.items() if key not in names}


def write(path: Path, command: str, grown: Mapping[str, Any], key: str = KEY) -> None:
    """Put figures of a scale, with how they were made, into a record whose command and machine are others'."""
    known: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    _, others = split(known, (key,))
    if not known:
        known = {"command": command, "machine": machine()}
    content = json.dumps({**known, "figures": {**others, **grown}}, indent=2) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_atomically(path) as handle:
        handle.write(content.encode())
