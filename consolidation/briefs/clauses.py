"""The clauses of a document by kind, for its brief: passages that the tagger finds, each with its confidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from consolidation.briefs.fields import Brief, Type
from consolidation.engine import Engine
from consolidation.errors import Cancelled
from consolidation.findings.clauses import clauses, find_clauses
from consolidation.findings.extents import LEAST, Told
from consolidation.findings.spans import ClauseSpan
from consolidation.parts.encodings import Encodings
from consolidation.parts.tagger import CATEGORIES
from consolidation.parts.window_tagger import TAG_WINDOWS
from consolidation.text.windows import Windows

#: The kind of clause that holds a field.
CATEGORY_OF: Mapping[Type, str] = {
    "title": "Document Name", "party": "Parties", "agreement_date": "Agreement Date",
    "effective_date": "Effective Date", "expiry": "Expiration Date", "renewal_term": "Renewal Term",
    "notice_period": "Notice Period To Terminate Renewal", "governing_law": "Governing Law",
}  # fmt: skip
#: Passages by kind, the surest first; a kind that is nowhere has none.
Clauses = Mapping[str, tuple[ClauseSpan, ...]]


def told_by(brief: Brief) -> Told:
    """Where a brief's rules found fields: their places and the sentences around them, by kind of clause."""
    return {
        category: [
            place
            for found in brief.all(type_)
            for place in dict.fromkeys((*found.places, found.quote, *found.quotes))
        ]
        for type_, category in CATEGORY_OF.items()
    }


def clauses_of(engine: Engine, text: str, brief: Brief, windows: Sequence[int] | None = None) -> Clauses:
    """The clauses of a text by kind; with `windows`, only those that show in these windows of it.

    All of a text takes about as long as consolidating it: do it in the sleep phase. An engine without encodings
    finds none.
    """
    if engine.encodings is None:
        return {}
    with engine.turn():
        return _kept(find_clauses(engine.encodings, text, chosen=windows, told=told_by(brief)))


class Tagging:
    """The tags of a text, gathered while it is consolidated, and kept with what is unfinished: its `Beside`.

    Windows that no run tagged, and those whose context was not read yet, are tagged when clauses are asked for. Of a
    window only the kinds are held that show in it: what is less likely everywhere makes no clause.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._tagged = engine, set[int]()
        #: Pairs of a window and a kind that shows in it, and the kind's tags at each token of the window, `[P, T]`.
        self._pairs_P2, self._tags_PT = list[Tensor](), list[Tensor]()

    def __call__(self, windows: Windows, chosen: Sequence[int]) -> None:
        if (encodings := self._engine.encodings) is not None:
            self._tag(encodings, windows, [row for row in chosen if encodings.tagger.settled(windows, row)])

    def _tag(self, encodings: Encodings, windows: Windows, chosen: Sequence[int]) -> None:
        if not chosen:
            return
        with self._engine.turn():
            tags_WTL = encodings.tags(windows, chosen).half()
        shown_K2 = (tags_WTL.amax(1) >= LEAST).nonzero()
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

    def clauses(self, text: str, brief: Brief, should_stop: Callable[[], bool] = lambda: False) -> Clauses:
        """The clauses of the whole text, of which this is the brief, by kind.

        Raises `Cancelled` when `should_stop` says so.
        """
        if (encodings := self._engine.encodings) is None:
            return {}
        windows = encodings.tokenise(text)
        missing = [row for row in range(len(windows)) if row not in self._tagged]
        for first in range(0, len(missing), TAG_WINDOWS):
            if should_stop():
                raise Cancelled("the clauses are not wanted any more")
            self._tag(encodings, windows, missing[first : first + TAG_WINDOWS])
        if not windows.offsets:
            return {}
        p_WTL = torch.zeros(*windows.ids_WT.shape, len(CATEGORIES), device="cpu")
        pairs_P2 = torch.cat(self._pairs_P2).long()
        p_WTL[pairs_P2[:, 0], :, pairs_P2[:, 1]] = torch.cat(self._tags_PT).float()
        # NB: every window but the last is full, so that the tokens of the text follow one another.
        p_TL = p_WTL.flatten(0, 1)[: len(windows.offsets)].numpy()
        return _kept(clauses(p_TL, text, windows.offsets, encodings.extents, told_by(brief)))


def _kept(found: Mapping[str, Sequence[ClauseSpan]]) -> Clauses:
    return {kind: tuple(spans) for kind, spans in found.items()}
