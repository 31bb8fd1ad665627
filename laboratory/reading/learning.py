"""What readers and judges learn from, how often each question is drawn, and by what they are measured."""

from __future__ import annotations

from typing import Self

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.parts.transformer import Transformer
from laboratory.reading.answering import Answers, answers_of, judge_loss, judged
from laboratory.reading.batches import HYPOTHESES, LABELS, MADE, NATURAL, WRITTEN, YES_NO, Arrays
from laboratory.reading.fitting import half_precision
from laboratory.reading.stages import Facts, call, facts_of, reading_loss

#: How often each source is read, and answers to each are judged; passages of a group, one of which may answer.
READ = {WRITTEN: 0.6, NATURAL: 0.2, LABELS: 0.12, HYPOTHESES: 0.05, MADE: 0.03}
JUDGED = {WRITTEN: 0.62, NATURAL: 0.25, LABELS: 0.1, HYPOTHESES: 0.03}
GROUP = 3
#: Written questions of Yes and No are drawn so many times as often as others: they are learned slowest.
SIGNED = 2.0
#: What is known already is drawn so many times as often as other questions where a shipped reader goes on.
KNOWN = 0.3
#: One contract of so many is measured, and a judge by so many answers at most.
KEPT_OUT, MEASURED = 10, 4000


def answered(
    arrays: Arrays, reader: Transformer, facts: Tensor, found: Tensor, size: int, most: int
) -> Answers:
    """What a reader answers to facts, each from `most` passages found `[F, >= most]` and a right one.

    Of what one part of a document is known not to say, passages near that part are read alone.
    """
    partly = (arrays.source[facts] == WRITTEN) & (arrays.positive.count(facts) == 0)
    passages = torch.where(partly[:, None], arrays.near.first(facts, most), found[facts, :most])
    extra = arrays.positive.first(facts, 1)
    valid = F.pad(passages >= 0, (0, 1), value=True)
    valid[:, -1] = (extra[:, 0] >= 0) & ~(extra == passages).any(1)
    passages = torch.cat([passages, extra], 1)
    at = valid.flatten().nonzero()[:, 0]
    facts, passages = facts[:, None].expand_as(passages).flatten()[at], passages.flatten()[at]
    parts = []
    for one, chosen in zip(facts.split(size), passages.split(size), strict=True):
        said = answers_of(reader, arrays, one, chosen, arrays.questions_of[one], second=True)
        unclear = (arrays.unclear.first(one, 48) == chosen[:, None]).any(1).repeat(2)
        parts.append(said.take((~unclear | said.right).nonzero()[:, 0]))
    return Answers.together(parts)


def of_agreements(arrays: Arrays, facts: Tensor) -> Tensor:
    """Which facts are of documents that nothing but written questions is known of."""
    others = arrays.document[facts_of(arrays, sources=(NATURAL, LABELS, HYPOTHESES))]
    return ~torch.isin(arrays.document[facts], others)


def kept_out(arrays: Arrays, facts: Tensor) -> Tensor:
    """Which facts are of a contract that is measured, not learned from."""
    return arrays.document[facts] % KEPT_OUT == 0


def signed(arrays: Arrays, facts: Tensor) -> Tensor:
    """How many times as often as others each fact is drawn."""
    often = (arrays.source[facts] == WRITTEN) & (arrays.kind[facts] == YES_NO)
    return torch.where(often, SIGNED, 1.0)


def auroc(yes: Tensor, no: Tensor) -> float:
    """The area under the curve of scores that should be high and of scores that should be low."""
    return float((yes[:, None] > no[None]).float().mean())


def given_passages(arrays: Arrays, facts: Tensor) -> Tensor:
    """A passage of each fact by which it is measured: a right one, else one near by, else -1."""
    right, near = arrays.positive.first(facts, 1)[:, 0], arrays.near.first(facts, 1)[:, 0]
    return torch.where(right >= 0, right, near)


