"""Steps of a recipe: commands that are run one after another, and skipped where they have finished before."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consolidation.files import write_atomically


class StepError(Exception):
    """A step failed or did not write what it should have."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command: arguments after `python -m`, and the files that are there when it has finished."""

    name: str
    arguments: tuple[str, ...]
    outputs: tuple[Path, ...]


def _record(step: Step, folder: Path) -> dict[str, Any]:
    """What is kept of a step that was run with this command: `seconds` is None where it did not finish."""
    try:
        record: dict[str, Any] = json.loads((folder / f"{step.name}.json").read_text())
    except (OSError, json.JSONDecodeError):
        return {}
    return record if record["arguments"] == list(step.arguments) else {}


def _keep(step: Step, folder: Path, seconds: float | None) -> None:
    with write_atomically(folder / f"{step.name}.json") as handle:
        handle.write(json.dumps({"arguments": step.arguments, "seconds": seconds}).encode())


def finished(step: Step, folder: Path) -> float | None:
    """Seconds that the step took when it was run with this command and its outputs are still there; else None."""
    seconds = _record(step, folder).get("seconds")
    return seconds if all(path.exists() for path in step.outputs) else None


def run(step: Step, folder: Path) -> float:
    """Run a step, and keep its command and seconds. Raises `StepError`."""
    began = time.monotonic()
    _keep(step, folder, None)
    with (folder / f"{step.name}.log").open("a") as log:
        done = subprocess.run([sys.executable, "-m", *step.arguments], stdout=log, stderr=subprocess.STDOUT)
    if done.returncode:
        raise StepError(f"{step.name} ended with status {done.returncode}; see {folder / step.name}.log")
    absent = [path for path in step.outputs if not path.exists()]
    if absent:
        raise StepError(f"{step.name} did not write {absent[0]}")
    seconds = round(time.monotonic() - began, 1)
    _keep(step, folder, seconds)
    return seconds


def run_all(steps: Sequence[Step], folder: Path) -> None:
    """Run what has not finished. Raises `StepError`."""
    folder.mkdir(parents=True, exist_ok=True)
    anew = False
    for step in steps:
        seconds = None if anew else finished(step, folder)
        if seconds is not None:
            print(f"{step.name}: finished before, in {seconds:.0f} s", flush=True)
            continue
        if anew or not _record(step, folder):
            for path in step.outputs:
                path.unlink(missing_ok=True)
        anew = True
        print(f"{step.name}: {' '.join(step.arguments)}", flush=True)
        print(f"{step.name}: {run(step, folder):.0f} s", flush=True)
