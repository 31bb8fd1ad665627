"""The retriever, the reader and the judge in use, in batches of like length.

Each is a file of its own weights over the word embeddings of the encoder. Scores are log odds.

Shape suffixes: B sequences, T tokens, E width.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
import torch.nn.functional as F
from safetensors import SafetensorError, safe_open
from torch import Tensor

from consolidation.errors import ModelFileError
from consolidation.halving import halving
from consolidation.parts.encoder import WordPieces, file_sha256
from consolidation.parts.sequences import MOST_TOKENS, Composed, composed
from consolidation.parts.transformer import ANSWER, QUESTION, TITLE, Purpose, Transformer, dequantised
from consolidation.protocol import Proposal, Reading, Span
from consolidation.table.capacities import ToAnswer
from consolidation.text.windows import Range

QUESTION_TOKENS, TITLE_TOKENS, ANSWER_TOKENS = 40, 16, 32
BATCH_TOKENS = 4096
#: Longest span that is an answer, in word pieces; most parts of a list.
LONGEST, MOST_PARTS = 100, 8
Result = TypeVar("Result")


def fast_precision(device: torch.device | str) -> torch.dtype:
    """The type of numbers that a device multiplies fastest without other answers."""
    if torch.device(device).type == "cuda" or torch.cpu._is_avx512_bf16_supported():
        return torch.bfloat16
    return torch.float32


class PartModel:
    """One of the three models, loaded from its file.

    Args:
        path: the file, as training ships it.
        pieces: the encoder's tokenizer.
        words_NE: the encoder's word embeddings.
        device: where it runs.
        precision: type of the numbers that it computes with.

    Raises:
        ModelFileError: the file is missing, damaged or made for another purpose.
    """

    purpose: Purpose

    def __init__(
        self,
        path: Path,
        pieces: WordPieces,
        words_NE: Tensor,
        device: torch.device | str = "cpu",
        precision: torch.dtype = torch.float32,
    ) -> None:
        self.pieces, self.device = pieces, torch.device(device)
        self.answers_sha256 = file_sha256(path) if path.exists() else ""
        self.words_NE = words_NE.to(self.device, precision)
        self.model = Transformer(self.purpose)
        try:
            with safe_open(path, "pt") as kept:
                manifest = json.loads((kept.metadata() or {}).get("manifest", "{}"))
                tensors = {name: kept.get_tensor(name) for name in kept.keys()}  # noqa: SIM118 -- not a dict
        except (OSError, SafetensorError, json.JSONDecodeError) as error:
            raise ModelFileError(path, "the weights are missing or damaged") from error
        if manifest.get("purpose") != self.purpose:
            raise ModelFileError(path, f"these are not the weights of a {self.purpose}")
        try:
            self.model.load_state_dict(dequantised(tensors))
        except RuntimeError as error:
            raise ModelFileError(path, "the weights are of another shape") from error
        self.manifest: dict[str, Any] = manifest
        if why := self.misfit():
            raise ModelFileError(path, why)
        self.model.eval().requires_grad_(False).to(self.device, precision)

    def misfit(self) -> str:
        """What of the file's manifest is none of this program's; empty where all is."""
        return ""

    def tokens(self, *texts: str) -> int:
        """Tokens of the sequence that these texts make together, as far as it is read."""
        pieces = sum(len(self.pieces.encode(text)[0]) + 1 for text in texts)
        return min(MOST_TOKENS, 1 + pieces)

    def _short(self, text: str, most: int) -> list[int]:
        return self.pieces.encode(text)[0][:most]

    def _composed(
        self, parts: Sequence[tuple[list[int], int]], passage: str, marks: Sequence[Range] = ()
    ) -> Composed:
        return composed(self.pieces, parts, passage, marks)

    def _each(
        self, composed: Sequence[Composed], call: Callable[[Tensor, Tensor, Tensor], Sequence[Result]]
    ) -> list[Result]:
        """What `call` makes of each, by word embeddings, parts and mask of rows of like length.

        Raises `DeviceFull`.
        """
        out: dict[int, Result] = {}
        order = sorted(range(len(composed)), key=lambda row: len(composed[row].ids))
        while order:
            take = max(1, BATCH_TOKENS // len(composed[order[-1]].ids))
            rows, order = order[-take:], order[:-take]
            parts = halving(lambda some: call(*self._given([composed[row] for row in some])), rows)
            out |= zip(rows, [one for part in parts for one in part], strict=True)
        return [out[row] for row in range(len(composed))]

    def _given(self, composed: Sequence[Composed]) -> tuple[Tensor, Tensor, Tensor]:
        ids, part = (
            torch.nn.utils.rnn.pad_sequence([torch.tensor(v) for v in values], batch_first=True).to(
                self.device
            )
            for values in ([one.ids for one in composed], [one.part for one in composed])
        )
        lengths = torch.tensor([len(one.ids) for one in composed], device=self.device)
        mask = torch.arange(ids.shape[1], device=self.device) < lengths[:, None]
        return F.embedding(ids, self.words_NE), part, mask


class Retriever(PartModel):
    """Questions and passages as unit vectors; what belongs together is close."""

    purpose: Purpose = "retriever"

    @torch.inference_mode()
    def _embedded(self, composed: Sequence[Composed]) -> Tensor:
        found: list[Tensor] = self._each(
            composed, lambda *given: self.model.embed(*given).float().cpu().unbind(0)
        )
        return torch.stack(found) if found else torch.zeros(0, self.model.shape.width)

    def embed_questions(self, questions: Sequence[str]) -> Tensor:
        """Vectors `[B, E]` of questions."""
        return self._embedded(
            [self._composed([(self._short(q, QUESTION_TOKENS), QUESTION)], "") for q in questions]
        )

    def embed_passages(self, passages: Sequence[str], title: str = "") -> Tensor:
        """Vectors `[B, E]` of passages of the document with a title."""
        shown = self._short(title, TITLE_TOKENS)
        return self._embedded([self._composed([(shown, TITLE)], passage) for passage in passages])


class Reader(PartModel):
    """Reads passages for a question."""

    purpose: Purpose = "reader"

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str] = (), most: int = 2
    ) -> list[Reading]:
        """What each passage says; `titles` are those of the passages' documents, `most` spans are given of each."""
        shown = titles or [""] * len(passages)
        return self.read_many([ToAnswer(question, *one) for one in zip(passages, shown, strict=True)], most)

    @torch.inference_mode()
    def read_many(self, items: Sequence[ToAnswer], most: int = 2) -> list[Reading]:
        """What each passage says; `most` spans are given of each."""
        composed = [
            self._composed(
                [
                    (self._short(question, QUESTION_TOKENS), QUESTION),
                    (self._short(title, TITLE_TOKENS), TITLE),
                ],
                passage,
            )
            for question, passage, title, _ in items
        ]

        def read_batch(*given: Tensor) -> list[tuple[Tensor, Tensor]]:
            tokens, outputs = self.model.read(*given)
            return list(zip(tokens.cpu(), outputs.cpu(), strict=True))

        read = self._each(composed, read_batch)
        return [_reading(*found, one, most) for found, one in zip(read, composed, strict=True)]

    @torch.inference_mode()
    def verdicts(self, items: Sequence[ToAnswer]) -> list[float]:
        """The log odds of yes to no of each passage alone, whatever its document; for a reader of sentences."""

        def signs(*given: Tensor) -> list[float]:
            passages = self.model.read(*given)[1]
            return (passages[:, 1] - passages[:, 2]).tolist()

        asked = [(self._short(one.question, QUESTION_TOKENS), QUESTION) for one in items]
        return self._each(
            [self._composed([q], one.passage) for q, one in zip(asked, items, strict=True)], signs
        )


