"""Runs of likely tokens, by rules: proposals for the passages that are shown as clauses.

A lawyer marks a clause as whole sentences and a value as a few words, while the tagger's probabilities fade in and
out. So runs of likely tokens are taken, closed over small gaps, and drawn out to the sentences they nearly fill.

Shape suffixes: T tokens of a document, R runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consolidation.text.ranges import Range, in_word
from consolidation.text.sentences import sentences

#: Categories whose label is a few words rather than sentences.
VALUES = frozenset({"Document Name", "Parties", "Agreement Date", "Effective Date"})

Floats = NDArray[np.float32]
Ints = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class SpanRule:
    """How runs of tokens become spans; chosen on training contracts by `laboratory.measure.clauses --tune`.

    Attributes:
        least: probability from which on a token can belong to a span.
        fraction: part of its run's highest probability that a token needs.
        gap: most tokens below that between two parts of one span.
        fill: part of a sentence that a span must hold to be drawn out to that sentence's bound.
        shortest: fewest tokens of a span.
        peak: weight of the highest probability against the mean one in the confidence.
        weight: what the confidence is multiplied by.
    """

    least: float = 0.02
    fraction: float = 0.4
    gap: int = 8
    fill: float = 0.5
    shortest: int = 1
    peak: float = 0.5
    weight: float = 1.0


#: How clauses and values are marked; and other extents of the same passages, less sure, for a ranked list.
CLAUSE_RULES = (
    SpanRule(least=0.03, fraction=0.6, gap=8, fill=0.35, shortest=10, peak=0.0),
    SpanRule(least=0.03, fraction=0.85, gap=8, fill=0.35, shortest=10, peak=0.0, weight=0.5),
    SpanRule(least=0.03, fraction=0.1, gap=1, fill=2.0, shortest=10, peak=0.0, weight=0.5),
    SpanRule(least=0.03, fraction=0.85, gap=1, fill=2.0, shortest=10, peak=0.0, weight=0.25),
)
VALUE_RULES = (
    SpanRule(least=0.03, fraction=0.2, gap=2, fill=0.5, shortest=2, peak=1.0),
    SpanRule(least=0.03, fraction=0.6, gap=0, fill=0.5, shortest=2, peak=1.0, weight=0.5),
    SpanRule(least=0.03, fraction=0.03, gap=8, fill=0.5, shortest=2, peak=1.0, weight=0.5),
)


@dataclass(frozen=True, slots=True)
class ClauseSpan:
    """A passage of the text (characters `start` to `end`) and how likely it is such a clause, 0 to 1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a document's tokens and sentences stand: character bounds of tokens, token bounds of sentences.

    `continues_T` tells of a token that it goes on with the word of the one before it.
    """

    starts_T: Ints
    ends_T: Ints
    firsts: Ints
    lasts: Ints
    continues_T: NDArray[np.bool_]

    @classmethod
    def of(cls, text: str, offsets: Sequence[Range]) -> Layout:
        """The layout of a text whose tokens have these character ranges."""
        places = np.array(offsets, dtype=np.int64).reshape(-1, 2)
        bounds = np.array(sentences(text, items=True), dtype=np.int64).reshape(-1, 2)
        firsts = np.searchsorted(places[:, 1], bounds[:, 0], side="right")
        lasts = np.searchsorted(places[:, 0], bounds[:, 1], side="left")
        real = lasts > firsts
        continues_T = np.array([in_word(text, start) for start in places[:, 0].tolist()], dtype=np.bool_)
        return cls(places[:, 0].copy(), places[:, 1].copy(), firsts[real], lasts[real], continues_T)

    def whole_words(self, first: int, last: int) -> Range:
        """A run of tokens drawn out to the bounds of the words in which it begins and ends."""
        while first > 0 and self.continues_T[first]:
            first -= 1
        while last < len(self.continues_T) and self.continues_T[last]:
            last += 1
        return first, last


def runs(on_T: NDArray[np.bool_], gap: int) -> tuple[Ints, Ints]:
    """First and past-the-last token of each run of set tokens, runs at most `gap` tokens apart being one."""
    edges = np.flatnonzero(np.diff(on_T.astype(np.int8), prepend=0, append=0))
    starts, ends = edges[::2], edges[1::2]
    apart = starts[1:] - ends[:-1] > gap
    return starts[np.append(True, apart)[: len(starts)]], ends[np.append(apart, True)[: len(ends)]]


def _drawn_out(starts_R: Ints, ends_R: Ints, layout: Layout, fill: float) -> tuple[Ints, Ints]:
    """Runs with each end moved to its sentence's bound, outwards if the sentence is filled, else left alone."""
    first = np.maximum(np.searchsorted(layout.firsts, starts_R, side="right") - 1, 0)
    last = np.maximum(np.searchsorted(layout.firsts, ends_R - 1, side="right") - 1, 0)

    def filled(sentence: Ints) -> NDArray[np.bool_]:
        low, high = layout.firsts[sentence], layout.lasts[sentence]
        inside = np.minimum(ends_R, high) - np.maximum(starts_R, low)
        return inside >= fill * (high - low)

    starts = np.where(filled(first), np.minimum(layout.firsts[first], starts_R), starts_R)
    ends = np.where(filled(last), np.maximum(layout.lasts[last], ends_R), ends_R)
    return starts, ends


