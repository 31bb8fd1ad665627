"""How long the everyday tests take.

    python -m benchmarks.suite

Runs `./nightbrief test`, the everyday tests without the slow ones, and adds `suite_seconds` (wall
seconds, services that it starts included) to `benchmarks/results/house.json`. Where a test fails nothing is written,
and the status is that of the tests.
"""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.reports import report_more

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results" / "house.json"
COMMAND = "python -m benchmarks.suite"


def main() -> int:
    """Run the tests and write how long they took; returns their exit status."""
    began = time.monotonic()
    status = subprocess.run([ROOT / "nightbrief", "test"], cwd=ROOT).returncode
    if status == 0:
        report_more(RESULTS, COMMAND, {"suite_seconds": round(time.monotonic() - began)})
    return status


if __name__ == "__main__":
    sys.exit(main())
