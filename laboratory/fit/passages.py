"""Train the router and the reader on labelled clauses and facts, with hard negatives from all windows.

`python -m laboratory.fit.passages --features FOLDER --out FOLDER`

Half of the readings are the windows that the router likes best, as it is when a question is answered; the others hold
at most one window with the answer, and others that the router likes.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.evaluation.metrics import mean
from consolidation.files import write_atomically
from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.parts.reader import ReaderNetwork
from consolidation.parts.router import PassageConfig, RouterNetwork
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data.batches import Store, hidden_tags, word_counts
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES, clause_paraphrases
from laboratory.data.facts import SHORT_CATEGORIES, VALUE_CATEGORIES, Range
from laboratory.data.renaming import Renamer
from laboratory.data.wordings import UNRELATED, paraphrases
from laboratory.fit.limit import Limit

RATE, CLIP, WARM_UP = 1e-3, 1.0, 40
READ_WINDOWS, QUESTIONS = 6, 12
MAX_WINDOWS = 200
#: Share of the facts from self-study that are asked about.
STUDIED = 0.15
#: Rarer clauses weigh as if this share of the contracts had them.
RAREST = 0.03


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a whole contract and the token ranges that answer it (none: absent)."""

    category: str
    question: str
    places: tuple[Range, ...]


def questions_of(document: dict[str, Any], dice: random.Random) -> Iterator[Asked]:
    """Every fact and clause of a contract, and categories that it does not have."""
    facts = {f["category"] for f in document["facts"]}
    for fact in document["facts"]:
        if "said" in fact or (fact["category"] not in SHORT_CATEGORIES and dice.random() > STUDIED):
            continue
        wording = dice.choice(paraphrases(fact["category"], fact["subject"]))
        yield Asked(fact["category"], wording, tuple(map(tuple, fact["places"])))
    for category in CLAUSE_CATEGORIES:
        places = tuple(map(tuple, document["clauses"].get(category, ())))
        yield Asked(category, dice.choice(clause_paraphrases(category)), places)
    for category in VALUE_CATEGORIES:
        places = tuple(map(tuple, document["clauses"].get(category, ())))
        if category not in facts:
            yield Asked(category, dice.choice(paraphrases(category)), places)
    yield Asked("Unrelated", dice.choice(UNRELATED), ())


