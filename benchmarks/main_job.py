"""All figures of the main job, in one run on a quiet machine.

    python -m benchmarks.main_job ../shared/data

Writes `benchmarks/results/main_job.json`. Times are seconds, rates percent; see `ingest`, `questions` and
`accuracy` for what each figure is.
"""

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

import torch

from benchmarks import accuracy, ingest, questions

RESULTS = Path(__file__).parent / "results" / "main_job.json"
COMMAND = "python -m benchmarks.main_job ../shared/data"
PARTS = {"ingest": ingest.measure, "questions": questions.measure, "accuracy": accuracy.measure}


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
        "gpu": None,
        "python": platform.python_version(),
        "torch": torch.__version__,
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


def main() -> None:
    """Measure, print and write the figures; `--only` keeps the other parts' figures of the last run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_folder", type=Path)
    parser.add_argument("--only", choices=sorted(PARTS))
    args = parser.parse_args()
    figures: dict[str, Any] = (
        json.loads(RESULTS.read_text())["figures"] if args.only and RESULTS.exists() else {}
    )
    for name, measure in PARTS.items():
        if args.only in (None, name):
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            figures |= _rounded(measure(args.data_folder))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    content = {"command": COMMAND, "machine": machine(), "figures": figures}
    RESULTS.write_text(json.dumps(content, indent=2) + "\n")
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()
