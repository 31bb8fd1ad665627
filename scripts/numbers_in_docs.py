"""Writes the numbers of README and model card from benchmarks/results/main_job.json; `--check` only compares."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "main_job.json"
BEGIN, END = "<!-- numbers: made by scripts/numbers_in_docs.py -->", "<!-- end of numbers -->"

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


# Columns of the model card: what is asked of, and the figures by category.
CARD_COLUMNS = (
    ("4 windows", "cuad_state_by_category_4_windows"),
    ("8 windows", "cuad_state_by_category_8_windows"),
    ("16 windows", "cuad_state_by_category_16_windows"),
    ("32 windows", "cuad_state_by_category_32_windows"),
    ("whole contract", "cuad_state_by_category_whole"),
    ("whole, with evidence", "cuad_evidence_by_category"),
)
CARD_ROWS = (
    ("Held-out contracts", "cuad_held_out_contracts", "{}"),
    (
        "Short answers of CUAD's own labels alone, state of 8 windows",
        "cuad_state_labelled_em",
        "{:.1f} % exact match",
    ),
    ("Verified answers whose first quote touches the labelled place", "cuad_quote_touches_gold", "{:.1f} %"),
    ("Answered though the contract has no such value (fabrication)", "cuad_fabrication_rate", "{:.1f} %"),
    ("Said not to be found though labelled", "cuad_not_found_though_there", "{:.1f} %"),
    ("Confidence, area under the curve of right against wrong", "cuad_confidence_auroc_right", "{:.1f} %"),
    (
        "Yes/no clause questions, balanced accuracy over 33 categories",
        "cuad_clause_balanced_accuracy",
        "{:.1f} %",
    ),
)


def table(results: dict[str, Any]) -> str:
    """The README's table. Raises KeyError when the file has no figures."""
    machine = results["machine"]
    where = machine if isinstance(machine, str) else ", ".join(f"{k} {v}" for k, v in machine.items())
    return "\n".join([*_rows(ROWS, results["figures"]), "", f"Made by `{results['command']}` on: {where}."])


def card(results: dict[str, Any]) -> str:
    """The model card's tables: exact match / F1 by category and size of state, then single figures."""
    figures = results["figures"]
    columns = [(name, figures[key]) for name, key in CARD_COLUMNS if key in figures]
    lines = ["| exact match / F1, % | " + " | ".join(name for name, _ in columns) + " |"]
    lines.append("| --- " * (len(columns) + 1) + "|")
    for category in columns[0][1] if columns else ():
        cells = [
            f"{c[category]['em']:.0f} / {c[category]['f1']:.0f}" if category in c else "" for _, c in columns
        ]
        lines.append(f"| {category} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", *_rows(CARD_ROWS, figures), "", f"Made by `{results['command']}`."])


def _rows(rows: Sequence[tuple[str, str, str]], figures: dict[str, Any]) -> list[str]:
    found = [f"| {what} | {shape.format(figures[key])} |" for what, key, shape in rows if key in figures]
    return ["| measured | |", "| --- | --- |", *found]


#: Documents with numbers, and what writes them.
DOCUMENTS: dict[Path, Callable[[dict[str, Any]], str]] = {
    ROOT / "README.md": table,
    ROOT / "docs" / "model-card.md": card,
}


def renewed(text: str, numbers: str) -> str:
    """A document's text with its numbers in place. Raises ValueError when a marker is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("a document has lost a marker of its numbers")
    return f"{before}{BEGIN}\n{numbers}\n{END}{after}"


def main() -> int:
    """Renew the documents, or with `--check` return 1 when one does not match."""
    results = json.loads(RESULTS.read_text())
    stale = [
        path
        for path, write in DOCUMENTS.items()
        if path.read_text() != renewed(path.read_text(), write(results))
    ]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.name} does not match the results; run scripts/numbers_in_docs.py", file=sys.stderr)
        return int(bool(stale))
    for path in stale:
        path.write_text(renewed(path.read_text(), DOCUMENTS[path](results)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