class Judge(PartModel):
    """Judges answers that others gave."""

    purpose: Purpose = "judge"

    @torch.inference_mode()
    def judge(self, proposals: Sequence[Proposal]) -> list[float]:
        """The log odds that each is right."""
        composed = [
            self._composed(
                [
                    (self._short(c.question, QUESTION_TOKENS), QUESTION),
                    (self._short(c.answer, ANSWER_TOKENS), ANSWER),
                    (self._short(c.title, TITLE_TOKENS), TITLE),
                ],
                c.passage,
                c.places,
            )
            for c in proposals
        ]
        return self._each(composed, lambda *given: self.model.judge(*given).float().tolist())


def _reading(tokens_TO: Tensor, outputs: Tensor, composed: Composed, most: int) -> Reading:
    low, high = composed.begin, composed.begin + len(composed.offsets)
    none = float(tokens_TO[0, 0] + tokens_TO[0, 1])
    inside = tokens_TO[low:high]
    spans = [
        Span((composed.offsets[a][0], composed.offsets[b][1]), score - none)
        for a, b, score in _best(inside[:, 0], inside[:, 1], most)
    ]
    parts = [
        (composed.offsets[a][0], composed.offsets[b][1]) for a, b in _runs(inside[:, 2:5].argmax(-1).tolist())
    ]
    proof = (inside[:, 5] > 0).nonzero()[:, 0].tolist()
    evidence = (composed.offsets[proof[0]][0], composed.offsets[proof[-1]][1]) if proof else None
    kinds = outputs[3:6].softmax(-1).tolist()
    return Reading(
        float(outputs[0]),
        tuple(spans),
        tuple(parts[:MOST_PARTS]),
        evidence,
        float(outputs[1] - outputs[2]),
        (kinds[0], kinds[1], kinds[2]),
    )


def _best(start_T: Tensor, end_T: Tensor, most: int) -> Iterator[tuple[int, int, float]]:
    """The best spans that do not overlap: first and last token, and their score."""
    length = len(start_T)
    band = torch.ones(length, length, dtype=torch.bool).triu().tril(LONGEST - 1)
    scores = (start_T[:, None] + end_T[None]).masked_fill(~band, float("-inf"))
    at = torch.arange(length)
    for _ in range(most if length else 0):
        flat = int(scores.argmax())
        first, last = divmod(flat, length)
        if scores[first, last] == float("-inf"):
            return
        yield first, last, float(scores[first, last])
        scores[(at[:, None] <= last) & (at[None] >= first)] = float("-inf")


def _runs(tags: list[int]) -> list[tuple[int, int]]:
    """First and last tokens of the runs that are tagged as parts of an answer."""
    runs: list[tuple[int, int]] = []
    for at, tag in enumerate(tags):
        if tag == 1 or (tag == 2 and not (runs and runs[-1][1] == at - 1)):
            runs.append((at, at))
        elif tag == 2:
            runs[-1] = (runs[-1][0], at)
    return runs
