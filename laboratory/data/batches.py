"""Training contexts as tensors.

Shape suffixes: B documents, W windows, T tokens, F features, Q questions in all, C question tokens, A answer tokens.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor

from consolidation.parts.encoder import Encoder, WordPieces
from consolidation.text.windows import WINDOW_TOKENS
from laboratory.data.examples import Context, Example

QUESTION_TOKENS, KEPT_QUESTIONS = 64, 20000
#: Share of documents whose clause tags are hidden in training, and of categories hidden of the others.
TAGS_HIDDEN, TAG_HIDDEN = 0.1, 0.1


def hidden_tags(features_BWTF: Tensor, tags: int) -> Tensor:
    """Features with the clause tags of some documents, and of some categories, set to zero.

    So that a model does not lean on them alone: many questions ask for what has no tag.
    """
    batch = len(features_BWTF)
    shown = (torch.rand(batch, 1) >= TAGS_HIDDEN) & (torch.rand(batch, tags) >= TAG_HIDDEN)
    seen = features_BWTF[..., -tags:] * shown.to(features_BWTF.device)[:, None, None, :]
    return torch.cat([features_BWTF[..., :-tags], seen], dim=-1)


class QuestionEncoder:
    """Questions as word pieces and frozen features, kept between uses."""

    def __init__(self, pieces: WordPieces, encoder: Encoder) -> None:
        self._pieces, self._encoder = pieces, encoder
        self._kept: dict[str, tuple[Tensor, Tensor]] = {}

    def _encode(self, questions: list[str]) -> None:
        """Encode questions together and keep them in half precision."""
        rows = [torch.tensor(self._pieces.encode(q)[0][:QUESTION_TOKENS]) for q in questions]
        ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        features, _ = self._encoder.features(ids, torch.tensor([len(r) for r in rows]), tagged=False)
        for question, row, feature in zip(questions, rows, features.half(), strict=True):
            self._kept[question] = (row, feature[: len(row)].clone())

    def __call__(self, questions: list[str]) -> tuple[Tensor, Tensor, Tensor]:
        """`ids_QC`, `features_QCF` and `mask_QC`, right-padded."""
        if len(self._kept) > KEPT_QUESTIONS:
            self._kept.clear()
        if missing := sorted({q for q in questions if q not in self._kept}, key=len):
            self._encode(missing)
        rows = [self._kept[q] for q in questions]
        pad = torch.nn.utils.rnn.pad_sequence
        ids = pad([r[0] for r in rows], batch_first=True)
        mask = pad([torch.ones(len(r[0]), dtype=torch.bool) for r in rows], batch_first=True)
        return ids, pad([r[1].float() for r in rows], batch_first=True), mask


@dataclass(frozen=True, slots=True)
class Batch:
    ids_BWT: Tensor
    features_BWTF: Tensor
    mask_BWT: Tensor
    wanted_BWT: Tensor
    document_Q: Tensor
    question_ids_QC: Tensor
    question_features_QCF: Tensor
    question_mask_QC: Tensor
    answer_QA: Tensor
    examples: list[Example]

    def to(self, device: str) -> Batch:
        """The same on a device."""
        tensors = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "examples"}
        return replace(self, **{name: tensor.to(device) for name, tensor in tensors.items()})


def collate(contexts: list[Context], encode: QuestionEncoder) -> Batch:
    """Contexts as tensors; short contexts are padded at the end with empty windows."""
    count = max(len(c.rows) for c in contexts)
    width = contexts[0].store.width
    ids = torch.zeros(len(contexts), count, WINDOW_TOKENS, dtype=torch.long)
    lengths = torch.zeros(len(contexts), count, dtype=torch.long)
    features = torch.zeros(len(contexts), count, WINDOW_TOKENS, width)
    wanted = torch.zeros(len(contexts), count, WINDOW_TOKENS, dtype=torch.bool)
    for b, context in enumerate(contexts):
        n = len(context.rows)
        ids[b, :n] = torch.from_numpy(context.store.ids[context.rows].astype(np.int64))
        lengths[b, :n] = torch.from_numpy(context.store.lengths[context.rows].astype(np.int64))
        features[b, :n] = context.store.token_features(context.rows)
        if context.wanted_WT is not None:
            wanted[b, :n] = context.wanted_WT
    mask = torch.arange(WINDOW_TOKENS) < lengths.unsqueeze(-1)
    examples = [e for c in contexts for e in c.examples]
    document = torch.tensor([b for b, c in enumerate(contexts) for _ in c.examples])
    longest = max([len(e.answer) for e in examples] + [1])
    answers = torch.full((len(examples), longest), -1)
    for i, e in enumerate(examples):
        answers[i, : len(e.answer)] = torch.tensor(e.answer, dtype=torch.long)
    question = encode([e.question for e in examples])
    return Batch(ids, features, mask, wanted, document, *question, answers, examples)
