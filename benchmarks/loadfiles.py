"""How fast load files are read and written, and in how much memory.

    python -m benchmarks.loadfiles [--rows 1000000]

A Concordance file of so many rows of twelve columns, with line breaks and several values inside, is written to disk,
and read in a process of its own whose peak of memory is taken.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from readers.loadfile import decoded, read_concordance, write_concordance

RESULTS = Path(__file__).resolve().parent / "results" / "integration.json"
COLUMNS = tuple(
    "BEGDOC ENDDOC BEGATTACH ENDATTACH CUSTODIAN FILENAME DATESENT FROM TO SUBJECT SHA256 NATIVE".split()
)


def rows(count: int) -> Iterator[dict[str, str]]:
    """Rows as a processing tool writes them."""
    for number in range(count):
        key = f"NB{number:09d}"
        values = (
            key, key, key, key, f"Custodian {number % 40}", f"Agreement {number}.docx", "2024-02-29",
            "ada@example.org", "bob@example.org; carol@example.org", f"Re: terms\nof {number}",
            f"{number:064x}", f"NATIVES\\{number // 1000:04d}\\{key}.docx",
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def read(path: Path) -> None:
    """Read the file, and print the rows, the seconds and the peak of memory in MiB."""
    began = time.perf_counter()
    with path.open("rb") as handle, decoded(handle, "utf-8-sig") as text:
        count = sum(row.error is None for row in read_concordance(text))
    seconds = time.perf_counter() - began
    print(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Write, read, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.read:
        read(args.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.dat"
        began = time.perf_counter()
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            changed = sum(1 for _ in write_concordance(out, COLUMNS, rows(args.rows)))
        wrote = time.perf_counter() - began
        command = [sys.executable, "-m", "benchmarks.loadfiles", "--read", str(path)]
        count, seconds, peak = subprocess.run(
            command, check=True, capture_output=True, text=True
        ).stdout.split()
    figures = {
        "dat_rows": int(count),
        "dat_rows_per_s": round(int(count) / float(seconds)),
        "dat_rows_written_per_s": round(args.rows / wrote),
        "dat_values_changed": changed,
        "dat_peak_mib_1m_rows" if args.rows == 1_000_000 else "dat_peak_mib": round(float(peak), 1),
    }
    # not above: the process that reads would hold torch
    from benchmarks.reports import report_more

    report_more(RESULTS, "python -m benchmarks.loadfiles", figures)


if __name__ == "__main__":
    main()
