"""What briefs hold for standing questions, on labelled held-out contracts: how often it is right, and when to say so.

The constants of `consolidation.answers.standing_odds` are fitted here on all of these contracts; what is told of them
is told of each half with constants and threshold of the other.
"""

from __future__ import annotations

import json
import lzma
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from consolidation import Bank, Engine, Source, consolidate, load_engine
from consolidation.answers.standing import Held, hold
from consolidation.answers.standing_odds import CLAUSE_SIGNALS, FIELD_SIGNALS, probability
from consolidation.asking.understand import Understanding
from consolidation.briefs import Brief, brief
from consolidation.briefs.clauses import CATEGORY_OF, Tagging
from consolidation.briefs.fields import Type
from consolidation.text.windows import Range
from laboratory.answers.known import without_halves
from laboratory.briefs.comparing import gold, near, said
from laboratory.data.facts import half_of, held_out, load_contracts
from laboratory.measure.engines import with_extents

#: Thresholds that are tried, and the mean probability that is wanted above one.
THRESHOLDS, WANTED = tuple(at / 100 for at in range(80, 99)), 0.962
#: Weights of the squares of the constants, those of single kinds apart, and steps of the search for them.
RIDGE, RIDGE_OF_KINDS, STEPS = 0.005, 0.00125, 300
SIGNALS = frozenset((*FIELD_SIGNALS, *CLAUSE_SIGNALS))
NONE: dict[str, Any] = {"answer": "", "spans": []}
Odds = Mapping[str, float]
Questions = tuple[Mapping[Type, Understanding], Mapping[str, Understanding]]


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that a brief holds: a field that has a label, or a clause that is said to be there.

    Of a clause, `right` asks for its first passage to touch a labelled one.
    """

    contract: str
    name: str
    is_field: bool
    right: bool
    signals: Odds

    @property
    def known(self) -> Odds:
        """The signals, that of its kind among them."""
        return self.signals if self.is_field else {**self.signals, self.name: 1.0}


@dataclass(frozen=True, slots=True)
class Told:
    """The same with what constants of the other half say: whether it is supported."""

    contract: str
    right: bool
    supported: bool


def standing_rows(
    contracts_file: Path, asked: Questions, kept: Path | None = None
) -> Iterator[tuple[list[Standing], float]]:
    """What the sleep phase holds of each labelled held-out contract, and processor seconds that it took.

    The shortest come first. Args:
        contracts_file: CUAD's contracts with labels.
        asked: the questions about fields and those about kinds of clause.
        kept: a folder in which contracts are kept from run to run; those of the weights that are measured.
    """
    placed = {c.id: c.clauses for c in load_contracts(contracts_file)}
    with lzma.open(contracts_file, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["labels"] and held_out(row["id"])]
    engines = [with_extents(load_engine(), extents) for extents in without_halves()]
    for row in sorted(rows, key=lambda row: len(row["text"])):
        path = kept / f"{row['id']}.json" if kept else None
        if path and path.exists():
            found = json.loads(path.read_text())
            yield [Standing(**one) for one in found["rows"]], found["seconds"]
            continue
        held, seconds = _held(engines[half_of(row["id"])], row, asked, placed[row["id"]])
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"rows": [asdict(one) for one in held], "seconds": seconds}))
        yield held, seconds


def _held(
    engine: Engine, row: Mapping[str, Any], asked: Questions, placed: Mapping[str, tuple[Range, ...]]
) -> tuple[list[Standing], float]:
    text, name = row["text"], row["id"]
    key = engine.state_key(document_sha256=name, text_version="cuad", text_sha256=name)
    with tempfile.TemporaryDirectory() as folder:
        bank, tagging = Bank(Path(folder)), Tagging(engine)
        built = consolidate(engine, text, key, bank, beside=tagging)
        began = time.process_time()
        made = brief(text)
        source = Source(name, name, bank, built.name, text, tagging.clauses(text, made), made)
        fields, kinds = hold(engine, source, bank.load(built.name), *asked)
        seconds = time.process_time() - began
    return [*_fields(row, made, fields), *_clauses(name, kinds, placed)], seconds


def _fields(row: Mapping[str, Any], made: Brief, held: Mapping[Type, Held]) -> Iterator[Standing]:
    for type_, category in CATEGORY_OF.items():
        label = row["labels"].get(category, NONE)
        truth, values = gold(category, label["answer"], label["spans"]), said(category, made)
        if not held[type_].signals or not (truth.values or truth.none):
            continue
        right = bool(values & truth.values)
        if category == "Parties":
            right = near(values, truth.values) == len(values) == len(truth.values)
        yield Standing(row["id"], type_, True, right, held[type_].signals)


def _clauses(
    contract: str, held: Mapping[str, Held], placed: Mapping[str, tuple[Range, ...]]
) -> Iterator[Standing]:
    for kind, one in held.items():
        if one.text:
            first = one.quotes[0]
            right = any(first.start < b and a < first.end for a, b in placed.get(kind, ()))
            yield Standing(contract, kind, False, right, one.signals)


def fitted(rows: Sequence[Standing]) -> Odds:
    """The likeliest constants, small ones preferred."""
    names = FIELD_SIGNALS if rows[0].is_field else (*CLAUSE_SIGNALS, *sorted({row.name for row in rows}))
    known = torch.tensor(
        [[1.0, *(row.known.get(n, 0.0) for n in names)] for row in rows], dtype=torch.float64
    )
    ridge = torch.tensor(
        [RIDGE if name in SIGNALS else RIDGE_OF_KINDS for name in names], dtype=torch.float64
    )
    truth = torch.tensor([float(row.right) for row in rows], dtype=torch.float64)
    weights = torch.zeros(known.shape[1], dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(known @ weights, truth)
        value = value + (ridge * weights[1:] ** 2).sum()
        value.backward()
        return value

    search.step(loss)
    return dict(zip(["bias", *names], (round(w, 3) for w in weights.tolist()), strict=True))


def threshold(rows: Sequence[Standing], odds: Odds) -> float:
    """The lowest threshold above which the mean probability is what is wanted.

    It is not chosen by how many are right: these are too few to tell 95 from 97 in 100.
    """
    likely = [probability(odds, row.known) for row in rows]
    for least in THRESHOLDS:
        above = [one for one in likely if one >= least]
        if above and sum(above) >= WANTED * len(above):
            return least
    return 1.0


def told_by_halves(rows: Sequence[Standing]) -> list[Told]:
    """Each row, with constants and threshold of the other half of the contracts."""
    told = []
    for half in (0, 1):
        others = [row for row in rows if half_of(row.contract) != half]
        odds = fitted(others)
        least = threshold(others, odds)
        told += [
            Told(row.contract, row.right, probability(odds, row.known) >= least)
            for row in rows
            if half_of(row.contract) == half
        ]
    return told
