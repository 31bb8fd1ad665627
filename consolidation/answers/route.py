"""Which segment states a question is put to, and which windows are read for it.

Shape suffixes: N rows of a bank's index, W windows of a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from consolidation.answers import naming
from consolidation.answers.finding import Source
from consolidation.engine import Engine
from consolidation.errors import StateError
from consolidation.states.bank import Bank
from consolidation.states.file import StoredState
from consolidation.states.index import Entry


@dataclass(frozen=True, slots=True)
class Routed:
    """One segment state chosen for a question, with the router's score and those of the state's windows."""

    source: Source
    state: StoredState
    segment: int
    score: float
    scores_W: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a question goes.

    `asked` is the question without names of documents, for the model. `ready` are the documents (by their ids) whose
    states can be asked; `best_score` is that of the best window among those that the question means.
    """

    question: str
    asked: str
    routed: tuple[Routed, ...]
    ready: frozenset[str]
    best_score: float
    tokens: int


@dataclass(frozen=True, slots=True)
class _Segments:
    """Segments of documents: whose they are (an index), which, and the score of the best window of each."""

    sources: NDArray[np.intp]
    segments: NDArray[np.intp]
    scores: NDArray[np.float64]


def route(engine: Engine, question: str, sources: Sequence[Source]) -> Routing:
    """Choose the segment states to ask, by router keys and full-text rank.

    Where the question mentions documents by name, only those that it mentions most clearly are asked. States are
    loaded only where they are to be asked; one that cannot be is left out, and its document is not ready.
    """
    names = tuple(source.name for source in sources)
    asked, mentioned = naming.unnamed(question, names), np.array(naming.named(question, names))
    key_R = engine.router.question_keys([asked])[0].float().cpu()
    found, windows = _found(sources, key_R)
    clearest = mentioned.max(initial=0.0)
    meant = mentioned[found.sources] >= clearest
    part = _Segments(found.sources[meant], found.segments[meant], found.scores[meant])
    totals = part.scores
    if len(sources) > 1:
        ranks = np.array([source.text_rank for source in sources])
        totals = totals + engine.settings.text_weight * ranks[part.sources]
    routed, lost = list[Routed](), set[int]()
    for at in np.argsort(-totals, kind="stable"):
        i = int(part.sources[at])
        if len(routed) == engine.settings.routed_states:
            break
        if i not in lost:
            try:
                state = sources[i].bank.load(str(sources[i].state_name))
                routed.append(
                    Routed(sources[i], state, int(part.segments[at]), float(totals[at]), windows[i])
                )
            except StateError:
                lost.add(i)
    ready = frozenset(sources[i].document for i in windows if i not in lost)
    best = float(part.scores.max()) if len(part.scores) else 0.0
    return Routing(question, asked, tuple(routed), ready, best, engine.memory.question_tokens(asked))


def _found(sources: Sequence[Source], key_R: Tensor) -> tuple[_Segments, dict[int, NDArray[np.float32]]]:
    """All segments that there are, and the scores of every window of each document that has a state."""
    by_bank: dict[int, tuple[Bank, list[int]]] = {}
    for i, source in enumerate(sources):
        if source.state_name is not None:
            by_bank.setdefault(id(source.bank), (source.bank, []))[1].append(i)
    parts, windows = list[_Segments](), dict[int, NDArray[np.float32]]()
    for bank, members in by_bank.values():
        entries = bank.entries((str(sources[i].state_name) for i in members), len(key_R))
        held = [(i, entries[name]) for i in members if (name := str(sources[i].state_name)) in entries]
        if held:
            scores_N = bank.scores(key_R)
            parts.append(_segments(held, scores_N))
            windows |= {i: scores_N[e.first : e.first + e.windows] for i, e in held}
    if not parts:
        none = np.zeros(0, np.intp)
        return _Segments(none, none, np.zeros(0)), windows
    joined = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("sources", "segments", "scores")
    )
    return _Segments(*joined), windows


def _segments(held: Sequence[tuple[int, Entry]], scores_N: NDArray[np.float32]) -> _Segments:
    """The best window of each segment, for all documents of a bank at once."""
    whose = np.array([i for i, _ in held])
    first, count, length = (
        np.array([getattr(e, name) for _, e in held]) for name in ("first", "windows", "segment_windows")
    )
    segments = -(-count // length)
    of = np.repeat(np.arange(len(held)), segments)
    number = np.arange(len(of)) - np.repeat(segments.cumsum() - segments, segments)
    begin = first[of] + number * length[of]
    end = np.minimum(begin + length[of], (first + count)[of])
    # a reduction from each begin to its end; those from an end to the next begin are left out
    between = np.stack([begin, end], axis=1).ravel()
    best = np.maximum.reduceat(np.append(scores_N, -np.inf), between)[::2]
    return _Segments(whose[of], number, best.astype(np.float64))
