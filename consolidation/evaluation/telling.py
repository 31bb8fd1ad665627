"""Figures of ways to keep documents as a table that people read on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.evaluation.compared import AGAINST, Figures
from consolidation.evaluation.metrics import BOOTSTRAP_DOCUMENTS

COLUMNS = (
    ("right", "values_right", "{:.1f}"),
    ("trained, exact", "short_em", "{:.1f}"),
    ("absent, answered", "absent_answered", "{:.1f}"),
    ("ms", "question_ms", "{:,.0f}"),
    ("first ms", "cold_question_ms", "{:,.0f}"),
    ("tokens", "question_tokens", "{:,}"),
    ("bytes", "bytes_per_document", "{:,}"),
    ("s to make", "build_s", "{:.2f}"),
)
PAYING = ("state_n1", "product")
NOTES = f"""
Percent, with 95 % intervals over documents from {BOOTSTRAP_DOCUMENTS} of them on; ms and s of one processor core.
All figures: --figures FIGURES.json."""


def told(figures: Figures, ways: Sequence[str]) -> str:
    """A line for each of these ways that was measured, then after how many questions making states has paid."""
    lines = [["", *(heading for heading, _, _ in COLUMNS)]]
    for way in ways:
        if f"{way}_question_ms" in figures:
            cells = [_cell(figures, f"{way}_{name}", shape) for _, name, shape in COLUMNS]
            lines.append([way.replace("_", " "), *cells])
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    table = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines]
    pays = [
        f"{way.replace('_', ' ')}, questions of a document until it pays against {against}: {_even(figures, name)}"
        for way in PAYING
        for against in AGAINST
        if (name := f"{way}_break_even_vs_{against}") in figures
    ]
    head = f"{figures['questions']} questions of {figures['documents']} documents through each way"
    return "\n".join([head, "", *table, "", *pays, NOTES])


def _cell(figures: Figures, name: str, shape: str) -> str:
    value, ends = figures.get(name), figures.get(f"{name}_interval")
    if value is None:
        return "-"
    spread = f" ({ends[0]:.0f}-{ends[1]:.0f})" if ends and None not in ends else ""
    return shape.format(value) + spread


def _even(figures: Figures, name: str) -> str:
    value, ends = figures[name], figures.get(f"{name}_interval")
    said = "never" if value is None else f"{value:.1f}"
    if not ends or ends[0] is None:
        return said
    if ends[1] is None:
        return f"{said} ({ends[0]:.1f} or more{'' if value is None else ', perhaps never'})"
    return f"{said} ({ends[0]:.1f} to {ends[1]:.1f})"
