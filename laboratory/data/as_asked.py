"""Questions as people ask them, as facts that the memory learns from: each in its own words."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from laboratory.data.facts import Fact

#: The category; the whole question is its subject.
AS_ASKED = "As asked"


def as_asked(files: Iterable[Path]) -> dict[str, tuple[Fact, ...]]:
    """The answerable questions of files in the form of the natural ones, by contract.

    A question that joins two facts is left out, for its answer stands in no one place; of yes and no the quote has to
    be read. What is absent is taught by contexts without the answer.
    """
    facts: dict[str, list[Fact]] = {}
    for path in files:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if fact := _fact(row):
                    facts.setdefault(row["id"], []).append(fact)
    return {contract: tuple(of_contract) for contract, of_contract in facts.items()}


def _fact(row: Mapping[str, Any]) -> Fact | None:
    is_verdict = row["kind"] in ("yes", "no")
    places = tuple((low, high) for low, high in row["quote_spans" if is_verdict else "spans"])
    if not places or row["kind"] == "joined":
        return None
    said = row["kind"] if is_verdict else ""
    return Fact(AS_ASKED, row["question"], places, said or "; ".join(row["answers"]), said)
