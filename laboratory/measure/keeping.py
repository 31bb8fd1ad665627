"""What states keep of a contract: read in another order, after others were read too, and with those taken away again.

Only the closed form can take a document away: its sums are kept as integers here, and what is left is compared bit
for bit with what was there before.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import reduce
from operator import add
from typing import Any

import torch
from torch import Tensor

from consolidation.evaluation.metrics import bootstrap, mean
from consolidation.parts.embedded.model import HybridModel
from consolidation.parts.encoder import WordPieces
from consolidation.text.values import exact_match
from laboratory.data.batches import Batch, QuestionEncoder, collate
from laboratory.data.examples import Context, Store, choose, examples_for
from laboratory.data.facts import SHORT_CATEGORIES
from laboratory.fit.closed_form import ClosedFormModel
from laboratory.measure.memory import greedy
from laboratory.tasks.closed import ExactSums

#: Contracts that are read after the one that is asked about.
OTHERS = 4
#: Exact matches of one contract's questions by way of reading: `read`, `backwards`, `after_others`, ...
Marks = dict[str, list[float]]


def batches(store: Store, encode: QuestionEncoder, windows: int) -> list[Batch]:
    """So many windows of each held-out contract that has short answers in them, with their questions."""
    dice, out = random.Random(windows), []
    for document in store.documents:
        if not document["held_out"] or not document["facts"]:
            continue
        chosen = choose(document, windows, dice, drop=0.0)
        found = examples_for(store, document, chosen, dice, absent=False)
        examples = [e for e in found if e.category in SHORT_CATEGORIES]
        if examples:
            first = {w: document["first"] + i for i, w in enumerate(document["windows"])}
            out.append(collate([Context(store, [first[w] for w in chosen], examples)], encode))
    return out


@torch.inference_mode()
def kept(
    model: HybridModel, found: Sequence[Batch], pieces: WordPieces, passes: int
) -> tuple[list[Marks], dict[str, int]]:
    """Marks of each contract, and how many contracts were left bit for bit when others were taken away."""
    same = {"in_any_order": 0, "taken_away": 0, "taken_away_in_floats": 0}
    rows = []
    for at, batch in enumerate(found):
        others = [found[(at + i) % len(found)] for i in range(1, OTHERS + 1)]

        def marked(state: Tensor, of: Batch = batch) -> list[float]:
            return _marks(model, of, pieces, state)

        read = _slept(model, batch, model.blank_state(), passes)
        after = read
        for other in others:
            after = _slept(model, other, after, passes)
        row = {"read": marked(read), "after_others": marked(after)}
        row["backwards"] = marked(_slept(model, batch, model.blank_state(), passes, backwards=True))
        if isinstance(model, ClosedFormModel):
            row |= _taken_away(model, batch, others, (read, after), same, marked)
        rows.append(row)
    return rows, same if isinstance(model, ClosedFormModel) else {}


def _taken_away(
    model: ClosedFormModel,
    batch: Batch,
    others: Sequence[Batch],
    floats: tuple[Tensor, Tensor],
    same: dict[str, int],
    marked: Callable[[Tensor], list[float]],
) -> Marks:
    """The sums in integers: in another order, and without the others again."""
    own, (read, after) = _exact(model, batch), floats
    alone = reduce(add, own)
    more = [window for other in others for window in _exact(model, other)]
    together = reduce(add, [*more, *own[::-1]])
    left = together - reduce(add, more)
    same["in_any_order"] += _equal(together, reduce(add, [*own, *more]))
    same["taken_away"] += _equal(left, alone)
    in_floats = after
    for other in others:
        in_floats = in_floats - _slept(model, other, model.blank_state(), 1)
    same["taken_away_in_floats"] += int(torch.equal(in_floats, read))
    return {"taken_away": marked(model.of_sums(left))}


def _equal(one: ExactSums, other: ExactSums) -> int:
    return int(torch.equal(one.gram, other.gram) and torch.equal(one.cross, other.cross))


def _exact(model: ClosedFormModel, batch: Batch) -> list[ExactSums]:
    return model.exact_sums(batch.ids_BWT[0], batch.features_BWTF[0], batch.mask_BWT[0])


def _slept(
    model: HybridModel, batch: Batch, state: Tensor, passes: int, *, backwards: bool = False
) -> Tensor:
    parts = batch.ids_BWT, batch.features_BWTF, batch.mask_BWT
    ids, features, mask = (part.flip(1) for part in parts) if backwards else parts
    return model.sleep(ids, features, mask, state, passes)


def _marks(model: HybridModel, batch: Batch, pieces: WordPieces, state: Tensor) -> list[float]:
    context = model.question_context(batch.question_ids_QC, batch.question_features_QCF)
    answers, _ = greedy(model, context, batch.question_mask_QC, state[batch.document_Q])
    said = [pieces.decode(ids) for ids in answers]
    return [float(exact_match(text, e.gold)) for text, e in zip(said, batch.examples, strict=True)]


def figures(rows: Sequence[Marks], same: dict[str, int]) -> dict[str, Any]:
    """Exact match in percent for each way of reading, with intervals over contracts."""
    out: dict[str, Any] = {"contracts": len(rows), "questions": sum(len(row["read"]) for row in rows)}
    for way in rows[0]:
        groups = [row[way] for row in rows]
        low, high = bootstrap(groups, mean) or (0.0, 1.0)
        out[f"em_{way}"] = round(100 * mean([mark for group in groups for mark in group]), 1)
        out[f"em_{way}_interval"] = [round(100 * low, 1), round(100 * high, 1)]
    return out | {f"equal_{name}": count for name, count in same.items()}
