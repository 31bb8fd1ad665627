"""The tagger: how likely each token of a document belongs to a clause of each category.

A window is tagged with what stands before and after it: a clause often begins in one window and ends in the next.

Shape suffixes: W windows, T tokens of a window, C tokens of a window with its context, L categories.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from consolidation.halving import halving
from consolidation.parts.cross_encoder import PartModel
from consolidation.parts.tagger import CATEGORIES
from consolidation.parts.transformer import CLS, PASSAGE, SEP, Purpose
from consolidation.text.windows import Windows

#: Tokens before and after a window that it is seen with.
CONTEXT = 63
#: Windows that are tagged together.
TAG_WINDOWS = 8


class WindowTagger(PartModel):
    """Tags windows of a text, each seen with its context."""

    purpose: Purpose = "tagger"

    @torch.inference_mode()
    def probabilities(self, windows: Windows, chosen: Sequence[int]) -> Tensor:
        """For each token of the chosen windows, `[W, T, L]`, how likely it belongs to a clause of each category.

        Padding belongs to none. `windows` are those of the whole text, or at least the next one of each chosen one.

        Raises:
            DeviceFull: there is no memory for a single window.
        """
        rows, width = list(chosen), windows.ids_WT.shape[1]
        parts = [
            part
            for at in range(0, len(rows), TAG_WINDOWS)
            for part in halving(lambda some: self._tagged(windows, some), rows[at : at + TAG_WINDOWS])
        ]
        return torch.cat(parts) if parts else torch.zeros(0, width, len(CATEGORIES), device="cpu")

    def settled(self, windows: Windows, row: int) -> bool:
        """Whether a window's tags stay as they are, however the text that was read so far goes on."""
        return row + 2 < len(windows) and windows.ids_WT.shape[1] >= CONTEXT

    def _tagged(self, windows: Windows, rows: Sequence[int]) -> Tensor:
        width = windows.ids_WT.shape[1]
        ids_WC, mask_WC, firsts = in_context(windows, rows)
        ids_WC, mask_WC = ids_WC.to(self.device), mask_WC.to(self.device)
        part_WC, words = torch.full_like(ids_WC, PASSAGE), F.embedding(ids_WC, self.words_NE)
        p_WCL = self.model.tag(words, part_WC, mask_WC).sigmoid().cpu()
        out = torch.zeros(len(rows), width, len(CATEGORIES), device="cpu")
        for at, (row, first) in enumerate(zip(rows, firsts, strict=True)):
            length = int(windows.lengths_W[row])
            out[at, :length] = p_WCL[at, first : first + length]
        return out


def in_context(windows: Windows, rows: Sequence[int]) -> tuple[Tensor, Tensor, list[int]]:
    """Word pieces `[W, C]` of windows with what stands beside them, the mask, and where each window begins in it.

    A row is `[CLS] before window after [SEP]`, right-padded with 0.
    """
    width = windows.ids_WT.shape[1]
    flat, total = windows.ids_WT.flatten(), int(windows.lengths_W.sum())
    ids_WC = torch.zeros(len(rows), width + 2 * CONTEXT + 2, dtype=torch.long, device=flat.device)
    mask_WC = torch.zeros_like(ids_WC, dtype=torch.bool)
    firsts = []
    for at, row in enumerate(rows):
        low = max(0, row * width - CONTEXT)
        seen = flat[low : min(total, (row + 1) * width + CONTEXT)]
        ids_WC[at, 0], ids_WC[at, len(seen) + 1] = CLS, SEP
        ids_WC[at, 1 : len(seen) + 1] = seen
        mask_WC[at, : len(seen) + 2] = True
        firsts.append(1 + row * width - low)
    return ids_WC, mask_WC, firsts
