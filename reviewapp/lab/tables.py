"""The tables on the page of a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reviewapp.frame.words_lab import (
    CONTROLS,
    FIRST_QUESTION,
    LATER_QUESTION,
    LENGTHS,
    ONE_QUESTION,
    WAYS,
    WORDINGS,
    asked_together,
    of_kind,
)
from reviewapp.lab.intervals import Figures, even_words, interval_of, rate_words
from reviewapp.lab.times import FIRST, LATER, has_later, longest_words, time_of

#: The columns of a table: heading, figure, and how it is written. What was not measured of any way has no column.
GIVES = (
    ("Right, %", "values_right", "{:.1f}"),
    ("Trained wordings exact, %", "short_em", "{:.1f}"),
    ("Answered though absent, %", "absent_answered", "{:.1f}"),
    ("Supported, %", "supported", "{:.1f}"),
    ("Of these right, %", "supported_right", "{:.1f}"),
)
TAKES = (
    (LATER_QUESTION, LATER, "{:,.0f}"),
    (FIRST_QUESTION, FIRST, "{:,.0f}"),
    ("On average, ms", "question_mean_ms", "{:,.0f}"),
    ("Tokens", "question_tokens", "{:,}"),
    ("Operations, millions", "question_mflops", "{:,.0f}"),
    ("Bytes a document", "bytes_per_document", "{:,}"),
    ("Seconds to make", "build_s", "{:.2f}"),
    ("Operations to make, millions", "build_mflops", "{:,.0f}"),
)
Column = tuple[str, str, str]
NONE = "-"
#: Ways that cost more to make than to read for, which so many questions pay for.
PAYING = ("state_n1", "product")
#: The ways that make something else of a document: they stand first, and their right answers are told apart.
MAIN = ("state_n1", "retrieval", "compaction", "attention", "product")
#: Below a cell: of how many it is, and between what.
Beside = Sequence[str]


@dataclass(frozen=True)
class Line:
    """A row of a table: its words and its cells, each a heading, what stands below it, and what is said beside."""

    words: str
    cells: Sequence[tuple[str, str, Beside]]


@dataclass(frozen=True)
class Tables:
    """What some of the ways give and what they take; `words` name these ways where they do not stand first."""

    words: str
    gives: Sequence[Line]
    takes: Sequence[Line]


def tables_of(figures: Figures) -> list[Tables]:
    """What the ways give and take: first the main ones, then others of their kinds, then controls."""
    measured = [way for way in WAYS if f"{way}_question_ms" in figures]
    takes = TAKES if has_later(figures) else _of_one_question(TAKES)
    given, taken = (
        [one for one in columns if any(figures.get(f"{way}_{one[1]}") is not None for way in measured)]
        for columns in (GIVES, takes)
    )
    groups = {
        "": [way for way in measured if way in MAIN],
        "Other passes, searches and keys": [way for way in measured if way not in (*MAIN, *CONTROLS)],
        "Controls": [way for way in measured if way in CONTROLS],
    }
    return [
        Tables(words, _lines(figures, ways, given), _lines(figures, ways, taken))
        for words, ways in groups.items()
        if ways
    ]


def apart_of(figures: Figures) -> dict[str, list[Line]]:
    """Right answers by wording, length and number of documents, and by kind, where there are several of these."""
    ways = [way for way in MAIN if f"{way}_question_ms" in figures]
    found: dict[str, list[Line]] = {"what": [], "kind": []}
    for split, words in (
        ("by_wording", WORDINGS), ("by_length", LENGTHS), ("by_documents", {}), ("by_kind", {}),
    ):  # fmt: skip
        groups: dict[str, Any] = figures.get(split, {})
        names = [name for name in words if name in groups] or sorted(groups, key=_number)
        part, words_of = ("kind", of_kind) if split == "by_kind" else ("what", asked_together)
        for name in names if len(names) > 1 else ():
            cells = [(WAYS[way], *_rate(groups[name].get(way))) for way in ways]
            found[part].append(Line(words.get(name) or words_of(name), cells))
    return {part: lines for part, lines in found.items() if lines}


def paying_of(figures: Figures) -> list[Line]:
    """After how many questions of a document a way has paid, against reading all and against search."""
    return [
        Line(WAYS[way], [
            ("Against reading every passage", even_words(figures, f"{way}_break_even_vs_attention"), ()),
            ("Against search", even_words(figures, f"{way}_break_even_vs_retrieval"), ()),
        ])
        for way in PAYING
        if f"{way}_break_even_vs_attention" in figures
    ]  # fmt: skip


def _number(name: str) -> tuple[int, str]:
    return (int(name) if name.isdecimal() else 0, name)


def _rate(found: dict[str, Any] | None) -> tuple[str, Beside]:
    return (NONE, ()) if found is None else (f"{found['right']:.0f}", (f"of {found['n']:,}",))


def _lines(figures: Figures, ways: Sequence[str], columns: Sequence[Column]) -> list[Line]:
    return [Line(WAYS[way], [_cell(figures, way, *column) for column in columns]) for way in ways]


def _of_one_question(columns: Sequence[Column]) -> list[Column]:
    """The columns where each document has one question, which is its first one and the average."""
    others = [column for column in columns if column[1] not in (LATER, "question_mean_ms")]
    return [(ONE_QUESTION, *column[1:]) if column[1] == FIRST else column for column in others]


def _cell(figures: Figures, way: str, heading: str, name: str, shape: str) -> tuple[str, str, Beside]:
    if name in (LATER, FIRST):
        took = time_of(figures, way, name)
        return (
            (heading, NONE, ())
            if took is None
            else (heading, shape.format(took), longest_words(figures, way, name, shape))
        )
    value, number = figures.get(f"{way}_{name}"), figures.get(f"{way}_{name}_n")
    if value is None:
        return heading, NONE, ()
    beside = [f"of {number:,}"] if number else []
    if between := rate_words(interval_of(figures, f"{way}_{name}")):
        beside.append(between)
    return heading, shape.format(value), beside
