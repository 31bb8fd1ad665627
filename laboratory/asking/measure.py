"""How well questions are understood, as JSON: yes/no, types of values, documents named, names in no document.

`python -m laboratory.asking.measure --data ../shared/data [--split held-out|training]`. Rules were written on the
training contracts; only figures of the held-out ones count.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from consolidation.asking.names import Names
from consolidation.asking.spelling import fused
from consolidation.asking.typed import ValueType, normalise
from consolidation.asking.understand import understand
from laboratory.asking.named import Labelled, described, questions, sharing, spoken
from laboratory.data.facts import held_out

YES_NO_KINDS = ("yes", "no", "absent_yesno")
MATTER = 60


def labelled_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a compressed file of labels."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def asks_yes_no(row: dict[str, Any]) -> bool:
    """Whether a labelled question's answer is yes or no; a joined one's, where its result begins so."""
    return row["kind"] in YES_NO_KINDS or bool(
        row["kind"] == "joined" and re.match(r"(?:Yes|No)\b", row["result"])
    )


def gold_types(row: dict[str, Any]) -> set[ValueType]:
    """The types that a labelled answer may have; empty where they cannot be told from it."""
    kind, answer = row["kind"], (row["answers"] or [""])[0]
    if kind in ("list", "definition", "consequence", "place"):
        return {kind}
    if kind == "person":
        return {"person", "party", "role"}
    if kind == "duration":
        return (
            {"duration"}
            if normalise("duration", answer)
            else {"date"}
            if normalise("date", answer)
            else set()
        )
    if kind == "amount":
        sized: set[ValueType] = {t for t in ("percent", "amount") if normalise(t, answer)}
        return sized or ({"number", "amount"} if normalise("number", answer) else set())
    if kind != "identity":
        return set()
    if normalise("date", answer) and len(answer) < 60:
        return {"date"}
    if normalise("duration", answer):
        return {"duration"}
    if re.search(r"\blaws?\b", row["question"], re.I) or re.match(
        r"(?:the )?(?:laws|state|commonwealth|province)\b", answer, re.I
    ):
        return {"law"}
    if re.search(r"\b(?:titled?|called)\b", row["question"], re.I):
        return {"title"}
    company = r"\b(?:inc|llc|corp|ltd|company|corporation|limited|l\.?p|gmbh|plc|trust|bank)\b"
    return {"party"} if re.search(company, answer, re.I) else set()


def _percent(right: Iterable[bool]) -> dict[str, float]:
    marks = list(right)
    return {"percent": round(100 * sum(marks) / len(marks), 1) if marks else 0.0, "n": len(marks)}


def of_questions(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Yes/no, type and refusals over labelled questions."""
    yes_no, false_no, types, by_kind = [], [], [], defaultdict(list)
    refused, folded = 0, 0
    for row in rows:
        asked = understand(row["question"])
        gold = asks_yes_no(row)
        yes_no.append(asked.yes_no == gold)
        if gold:
            false_no.append(asked.yes_no)
        refused += bool(asked.refused)
        folded += asked.over not in ("document", "each")
        if wanted := gold_types(row):
            types.append(asked.value in wanted)
            by_kind[row["kind"]].append(types[-1])
    return {
        "yes_no": _percent(yes_no),
        "yes_no_found": _percent(false_no),
        "value_type": _percent(types),
        "value_type_by_kind": {kind: _percent(marks) for kind, marks in sorted(by_kind.items())},
        "refused_wrongly": refused,
        "taken_for_many_documents": folded,
        "questions": len(rows),
    }


