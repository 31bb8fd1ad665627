"""The prepared arrays on a device, and sequences of word pieces made of them.

Shape suffixes: B sequences or facts, T tokens of a sequence, S spans of a fact, P passages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from consolidation.parts.transformer import (
    ANSWER,
    CLS,
    MARKED,
    NOTHING,
    PASSAGE,
    QUESTION,
    SEP,
    TITLE,
    dequantised,
)

NATURAL, LABELS, HYPOTHESES, MADE, WRITTEN = range(5)
VALUE, LIST, YES_NO, JOINED = range(4)
#: Word pieces of "yes" and "no".
SAID = (0, 2748, 2053)
MASK = 103
#: Length of a sequence that is read, and of one that is judged.
READ_TOKENS, JUDGED_TOKENS, EMBEDDED_TOKENS, ASKED_TOKENS = 224, 256, 216, 44
ANSWER_TOKENS = 32


@dataclass(frozen=True, slots=True)
class Sequences:
    """Composed sequences: ids, parts and mask `[B, T]`, and where the passage begins in each `[B]`."""

    ids_BT: Tensor
    part_BT: Tensor
    mask_BT: Tensor
    begin_B: Tensor


class Lists:
    """A list of numbers for each fact."""

    def __init__(self, values: Tensor, bounds: Tensor) -> None:
        self.values, self.bounds = values, bounds

    def count(self, rows: Tensor) -> Tensor:
        return self.bounds[rows + 1] - self.bounds[rows]

    def any_of(self, rows: Tensor) -> Tensor:
        """A random value of each row's list; where it is empty, the value that follows: the caller leaves it out."""
        at = self.bounds[rows] + (torch.rand(rows.shape, device=rows.device) * self.count(rows)).long()
        return self.values[at.clamp(max=max(len(self.values) - 1, 0))]

    def first(self, rows: Tensor, most: int) -> Tensor:
        """The first values `[B, most]` of each list; -1 where it has fewer."""
        at = torch.arange(most, device=rows.device)
        found = self.values[(self.bounds[rows, None] + at).clamp(max=max(len(self.values) - 1, 0))]
        return torch.where(at < self.count(rows)[:, None], found, -1)


