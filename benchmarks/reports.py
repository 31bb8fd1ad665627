"""What a benchmark leaves behind: its command, the machine and the figures."""

import json
import os
import platform
from pathlib import Path
from typing import Any

import torch

from consolidation.files import write_atomically


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
