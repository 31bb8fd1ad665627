"""What several parts need of a text, computed once: encoder features of windows and of questions, on one device.

Shape suffixes: W windows, T tokens of a window, C tokens of a question, F features, E encoder width, N vocabulary,
L categories of clauses.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, Protocol, TypeVar

import torch
from torch import Tensor

from consolidation.halving import halving
from consolidation.parts.encoder import TUNED_FROM, Encoder, WordPieces
from consolidation.parts.extents import Extents
from consolidation.parts.window_tagger import WindowTagger
from consolidation.text.windows import Range, Windows, split

QUESTION_TOKENS = 96
#: Windows that go through the encoder together.
ENCODE_WINDOWS = 32
#: Bytes of encoded questions (some 700 of common length) and of encoded windows (some 150) that are kept.
KEPT_QUESTION_BYTES, KEPT_READING_BYTES = 32 * 2**20, 64 * 2**20


class _Tensors(Protocol):
    @property
    def nbytes(self) -> int:
        """Bytes of all tensors together."""


T = TypeVar("T", bound=_Tensors)


@dataclass(frozen=True, slots=True)
class EncodedWindows:
    """Encoder output of some windows."""

    ids_WT: Tensor
    features_WTF: Tensor
    sentences_WE: Tensor
    mask_WT: Tensor

    @property
    def nbytes(self) -> int:
        return self.ids_WT.nbytes + self.features_WTF.nbytes + self.sentences_WE.nbytes + self.mask_WT.nbytes


@dataclass(frozen=True, slots=True)
class EncodedQuestion:
    """Encoder output of a question: one row."""

    ids_1C: Tensor
    features_1CF: Tensor

    @property
    def tokens(self) -> int:
        return self.ids_1C.shape[1]

    @property
    def nbytes(self) -> int:
        return self.ids_1C.nbytes + self.features_1CF.nbytes


class _Kept(Generic[T]):
    """The values computed last, of at most so many bytes together, by key; safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self._held_bytes, self._lock = most_bytes, 0, Lock()
        self._values: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._held_bytes += value.nbytes
            while self._held_bytes > self._most_bytes:
                self._held_bytes -= self._values.popitem(last=False)[1].nbytes
        return value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self._held_bytes = 0


class Encodings:
    """The encoder and its tokenizer on a device; what was encoded last is kept for the next part that asks.

    `tagger` says which tokens belong to clauses, `extents` which extents of tagged text are clauses.
    """

    def __init__(
        self,
        encoder: Encoder,
        pieces: WordPieces,
        tagger: WindowTagger,
        extents: Extents,
        *,
        window_tokens: int = 128,
    ) -> None:
        self.encoder, self.pieces, self.window_tokens = encoder, pieces, window_tokens
        self.tagger, self.extents = tagger, extents
        self._questions = _Kept[EncodedQuestion](KEPT_QUESTION_BYTES)
        self._readings = _Kept[EncodedWindows](KEPT_READING_BYTES)

    @property
    def device(self) -> torch.device:
        return self.encoder.device

    @property
    def words_NE(self) -> Tensor:
        """The normalised word table."""
        return self.encoder.words_NE

    def tokenise(self, text: str) -> Windows:
        """The windows of a text."""
        return split(text, self.pieces, self.window_tokens)

    def windows(self, windows: Windows, chosen: Sequence[int]) -> EncodedWindows:
        """Encoder output of some windows.

        What was encoded together is kept together: the same windows in another company can differ in the last bit.
        """
        rows = list(chosen)
        ids_WT, lengths_W = windows.ids_WT[rows], windows.lengths_W[rows]
        key = (ids_WT.numpy().tobytes(), tuple(lengths_W.tolist()))
        return self._readings.get(key, lambda: self.encoded(ids_WT, lengths_W))

    @torch.inference_mode()
    def encoded(self, ids_WT: Tensor, lengths_W: Tensor) -> EncodedWindows:
        """Encoder output of windows, a few at a time."""
        ids_WT, lengths_W = ids_WT.to(self.device), lengths_W.to(self.device)
        every = range(len(ids_WT))
        batches = [every[at : at + ENCODE_WINDOWS] for at in range(0, len(every), ENCODE_WINDOWS)]
        features, sentences = zip(
            *(
                part
                for batch in batches
                for part in halving(lambda some: self.encoder.features(ids_WT[some], lengths_W[some]), batch)
            ),
            strict=True,
        )
        mask = torch.arange(ids_WT.shape[1], device=self.device) < lengths_W[:, None]
        return EncodedWindows(ids_WT, torch.cat(features), torch.cat(sentences), mask)

    def question(self, question: str) -> EncodedQuestion:
        """Encoder output of a question; recent ones are kept."""
        return self._questions.get(question, lambda: self._encoded_question(question))

    def forget_questions(self) -> None:
        """Encode every question anew, as the first time."""
        self._questions.clear()

    def forget_readings(self) -> None:
        """Encode every window anew, as the first time."""
        self._readings.clear()

    @torch.inference_mode()
    def _encoded_question(self, question: str) -> EncodedQuestion:
        ids = torch.tensor([(self.pieces.encode(question)[0] or [0])[:QUESTION_TOKENS]], device=self.device)
        lengths = torch.tensor([ids.shape[1]], device=self.device)
        features, _ = self.encoder.features(ids, lengths, tagged=False)
        return EncodedQuestion(ids, features)

    def passages(self, texts: Sequence[str]) -> tuple[EncodedWindows, list[int], list[list[Range]]] | None:
        """Encoder output of passages, cut to a window; which of them have a token, and their tokens' ranges."""
        slots, ids, offsets = list[int](), list[Tensor](), list[list[Range]]()
        for slot, text in enumerate(texts):
            tokens, spots = self.pieces.encode(text)
            if tokens:
                slots.append(slot)
                ids.append(torch.tensor(tokens[: self.window_tokens], device=self.device))
                offsets.append(spots[: self.window_tokens])
        if not slots:
            return None
        lengths = torch.tensor([len(one) for one in ids], device=self.device)
        padded = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True)
        return self.encoded(padded, lengths), slots, offsets

    def tags(self, windows: Windows, chosen: Sequence[int]) -> Tensor:
        """For each token of the chosen windows, `[W, T, L]`, how likely it belongs to a clause of each category."""
        return self.tagger.probabilities(windows, chosen)

    def flops_per_token(self) -> float:
        """Multiply-adds x 2 of the encoder, frozen and tuned layers, on one token of a full window."""
        c = self.encoder.model.config
        layer = 4 * c.hidden_size**2 + 2 * c.hidden_size * c.intermediate_size
        layers = 2 * c.num_hidden_layers - TUNED_FROM
        return 2.0 * layers * (layer + 2 * self.window_tokens * c.hidden_size)