class Reading:
    """What a reader learns from, and the written facts by which it is measured: each read in one passage."""

    def __init__(self, arrays: Arrays, learned: Tensor, measured: Tensor, size: int) -> None:
        self.arrays, self.size = arrays, size
        self.facts = Facts(arrays, learned, READ)
        self.facts.weights *= signed(arrays, learned)
        passages = given_passages(arrays, measured)
        self.measured, self.passages = measured[passages >= 0], passages[passages >= 0]

    @classmethod
    def of_most(cls, arrays: Arrays, size: int) -> Self:
        """All facts but the written ones of contracts that are measured."""
        every, written = facts_of(arrays), facts_of(arrays, sources=(WRITTEN,))
        measured = written[kept_out(arrays, written)]
        return cls(arrays, every[~torch.isin(every, measured)], measured, size)

    def favour(self, model: Transformer) -> float:
        """Draw what a model knows already less often than other written questions; the share that it knows."""
        arrays, every = self.arrays, self.facts.facts
        written = (arrays.source[every] == WRITTEN).nonzero()[:, 0]
        passages = given_passages(arrays, every[written])
        written, passages = written[passages >= 0], passages[passages >= 0]
        if not len(written):
            return 0.0
        said = self.said(model, every[written], passages)
        knows = torch.where(arrays.positive.count(every[written]) > 0, said.right, said.answers < 0)
        self.facts.weights[written[knows]] *= KNOWN
        return float(knows.float().mean())

    def loss(self, model: Transformer) -> Tensor:
        """The loss of new groups of passages."""
        return reading_loss(model, self.arrays, self.facts, self.size // GROUP, GROUP)

    def said(self, model: Transformer, facts: Tensor, passages: Tensor) -> Answers:
        """What a model answers to facts, each from one passage."""
        arrays, step = self.arrays, 2 * self.size
        return Answers.together(
            [
                answers_of(model, arrays, one, own, arrays.questions_of[one], second=False)
                for one, own in zip(facts.split(step), passages.split(step), strict=True)
            ]
        )

    def figures(self, model: Transformer) -> dict[str, float]:
        """How often polarities and values are right, and how well answers are told from none."""
        arrays, facts = self.arrays, self.measured
        said, has = self.said(model, facts, self.passages), arrays.positive.count(facts) > 0
        polar = arrays.kind[facts] == YES_NO
        return {
            "yes_no": float(said.right[has & polar].float().mean()),
            "values": float(said.right[has & ~polar].float().mean()),
            "answers_yes_no": auroc(said.answers[has & polar], said.answers[~has & polar]),
            "answers_values": auroc(said.answers[has & ~polar], said.answers[~has & ~polar]),
            "count": len(facts),
        }


class Judging:
    """What a judge learns from, and how it is measured: answers of a reader, right and wrong."""

    def __init__(self, arrays: Arrays, answers: Answers, size: int) -> None:
        self.arrays, self.size, self.answers = arrays, size, answers
        source, measured = arrays.source[answers.facts], kept_out(arrays, answers.facts)
        self.share = torch.zeros(len(answers.facts), device=arrays.device)
        others = of_agreements(arrays, answers.facts)
        for name, part in JUDGED.items():
            for right, weight in ((True, 0.4), (False, 0.6)):
                for agreements in (True, False):
                    of = (source == name) & (answers.right == right) & (others == agreements) & ~measured
                    self.share += of * part * weight / of.sum().clamp(min=1)
        self.share *= signed(arrays, answers.facts)
        some = (measured & (source == WRITTEN)).nonzero()[:, 0]
        self.measured = answers.take(some[torch.randperm(len(some), device=arrays.device)[:MEASURED]])

    def loss(self, model: Transformer) -> Tensor:
        """The loss of answers drawn anew."""
        drawn = torch.multinomial(self.share, self.size, replacement=True)
        return judge_loss(model, self.arrays, self.answers, drawn)

    @torch.inference_mode()
    def figures(self, model: Transformer) -> dict[str, float]:
        """How well right answers are told from wrong ones."""
        arrays, some, odds = self.arrays, self.measured, []
        for part in torch.arange(len(some.facts), device=arrays.device).split(2 * self.size):
            one = some.take(part)
            with half_precision(arrays.device):
                sequences = judged(arrays, one, arrays.questions_of[one.facts])
                odds.append(call(model, "judge", arrays, sequences))
        scores, polar = torch.cat(odds), arrays.kind[some.facts] == YES_NO
        others, right = of_agreements(arrays, some.facts), some.right
        parts = {"yes_no": polar, "values": ~polar, "contracts": ~others, "agreements": others}
        figures = {name: auroc(scores[part & right], scores[part & ~right]) for name, part in parts.items()}
        return figures | {"count": len(scores)}
