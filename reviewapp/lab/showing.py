"""What the page of a comparison shows, and the files that its figures leave in."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewapp.frame.words_lab import GROUPS, LENGTHS, NO_KIND, WAYS, WORDINGS
from reviewapp.lab.models import Compared, Comparison
from reviewapp.lab.progress import left_seconds
from reviewapp.lab.results import rows_of

#: The columns of a table: heading, figure, and how it is written. What was not measured of any way has no column.
GIVES = (
    ("Right, %", "values_right", "{:.1f}"),
    ("Trained wordings exact, %", "short_em", "{:.1f}"),
    ("Answered though absent, %", "absent_answered", "{:.1f}"),
    ("Supported, %", "supported", "{:.1f}"),
    ("Of these right, %", "supported_right", "{:.1f}"),
)
TAKES = (
    ("A question, ms", "question_ms", "{:,.0f}"),
    ("The first one, ms", "cold_question_ms", "{:,.0f}"),
    ("On average, ms", "question_mean_ms", "{:,.0f}"),
    ("Tokens", "question_tokens", "{:,}"),
    ("Operations, millions", "question_mflops", "{:,.0f}"),
    ("Bytes a document", "bytes_per_document", "{:,}"),
    ("Seconds to make", "build_s", "{:.2f}"),
    ("Operations to make, millions", "build_mflops", "{:,.0f}"),
)
NONE = "-"
#: Ways that cost more to make than to read for, which so many questions pay for.
PAYING = ("state_n1", "product")
#: Ways whose right answers are told apart by what was asked of what.
APART = ("state_n1", "retrieval", "compaction", "attention", "product")


@dataclass(frozen=True)
class Line:
    """A way of the table: its words and its cells, each a heading, what stands below it, and what is said beside."""

    words: str
    cells: Sequence[tuple[str, str, str]]


def tables_of(figures: Mapping[str, Any]) -> dict[str, list[Line]]:
    """What the ways give and what they take, each way in the order in which they are named."""
    measured = {way: words for way, words in WAYS.items() if f"{way}_question_ms" in figures}
    found = {}
    for name, columns in (("gives", GIVES), ("takes", TAKES)):
        known = [
            one for one in columns if any(figures.get(f"{way}_{one[1]}") is not None for way in measured)
        ]
        found[name] = [
            Line(words, [_cell(figures, way, *column) for column in known]) for way, words in measured.items()
        ]
    return found


def apart_of(figures: Mapping[str, Any]) -> list[Line]:
    """Right answers by wording, length, number of documents and kind, where there is more than one of these."""
    ways = [way for way in APART if f"{way}_question_ms" in figures]
    lines = []
    for split, names in (
        ("by_wording", WORDINGS), ("by_length", LENGTHS), ("by_documents", {}), ("by_kind", {}),
    ):  # fmt: skip
        groups = figures.get(split, {})
        shown = [name for name in names if name in groups] or sorted(groups, key=_number)
        for name in shown if len(shown) > 1 else ():
            cells = [(WAYS[way], *_rate(groups[name].get(way))) for way in ways]
            lines.append(Line(names.get(name) or GROUPS[split].format(name or NO_KIND), cells))
    return lines


def _number(name: str) -> tuple[int, str]:
    return (int(name) if name.isdecimal() else 0, name)


def _rate(found: Mapping[str, Any] | None) -> tuple[str, str]:
    return (NONE, "") if found is None else (f"{found['right']:.0f}", f"of {found['n']:,}")


def _cell(figures: Mapping[str, Any], way: str, heading: str, name: str, shape: str) -> tuple[str, str, str]:
    value, ends = figures.get(f"{way}_{name}"), figures.get(f"{way}_{name}_interval")
    said, beside = NONE if value is None else shape.format(value), ""
    if ends and None not in ends:
        beside = f"{ends[0]:.0f} to {ends[1]:.0f}"
    elif f"{way}_{name}_p95" in figures:
        beside = f"95 % within {shape.format(figures[f'{way}_{name}_p95'])}"
    return heading, said, beside


def paying_of(figures: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """After how many questions of a document making states has paid: way, against reading all, against search."""
    return [
        (
            WAYS[way],
            _even(figures, f"{way}_break_even_vs_attention"),
            _even(figures, f"{way}_break_even_vs_retrieval"),
        )
        for way in PAYING
        if f"{way}_break_even_vs_attention" in figures
    ]


def _even(figures: Mapping[str, Any], name: str) -> str:
    ends = figures.get(f"{name}_interval") or (None, None)
    said, low, high = ("never" if each is None else f"{each:.1f}" for each in (figures.get(name), *ends))
    return "never" if said == low == high == "never" else f"{said} ({low} to {high})"


@dataclass(frozen=True)
class Progress:
    """How far a comparison is: documents that are done, and parts of a hundred of all."""

    done: int
    documents: int
    percent: int
    seconds_left: float | None


def progress_of(comparison: Comparison, parts: Sequence[Compared]) -> Progress:
    """From the documents' records and the job that is under way."""
    done = [part for part in parts if part.rows or part.reason]
    job = next((job for job in comparison.jobs.all() if job.is_under_way), None)
    within = job.progress_done / job.progress_total if job and job.progress_total else 0.0
    spent = sum(part.seconds for part in done)
    rest = (spent / len(done)) * (len(parts) - len(done) - within) if done else None
    left = None if rest is None else max(0.0, min(rest, left_seconds(comparison)))
    share = (len(done) + within) / max(1, len(parts))
    return Progress(len(done), len(parts), min(100, round(100 * share)), left)


def table_rows(comparison: Comparison) -> Iterator[Iterable[object]]:
    """The columns, then a row for each question and way; no text of a document is in it."""
    columns: list[str] = []
    for row in rows_of(comparison):
        if not columns:
            yield (columns := list(row))
        yield row.values()


def as_json(comparison: Comparison) -> bytes:
    """All figures with their intervals, and what they are of."""
    parts = comparison.parts.select_related("document")
    told = {
        "title": comparison.title,
        "matter": str(comparison.matter_id),
        "begun": comparison.created_at.isoformat(),
        "status": comparison.status,
        "documents": [
            {
                "name": part.document.name, "characters": part.document.char_count, "questions": len(part.asked),
                "seconds": round(part.seconds, 1), "measured": bool(part.rows), "reason": part.reason,
            }
            for part in parts
        ],
        "left_out": comparison.left_out,
        "figures": comparison.figures,
    }  # fmt: skip
    return json.dumps(told, indent=2).encode()
