"""What the published scale would take, from the formula of operations and a measured rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from laboratory.tasks import flops
from laboratory.tasks.catalogue import SCALES, task
from laboratory.tasks.plan import planned
from laboratory.tasks.train import Run, shape_of

HOUR, DAY = 3_600, 86_400


def operations(run: Run, steps: int) -> int:
    """Operations of so many training steps."""
    samples = task(run.task, SCALES[run.scale]).samples(1, np.random.default_rng(0))
    return flops.TRAINED * run.batch * steps * flops.forward(shape_of(run), samples, run.passes)


def forecast(results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Operations of each published configuration, and days of all at the rate of finished runs.

    `operations_per_second` is that of small products on one core: a card, and larger products, are faster, so the
    hours of a card that keeps ten teraflops stand beside it.
    """
    seconds = sum(result["processor_seconds"] for result in results)
    done = sum(operations(Run(**result["run"]), result["steps"]) for result in results)
    rate = done / seconds if seconds else None
    needed = {plan.name: operations(plan.run, plan.run.steps) for plan in planned(Run("", scale="published"))}
    # a rung of a ladder begins where the one below ended, so that the last one counts for all of them
    below = {plan.after for plan in planned(Run("", scale="published")) if plan.after}
    whole = sum(count for name, count in needed.items() if name not in below)
    figures: dict[str, Any] = {
        "operations_per_second": rate and round(rate),
        "operations": {name: float(f"{count:.3g}") for name, count in needed.items()},
        "operations_of_all": float(f"{whole:.3g}"),
    }
    hours = {"hours_of_all_at_10_teraflops": round(whole / 1e13 / HOUR, 1)}
    return figures | hours | ({"days_of_all": round(whole / rate / DAY, 1)} if rate else {})
