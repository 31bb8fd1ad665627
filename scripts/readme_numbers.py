"""Writes the README's table of numbers from benchmarks/results/main_job.json; `--check` only compares."""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "main_job.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- numbers: made by scripts/readme_numbers.py -->", "<!-- end of numbers -->"

# What people read, and how a figure is written; a figure that was not measured is left out.
ROWS = (
    ("Short answers from the state alone, held-out contracts", "cuad_state_short_em", "{:.1f} % exact match"),
    ("The same, F1", "cuad_state_short_f1", "{:.1f} %"),
    ("Short answers with evidence", "cuad_evidence_short_em", "{:.1f} % exact match"),
    ("A question over 1 document", "question_s_1_docs", "{:.2f} s"),
    ("A question over 10 documents", "question_s_10_docs", "{:.2f} s"),
    ("A question over 60 documents", "question_s_60_docs", "{:.2f} s"),
    ("A question to a document of 1,000 tokens", "question_s_1k", "{:.3f} s"),
    ("A question to a document of 8,000 tokens", "question_s_8k", "{:.3f} s"),
    ("A question to a document of 64,000 tokens", "question_s_64k", "{:.3f} s"),
    ("Reading those 64,000 tokens again instead", "reread_s_64k", "{:.1f} s"),
    ("Consolidation", "consolidate_tokens_per_s", "{:,.0f} tokens/s"),
    ("State of a document", "state_bytes_per_document", "{:,.0f} bytes"),
    ("Ingestion, time against plain pypdf", "ingest_time_vs_pypdf", "{:.2f} times"),
    ("Ingestion, peak memory on large PDFs", "ingest_peak_mib", "{:,.0f} MiB"),
)


def table(results: dict[str, Any]) -> str:
    """The Markdown between the markers. Raises KeyError when the file has no figures."""
    figures = results["figures"]
    lines = ["| measured | |", "| --- | --- |"]
    lines += [f"| {what} | {shape.format(figures[key])} |" for what, key, shape in ROWS if key in figures]
    machine = results["machine"]
    where = machine if isinstance(machine, str) else ", ".join(f"{k} {v}" for k, v in machine.items())
    lines += ["", f"Made by `{results['command']}` on: {where}."]
    return "\n".join(lines)


def renewed(readme: str, results: dict[str, Any]) -> str:
    """The README's text with the table in place. Raises ValueError when a marker is missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("README.md has lost a marker of the numbers table")
    return f"{before}{BEGIN}\n{table(results)}\n{END}{after}"


def main() -> int:
    """Renew the README, or with `--check` return 1 when it does not match."""
    now = README.read_text()
    new = renewed(now, json.loads(RESULTS.read_text()))
    if "--check" in sys.argv[1:]:
        if now != new:
            print("README.md does not match the results; run scripts/readme_numbers.py", file=sys.stderr)
        return int(now != new)
    README.write_text(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
