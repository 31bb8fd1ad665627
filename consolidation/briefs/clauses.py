"""The clauses of a document by kind, for its brief: passages that the tagger finds, each with its confidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from consolidation.engine import Engine
from consolidation.errors import Cancelled
from consolidation.findings.clauses import CLAUSE_RULES, VALUE_RULES, ClauseSpan, clauses, find_clauses
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.windows import Windows

#: The least tag that can begin a clause; around lesser ones there is none.
LEAST_SHOWN = min(CLAUSE_RULES[0].least, VALUE_RULES[0].least)
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
    """The tags of a text, gathered while it is consolidated, and kept with what is unfinished: its `Beside`.

    What the memory read is not encoded again. Windows that no run tagged are tagged when clauses are asked for. Of a
    window only the kinds are held that show in it: what is less likely everywhere makes no clause.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._tagged = engine, set[int]()
        #: Pairs of a window and a kind that shows in it, and the kind's tags at each token of the window, `[P, T]`.
        self._pairs_P2, self._tags_PT = list[Tensor](), list[Tensor]()

    def __call__(self, windows: Windows, chosen: Sequence[int]) -> None:
        if self._engine.encodings is None:
            return
        with self._engine.turn():
            tags_WTL = self._engine.encodings.tags(windows, chosen)
        shown_K2 = (tags_WTL.amax(1) >= LEAST_SHOWN).nonzero()
        self._tags_PT.append(tags_WTL[shown_K2[:, 0], :, shown_K2[:, 1]])
        rows = torch.tensor(list(chosen), device="cpu")[shown_K2[:, 0]]
        self._pairs_P2.append(torch.stack([rows, shown_K2[:, 1]], dim=1).int())
        self._tagged |= set(chosen)

    def kept(self) -> Mapping[str, Tensor]:
        """What `resume` goes on from."""
        if not self._tagged:
            return {}
        self._pairs_P2, self._tags_PT = [torch.cat(self._pairs_P2)], [torch.cat(self._tags_PT)]
        tagged = torch.tensor(sorted(self._tagged), dtype=torch.int32, device="cpu")
        return {"tagged": tagged, "pairs": self._pairs_P2[0], "tags": self._tags_PT[0]}

    def resume(self, kept: Mapping[str, Tensor]) -> None:
        """Take up the tags that an earlier run over the same windows made."""
        if kept.keys() >= {"tagged", "pairs", "tags"}:
            self._tagged = set(kept["tagged"].tolist())
            self._pairs_P2, self._tags_PT = [kept["pairs"]], [kept["tags"]]

    def clauses(self, text: str, should_stop: Callable[[], bool] = lambda: False) -> Clauses:
        """The clauses of the whole text by kind. Raises `Cancelled` when `should_stop` says so."""
        if self._engine.encodings is None:
            return {}
        windows = self._engine.encodings.tokenise(text)
        missing = [row for row in range(len(windows)) if row not in self._tagged]
        for first in range(0, len(missing), TAG_WINDOWS):
            if should_stop():
                raise Cancelled("the clauses are not wanted any more")
            self(windows, missing[first : first + TAG_WINDOWS])
        if not windows.offsets:
            return {}
        p_WTL = torch.zeros(*windows.ids_WT.shape, len(CATEGORIES), device="cpu")
        pairs_P2 = torch.cat(self._pairs_P2).long()
        p_WTL[pairs_P2[:, 0], :, pairs_P2[:, 1]] = torch.cat(self._tags_PT).float()
        # NB: every window but the last is full, so that the tokens of the text follow one another.
        p_TL = p_WTL.flatten(0, 1)[: len(windows.offsets)].numpy()
        return _surest_first(clauses(p_TL, text, windows.offsets))


def _surest_first(found: Mapping[str, Sequence[ClauseSpan]]) -> Clauses:
    return {kind: tuple(sorted(spans, key=lambda s: -s.confidence)) for kind, spans in found.items()}