def spans(p_T: Floats, layout: Layout, rule: SpanRule) -> list[ClauseSpan]:
    """Spans of one category in a document, in order, without overlap.

    Args:
        p_T: probability of each token to belong to the category.
        layout: where these tokens and the sentences stand.
        rule: the constants.
    """
    return [
        ClauseSpan(int(layout.starts_T[a]), int(layout.ends_T[b - 1]), sure)
        for (a, b), sure in token_spans(p_T, layout, rule)
    ]


def token_spans(p_T: Floats, layout: Layout, rule: SpanRule) -> list[tuple[Range, float]]:
    """The same as ranges of tokens, each with its confidence."""
    starts, ends = runs(p_T >= rule.least, rule.gap)
    if not len(starts):
        return []
    needed = np.full(len(p_T), np.inf, dtype=np.float32)
    for start, end in zip(starts, ends, strict=True):
        needed[start:end] = max(rule.least, rule.fraction * float(p_T[start:end].max()))
    starts, ends = runs(p_T >= needed, rule.gap)
    long_enough = ends - starts >= rule.shortest
    starts, ends = starts[long_enough], ends[long_enough]
    if not len(starts):
        return []
    sums = np.concatenate([[0.0], np.cumsum(p_T, dtype=np.float64)])
    means = (sums[ends] - sums[starts]) / (ends - starts)
    peaks = np.array([float(p_T[a:b].max()) for a, b in zip(starts, ends, strict=True)])
    confidence = rule.weight * (rule.peak * peaks + (1 - rule.peak) * means)
    found: list[tuple[Range, float]] = []
    before = (-1, -1)
    for a, b, c in zip(*_drawn_out(starts, ends, layout, rule.fill), confidence, strict=True):
        if a < before[1]:  # drawn out into its neighbour: one span, as sure as the surer one
            a, c = before[0], max(c, found.pop()[1])
        before = (int(a), int(max(b, before[1])))
        found.append((before, float(c)))
    return found


def ranked(p_T: Floats, layout: Layout, rules: Sequence[SpanRule]) -> list[ClauseSpan]:
    """Spans of one category by several rules, the surest first; they may overlap."""
    return surest(span for rule in rules for span in spans(p_T, layout, rule))


def surest(found: Iterable[ClauseSpan]) -> list[ClauseSpan]:
    """Spans, the surest first; of equal places the surest one."""
    best: dict[Range, ClauseSpan] = {}
    for span in found:
        place = span.start, span.end
        if place not in best or best[place].confidence < span.confidence:
            best[place] = span
    return sorted(best.values(), key=lambda span: -span.confidence)