class Arrays:
    """All prepared arrays on one device, and the word embeddings `[N, E]`."""

    def __init__(self, folder: Path, device: torch.device) -> None:
        kept = np.load(folder / "arrays.npz")
        self.device = device

        def get(name: str) -> Tensor:
            return torch.from_numpy(kept[name].astype(np.int64)).to(device)

        self.tokens, self.documents, self.titles, self.half = map(
            get, ("tokens", "documents", "titles", "half")
        )
        self.passages, self.passages_of = get("passages"), get("passages_of")
        self.document, self.source = get("fact_document"), get("fact_source")
        self.kind, self.polarity, self.label = get("fact_kind"), get("fact_polarity"), get("fact_label")
        self.answers, self.evidence = get("answers"), get("evidence")
        self.questions, self.questions_of = get("questions"), get("questions_of")
        self.positive, self.unclear, self.near = (
            Lists(get(name), get(f"{name}_of")) for name in ("positive", "unclear", "near")
        )
        self.passage_document = (
            torch.searchsorted(self.passages_of, torch.arange(len(self.passages), device=device), right=True)
            - 1
        )
        self.words = dequantised(load_file(folder / "words.safetensors"))["words"].to(device)
        self.start = dequantised(load_file(folder / "layers.safetensors"))

    def wording(self, facts: Tensor) -> Tensor:
        """A random wording of each fact, as a row of `questions`."""
        count = self.questions_of[facts + 1] - self.questions_of[facts]
        return self.questions_of[facts] + (torch.rand(facts.shape, device=self.device) * count).long()

    def compose(
        self,
        asked_BQ: Tensor | None,
        titles_BX: Tensor | None,
        places_B2: Tensor | None,
        most: int,
        answer_BA: Tensor | None = None,
    ) -> Sequences:
        """`[CLS] question [SEP] answer [SEP] title [SEP] passage [SEP]` of what is given, cut to `most` tokens."""
        given = [(asked_BQ, QUESTION), (answer_BA, ANSWER), (titles_BX, TITLE)]
        parts = [(ids, part, (ids > 0).sum(1)) for ids, part in given if ids is not None]
        size = parts[0][0].shape[0]
        at_T = torch.arange(most, device=self.device)
        ids = torch.zeros(size, most, dtype=torch.long, device=self.device)
        part = torch.full_like(ids, NOTHING)
        ids[:, 0] = CLS
        begin = torch.ones(size, 1, dtype=torch.long, device=self.device)
        for values, name, length in parts:
            inside = (at_T >= begin) & (at_T < begin + length[:, None])
            local = (at_T - begin).clamp(0, values.shape[1] - 1)
            ids = torch.where(inside, values.gather(1, local), ids)
            part = torch.where(inside, name, part)
            begin = begin + length[:, None]
            ids = torch.where(at_T == begin, SEP, ids)
            begin = begin + 1
        end = begin
        if places_B2 is not None:
            length = torch.minimum((places_B2[:, 1] - places_B2[:, 0])[:, None], most - 1 - begin)
            end = begin + length
            inside = (at_T >= begin) & (at_T < end)
            source = (places_B2[:, :1] + at_T - begin).clamp(0, len(self.tokens) - 1)
            ids = torch.where(inside, self.tokens[source], ids)
            part = torch.where(inside, PASSAGE, part)
            ids = torch.where(at_T == end, SEP, ids)
            end = end + 1
        # a GPU would wait for this number, and compile for each
        most = most if ids.is_cuda else int(end.max())
        return Sequences(ids[:, :most], part[:, :most], (at_T < end)[:, :most], begin[:, 0])

    def titles_for(self, documents: Tensor, dropped: float = 0.0) -> Tensor:
        """Titles `[B, X]` of documents, some left out."""
        titles = self.titles[documents]
        keep = torch.rand(len(documents), 1, device=self.device) >= dropped
        return titles * keep

    def inside(self, places_B2: Tensor, spans_BS2: Tensor) -> Tensor:
        """Which spans lie in the places, `[B, S]`."""
        low, high = places_B2[:, None, 0], places_B2[:, None, 1]
        return (spans_BS2[..., 0] >= low) & (spans_BS2[..., 1] <= high) & (spans_BS2[..., 0] >= 0)

    def shared(self, places_B2: Tensor, spans_BS2: Tensor) -> Tensor:
        """How many tokens of the spans lie in the places, `[B]`."""
        low = torch.maximum(places_B2[:, None, 0], spans_BS2[..., 0])
        high = torch.minimum(places_B2[:, None, 1], spans_BS2[..., 1])
        return ((high - low).clamp(min=0) * (spans_BS2[..., 0] >= 0)).sum(1)

    def shifted(self, places_B2: Tensor, facts: Tensor, most: int = 48) -> Tensor:
        """Places moved by chance where they keep what they hold of the answers and the evidence."""
        documents = self.document[facts]
        by = torch.randint(-most, most + 1, (len(facts), 1), device=self.device)
        moved = places_B2 + by
        held = (
            self.inside(places_B2, self.answers[facts]).sum(1),
            self.shared(places_B2, self.evidence[facts]),
        )
        now = self.inside(moved, self.answers[facts]).sum(1), self.shared(moved, self.evidence[facts])
        good = (now[0] >= held[0]) & (now[1] >= held[1])
        good &= (moved[:, 0] >= self.documents[documents]) & (moved[:, 1] <= self.documents[documents + 1])
        return torch.where(good[:, None], moved, places_B2)

    def on_tokens(self, spans_BS2: Tensor, places_B2: Tensor, begin_B: Tensor, most: int) -> Tensor:
        """Which tokens of the sequences lie in spans, `[B, T]`; spans outside the place are left out."""
        at = torch.arange(most, device=self.device)[None, None]
        move = (begin_B - places_B2[:, 0])[:, None, None]
        low, high = spans_BS2[..., :1] + move, spans_BS2[..., 1:] + move
        known = self.inside(places_B2, spans_BS2)[..., None]
        return ((at >= low) & (at < high) & known).any(1)

    def marked(self, sequences: Sequences, spans_BS2: Tensor, places_B2: Tensor) -> Sequences:
        """Sequences whose passage has the spans marked."""
        marks = self.on_tokens(spans_BS2, places_B2, sequences.begin_B, sequences.ids_BT.shape[1])
        marks &= sequences.part_BT == PASSAGE
        part = torch.where(marks, MARKED, sequences.part_BT)
        return Sequences(sequences.ids_BT, part, sequences.mask_BT, sequences.begin_B)

    def said(self, spans_BS2: Tensor, polarity_B: Tensor) -> Tensor:
        """Word pieces `[B, A]` of answers: of the spans one after another, or of yes or no."""
        length = (spans_BS2[..., 1] - spans_BS2[..., 0]).clamp(min=0) * (spans_BS2[..., 0] >= 0)
        ends = length.cumsum(1)
        at = torch.arange(ANSWER_TOKENS, device=self.device).expand(len(spans_BS2), -1)
        span = (at[..., None] >= ends[:, None]).sum(-1)
        real = span < spans_BS2.shape[1]
        span = span.clamp(max=spans_BS2.shape[1] - 1)
        before = (ends - length).gather(1, span)
        ids = (
            self.tokens[(spans_BS2[..., 0].gather(1, span) + at - before).clamp(0, len(self.tokens) - 1)]
            * real
        )
        plain = torch.zeros_like(ids)
        plain[:, 0] = torch.tensor(SAID, device=self.device)[polarity_B]
        return torch.where((polarity_B > 0)[:, None], plain, ids)

    def dropped(self, sequences: Sequences, rate: float) -> Sequences:
        """Sequences with some word pieces of the question masked."""
        hide = (torch.rand(sequences.ids_BT.shape, device=self.device) < rate) & (
            sequences.part_BT == QUESTION
        )
        ids = torch.where(hide, MASK, sequences.ids_BT)
        return Sequences(ids, sequences.part_BT, sequences.mask_BT, sequences.begin_B)
