"""The clauses of a document by kind, for its brief: passages that the tagger finds, each with its confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consolidation.engine import Engine
from consolidation.findings.clauses import ClauseSpan, find_clauses

#: Passages by kind, the surest first; a kind that is nowhere has none.
Clauses = Mapping[str, tuple[ClauseSpan, ...]]


def clauses_of(engine: Engine, text: str, windows: Sequence[int] | None = None) -> Clauses:
    """The clauses of a text by kind; with `windows`, only those that show in these windows of it.

    All of a text takes about as long as consolidating it: do it in the sleep phase. An engine without encodings
    finds none.
    """
    if engine.encodings is None:
        return {}
    found = find_clauses(engine.encodings, text, chosen=windows)
    return {kind: tuple(sorted(spans, key=lambda s: -s.confidence)) for kind, spans in found.items()}
