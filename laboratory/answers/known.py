"""What the product knows of held-out contracts once they have slept, clauses and briefs, beside their labels."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from consolidation import load_engine
from consolidation.briefs import Brief, brief
from consolidation.briefs.clauses import Clauses
from consolidation.findings.clauses import ClauseSpan, Floats, clauses, tag
from consolidation.text.windows import Range
from laboratory.briefs.comparing import FIELDS, Gold, gold
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES
from laboratory.data.facts import held_out, load_contracts

NONE: dict[str, Any] = {"answer": "", "spans": []}


@dataclass(frozen=True, slots=True)
class Known:
    """A held-out contract: what the product knows of it, and the labels.

    `has` says which kinds of clause are labelled, `labelled` where, as far as the text has them word for word.
    """

    id: str
    text: str
    brief: Brief
    clauses: Clauses
    alternatives: Mapping[str, list[ClauseSpan]]
    has: Mapping[str, bool]
    labelled: Mapping[str, tuple[Range, ...]]
    gold: Mapping[str, Gold]


def held_out_known(contracts_file: Path, kept: Path | None = None) -> Iterator[Known]:
    """The labelled held-out contracts.

    Args:
        contracts_file: CUAD's contracts with labels.
        kept: a folder in which tags are kept from run to run; those of the weights that are measured.
    """
    placed = {c.id: c.clauses for c in load_contracts(contracts_file)}
    with lzma.open(contracts_file, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["labels"] and held_out(row["id"])]
    tags = _Tags(kept)
    for row in rows:
        p_TL, offsets = tags.of(row["id"], row["text"])
        found = clauses(p_TL, row["text"], offsets)
        labels = row["labels"]
        yield Known(
            row["id"],
            row["text"],
            brief(row["text"]),
            {kind: tuple(sorted(its, key=lambda s: -s.confidence)) for kind, its in found.items()},
            clauses(p_TL, row["text"], offsets, alternatives=True),
            {kind: bool(labels.get(kind, NONE)["spans"]) for kind in CLAUSE_CATEGORIES},
            placed[row["id"]],
            {name: gold(name, *(labels.get(name, NONE)[k] for k in ("answer", "spans"))) for name in FIELDS},
        )


class _Tags:
    """Tags of contracts, made where they are not kept."""

    def __init__(self, kept: Path | None) -> None:
        self._kept = kept
        self._encodings = load_engine().encodings

    def of(self, contract: str, text: str) -> tuple[Floats, list[Range]]:
        path = self._kept / f"{contract}.npz" if self._kept else None
        if path and path.exists():
            found = np.load(path)
            return found["p_TL"], [(int(a), int(b)) for a, b in found["offsets"]]
        assert self._encodings is not None  # noqa: S101 -- the shipped memory has them
        p_TL, offsets = tag(self._encodings, text)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(path, p_TL=p_TL, offsets=np.array(offsets))
        return p_TL, offsets
