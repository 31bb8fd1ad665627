"""What the three models are trained on.

Shape suffixes: B sequences, T tokens, G passages of a group (one question), S spans, P passages.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from laboratory.reading.batches import JOINED, LIST, VALUE, YES_NO, Arrays, Sequences

BIO_WEIGHT, EVIDENCE_WEIGHT, POLARITY_WEIGHT, KIND_WEIGHT, RANK_WEIGHT = 0.5, 0.3, 1.0, 0.1, 1.0
TEMPERATURE = 0.05


@dataclass(frozen=True, slots=True)
class Read:
    """Passages read for facts: `facts_B`, `places_B2`, whether each answers `right_B`, and the sequences."""

    facts_B: Tensor
    places_B2: Tensor
    right_B: Tensor
    sequences: Sequences


def _mean(values: Tensor, mask: Tensor) -> Tensor:
    return (values * mask).sum() / mask.sum().clamp(min=1)


def _likely(logits_BT: Tensor, target_BT: Tensor) -> Tensor:
    """Negative log of the sum of the probabilities of all right tokens, `[B]`."""
    right = logits_BT.masked_fill(~target_BT, -1e4).logsumexp(-1)
    return logits_BT.logsumexp(-1) - right


def reader_loss(arrays: Arrays, read: Read, tokens_BTO: Tensor, passages_BO: Tensor, group: int) -> Tensor:
    """The sum of all losses of a reader; groups of passages of one question stand together."""
    facts, width = read.facts_B, tokens_BTO.shape[1]
    kind, right = arrays.kind[facts], read.right_B
    answers = arrays.answers[facts]
    inside = arrays.inside(read.places_B2, answers)
    last = answers[..., 1] - read.places_B2[:, None, 0] + read.sequences.begin_B[:, None]
    inside &= (last < width) & right[:, None]
    starts, ends = (_edges(arrays, read, answers, inside, side) for side in (0, 1))
    has = inside.any(1)
    nothing = ~right
    starts[:, 0], ends[:, 0] = nothing, nothing
    real = read.sequences.mask_BT
    spans = ((kind == VALUE) | (kind == LIST)) & (has | nothing)
    span = _likely(tokens_BTO[..., 0].masked_fill(~real, -1e4), starts | ~spans[:, None])
    span = span + _likely(tokens_BTO[..., 1].masked_fill(~real, -1e4), ends | ~spans[:, None])
    held = arrays.on_tokens(answers, read.places_B2, read.sequences.begin_B, width) & right[:, None]
    bio = torch.where(starts & held, 1, torch.where(held, 2, 0))
    bio_loss = F.cross_entropy(tokens_BTO[..., 2:5].transpose(1, 2), bio, reduction="none")
    listed = (spans & has)[:, None] & real
    clipped = _clipped(arrays.evidence[facts], read.places_B2)
    proof = arrays.on_tokens(clipped, read.places_B2, read.sequences.begin_B, width)
    proof_loss = F.binary_cross_entropy_with_logits(tokens_BTO[..., 5], proof.float(), reduction="none")
    proven = (right & proof.any(1))[:, None] & real
    polarity = arrays.polarity[facts]
    signed = right & (polarity > 0) & (kind == YES_NO)
    sign = F.cross_entropy(passages_BO[:, 1:3], (polarity - 1).clamp(min=0), reduction="none")
    return (
        _mean(span, spans) + BIO_WEIGHT * _mean(bio_loss, listed) + EVIDENCE_WEIGHT * _mean(proof_loss, proven)
        + POLARITY_WEIGHT * _mean(sign, signed)
        + KIND_WEIGHT * F.cross_entropy(passages_BO[:, 3:6], kind.clamp(max=JOINED - 1))
        + RANK_WEIGHT * rank_loss(passages_BO[:, 0].view(-1, group), right.view(-1, group))
    )  # fmt: skip


def _edges(arrays: Arrays, read: Read, spans_BS2: Tensor, known_BS: Tensor, side: int) -> Tensor:
    """The first (`side` 0) or last tokens of known spans, `[B, T]`."""
    low = spans_BS2[..., side] - side
    edge = torch.where(known_BS[..., None], torch.stack([low, low + 1], -1), -1)
    return arrays.on_tokens(edge, read.places_B2, read.sequences.begin_B, read.sequences.ids_BT.shape[1])


def _clipped(spans_BS2: Tensor, places_B2: Tensor) -> Tensor:
    """Spans cut to the places that they touch."""
    low = torch.maximum(spans_BS2[..., 0], places_B2[:, None, 0])
    high = torch.minimum(spans_BS2[..., 1], places_B2[:, None, 1])
    known = (spans_BS2[..., 0] >= 0) & (high > low)
    return torch.where(known[..., None], torch.stack([low, high], -1), -1)


def rank_loss(scores_BG: Tensor, right_BG: Tensor) -> Tensor:
    """Cross-entropy of each question over its passages and "none of them", whose score is 0, and of each passage."""
    none = scores_BG.new_zeros(len(scores_BG), 1)
    every = torch.cat([none, scores_BG], 1)
    target = torch.cat([~right_BG.any(1, keepdim=True), right_BG], 1)
    single = F.binary_cross_entropy_with_logits(scores_BG, right_BG.float())
    return _likely(every, target).mean() + single


def contrast_loss(asked_BE: Tensor, passages_PE: Tensor, right_BP: Tensor, known_BP: Tensor) -> Tensor:
    """Cross-entropy of each question over all passages of the batch that are right or known to be wrong for it."""
    with torch.autocast(asked_BE.device.type, enabled=False):
        scores = (asked_BE @ passages_PE.T / TEMPERATURE).masked_fill(~known_BP, -1e4)
    return _likely(scores, right_BP).mean()
