"""Wordings of people about a whole matter: are they taken as they are meant, by the grammar alone and with intents?

    python -m benchmarks.wordings

The wordings are of writers of whose others nothing was learned. Each goes the product's own way: put in words of all
(`consolidation.answers.in_full`), then understood. `form_*`: the documents are gone over in the way that its writer
noted (which, how many, in order, each), as one question; `*_without_each`: of those that do not ask each document
alike, which the grammar does with whatever it does not know. `subject_right`: what the reader of intents tells that
it is about; `subject_right_where_sure`: of those that it is sure of. `changed`: wordings that intents put in other
words than the grammar; `left_aside`: those of which parts are left aside, and told. `<key>_interval` is 95 % over
wordings. `looked_at_*` are those of a writer whose wordings were looked at after they had been counted once, before
the words of questions were heeded as they are now; `partly_looked_at_*` those of another, a quarter of which were
looked at once they had been counted; `chosen_on_*` those of a third, mostly about subjects that were added last, of
which the words that hindered were counted, and on which it was chosen how sure is sure.
"""

from __future__ import annotations

import argparse
import datetime
import json
import lzma
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from benchmarks.reports import report
from consolidation import Engine, load_engine
from consolidation.answers.in_full import in_full, intent_of
from consolidation.asking.more_asked import SURE_SUBJECT
from consolidation.asking.over_all import over_all
from consolidation.asking.understand import Understanding, understand
from consolidation.evaluation.metrics import bootstrap

UNSEEN = Path(__file__).parents[1] / "laboratory" / "data" / "of_matters_unseen.jsonl.xz"
RESULTS = Path(__file__).parent / "results" / "wordings.json"
#: Writers whose wordings were looked at, or chosen on.
WRITERS = {"7": "looked_at_", "12": "partly_looked_at_", "16": "chosen_on_"}
#: A day for words like "this year".
TODAY = datetime.date(2026, 6, 1)
#: How the grammar may go over documents for each form; what is asked of each stands alone too ("document").
FORMS = {
    "which": ("which",), "any": ("which",), "all": ("which", "each"), "count": ("count", "which"),
    "each": ("each", "document"), "list": ("each", "document", "which"), "max": ("highest", "latest"),
    "min": ("lowest", "earliest"), "earliest": ("earliest",), "latest": ("latest",), "sum": ("sum",),
    "which_and": ("each",),
}  # fmt: skip


def is_taken(asked: Understanding, form: str) -> bool:
    """Whether a question goes over documents in the way that is meant, as one."""
    if asked.refused:
        return False
    if form == "which_and":
        return bool(asked.tested) or len(asked.parts) > 1
    return not asked.parts and asked.over in FORMS[form]


def rate(name: str, values: Sequence[bool]) -> dict[str, Any]:
    """A percentage with its interval."""
    drawn = bootstrap([[float(one)] for one in values], lambda some: 100 * statistics.mean(v for v in some))
    share = round(100 * statistics.mean(map(float, values)), 1) if values else None
    return {name: share, f"{name}_interval": [round(end, 1) for end in drawn] if drawn else None}


def figures(engine: Engine, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What some wordings are taken as."""
    plain, put = ([over_all(row["q"]) for row in rows], [in_full(engine, row["q"], TODAY) for row in rows])
    words = [one.words for one in put]
    alone, taken = (
        [is_taken(understand(one, today=TODAY), row["form"]) for one, row in zip(some, rows, strict=True)]
        for some in (plain, words)
    )
    told = [intent for row in rows if (intent := intent_of(engine, row["q"]))]
    about = [
        (one.subject == row["topic"], one.subject_sure >= SURE_SUBJECT)
        for one, row in zip(told, rows, strict=True)
    ]
    several = [at for at, row in enumerate(rows) if row["form"] not in ("each", "list")]
    return {
        "wordings": len(rows),
        **rate("form_by_grammar", alone),
        **rate("form_right", taken),
        **rate("form_by_grammar_without_each", [alone[at] for at in several]),
        **rate("form_right_without_each", [taken[at] for at in several]),
        **rate("subject_right", [right for right, _ in about]),
        **rate("subject_right_where_sure", [right for right, sure in about if sure]),
        **rate("subject_sure", [sure for _, sure in about]),
        "changed": sum(one != other for one, other in zip(words, plain, strict=True)),
        "left_aside": sum(bool(one.aside) for one in put),
    }


def main() -> None:
    """Measure all wordings, and write what came out."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    torch.set_num_threads(1)
    engine = load_engine()
    with lzma.open(UNSEEN, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    told: dict[str, Any] = figures(engine, [row for row in rows if row["by"] not in WRITERS])
    for writer, prefix in WRITERS.items():
        theirs = figures(engine, [row for row in rows if row["by"] == writer])
        told |= {f"{prefix}{name}": value for name, value in theirs.items()}
    report(RESULTS, "python -m benchmarks.wordings", told)


if __name__ == "__main__":
    main()
