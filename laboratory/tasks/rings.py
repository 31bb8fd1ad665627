"""The figures of Rule 110 taught by its steps, in the results that other scales share with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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


def command_of(own: Mapping[str, Any]) -> list[str]:
    """The command that made figures of rings, if there are any."""
    return [own[KEY]["command"]] if own else []


def commands(known: Mapping[str, Any], command: str) -> str:
    """The commands of a record whose figures of rings `command` makes."""
    own, _ = split(known)
    others = known["command"].split(" && ") if known else []
    return " && ".join([one for one in others if one not in command_of(own)] + [command])