def of_names(
    documents: Sequence[Labelled], asked_of: Sequence[Labelled], others: Sequence[Labelled], show: bool
) -> dict[str, Any]:
    """Which documents are chosen for questions that name one, over a matter of `documents`."""
    names = Names(documents)
    marks: dict[str, list[bool]] = defaultdict(list)
    another, exact, seconds = 0, [], []
    for question in questions(asked_of):
        began = time.perf_counter()
        meant = names.meant(question.question)
        seconds.append(time.perf_counter() - began)
        chosen = {c.document_id for c in meant.chosen}
        right = question.document_id in chosen and chosen <= sharing(question, documents)
        marks[question.form].append(right)
        exact.append(chosen == {question.document_id})
        another += bool(chosen) and question.document_id not in chosen
        if show and not right:
            print(
                question.form,
                "|",
                question.question,
                "|",
                question.document_id,
                "|",
                sorted(chosen)[:3],
                len(chosen),
                meant.unknown,
            )
    unknown = _unknown_said(names, documents, others, show)
    every = [mark for its in marks.values() for mark in its]
    return {
        "named_document_right": _percent(every),
        "by_form": {form: _percent(its) for form, its in marks.items()},
        "one_alone": _percent(exact),
        "from_another_document": another,
        "unknown_name_said": _percent(unknown),
        "documents": len(documents),
        "ms_median": round(1000 * statistics.median(seconds), 2),
        "ms_most": round(1000 * max(seconds), 2),
    }


def _unknown_said(
    names: Names, documents: Sequence[Labelled], others: Sequence[Labelled], show: bool
) -> list[bool]:
    """For companies of no document of the matter, whether a question that names one is told so, and no document
    chosen."""
    marks = []
    called = [fused(n) for d in documents for n in (*d.parties, *d.short_names, d.file_name)]
    for document in others:
        name = spoken(document.parties[0]) if document.parties else ""
        if name and not any(fused(name) in its for its in called):
            meant = names.meant(f"What is the governing law of the {name} agreement?")
            marks.append(not meant.chosen and bool(meant.unknown))
            if show and not marks[-1]:
                print("unknown |", name, "|", [c.document_id for c in meant.chosen], meant.unknown)
    return marks


def of_natural_names(
    rows: Sequence[dict[str, Any]], documents: Sequence[Labelled], show: bool
) -> dict[str, Any]:
    """Natural questions over a matter: where they choose documents, whether the right one is among these."""
    names, inside = Names(documents), {d.document_id for d in documents}
    chosen_right, named, unknown = [], 0, 0
    asked = [row for row in rows if row["id"] in inside]
    for row in asked:
        meant = names.meant(row["question"])
        unknown += bool(meant.unknown)
        if meant.chosen:
            named += 1
            chosen_right.append(row["id"] in {c.document_id for c in meant.chosen})
            if show and not chosen_right[-1]:
                print(
                    "natural |",
                    row["question"],
                    "|",
                    row["id"],
                    "|",
                    [c.document_id for c in meant.chosen][:3],
                    meant.chosen[0].words,
                )
        if show and meant.unknown:
            print("natural unknown |", row["question"], "|", row["id"], "|", meant.unknown)
    return {
        "questions": len(asked),
        "that_name_one": named,
        "right_where_named": _percent(chosen_right),
        "said_unknown": unknown,
    }


def main() -> None:
    """Print the figures of one split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--split", choices=("held-out", "training"), default="held-out")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    given = parser.parse_args()
    held = given.split == "held-out"
    rows = [
        row
        for row in labelled_rows(given.data / "questions/questions.jsonl.xz")
        if held_out(row["id"]) == held
    ]
    contracts = [described(row) for row in labelled_rows(given.data / "cuad/contracts.jsonl.xz")]
    inside = [d for d in contracts if held_out(d.document_id) == held]
    outside = [d for d in contracts if held_out(d.document_id) != held]
    matter = (inside + outside)[:MATTER] if held else inside[:: len(inside) // MATTER][:MATTER]
    asked_of = [d for d in matter if d in inside]
    rest = [d for d in outside if d not in matter][:MATTER]
    natural = [d for d in inside if d.document_id in {row["id"] for row in rows}]
    figures = {
        "split": given.split,
        "questions": of_questions(rows),
        "names": of_names(matter, asked_of, rest, given.show),
        "names_all_contracts": of_names(contracts, asked_of, [], False),
        "natural_names": of_natural_names(rows, natural, given.show),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
