"""Reading passages with attention, where a state's claim could not be supported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.answers.finding import Source
from consolidation.answers.route import Routing
from consolidation.engine import Engine
from consolidation.text.windows import Range


@dataclass(frozen=True, slots=True)
class Passage:
    """What the reader marked: its place in its source's text, and how likely it answers."""

    source: Source
    place: Range
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, documents by their ids, and the passage that was marked, if any; `tokens` counts all read."""

    documents: frozenset[str]
    passage: Passage | None = None
    tokens: int = 0


def read_passages(engine: Engine, routing: Routing) -> Reading:
    """Read the passages that the router likes best, of the documents whose states were asked, with attention."""
    passages = _passages(engine, routing)
    marked = engine.reader.read(routing.asked, [s.text[start:end] for s, (start, end) in passages])
    documents = frozenset(source.document for source, _ in passages)
    if marked is None:
        return Reading(documents)
    source, (start, _) = passages[marked.passage]
    place = start + marked.place[0], start + marked.place[1]
    return Reading(documents, Passage(source, place, marked.probability), marked.tokens)


def _passages(engine: Engine, routing: Routing) -> Sequence[tuple[Source, Range]]:
    """The best windows of all documents that were routed to."""
    count = engine.settings.read_windows
    documents = {routed.source.document: routed for routed in routing.routed}
    best = [
        (float(routed.scores_W[w]), routed, int(w))
        for routed in documents.values()
        for w in (-routed.scores_W).argsort(kind="stable")[:count]
    ]
    best.sort(key=lambda item: -item[0])
    return [(routed.source, routed.state.window_range(w)) for _, routed, w in best[:count]]
