"""The later stages of the course: answering what was not learned from, and judging such answers.

Shape suffixes: B facts or sequences, T tokens, S spans.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.parts.transformer import PASSAGE, Transformer
from laboratory.reading.batches import JOINED, JUDGED_TOKENS, LIST, READ_TOKENS, YES_NO, Arrays, Sequences
from laboratory.reading.fitting import half_precision
from laboratory.reading.stages import MASKED, UNTITLED, call

LONGEST = 100
#: An answer is right that shares so much of its places with the truth.
RIGHT_F1 = 0.6


@dataclass(slots=True)
class Answers:
    """Answers of a reader to facts, each from one passage; spans `[B, S, 2]` are marked, polarity is 1 yes, 2 no."""

    facts: Tensor
    places: Tensor
    spans: Tensor
    polarity: Tensor
    score: Tensor
    answers: Tensor
    right: Tensor

    def take(self, rows: Tensor) -> Answers:
        return Answers(*(getattr(self, n)[rows] for n in self.__slots__))

    @staticmethod
    def together(parts: list[Answers]) -> Answers:
        return Answers(*(torch.cat([getattr(p, n) for p in parts]) for n in Answers.__slots__))


def best_spans(tokens_BTO: Tensor, sequences: Sequences, most: int) -> tuple[Tensor, Tensor]:
    """The `most` best spans that do not overlap, as token places `[B, S, 2]`, and their log odds to none."""
    width = tokens_BTO.shape[1]
    free = sequences.part_BT == PASSAGE
    start, end = tokens_BTO[..., 0], tokens_BTO[..., 1]
    none = start[:, 0] + end[:, 0]
    band = torch.ones(width, width, dtype=torch.bool, device=start.device).triu().tril(LONGEST - 1)
    spans, scores = [], []
    for _ in range(most):
        low, high = start.masked_fill(~free, -1e4), end.masked_fill(~free, -1e4)
        pairs = (low[:, :, None] + high[:, None]).masked_fill(~band, -4e4)
        best = pairs.flatten(1).max(1)
        first, last = best.indices // width, best.indices % width
        spans.append(torch.stack([first, last + 1], 1))
        scores.append(best.values - none)
        at = torch.arange(width, device=start.device)
        free = free & ~((at >= first[:, None]) & (at <= last[:, None]))
    return torch.stack(spans, 1), torch.stack(scores, 1)


def listed_spans(tokens_TO: Tensor, passage_T: Tensor, most: int) -> list[tuple[int, int]]:
    """The runs of tokens that are tagged as parts of an answer in one sequence."""
    tags = torch.where(passage_T, tokens_TO[:, 2:5].argmax(-1), 0).tolist()
    runs: list[tuple[int, int]] = []
    for at, tag in enumerate(tags):
        if tag == 1 or (tag == 2 and not (runs and runs[-1][1] == at)):
            runs.append((at, at + 1))
        elif tag == 2:
            runs[-1] = (runs[-1][0], at + 1)
    return runs[:most]


@torch.inference_mode()
def answers_of(
    model: Transformer, arrays: Arrays, facts: Tensor, passages: Tensor, rows: Tensor, second: bool
) -> Answers:
    """What a reader answers to facts from given passages (`rows` of `questions`), and whether that is right."""
    places = arrays.passages[passages]
    asked, titles = arrays.questions[rows], arrays.titles_for(arrays.document[facts])
    sequences = arrays.compose(asked, titles, places, READ_TOKENS)
    with half_precision(arrays.device):
        tokens, outputs = call(model, "read", arrays, sequences)
    move = (places[:, 0] - sequences.begin_B)[:, None, None]
    found, scores = best_spans(tokens, sequences, 2)
    spans = torch.full((len(facts), 8, 2), -1, device=arrays.device)
    spans[:, 0] = (found + move)[:, 0]
    several = ((outputs[:, 3:6].argmax(-1) == 1) & (arrays.kind[facts] == LIST)).nonzero()[:, 0]
    host, part = tokens[several].float().cpu(), (sequences.part_BT[several] == PASSAGE).cpu()
    for i, row in enumerate(several.tolist()):
        runs = listed_spans(host[i], part[i], 8)
        for s, (low, high) in enumerate(runs):
            spans[row, s, 0], spans[row, s, 1] = low + move[row, 0, 0], high + move[row, 0, 0]
    yes_no = arrays.kind[facts] == YES_NO
    polarity = torch.where(yes_no, outputs[:, 1:3].argmax(-1) + 1, 0)
    proof = ((tokens[..., 5] > 0) & (sequences.part_BT == PASSAGE)).int()
    first, last = proof.argmax(1), proof.shape[1] - proof.flip(1).argmax(1)
    shown = torch.stack([first, last], 1) + move[:, 0]
    shown = torch.where(proof.any(1)[:, None], shown, -1)
    spans = torch.where(yes_no[:, None, None], F.pad(shown[:, None], (0, 0, 0, 7), value=-1), spans)
    right = is_right(arrays, facts, passages, spans, polarity)
    out = Answers(facts, places, spans, polarity, scores[:, 0], outputs[:, 0], right)
    if not second:
        return out
    other = torch.full_like(spans, -1)
    other[:, 0] = (found + move)[:, 1]
    flipped = torch.where(polarity > 0, 3 - polarity, 0)
    other = torch.where(yes_no[:, None, None], spans, other)
    also = is_right(arrays, facts, passages, other, flipped)
    return Answers.together([out, Answers(facts, places, other, flipped, scores[:, 1], outputs[:, 0], also)])


def is_right(arrays: Arrays, facts: Tensor, passages: Tensor, spans: Tensor, polarity: Tensor) -> Tensor:
    """Whether answers are right: the polarity in a right passage, or spans of F1 0.6 with the true places."""
    listed = arrays.positive.first(facts, 32)
    in_right = (passages[:, None] == listed).any(1)
    low = torch.maximum(spans[:, :, None, 0], arrays.answers[facts][:, None, :, 0])
    high = torch.minimum(spans[:, :, None, 1], arrays.answers[facts][:, None, :, 1])
    known = (spans[:, :, None, 0] >= 0) & (arrays.answers[facts][:, None, :, 0] >= 0)
    shared = ((high - low).clamp(min=0) * known).sum((1, 2))
    lengths = [((s[..., 1] - s[..., 0]) * (s[..., 0] >= 0)).sum(1) for s in (spans, arrays.answers[facts])]
    f1 = 2 * shared / (lengths[0] + lengths[1]).clamp(min=1)
    yes_no = arrays.kind[facts] == YES_NO
    whole = (f1 >= RIGHT_F1) & (arrays.kind[facts] != JOINED)
    return torch.where(yes_no, in_right & (polarity == arrays.polarity[facts]), whole)


def judge_loss(model: Transformer, arrays: Arrays, answers: Answers, drawn: Tensor) -> Tensor:
    """Log loss of whether answers are right, and a comparison within the batch of those of one question."""
    some = answers.take(drawn)
    sequences = judged(arrays, some, arrays.wording(some.facts), UNTITLED)
    odds = call(model, "judge", arrays, arrays.dropped(sequences, MASKED))
    return F.binary_cross_entropy_with_logits(odds, some.right.float())


def judged(arrays: Arrays, answers: Answers, rows: Tensor, untitled: float = 0.0) -> Sequences:
    """Sequences of question, answer, title and passage with the answer marked."""
    said = arrays.said(answers.spans, answers.polarity)
    titles = arrays.titles_for(arrays.document[answers.facts], untitled)
    plain = arrays.compose(arrays.questions[rows], titles, answers.places, JUDGED_TOKENS, said)
    return arrays.marked(plain, answers.spans, answers.places)