def positives(asked: Asked, windows: list[int]) -> Tensor:
    """Which of a contract's windows overlap the answer."""
    spans = [(start // WINDOW_TOKENS, max(start, end - 1) // WINDOW_TOKENS) for start, end in asked.places]
    return torch.tensor([any(low <= w <= high for low, high in spans) for w in windows], dtype=torch.bool)


class Questions:
    """Encoded questions, kept between uses: ids, features and sentence vectors."""

    def __init__(self, encoder: Encoder) -> None:
        self.pieces, self.encoder = WordPieces(), encoder
        self.words_NE = encoder.words_NE
        self._kept: dict[str, tuple[Tensor, Tensor, Tensor]] = {}

    def _one(self, question: str) -> tuple[Tensor, Tensor, Tensor]:
        if len(self._kept) > 20000:
            self._kept.clear()
        if question not in self._kept:
            ids = torch.tensor(self.pieces.encode(question)[0][:64]).unsqueeze(0)
            features, sentence = self.encoder.features(ids, torch.tensor([ids.shape[1]]), tagged=False)
            self._kept[question] = (ids[0], features[0].clone(), sentence[0].clone())
        return self._kept[question]

    def __call__(self, questions: list[str], new_N: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Features, word embeddings under a renaming, mask and sentence vectors, right-padded."""
        rows = [self._one(q) for q in questions]
        pad = torch.nn.utils.rnn.pad_sequence
        ids = pad([r[0] for r in rows], batch_first=True)
        mask = pad([torch.ones(len(r[0]), dtype=torch.bool) for r in rows], batch_first=True)
        features = pad([r[1] for r in rows], batch_first=True)
        return features, self.words_NE[new_N[ids]], mask, torch.stack([r[2] for r in rows])


class Passages:
    """Windows of contracts as tensors."""

    def __init__(self, folder: Path, words_NE: Tensor) -> None:
        self.store, self.words_NE = Store(folder), words_NE
        self.sentences = torch.from_numpy(np.load(folder / "sentences.npy").astype(np.float32))
        documents = [d for d in self.store.documents if d["clauses"]]
        self.training = [d for d in documents if not d["held_out"]]
        self.same = torch.arange(len(words_NE))
        counts = word_counts(self.store, len(words_NE))
        self.renamer, self.generator = Renamer(WordPieces(), counts), torch.Generator().manual_seed(0)

    def renaming(self) -> Tensor:
        """A fresh renaming of tokens, or half of the time none."""
        fresh = torch.rand(1, generator=self.generator).item() < 0.5
        return self.renamer.draw(self.generator) if fresh else self.same

    def __call__(self, rows: list[int], new_N: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Features, word embeddings (under a renaming), mask and sentence vectors of windows."""
        ids = torch.from_numpy(self.store.ids[rows].astype(np.int64))
        features = self.store.token_features(rows)
        lengths = torch.from_numpy(self.store.lengths[rows].astype(np.int64))
        mask = torch.arange(WINDOW_TOKENS) < lengths[:, None]
        new_N = self.same if new_N is None else new_N
        return features, self.words_NE[new_N[ids]], mask, self.sentences[rows]


def fairness(passages: Passages) -> dict[str, tuple[float, float]]:
    """For each kind of clause, weights that make contracts with and without it count the same."""
    weights = {}
    for category in CLAUSE_CATEGORIES:
        share = mean([float(bool(d["clauses"].get(category))) for d in passages.training])
        share = min(max(share, RAREST), 1 - RAREST)
        weights[category] = (0.5 / (1 - share), 0.5 / share)
    return weights


def router_loss(router: RouterNetwork, scores_QW: Tensor, positive_QW: Tensor, weights_QX: Tensor) -> Tensor:
    """Find the right windows among all of the contract; know whether there is one.

    `weights_QX` are the weights of each question where the contract has no answer and where it has one.
    """
    has = positive_QW.any(1)
    inside = scores_QW.masked_fill(~positive_QW, float("-inf"))[has].logsumexp(1)
    listwise = (scores_QW[has].logsumexp(1) - inside).mean() if has.any() else scores_QW.sum() * 0
    weight = weights_QX.gather(1, has.long().unsqueeze(1)).squeeze(1)
    logits = router.presence_logit(scores_QW.amax(1))
    return listwise + F.binary_cross_entropy_with_logits(logits, has.float(), weight=weight)


def rows_of(document: dict[str, Any]) -> list[int]:
    return list(range(document["first"], document["first"] + len(document["windows"])))


def train_router(
    router: RouterNetwork, passages: Passages, questions: Questions, limit: Limit, log: Any
) -> None:
    dice, weights = random.Random(0), fairness(passages)
    optimiser = torch.optim.AdamW(router.parameters(), lr=RATE, weight_decay=0.05)
    began, step = time.monotonic(), 0
    while (done := limit.done(step, spent := time.monotonic() - began)) < 1:
        document = dice.choice(passages.training)
        rows, windows = rows_of(document)[:MAX_WINDOWS], document["windows"][:MAX_WINDOWS]
        asked = [a for a in questions_of(document, dice) if a.places or dice.random() < 0.5]
        new = passages.renaming()
        features, words, mask, sentences = passages(rows, new)
        features = hidden_tags(features[None], router.config.tags)[0]
        keys = router.window_keys(features, words, mask, sentences, torch.tensor(windows))
        scores = router.question_keys(*questions([a.question for a in asked], new)) @ keys.T
        fair = torch.tensor([weights.get(a.category, (1.0, 1.0)) for a in asked])
        loss = router_loss(router, scores, torch.stack([positives(a, windows) for a in asked]), fair)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(router.parameters(), CLIP)
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - done)
        optimiser.step()
        step += 1
        log.write(json.dumps({"router": loss.item(), "step": step, "spent": spent}) + "\n")


@torch.inference_mode()
def window_keys(
    router: RouterNetwork, passages: Passages, documents: list[dict[str, Any]]
) -> dict[str, Tensor]:
    out = {}
    for document in documents:
        rows, windows = rows_of(document), torch.tensor(document["windows"])
        parts = [
            router.window_keys(*passages(rows[i : i + 64]), windows[i : i + 64])
            for i in range(0, len(rows), 64)
        ]
        out[document["id"]] = torch.cat(parts)
    return out


def reading(
    document: dict[str, Any], asked: Asked, scores_W: Tensor, dice: random.Random
) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Windows to read together and the spans that answer in them, as (slot, start, end)."""
    windows = document["windows"]
    count, gold = len(windows), positives(asked, windows)
    if dice.random() < 0.5:
        chosen = scores_W.topk(min(count, READ_WINDOWS)).indices.tolist()
    else:
        liked = scores_W.masked_fill(gold, float("-inf")).topk(min(count, 4 * READ_WINDOWS)).indices.tolist()
        dice.shuffle(liked)
        chosen = [w for w in liked if not gold[w]][:READ_WINDOWS]
        if gold.any():
            chosen = [dice.choice(gold.nonzero().flatten().tolist()), *chosen[: READ_WINDOWS - 1]]
    spans = []
    for slot, window in enumerate(chosen):
        low = windows[window] * WINDOW_TOKENS
        for start, end in asked.places:
            a, b = max(start, low), min(end, low + WINDOW_TOKENS)
            if a < b:
                spans.append((slot, a - low, b - 1 - low))
    return chosen, spans


def reader_loss(
    scores_RTX: Tensor, none_R: Tensor, groups: list[int], spans: list[list[tuple[int, int, int]]]
) -> Tensor:
    """Shared-norm cross-entropy of start and end over the windows read together and "none"."""
    total, at = scores_RTX.new_zeros(()), 0
    for size, gold in zip(groups, spans, strict=True):
        none = none_R[at]
        for end in (0, 1):
            flat = scores_RTX[at : at + size, :, end]
            everything = torch.cat([flat.flatten(), none.view(1)]).logsumexp(0)
            if gold:
                slots, tokens = torch.tensor([g[0] for g in gold]), torch.tensor([g[1 + end] for g in gold])
                total = total + everything - flat[slots, tokens].logsumexp(0)
            else:
                total = total + everything - none
        at += size
    return total / (2 * len(groups))


def train_reader(
    reader: ReaderNetwork,
    router: RouterNetwork,
    passages: Passages,
    questions: Questions,
    limit: Limit,
    log: Any,
) -> None:
    dice = random.Random(1)
    keys = window_keys(router, passages, passages.training)
    optimiser = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=0.05, betas=(0.9, 0.98))
    began, step = time.monotonic(), 0
    while (done := limit.done(step, spent := time.monotonic() - began)) < 1:
        rows: list[int] = []
        groups, spans, asked_all = [], [], []
        for document in dice.sample(passages.training, QUESTIONS // 3):
            everything = list(questions_of(document, dice))
            values = [a for a in everything if a.places and a.category not in CLAUSE_CATEGORIES]
            clauses = [a for a in everything if a.places and a.category in CLAUSE_CATEGORIES]
            no = [a for a in everything if not a.places]
            chosen_questions = [
                *dice.sample(values, min(len(values), 2)),
                *dice.sample(clauses, min(len(clauses), 1)),
                *dice.sample(no, min(len(no), 1)),
            ]
            for asked in chosen_questions:
                with torch.no_grad():
                    scores = (
                        router.question_keys(*questions([asked.question], passages.same))
                        @ keys[document["id"]].T
                    )[0]
                chosen, gold = reading(document, asked, scores, dice)
                rows += [document["first"] + w for w in chosen]
                groups.append(len(chosen))
                spans.append(gold)
                asked_all += [asked.question] * len(chosen)
        new = passages.renaming()
        features, words, mask, _ = passages(rows, new)
        features = hidden_tags(features.unsqueeze(1), reader.config.tags).squeeze(1)
        scores_RTX, none_R = reader((features, words, mask), questions(asked_all, new)[:3])
        loss = reader_loss(scores_RTX, none_R, groups, spans)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), CLIP)
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - done)
        optimiser.step()
        step += 1
        log.write(json.dumps({"reader": loss.item(), "step": step, "spent": spent}) + "\n")
        log.flush()


def save(path: Path, **modules: torch.nn.Module) -> None:
    with write_atomically(path) as handle:
        torch.save({name: module.state_dict() for name, module in modules.items()}, handle)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--router-seconds", type=float, default=300)
    parser.add_argument("--reader-seconds", type=float, default=900)
    parser.add_argument("--router-steps", type=int, help="so many steps, whatever time they take")
    parser.add_argument("--reader-steps", type=int)
    parser.add_argument("--start", type=Path, help="what an earlier run wrote, to go on from")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    args.out.mkdir(parents=True, exist_ok=True)
    questions = Questions(Encoder())
    passages = Passages(args.features / "base", questions.words_NE)
    router, reader = RouterNetwork(PassageConfig()), ReaderNetwork(PassageConfig())
    router.fit_directions(passages.sentences)
    if args.start:
        kept = torch.load(args.start, weights_only=True)
        router.load_state_dict(kept["router"])
        reader.load_state_dict(kept["reader"])
    with (args.out / "log.jsonl").open("a") as log:
        train_router(router, passages, questions, Limit(args.router_seconds, args.router_steps), log)
        save(args.out / "passages.pt", router=router, reader=reader)
        train_reader(reader, router, passages, questions, Limit(args.reader_seconds, args.reader_steps), log)
    save(args.out / "passages.pt", router=router, reader=reader)


if __name__ == "__main__":
    main()
