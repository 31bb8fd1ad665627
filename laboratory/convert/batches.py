"""Batches of a conversion: stretches of text, and segments with questions about them.

Shape suffixes: B sequences, T tokens, A tokens of prompt and answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

#: Of so many questions one is asked of a segment that says nothing of it.
ABSENT_EACH = 4
NOT_SAID = -100


@dataclass(frozen=True, slots=True)
class Asked:
    """Segments `[B, T]`, prompts with answers `[B, A]`, and what is to be said at each place (-100 where nothing)."""

    segments_BT: Tensor
    asked_BA: Tensor
    targets_BA: Tensor


class Course:
    """Documents and questions to draw from: each batch depends on the seed and its number alone."""

    def __init__(self, folder: Path, device: torch.device | str, absent: list[int], seed: int = 0) -> None:
        """`absent` are the tokens of an answer that there is none."""
        with np.load(folder / "arrays.npz") as arrays:
            self.arrays = {name: arrays[name] for name in arrays.files}
        self.device, self.absent, self.seed = device, absent, seed
        lengths = np.diff(self.arrays["documents"])
        self._shares = lengths / lengths.sum()

    def text(self, number: int, batch: int, tokens: int) -> Tensor:
        """Stretches of documents, `[B, T]`; of a document that is shorter, its beginning and that of the next."""
        dice = np.random.default_rng([self.seed, number])
        documents = dice.choice(len(self._shares), batch, p=self._shares)
        return self._stacked([self._stretch(int(d), None, tokens, dice) for d in documents])

    def asked(self, number: int, batch: int, tokens: int) -> Asked:
        """Segments with the evidence of a question, or by chance without: the answer is then that there is none."""
        dice = np.random.default_rng([self.seed, number])
        segments, asked, targets = list[NDArray[np.int64]](), list[list[int]](), list[list[int]]()
        while len(segments) < batch:
            row = int(dice.integers(0, len(self.arrays["asked_document"])))
            place, document = self.arrays["asked_place"][row], int(self.arrays["asked_document"][row])
            if place[1] - place[0] > tokens:
                continue
            prompt, answer = (self._ragged(name, row) for name in ("prompts", "answers"))
            beside = self._beside(document, place, tokens, dice)
            if beside is not None and dice.integers(ABSENT_EACH) == 0:
                segments.append(beside)
                answer = [*self.absent, answer[-1]]
            else:
                segments.append(self._stretch(document, place if place[0] >= 0 else None, tokens, dice))
            asked.append([*prompt, *answer[:-1]])
            targets.append([NOT_SAID] * (len(prompt) - 1) + answer)
        return Asked(self._stacked(segments), self._padded(asked, 0), self._padded(targets, NOT_SAID))

    def _beside(
        self, document: int, place: NDArray[np.int64], tokens: int, dice: np.random.Generator
    ) -> NDArray[np.int64] | None:
        """A stretch of the same document before or after a place; None where there is no room, or no place."""
        if place[0] < 0:
            return None
        low, high = self.arrays["documents"][document : document + 2]
        room = [(low, low + place[0] - tokens), (low + place[1], high - tokens)]
        free = [(first, last) for first, last in room if first <= last]
        if not free:
            return None
        first, last = free[dice.integers(len(free))]
        start = int(dice.integers(first, last + 1))
        return self.arrays["tokens"][start : start + tokens].astype(np.int64)

    def _stretch(
        self, document: int, place: NDArray[np.int64] | None, tokens: int, dice: np.random.Generator
    ) -> NDArray[np.int64]:
        low, high = self.arrays["documents"][document : document + 2]
        last = max(low, high - tokens)
        first, until = low, last
        if place is not None:
            first = min(last, max(low, low + place[1] - tokens))
            until = max(first, min(last, low + place[0]))
        start = int(dice.integers(first, until + 1))
        every = self.arrays["tokens"]
        return np.take(every, np.arange(start, start + tokens), mode="wrap").astype(np.int64)

    def _ragged(self, name: str, row: int) -> list[int]:
        low, high = self.arrays[f"{name}_of"][row : row + 2]
        return [int(token) for token in self.arrays[name][low:high]]

    def _stacked(self, rows: list[NDArray[np.int64]]) -> Tensor:
        return torch.from_numpy(np.stack(rows)).to(self.device)

    def _padded(self, rows: list[list[int]], fill: int) -> Tensor:
        longest = max(map(len, rows))
        return torch.tensor([row + [fill] * (longest - len(row)) for row in rows], device=self.device)
