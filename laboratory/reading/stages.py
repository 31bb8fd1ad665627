"""The stages of the course: finding and reading.

Shape suffixes: B facts or sequences, G passages of a group, P passages, T tokens, S spans, E width.
"""

from __future__ import annotations

from typing import Literal, overload

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.parts.transformer import Transformer
from laboratory.reading.batches import (
    ASKED_TOKENS,
    EMBEDDED_TOKENS,
    HYPOTHESES,
    JOINED,
    LABELS,
    MADE,
    NATURAL,
    READ_TOKENS,
    WRITTEN,
    Arrays,
    Lists,
    Sequences,
)
from laboratory.reading.fitting import half_precision
from laboratory.reading.losses import Read, contrast_loss, reader_loss

GROUP = 4
WRONG_IN_BATCH = 2
NEAREST = 12
MASKED, UNTITLED = 0.06, 0.25
#: How often each source is asked, and how often what a document does not say is asked beside what it says.
SHARES = {NATURAL: 0.25, WRITTEN: 0.45, LABELS: 0.2, HYPOTHESES: 0.05, MADE: 0.05}
ABSENT = {NATURAL: 1.0, WRITTEN: 1.0, LABELS: 0.25, HYPOTHESES: 0.6, MADE: 1.0}


@overload
def call(
    model: Transformer, task: Literal["read"], arrays: Arrays, sequences: Sequences
) -> tuple[Tensor, Tensor]: ...
@overload
def call(
    model: Transformer, task: Literal["embed", "judge"], arrays: Arrays, sequences: Sequences
) -> Tensor: ...
def call(
    model: Transformer, task: str, arrays: Arrays, sequences: Sequences
) -> Tensor | tuple[Tensor, Tensor]:
    """One of the model's functions, of composed sequences."""
    words = F.embedding(sequences.ids_BT, arrays.words)
    said: Tensor | tuple[Tensor, Tensor] = getattr(model, task)(words, sequences.part_BT, sequences.mask_BT)
    return said


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


def wrong(arrays: Arrays, facts: Tensor) -> Tensor:
    """A passage that does not answer: one near by, else by chance; and -1 where chance took one that may answer."""
    near = torch.where(arrays.near.count(facts) > 0, arrays.near.any_of(facts), _of_document(arrays, facts))
    by_chance = torch.rand(len(facts), device=arrays.device) < 0.1
    taken = torch.where(by_chance, _of_document(arrays, facts), near)
    return torch.where(may_answer(arrays, facts, taken[:, None])[:, 0], -1, taken)


def may_answer(arrays: Arrays, facts: Tensor, passages_BP: Tensor) -> Tensor:
    """Which passages answer, or may, `[B, P]`."""
    listed = torch.cat([arrays.positive.first(facts, 8), arrays.unclear.first(facts, 48)], 1)
    return (passages_BP[:, :, None] == listed[:, None]).any(-1)


def retriever_loss(model: Transformer, arrays: Arrays, facts: Facts, count: int) -> Tensor:
    """Each question against all passages of a batch: right ones, near ones, those of others."""
    drawn = facts.draw(count)
    right = arrays.positive.any_of(drawn)
    others = [wrong(arrays, drawn) for _ in range(WRONG_IN_BATCH)]
    passages = torch.cat([right, *(torch.where(w < 0, right, w) for w in others)])
    owners = drawn.repeat(1 + WRONG_IN_BATCH)
    places = arrays.passages[passages]
    places[:count] = arrays.shifted(places[:count], drawn)
    asked = arrays.compose(arrays.questions[arrays.wording(drawn)], None, None, ASKED_TOKENS)
    titles = arrays.titles_for(arrays.document[owners], UNTITLED)
    shown = arrays.compose(None, titles, places, EMBEDDED_TOKENS)
    may = may_answer(arrays, drawn, passages[None].expand(count, -1))
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
    """Take the passages found for each fact into the lists of near ones, before those by full text.

    Of what one part of a document is known not to say, nothing is taken: other parts may say it.
    """
    facts = torch.arange(len(arrays.document), device=arrays.device)
    partly = (arrays.source == WRITTEN) & (arrays.positive.count(facts) == 0)
    may = may_answer(arrays, facts, found) | (found < 0) | partly[:, None]
    before = arrays.near.first(facts, NEAREST)
    rows = torch.cat([torch.where(may, -1, found), before], 1)
    bounds = F.pad((rows >= 0).sum(1).cumsum(0), (1, 0))
    arrays.near = Lists(rows[rows >= 0], bounds)


def grouped(arrays: Arrays, facts: Facts, count: int, group: int = GROUP) -> Read:
    """Questions with `group` passages each: one that answers, where one does, and near ones that do not."""
    drawn = facts.draw(count)
    has = arrays.positive.count(drawn) > 0
    columns = [torch.where(has, arrays.positive.any_of(drawn), wrong(arrays, drawn))]
    columns += [wrong(arrays, drawn) for _ in range(group - 1)]
    passages = torch.stack(columns, 1)
    strange = torch.randint(len(arrays.passages), passages.shape, device=arrays.device)
    strange = torch.where(
        arrays.passage_document[strange] == arrays.document[drawn][:, None], passages.clamp(min=0), strange
    )
    passages = torch.where(passages < 0, strange, passages).flatten()
    right = torch.zeros(count, group, dtype=torch.bool, device=arrays.device)
    right[:, 0] = has
    owners = drawn.repeat_interleave(group)
    places = torch.where(
        right.flatten()[:, None], arrays.shifted(arrays.passages[passages], owners), arrays.passages[passages]
    )
    asked = arrays.questions[arrays.wording(drawn)].repeat_interleave(group, 0)
    titles = arrays.titles_for(arrays.document[owners], UNTITLED)
    return Read(
        owners,
        places,
        right.flatten(),
        arrays.dropped(arrays.compose(asked, titles, places, READ_TOKENS), MASKED),
    )


def reading_loss(model: Transformer, arrays: Arrays, facts: Facts, count: int, group: int = GROUP) -> Tensor:
    """The loss of a reader over new groups."""
    read = grouped(arrays, facts, count, group)
    tokens, passages = call(model, "read", arrays, read.sequences)
    return reader_loss(arrays, read, tokens, passages, group)
