"""The stages of the course: finding, reading, answering what was not learned from, judging.

Shape suffixes: B facts or sequences, G passages of a group, P passages, T tokens, S spans, E width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.parts.transformer import PASSAGE, Transformer
from laboratory.reading.batches import (
    ASKED_TOKENS,
    EMBEDDED_TOKENS,
    HYPOTHESES,
    JOINED,
    JUDGED_TOKENS,
    LABELS,
    LIST,
    MADE,
    NATURAL,
    READ_TOKENS,
    YES_NO,
    Arrays,
    Lists,
    Sequences,
)
from laboratory.reading.fitting import half_precision
from laboratory.reading.losses import Read, contrast_loss, reader_loss

GROUP = 4
WRONG_IN_BATCH = 2
NEAREST = 12
LONGEST = 100
MASKED, UNTITLED = 0.06, 0.25
#: How often each source is asked, and how often what a document does not say is asked beside what it says.
SHARES = {NATURAL: 0.5, LABELS: 0.27, HYPOTHESES: 0.05, MADE: 0.18}
ABSENT = {NATURAL: 1.0, LABELS: 0.25, HYPOTHESES: 0.6, MADE: 1.0}


def call(
    model: Transformer, task: str, arrays: Arrays, sequences: Sequences
) -> Tensor | tuple[Tensor, Tensor]:
    """One of the model's functions, of composed sequences."""
    words = F.embedding(sequences.ids_BT, arrays.words)
    return getattr(model, task)(words, sequences.part_BT, sequences.mask_BT)


def weights(arrays: Arrays, facts: Tensor, shares: dict[int, float]) -> Tensor:
    """How often each of some facts is taken."""
    out = torch.zeros(len(facts), device=arrays.device)
    absent = arrays.positive.count(facts) == 0
    for source, share in shares.items():
        of = arrays.source[facts] == source
        each = torch.where(absent & of, ABSENT[source], of.float())
        out += share * each / each.sum().clamp(min=1)
    return out


class Facts:
    """Facts to draw from."""

    def __init__(self, arrays: Arrays, facts: Tensor, shares: dict[int, float]) -> None:
        self.facts, self.weights = facts, weights(arrays, facts, shares)

    def draw(self, count: int) -> Tensor:
        return self.facts[torch.multinomial(self.weights, count, replacement=True)]


def facts_of(
    arrays: Arrays, *, half: int | None = None, sources: tuple[int, ...] = (), joined: bool = False
) -> Tensor:
    """The facts of a half of the contracts (made ones of all) and of some sources."""
    keep = torch.ones(len(arrays.document), dtype=torch.bool, device=arrays.device)
    if half is not None:
        keep &= (arrays.half[arrays.document] == half) | (arrays.source == MADE)
    if sources:
        keep &= torch.isin(arrays.source, torch.tensor(sources, device=arrays.device))
    if not joined:
        keep &= arrays.kind != JOINED
    return keep.nonzero()[:, 0]


def _of_document(arrays: Arrays, facts: Tensor) -> Tensor:
    """A random passage of each fact's document."""
    documents = arrays.document[facts]
    count = arrays.passages_of[documents + 1] - arrays.passages_of[documents]
    return arrays.passages_of[documents] + (torch.rand(len(facts), device=arrays.device) * count).long()


def _wrong(arrays: Arrays, facts: Tensor) -> Tensor:
    """A passage that does not answer: one near by, else by chance; and -1 where chance took one that may answer."""
    near = torch.where(arrays.near.count(facts) > 0, arrays.near.any_of(facts), _of_document(arrays, facts))
    by_chance = torch.rand(len(facts), device=arrays.device) < 0.1
    taken = torch.where(by_chance, _of_document(arrays, facts), near)
    return torch.where(_may_answer(arrays, facts, taken[:, None])[:, 0], -1, taken)


def _may_answer(arrays: Arrays, facts: Tensor, passages_BP: Tensor) -> Tensor:
    """Which passages answer, or may, `[B, P]`."""
    listed = torch.cat([arrays.positive.first(facts, 8), arrays.unclear.first(facts, 48)], 1)
    return (passages_BP[:, :, None] == listed[:, None]).any(-1)


def retriever_loss(model: Transformer, arrays: Arrays, facts: Facts, count: int) -> Tensor:
    """Each question against all passages of a batch: right ones, near ones, those of others."""
    drawn = facts.draw(count)
    right = arrays.positive.any_of(drawn)
    wrong = [_wrong(arrays, drawn) for _ in range(WRONG_IN_BATCH)]
    passages = torch.cat([right, *(torch.where(w < 0, right, w) for w in wrong)])
    owners = drawn.repeat(1 + WRONG_IN_BATCH)
    places = arrays.passages[passages]
    places[:count] = arrays.shifted(places[:count], drawn)
    asked = arrays.compose(arrays.questions[arrays.wording(drawn)], None, None, ASKED_TOKENS)
    titles = arrays.titles_for(arrays.document[owners], UNTITLED)
    shown = arrays.compose(None, titles, places, EMBEDDED_TOKENS)
    may = _may_answer(arrays, drawn, passages[None].expand(count, -1))
    own = torch.eye(count, dtype=torch.bool, device=arrays.device)
    own = F.pad(own, (0, WRONG_IN_BATCH * count))
    return contrast_loss(
        call(model, "embed", arrays, arrays.dropped(asked, MASKED)), call(model, "embed", arrays, shown),
        own, own | ~may,
    )  # fmt: skip


