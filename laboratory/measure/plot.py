"""Draw training logs: smoothed losses against steps, stage boundaries and the learning rate.

`python -m laboratory.measure.plot LOG [LOG ...] --out plot.svg`

A log is the `log.jsonl` of a training: one JSON object a step. Each log becomes a row of the picture; every number
that is neither a setting nor the step counts as a loss, and those whose name starts with `held_out` as a measurement.
A resumed run logs the steps after its last checkpoint again; the later line of a step counts. The ending of `--out`
chooses the format (svg, png, pdf). Needs matplotlib, which requirements-dev.lock installs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from consolidation.files import write_atomically

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SETTINGS = frozenset({"step", "spent", "rate", "windows", "passes", "norm", "depth", "stage"})
MEASURED = "held_out"
#: The running mean covers this share of a curve.
SMOOTH = 0.02
FORMATS = (".svg", ".png", ".pdf")
ROW_INCHES = (9.0, 3.4)

Points = dict[int, float]


@dataclass(slots=True)
class Log:
    """One training: values by step for each loss and measurement, learning rates, and where a stage begins."""

    name: str
    curves: dict[str, Points] = field(default_factory=dict)
    measured: dict[str, Points] = field(default_factory=dict)
    rate: Points = field(default_factory=dict)
    windows: Points = field(default_factory=dict)
    broken_lines: int = 0

    def boundaries(self) -> Iterator[tuple[int, int]]:
        """Step and number of windows wherever that number changes, the beginning included."""
        before = None
        for step, windows in sorted(self.windows.items()):
            if windows != before:
                yield step, int(windows)
            before = windows


def read_log(path: Path) -> Log:
    """Parse a log; a line that a killed run left half-written is counted and skipped."""
    log = Log(path.parent.name or path.stem)
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                log.broken_lines += 1
                continue
            step = int(row.get("step", number))
            for name, value in row.items():
                if isinstance(value, bool) or not isinstance(value, int | float):
                    continue
                if name in ("rate", "windows"):
                    (log.rate if name == "rate" else log.windows)[step] = float(value)
                elif name.startswith(MEASURED):
                    log.measured.setdefault(name, {})[step] = float(value)
                elif name not in SETTINGS:
                    log.curves.setdefault(name, {})[step] = float(value)
    return log


def smoothed(values: Sequence[float], share: float = SMOOTH) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Running mean over a share of the values, narrower at both ends."""
    sums = np.concatenate([[0.0], np.cumsum(np.asarray(values, dtype=np.float64))])
    half, at = int(len(values) * share / 2), np.arange(len(values))
    reach = np.minimum(half, np.minimum(at, len(values) - 1 - at))
    return (sums[at + reach + 1] - sums[at - reach]) / (2 * reach + 1)


def _draw_losses(axes: Axes, log: Log) -> None:
    for name, points in sorted(log.curves.items()):
        steps = sorted(points)
        values = [points[step] for step in steps]
        (raw,) = axes.plot(steps, values, alpha=0.15, linewidth=0.6)
        axes.plot(steps, smoothed(values), color=raw.get_color(), linewidth=1.6, label=name)
    for name, points in sorted(log.measured.items()):
        axes.plot(sorted(points), [points[s] for s in sorted(points)], "o--", markersize=3, label=name)
    top = max((max(smoothed(list(p.values()))) for p in log.curves.values()), default=1.0)
    axes.set_ylim(0, 1.05 * top or 1.0)
    axes.set_title(log.name, loc="left", fontsize=10)
    axes.set_xlabel("step")
    axes.set_ylabel("loss")
    axes.legend(loc="upper right", fontsize=8)


def _draw_stages(axes: Axes, log: Log) -> None:
    for step, windows in log.boundaries():
        axes.axvline(step, color="0.6", linewidth=0.8, linestyle=":")
        axes.annotate(
            f"{windows} windows", (step, 0.02), xycoords=("data", "axes fraction"), rotation=90, fontsize=7,
            xytext=(2, 0), textcoords="offset points", color="0.4",
        )  # fmt: skip


def _draw_rate(axes: Axes, log: Log) -> None:
    if log.rate:
        right = axes.twinx()
        steps = sorted(log.rate)
        right.plot(steps, [log.rate[s] for s in steps], color="0.5", linewidth=0.9, linestyle="--")
        right.set_ylabel("learning rate", color="0.4")
        right.set_ylim(bottom=0)


def draw(logs: Sequence[Log], out: Path) -> None:
    """Write the picture, one row for each log; equal logs give equal bytes."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "nightbrief"}):
        figure = Figure(figsize=(ROW_INCHES[0], ROW_INCHES[1] * len(logs)), layout="constrained")
        rows = figure.subplots(len(logs), 1, squeeze=False)[:, 0]
        for axes, log in zip(rows, logs, strict=True):
            _draw_losses(axes, log)
            _draw_stages(axes, log)
            _draw_rate(axes, log)
        with write_atomically(out) as handle:
            dated = {"Date": None} if out.suffix == ".svg" else None
            figure.savefig(handle, format=out.suffix[1:], dpi=120, metadata=dated)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path, nargs="+", metavar="LOG")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    if args.out.suffix not in FORMATS:
        parser.error(f"--out must end in one of {', '.join(FORMATS)}")
    logs = []
    for path in args.logs:
        try:
            log = read_log(path)
        except (OSError, UnicodeDecodeError) as error:
            parser.error(f"{path} cannot be read: {type(error).__name__}")
        if not log.curves:
            parser.error(f"{path} holds no losses")
        if log.broken_lines:
            print(f"{path}: {log.broken_lines} broken lines skipped", file=sys.stderr)
        logs.append(log)
    try:
        draw(logs, args.out)
    except ModuleNotFoundError as error:
        parser.error(f"{error.name} is missing; requirements-dev.lock installs it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
