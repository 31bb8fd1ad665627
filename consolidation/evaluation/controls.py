"""Controls for ways to keep documents: nothing read, text read twice, other passes, the passage itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TypeVar

from consolidation.asking.understand import Understanding
from consolidation.engine import Engine
from consolidation.evaluation.reads import Indexed, Reading
from consolidation.parts.embedded.memory import EmbeddedMemory
from consolidation.protocol import FastWeights
from consolidation.text.windows import Range, Windows

M = TypeVar("M", bound=EmbeddedMemory)


class Gold(Reading):
    """A control: only the passages that hold what is asked for are read."""

    def rows(self, asked: Understanding, kept: Indexed, places: Sequence[Range]) -> tuple[list[int], float]:
        ranges = enumerate(self.passages(kept).ranges)
        return [i for i, (low, high) in ranges if any(low < b and a < high for a, b in places)], 0.0


class ReadTwice(EmbeddedMemory):
    """A memory that is given each stretch of text twice, one reading after the other (JRT, arXiv 2407.05483)."""

    def read(self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int) -> FastWeights:
        once = EmbeddedMemory.read(self, windows, chosen, state, passes)
        return EmbeddedMemory.read(self, windows, chosen, once, passes)

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        # what was encoded is kept for the second reading
        once = EmbeddedMemory.consolidate_flops(self, tokens, passes)
        return once + tokens * self.model.config.document_flops_per_token(passes)


class ReadNothing(EmbeddedMemory):
    """A memory that keeps nothing of what it reads: what its decoder says without any context."""

    def read(self, windows: Windows, chosen: Sequence[int], state: FastWeights, passes: int) -> FastWeights:
        return self.blank_state()

    def consolidate_flops(self, tokens: int, passes: int) -> float:
        return 0.0


def with_memory(engine: Engine, kind: type[M]) -> Engine:
    """The engine with its embedded memory as one of another kind. Raises TypeError for other memories."""
    memory = engine.memory
    if not isinstance(memory, EmbeddedMemory):
        raise TypeError("this control is made for the embedded memory")
    return replace(engine, memory=kind(*(getattr(memory, field.name) for field in fields(memory))))


def with_passes(engine: Engine, passes: int) -> Engine:
    """The engine with another number of passes over each window. Raises TypeError for other memories."""
    memory = engine.memory
    if not isinstance(memory, EmbeddedMemory):
        raise TypeError("passes are chosen for the embedded memory")
    settings = replace(memory.settings, schedule=passes)
    return replace(engine, memory=replace(memory, settings=settings))
