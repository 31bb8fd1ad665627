"""Accuracy on held-out contracts from the state alone, by the number of windows in the state.

`python -m laboratory.measure.memory --features FOLDER --weights FILE --windows 4,8,16,32 --passes 1`
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from consolidation.parts.embedded.config import ModelConfig
from consolidation.parts.embedded.model import HybridModel
from consolidation.parts.encoder import SEP, Encoder, WordPieces
from consolidation.text.values import exact_match, token_f1
from laboratory.data.as_asked import AS_ASKED
from laboratory.data.batches import QuestionEncoder, collate
from laboratory.data.computed import CHECK_CATEGORIES, COMPUTED_CATEGORIES
from laboratory.data.examples import Context, Store, choose, examples_for
from laboratory.data.facts import SHORT_CATEGORIES
from laboratory.data.selfstudy import STUDY_CATEGORIES
from laboratory.fit.closed_form import model_of

#: Contracts trained on that are asked about, when they are.
SEEN = 60
EVERY_CATEGORY = (*SHORT_CATEGORIES, *STUDY_CATEGORIES, *COMPUTED_CATEGORIES, *CHECK_CATEGORIES, AS_ASKED)


@torch.inference_mode()
def greedy(
    model: HybridModel, context: Tensor, mask: Tensor, state: Tensor
) -> tuple[list[list[int]], Tensor]:
    """Greedy answers (without the end mark) and presence probabilities, one row a question."""
    answer = torch.zeros(len(context), 0, dtype=torch.long)
    open_rows = torch.ones(len(context), dtype=torch.bool)
    presence = torch.zeros(len(context))
    for i in range(model.config.max_answer - 1):
        y, present = model.decode(context, mask, answer, state)
        presence = present if i == 0 else presence
        best = model.logits(y[:, -1]).argmax(-1)
        best = torch.where(open_rows, best, SEP)
        answer = torch.cat([answer, best[:, None]], dim=1)
        open_rows &= best != SEP
        if not open_rows.any():
            break
    rows = [[t for t in row if t != SEP] for row in answer.tolist()]
    return rows, presence.sigmoid()


@torch.inference_mode()
def evaluate(
    model: HybridModel, encode: QuestionEncoder, pieces: WordPieces, store: Store, windows: int, passes: int,
    *, zero: bool = False, seen: bool = False, categories: Sequence[str] = SHORT_CATEGORIES,
) -> dict[str, list[tuple[float, float, float]]]:  # fmt: skip
    """Per category (and "absent"): exact match, F1 and presence of each question.

    `zero` blanks the state; `seen` asks about some of the contracts trained on instead, to tell what is memorised.
    """
    dice = random.Random(windows)
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    chosen_documents = [d for d in store.documents if d["held_out"] is not seen and d["facts"]]
    for document in chosen_documents[:SEEN] if seen else chosen_documents:
        chosen = choose(document, windows, dice, drop=0.0)
        examples = [
            e for e in examples_for(store, document, chosen, dice, absent=True) if e.category in categories
        ]
        if not examples:
            continue
        position = {w: document["first"] + i for i, w in enumerate(document["windows"])}
        batch = collate([Context(store, [position[w] for w in chosen], examples)], encode)
        state = model.sleep(batch.ids_BWT, batch.features_BWTF, batch.mask_BWT, model.blank_state(), passes)
        state = state * (0.0 if zero else 1.0)
        context = model.question_context(batch.question_ids_QC, batch.question_features_QCF)
        answers, presence = greedy(model, context, batch.question_mask_QC, state[batch.document_Q])
        for example, ids, p in zip(examples, answers, presence.tolist(), strict=True):
            text = pieces.decode(ids)
            name = example.category if example.answer else "absent"
            scores[name].append((float(exact_match(text, example.gold)), token_f1(text, example.gold), p))
    return scores


def summary(
    scores: dict[str, list[tuple[float, float, float]]], categories: Sequence[str] = SHORT_CATEGORIES
) -> dict[str, float]:
    """Percent over all answers of some categories, by category, and the presence signal's AUROC."""
    rows = [r for c in categories for r in scores.get(c, [])]
    out = {
        "short_em": 100 * sum(r[0] for r in rows) / len(rows),
        "short_f1": 100 * sum(r[1] for r in rows) / len(rows),
        "n": len(rows),
    }
    for category, values in sorted(scores.items()):
        out[f"{category} em"] = 100 * sum(v[0] for v in values) / len(values)
        out[f"{category} f1"] = 100 * sum(v[1] for v in values) / len(values)
    no = torch.tensor([r[2] for r in scores.get("absent", [])])
    yes = torch.tensor([r[2] for r in rows])
    if len(no):
        out["presence_auroc"] = 100 * (yes[:, None] > no[None, :]).float().mean().item()
        out["absent_n"] = len(no)
    return {k: round(v, 1) for k, v in out.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--windows", default="4,8,16,32")
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--zero", action="store_true")
    parser.add_argument("--seen", action="store_true", help="contracts trained on instead of held-out ones")
    parser.add_argument("--all", action="store_true", help="every kind of question, not short answers alone")
    parser.add_argument("--store", default="base", help="folder among the features")
    args = parser.parse_args()
    torch.set_num_threads(1)
    encoder, pieces = Encoder(), WordPieces()
    kept = torch.load(args.weights, weights_only=True)
    model = model_of(ModelConfig(**kept["config"]), encoder.words_NE)
    model.load_state_dict(kept["model"])
    model.eval()
    store = Store(args.features / args.store)
    encode = QuestionEncoder(pieces, encoder)
    categories = EVERY_CATEGORY if args.all else SHORT_CATEGORIES
    for count in args.windows.split(","):
        scores = evaluate(
            model,
            encode,
            pieces,
            store,
            int(count),
            args.passes,
            zero=args.zero,
            seen=args.seen,
            categories=categories,
        )
        print(json.dumps({"windows": int(count)} | summary(scores, categories)), flush=True)


if __name__ == "__main__":
    main()
