"""Reading passages with attention, where a state's claim could not be supported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import torch

from consolidation.engine import Engine
from consolidation.text.windows import Range

#: Longest passage that is marked, in tokens.
MAX_SPAN = 100


class Readable(Protocol):
    """Something with a text."""

    @property
    def text(self) -> Callable[[int, int], str]: ...


S = TypeVar("S", bound=Readable)


@dataclass(frozen=True, slots=True)
class Passage(Generic[S]):
    """The best passage among those read: its place in its source's text, and how likely it answers.

    `tokens` counts all tokens that were read.
    """

    source: S
    place: Range
    probability: float
    tokens: int


@torch.inference_mode()
def read(engine: Engine, question: str, places: Sequence[tuple[S, Range]]) -> Passage[S] | None:
    """Read some windows (character ranges of their texts) together and mark the passage that answers best.

    Returns None where nothing could be read. The probability is that of the passage's start and end against
    all others read and against "none of them".
    """
    asked = engine.ask(question)
    slots, ids, lengths, offsets = [], [], [], []
    for source, (start, end) in places:
        tokens, spots = engine.pieces.encode(source.text(start, end))
        tokens, spots = tokens[: engine.settings.window_tokens], spots[: engine.settings.window_tokens]
        if tokens:
            slots.append(source)
            ids.append(torch.tensor(tokens))
            lengths.append(len(tokens))
            offsets.append([(start + a, start + b) for a, b in spots])
    if not slots:
        return None
    ids_WT = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True)
    features, _ = engine.encoder.features(ids_WT, torch.tensor(lengths))
    mask = torch.arange(ids_WT.shape[1]) < torch.tensor(lengths)[:, None]
    count = len(slots)
    repeated = [t.expand(count, *t.shape[1:]) for t in (asked.features_1CF, asked.words_1CE, asked.mask_1C)]
    scores, none = engine.reader(
        (features, engine.model.words_NE[ids_WT], mask), (repeated[0], repeated[1], repeated[2])
    )
    everything = [torch.cat([scores[..., e].flatten(), none[:1]]).logsumexp(0) for e in (0, 1)]
    pairs = (scores[:, :, None, 0] - everything[0]) + (scores[:, None, :, 1] - everything[1])
    width = ids_WT.shape[1]
    allowed = torch.ones(width, width, dtype=torch.bool).triu().tril(MAX_SPAN - 1)
    best = pairs.masked_fill(~allowed, float("-inf")).flatten().argmax()
    slot, start_token, end_token = (int(i) for i in torch.unravel_index(best, pairs.shape))
    place = (offsets[slot][start_token][0], offsets[slot][end_token][1])
    answered = 1 - torch.exp((2 * none[0] - everything[0] - everything[1]) / 2)
    return Passage(slots[slot], place, float(answered), sum(lengths))
