"""Engines to measure with: that encode each window once, and with constants that have not seen a contract."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Any, cast

import torch

from consolidation.engine import Engine
from consolidation.parts.confidence import fitted
from consolidation.parts.encodings import EncodedWindows, Encodings
from consolidation.parts.extents import Extents
from consolidation.parts.weights import load_weights
from consolidation.protocol import AnswerSettings, Confidence
from consolidation.text.windows import Windows


class Remembering(Encodings):
    """Encodings that encode each window only once, for whoever shares them: memory for time."""

    def __init__(self, other: Encodings) -> None:
        parts = other.encoder, other.pieces, other.tagger, other.extents
        super().__init__(*parts, window_tokens=other.window_tokens)
        self._texts = dict[str, Windows]()
        self._kept = dict[bytes, tuple[torch.Tensor, ...]]()

    def tokenise(self, text: str) -> Windows:
        if text not in self._texts:
            self._texts[text] = super().tokenise(text)
        return self._texts[text]

    def windows(self, windows: Windows, chosen: Sequence[int]) -> EncodedWindows:
        names = [windows.ids_WT[w].numpy().tobytes() for w in chosen]
        missing = [w for w, name in zip(chosen, names, strict=True) if name not in self._kept]
        if missing:
            read = self.encoded(windows.ids_WT[missing], windows.lengths_W[missing])
            rows = zip(read.ids_WT, read.features_WTF, read.sentences_WE, read.mask_WT, strict=True)
            self._kept |= {
                windows.ids_WT[w].numpy().tobytes(): row for w, row in zip(missing, rows, strict=True)
            }
        parts = zip(*(self._kept[name] for name in names), strict=True)
        return EncodedWindows(*(torch.stack(part) for part in parts))


def remembering(engine: Engine) -> Engine:
    """The engine around the embedded memory, with `Remembering` encodings."""
    if engine.encodings is None:
        return engine
    shared = Remembering(engine.encodings)
    return replace(engine, memory=replace(cast("Any", engine.memory), encodings=shared), encodings=shared)


def with_extents(engine: Engine, extents: Extents) -> Engine:
    """The engine with other networks for the extents of clauses."""
    encodings = copy(engine.encodings)
    if encodings is not None:
        encodings.extents = extents
    return replace(engine, encodings=encodings)


def by_halves(engine: Engine) -> tuple[Engine, Engine]:
    """For each half of the held-out contracts, the engine with constants fitted on the other half."""
    kept = load_weights(engine.weights).manifest.get("without_half", []) if engine.weights else []
    halves: list[tuple[Confidence, AnswerSettings]] = [fitted(half) for half in kept]
    halves = halves or [(engine.confidence, engine.settings)] * 2
    first, second = (replace(engine, confidence=one, settings=settings) for one, settings in halves)
    return first, second
