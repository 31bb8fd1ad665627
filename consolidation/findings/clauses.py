"""The clauses of a document by kind, from the tagger's probabilities of its tokens.

Shape suffixes: W windows, T tokens, L categories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from consolidation.findings.extents import Told, chosen_extents
from consolidation.findings.spans import ClauseSpan, Floats, Layout
from consolidation.parts.encoder import WordPieces
from consolidation.parts.extents import Extents
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.windows import Range, Windows

NOTHING: Told = {}


def clauses(
    p_TL: Floats,
    text: str,
    offsets: Sequence[Range],
    extents: Extents,
    told: Told = NOTHING,
    *,
    alternatives: bool = False,
) -> dict[str, list[ClauseSpan]]:
    """Passages of every category of `CATEGORIES` in a document, the surest first, without overlap in a category.

    Args:
        p_TL: probability of each token to belong to each category, in the order of `CATEGORIES`.
        text: the document's text.
        offsets: character range of each token.
        extents: tells how well an extent of a passage fits.
        told: places that rules found for fields, by category.
        alternatives: give other extents of the same passages too, less sure.

    Raises:
        ValueError: probabilities and tokens or categories differ in number.
    """
    if p_TL.shape != (len(offsets), len(CATEGORIES)):
        raise ValueError(
            f"{p_TL.shape} probabilities for {len(offsets)} tokens and {len(CATEGORIES)} categories"
        )
    return chosen_extents(p_TL, Layout.of(text, offsets), extents, told, alternatives=alternatives)


class Tags(Protocol):
    """Something that tags tokens with clauses, as the engine."""

    pieces: WordPieces
    extents: Extents

    def tokenise(self, text: str) -> Windows: ...

    def tags(self, windows: Windows, chosen: Sequence[int]) -> Tensor: ...


def tag(engine: Tags, text: str, chosen: Sequence[int] | None = None) -> tuple[Floats, list[Range]]:
    """Probability of each token to belong to each category, `[T, L]`, and the tokens' character ranges.

    With `chosen`, only the tokens of these windows are tagged; others belong to none.
    """
    _, offsets = engine.pieces.encode(text)
    if not offsets:
        return np.zeros((0, len(CATEGORIES)), np.float32), []
    windows = engine.tokenise(text)
    rows = list(range(len(windows))) if chosen is None else sorted(set(chosen))
    p_WTL = torch.zeros(*windows.ids_WT.shape, len(CATEGORIES), device="cpu")
    p_WTL[rows] = engine.tags(windows, rows)
    # every window but the last is full, so that the document's tokens follow one another
    return p_WTL.flatten(0, 1)[: len(offsets)].numpy(), offsets


def find_clauses(
    engine: Tags,
    text: str,
    *,
    chosen: Sequence[int] | None = None,
    told: Mapping[str, Sequence[Range]] = NOTHING,
    alternatives: bool = False,
) -> dict[str, list[ClauseSpan]]:
    """Passages of every category of `CATEGORIES` in a text, or in some of its windows (see `clauses`)."""
    p_TL, offsets = tag(engine, text, chosen)
    return clauses(p_TL, text, offsets, engine.extents, told, alternatives=alternatives)
