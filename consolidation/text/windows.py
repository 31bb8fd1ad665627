"""Documents as windows of word pieces.

Shape suffixes: W windows, T tokens of a window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import torch
from torch import Tensor

from consolidation.text.ranges import Range as Range  # for those who know windows
from consolidation.text.wide import wide_passages

#: Longest run of tokens that is read at once with full attention.
WINDOW_TOKENS = 128


class Tokenizer(Protocol):
    """Text to token ids and the character range of each."""

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]: ...


@dataclass(frozen=True)
class Windows:
    """The windows of one text: `ids_WT` right-padded with 0, `lengths_W`, and character ranges.

    `text` is what was split, `offsets` the character range of each of its tokens.
    """

    ids_WT: Tensor
    lengths_W: Tensor
    ranges: tuple[Range, ...]
    text: str = ""
    offsets: Sequence[Range] = ()

    def __len__(self) -> int:
        return len(self.ranges)

    @cached_property
    def passages(self) -> Sequence[Range]:
        """For each window the characters that are read for it (`wide_passages`); for the windows of a whole text."""
        tokens = wide_passages(self.text, self.offsets, self.ids_WT.shape[1])
        return tuple((self.offsets[a][0], self.offsets[b - 1][1]) for a, b in tokens)

    def only(self, rows: Sequence[int]) -> Windows:
        """Some of these windows, of the same text."""
        chosen = list(rows)
        ranges = tuple(self.ranges[row] for row in chosen)
        return Windows(self.ids_WT[chosen], self.lengths_W[chosen], ranges, self.text)


def pack(ids: Sequence[int], window_tokens: int = WINDOW_TOKENS) -> tuple[Tensor, Tensor]:
    """Token ids as windows: `[W, T]` right-padded with 0, and the length of each."""
    count = max(1, -(-len(ids) // window_tokens))
    flat = torch.zeros(count * window_tokens, dtype=torch.long)
    flat[: len(ids)] = torch.tensor(ids, dtype=torch.long)
    lengths = torch.full((count,), window_tokens)
    lengths[-1] = len(ids) - (count - 1) * window_tokens
    return flat.view(count, window_tokens), lengths


def split(text: str, tokenizer: Tokenizer, window_tokens: int = WINDOW_TOKENS) -> Windows:
    """Split a text into windows of at most `window_tokens`; a text with no token has no window."""
    ids, offsets = tokenizer.encode(text)
    if not ids:
        empty = torch.zeros(0, window_tokens, dtype=torch.long)
        return Windows(empty, torch.zeros(0, dtype=torch.long), (), text)
    ids_WT, lengths_W = pack(ids, window_tokens)
    starts = range(0, len(ids), window_tokens)
    ends = [min(s + window_tokens, len(ids)) - 1 for s in starts]
    ranges = tuple((offsets[s][0], offsets[e][1]) for s, e in zip(starts, ends, strict=True))
    return Windows(ids_WT, lengths_W, ranges, text, offsets)
