"""What a benchmark leaves behind: its command, the machine and the figures."""

import json
import os
import platform
from collections.abc import Callable, Iterable
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import torch

from consolidation.evaluation.metrics import bootstrap
from consolidation.files import write_atomically

T = TypeVar("T")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "gpu": torch.cuda.get_device_name() if torch.cuda.is_available() else None,
        "python": platform.python_version(),
        "torch": torch.__version__,
    }


def report(path: Path, command: str, figures: dict[str, Any]) -> None:
    """Write a result file, and print it."""
    content = json.dumps({"command": command, "machine": machine(), "figures": figures}, indent=2) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_atomically(path) as handle:
        handle.write(content.encode())
    print(content)


def report_more(path: Path, command: str, figures: dict[str, Any]) -> None:
    """Add figures to a result file that several benchmarks write; those of the same name are replaced."""
    known: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    commands = known["command"].split(" && ") if known else []
    every = " && ".join(commands if command in commands else [*commands, command])
    report(path, every, known.get("figures", {}) | figures)


def with_interval(
    name: str,
    rows: Iterable[T],
    figure: Callable[[list[T]], float | None],
    contract: Callable[[T], str] = attrgetter("contract"),
) -> dict[str, Any]:
    """A figure of some rows and its interval, contracts drawn with replacement."""
    groups: dict[str, list[T]] = {}
    for row in rows:
        groups.setdefault(contract(row), []).append(row)
    whole = figure([row for group in groups.values() for row in group])
    drawn = bootstrap(list(groups.values()), figure)
    return {
        name: None if whole is None else round(whole, 1),
        f"{name}_interval": [round(end, 1) for end in drawn] if drawn else None,
    }
