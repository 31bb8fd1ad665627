"""The clauses of a document by kind, for its brief: passages that the tagger finds, each with its confidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from consolidation.engine import Engine
from consolidation.errors import Cancelled
from consolidation.findings.clauses import ClauseSpan, clauses, find_clauses
from consolidation.text.windows import Windows

#: Windows that are tagged together where nothing read them.
TAG_WINDOWS = 8

#: Passages by kind, the surest first; a kind that is nowhere has none.
Clauses = Mapping[str, tuple[ClauseSpan, ...]]


def clauses_of(engine: Engine, text: str, windows: Sequence[int] | None = None) -> Clauses:
    """The clauses of a text by kind; with `windows`, only those that show in these windows of it.

    All of a text takes about as long as consolidating it: do it in the sleep phase. An engine without encodings
    finds none.
    """
    if engine.encodings is None:
        return {}
    with engine.turn():
        return _surest_first(find_clauses(engine.encodings, text, chosen=windows))


class Tagging:
    """The tags of a text, gathered while it is consolidated: an `on_read` of `consolidate`.

    What the memory read is not encoded again. Windows that an earlier run read are tagged when clauses are asked for.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._tags = engine, dict[int, Tensor]()

    def __call__(self, windows: Windows, chosen: Sequence[int]) -> None:
        if self._engine.encodings is not None:
            with self._engine.turn():
                self._tags |= zip(chosen, self._engine.encodings.tags(windows, chosen), strict=True)

    def clauses(self, text: str, should_stop: Callable[[], bool] = lambda: False) -> Clauses:
        """The clauses of the whole text by kind. Raises `Cancelled` when `should_stop` says so."""
        if self._engine.encodings is None:
            return {}
        windows = self._engine.encodings.tokenise(text)
        missing = [row for row in range(len(windows)) if row not in self._tags]
        for first in range(0, len(missing), TAG_WINDOWS):
            if should_stop():
                raise Cancelled("the clauses are not wanted any more")
            self(windows, missing[first : first + TAG_WINDOWS])
        if not windows.offsets:
            return {}
        p_WTL = torch.stack([self._tags[row] for row in range(len(windows))])
        # NB: every window but the last is full, so that the tokens of the text follow one another.
        p_TL = p_WTL.flatten(0, 1)[: len(windows.offsets)].float().numpy()
        return _surest_first(clauses(p_TL, text, windows.offsets))


def _surest_first(found: Mapping[str, Sequence[ClauseSpan]]) -> Clauses:
    return {kind: tuple(sorted(spans, key=lambda s: -s.confidence)) for kind, spans in found.items()}
