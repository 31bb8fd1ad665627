"""What the product knows of held-out contracts once they have slept, clauses and briefs, beside their labels."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from consolidation import load_engine
from consolidation.briefs import Brief, brief
from consolidation.briefs.clauses import Clauses, told_by
from consolidation.engine import WEIGHTS
from consolidation.findings.clauses import clauses, tag
from consolidation.findings.spans import ClauseSpan, Floats
from consolidation.parts.encodings import Encodings
from consolidation.parts.extents import Extents
from consolidation.text.windows import Range
from laboratory.briefs.comparing import FIELDS, Gold, gold
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES
from laboratory.data.facts import half_of, held_out, load_contracts

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
    tags, halves = Tags(kept), without_halves()
    for row in rows:
        p_TL, offsets = tags.of(row["id"], row["text"])
        labels, made = row["labels"], brief(row["text"])
        known = p_TL, row["text"], offsets, halves[half_of(row["id"])], told_by(made)
        yield Known(
            row["id"],
            row["text"],
            made,
            {kind: tuple(its) for kind, its in clauses(*known).items()},
            clauses(*known, alternatives=True),
            {kind: bool(labels.get(kind, NONE)["spans"]) for kind in CLAUSE_CATEGORIES},
            placed[row["id"]],
            {name: gold(name, *(labels.get(name, NONE)[k] for k in ("answer", "spans"))) for name in FIELDS},
        )


def without_halves() -> tuple[Extents, Extents]:
    """For each half of the held-out contracts, networks for extents that were fitted on the other half."""
    first, second = (Extents.load(WEIGHTS.with_name("extents.safetensors"), part) for part in ("0", "1"))
    return first, second


class Tags:
    """Tags of contracts, made where they are not kept."""

    def __init__(self, kept: Path | None, weights: Path | None = None) -> None:
        self._kept, self._weights = kept, weights

    @cached_property
    def _encodings(self) -> Encodings | None:
        return load_engine(self._weights).encodings

    def of(self, contract: str, text: str) -> tuple[Floats, list[Range]]:
        path = self._kept / f"{contract}.npz" if self._kept else None
        if path and path.exists():
            found = np.load(path)
            return found["p_TL"], [(int(a), int(b)) for a, b in found["offsets"]]
        p_TL, offsets = self.made(contract, text)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(path, p_TL=p_TL, offsets=np.array(offsets))
        return p_TL, offsets

    def made(self, contract: str, text: str) -> tuple[Floats, list[Range]]:
        """Tags that are not kept."""
        assert self._encodings is not None  # noqa: S101 -- the shipped memory has them
        return tag(self._encodings, text)
