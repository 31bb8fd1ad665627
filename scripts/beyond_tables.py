"""The tables of docs/method.md on what goes beyond the paper: passes that stop by themselves, and the closed form."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from scripts.method_tables import NONE, made

Figures = Mapping[str, Any]
ARMS = {
    "n1": "gated delta, N = 1", "n2": "gated delta, N = 2", "n4": "gated delta, N = 4",
    "n1_as_many_numbers": "gated delta, N = 1, a state as large as the closed form's", "closed_form": "closed form",
}  # fmt: skip
READ = ("read", "backwards", "after_others", "taken_away")


def settling(results: dict[str, Any]) -> str:
    """Mean passes and right answers, for each bound below which a state counts as settled."""
    figures = results["figures"]
    bounds = sorted(
        (name.rsplit("_", 1)[1] for name in figures if name.startswith("mean_passes_at_")), reverse=True
    )
    lines = [
        "| a state is settled that moves by less than | passes, of 4 | right, percent of what 4 passes have |",
        "| --- | --- | --- |",
    ]
    for bound in bounds:
        mean, kept = figures[f"mean_passes_at_{bound}"], figures[f"accuracy_vs_fixed_pct_at_{bound}"]
        lines.append(f"| {float(bound):.1f} of its size | {mean:.2f} | {kept:.1f} |")
    return "\n".join([*lines, "", made(results)])


def closed_form(results: dict[str, Any]) -> str:
    """Right answers from states of contracts, read in several ways, over the seeds that were trained."""
    seeds = [found for name, found in results.items() if name.startswith("seed")]
    asked = seeds[0]["n1"]
    lines = [
        f"{asked['questions']} short answers of {asked['contracts']} held-out contracts, exact, in percent: the mean"
        f" of {len(seeds)} seeds, in brackets the lowest and the highest; one seed where there are none.",
        "",
        "| trained with | as read | windows backwards | four other contracts read after it | and taken away again "
        "| numbers in a state | steps |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for arm, said in ARMS.items():
        of_seeds = [seed[arm] for seed in seeds if arm in seed]
        if of_seeds:
            cells = [_spread(of_seeds, f"em_{way}") for way in READ]
            one = of_seeds[0]
            cells += [f"{one['state_numbers']:,}", f"{one['steps']:,}"]
            lines.append(f"| {said} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", _bits([seed["closed_form"] for seed in seeds]), "", made(results)])


def _spread(found: Sequence[Figures], name: str) -> str:
    values = [one[name] for one in found if name in one]
    if not values:
        return NONE
    if len(values) == 1:
        return f"{values[0]:.1f}"
    return f"{fmean(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _bits(found: Sequence[Figures]) -> str:
    """How often sums were the same, bit for bit."""
    contracts = sum(one["contracts"] for one in found)
    order, away, floats = (
        sum(one[f"equal_{name}"] for one in found)
        for name in ("in_any_order", "taken_away", "taken_away_in_floats")
    )
    return (
        f"Sums kept as integers are the same bits in any order for {order} of {contracts} contracts, and the same as "
        f"if the others had never been read for {away}; sums of floating-point numbers for {floats}."
    )