@torch.inference_mode()
def passage_vectors(model: Transformer, arrays: Arrays, size: int) -> Tensor:
    """Vectors of all passages `[P, E]`."""
    out = []
    for low in range(0, len(arrays.passages), size):
        places = arrays.passages[low : low + size]
        titles = arrays.titles_for(arrays.passage_document[low : low + size])
        with half_precision(arrays.device):
            out.append(call(model, "embed", arrays, arrays.compose(None, titles, places, EMBEDDED_TOKENS)))
    return torch.cat(out)


@torch.inference_mode()
def nearest(
    model: Transformer, arrays: Arrays, facts: Tensor, vectors_PE: Tensor, most: int, size: int
) -> Tensor:
    """The passages `[F, most]` of its document closest to each question; -1 where there are fewer."""
    out = []
    documents = arrays.document[facts]
    for low in range(0, len(facts), size):
        chosen, document = facts[low : low + size], documents[low : low + size]
        asked = arrays.compose(arrays.questions[arrays.questions_of[chosen]], None, None, ASKED_TOKENS)
        with half_precision(arrays.device):
            vectors = call(model, "embed", arrays, asked)
        first, last = int(arrays.passages_of[document.min()]), int(arrays.passages_of[document.max() + 1])
        own = arrays.passage_document[None, first:last] == document[:, None]
        scores = (vectors @ vectors_PE[first:last].T).masked_fill(~own, -2.0)
        best = scores.topk(min(most, last - first), dim=1)
        found = torch.where(best.values > -1.5, best.indices + first, -1)
        out.append(F.pad(found, (0, most - found.shape[1]), value=-1))
    return torch.cat(out)


def new_near(arrays: Arrays, found: Tensor) -> None:
    """Take the passages found for each fact into the lists of near ones, before those by full text."""
    facts = torch.arange(len(arrays.document), device=arrays.device)
    may = _may_answer(arrays, facts, found) | (found < 0)
    before = arrays.near.first(facts, NEAREST)
    rows = torch.cat([torch.where(may, -1, found), before], 1)
    bounds = F.pad((rows >= 0).sum(1).cumsum(0), (1, 0))
    arrays.near = Lists(rows[rows >= 0], bounds)


def grouped(arrays: Arrays, facts: Facts, count: int) -> Read:
    """Questions with `GROUP` passages each: one that answers, where one does, and near ones that do not."""
    drawn = facts.draw(count)
    has = arrays.positive.count(drawn) > 0
    columns = [torch.where(has, arrays.positive.any_of(drawn), _wrong(arrays, drawn))]
    columns += [_wrong(arrays, drawn) for _ in range(GROUP - 1)]
    passages = torch.stack(columns, 1)
    strange = torch.randint(len(arrays.passages), passages.shape, device=arrays.device)
    strange = torch.where(
        arrays.passage_document[strange] == arrays.document[drawn][:, None], passages.clamp(min=0), strange
    )
    passages = torch.where(passages < 0, strange, passages).flatten()
    right = torch.zeros(count, GROUP, dtype=torch.bool, device=arrays.device)
    right[:, 0] = has
    owners = drawn.repeat_interleave(GROUP)
    places = torch.where(
        right.flatten()[:, None], arrays.shifted(arrays.passages[passages], owners), arrays.passages[passages]
    )
    asked = arrays.questions[arrays.wording(drawn)].repeat_interleave(GROUP, 0)
    titles = arrays.titles_for(arrays.document[owners], UNTITLED)
    return Read(
        owners,
        places,
        right.flatten(),
        arrays.dropped(arrays.compose(asked, titles, places, READ_TOKENS), MASKED),
    )


def reading_loss(model: Transformer, arrays: Arrays, facts: Facts, count: int) -> Tensor:
    """The loss of a reader over new groups."""
    read = grouped(arrays, facts, count)
    tokens, passages = call(model, "read", arrays, read.sequences)
    return reader_loss(arrays, read, tokens, passages, GROUP)


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
    right = is_right(arrays, facts, places, passages, spans, polarity)
    out = Answers(facts, places, spans, polarity, scores[:, 0], outputs[:, 0], right)
    if not second:
        return out
    other = torch.full_like(spans, -1)
    other[:, 0] = (found + move)[:, 1]
    flipped = torch.where(polarity > 0, 3 - polarity, 0)
    other = torch.where(yes_no[:, None, None], spans, other)
    also = is_right(arrays, facts, places, passages, other, flipped)
    return Answers.together([out, Answers(facts, places, other, flipped, scores[:, 1], outputs[:, 0], also)])


def is_right(
    arrays: Arrays, facts: Tensor, places: Tensor, passages: Tensor, spans: Tensor, polarity: Tensor
) -> Tensor:
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
    return torch.where(yes_no, in_right & (polarity == arrays.polarity[facts]), f1 >= 0.6)


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
