"""Which extents of a text are its clauses: proposals by rules and sentences, weighed by what is known of each.

What lawyers mark ends where a sentence does, or a list, or a few words of it; the tagger's probabilities say of each
token alone how likely it is marked. So extents are proposed, and a small network (`consolidation.parts.extents`) says
how likely each is one that a lawyer would mark; of those that overlap the likeliest stands.

Shape suffixes: T tokens of a document, L categories, R extents, S sentences, F features, K rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from consolidation.findings.spans import (
    CLAUSE_RULES,
    VALUE_RULES,
    VALUES,
    ClauseSpan,
    Floats,
    Ints,
    Layout,
    runs,
    token_spans,
)
from consolidation.parts.extents import Extents
from consolidation.parts.tagger import CATEGORIES
from consolidation.text.ranges import Range

#: Places that rules found, by category.
Told = Mapping[str, Sequence[Range]]
Doubles = NDArray[np.float64]
Marks = NDArray[np.bool_]

#: A token that is less likely belongs to nothing; nor does a sentence whose tokens are less likely on the whole.
LEAST = 0.02
#: Sentences in a row that are proposed as one extent, and tokens of the shortest one.
MOST_SENTENCES, SHORTEST = 4, 5
#: Tokens looked at beside an extent, and in its first and last words; the gap over which likely tokens are a region.
BESIDE, AT_ENDS, REGION_GAP = 10, 8, 20
#: An extent that is less likely than this is not given.
LEAST_GIVEN = 0.02
#: What another extent of the same passage counts for beside the likeliest.
ALTERNATIVE = 0.25
RULES = max(len(CLAUSE_RULES), len(VALUE_RULES))
#: The categories of fields that rules look for.
TOLD = (
    "Document Name", "Parties", "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term",
    "Notice Period To Terminate Renewal", "Governing Law",
)  # fmt: skip


@dataclass(frozen=True)
class Tagged:
    """A document's tags, tokens and sentences, and where rules found its fields, in tokens."""

    p_TL: Floats
    layout: Layout
    told: Mapping[str, NDArray[np.int64]]

    @classmethod
    def of(cls, p_TL: Floats, layout: Layout, told: Told) -> Tagged:
        """With places in tokens; tokens that are hardly likely belong to nothing."""
        places = {
            category: np.array(
                [
                    (np.searchsorted(layout.ends_T, a, "right"), np.searchsorted(layout.starts_T, b, "left"))
                    for a, b in told.get(category, ())
                ],
                dtype=np.int64,
            ).reshape(-1, 2)
            for category in TOLD
        }
        clear = np.where(p_TL >= LEAST, p_TL, 0).astype(np.float32)
        return cls(clear, layout, {name: its[its[:, 1] > its[:, 0]] for name, its in places.items()})

    @cached_property
    def sums_TL(self) -> Doubles:
        """Sums of tags before each token, `[T + 1, L]`."""
        return np.concatenate([np.zeros((1, self.p_TL.shape[1])), np.cumsum(self.p_TL, 0, dtype=np.float64)])


@dataclass(frozen=True)
class Proposed:
    """Extents of one category, in tokens, and how sure each rule is of each; 0 where it does not propose it."""

    starts_R: Ints
    ends_R: Ints
    sure_RK: Doubles

    def __len__(self) -> int:
        return len(self.starts_R)


def proposed(tagged: Tagged, column: int) -> Proposed:
    """What rules, likely sentences in a row, and rules for fields propose for a category."""
    category, p_T = CATEGORIES[column], np.ascontiguousarray(tagged.p_TL[:, column])
    found: dict[Range, Doubles] = {}
    if p_T.any():
        for k, rule in enumerate(VALUE_RULES if category in VALUES else CLAUSE_RULES):
            for place, sure in token_spans(p_T, tagged.layout, rule):
                found.setdefault(place, np.zeros(RULES))[k] = sure / rule.weight
        if category not in VALUES:
            for place in _in_a_row(tagged, column):
                found.setdefault(place, np.zeros(RULES))
    for low, high in tagged.told.get(category, ()):
        found.setdefault((int(low), int(high)), np.zeros(RULES))
    places = np.array(list(found), dtype=np.int64).reshape(-1, 2)
    sure_RK = np.array(list(found.values()), dtype=np.float64).reshape(-1, RULES)
    return Proposed(places[:, 0], places[:, 1], sure_RK)


def _in_a_row(tagged: Tagged, column: int) -> list[Range]:
    """Likely sentences, alone and a few in a row."""
    firsts, lasts = tagged.layout.firsts, tagged.layout.lasts
    likely = _means(tagged.sums_TL[:, column], firsts, lasts) >= LEAST
    rows, found = likely, list[Range]()
    for count in range(1, MOST_SENTENCES + 1):
        at = np.flatnonzero(rows)
        found += zip(firsts[at].tolist(), lasts[at + count - 1].tolist(), strict=True)
        rows = rows[:-1] & likely[count:] if len(likely) > count else rows[:0]
    return [(a, b) for a, b in found if b - a >= SHORTEST]


def _means(sums: Doubles, starts: Ints, ends: Ints) -> Doubles:
    """Mean tags between places, 0 where there is nothing between them."""
    low, high = np.clip(starts, 0, len(sums) - 1), np.clip(ends, 0, len(sums) - 1)
    return np.where(high > low, (sums[high] - sums[low]) / np.maximum(high - low, 1), 0.0)


def _odds(probability: Any) -> Doubles:
    p = np.clip(np.asarray(probability, dtype=np.float64), 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def _most(p_T: Floats, starts: Ints, ends: Ints) -> Doubles:
    """The highest tag between places."""
    both = np.stack([starts, ends], 1).reshape(-1)
    most: Doubles = np.maximum.reduceat(np.append(p_T, 0.0), both)[::2]
    return most


def features(tagged: Tagged, column: int, extents: Proposed) -> Floats:
    """What is known of each extent, `[R, F]`: its tags, those beside it, where it stands, who else says so."""
    own = _own(tagged, column, extents)
    others = (tagged.sums_TL[extents.ends_R] - tagged.sums_TL[extents.starts_R]).T / (
        extents.ends_R - extents.starts_R
    )
    rules = [_odds(extents.sure_RK).T, (extents.sure_RK > 0).T]
    return np.concatenate([np.stack(own), *rules, _odds(others), _by_told(tagged, extents)]).T.astype(
        np.float32
    )


def _own(tagged: Tagged, column: int, extents: Proposed) -> list[Doubles]:
    """Tags in and beside extents, their length and their place."""
    p_T, sums, layout = tagged.p_TL[:, column], tagged.sums_TL[:, column], tagged.layout
    a, b = extents.starts_R, extents.ends_R
    first = np.maximum(np.searchsorted(layout.firsts, a, "right") - 1, 0)
    last = np.maximum(np.searchsorted(layout.firsts, b - 1, "right") - 1, 0)
    sentences = _means(sums, layout.firsts, layout.lasts)
    around = np.concatenate([[0.0], sentences, [0.0]])
    least = np.min([sentences[np.minimum(first + k, last)] for k in range(2 * MOST_SENTENCES)], axis=0)
    region_starts, region_ends = runs(p_T >= LEAST, REGION_GAP)
    at = np.maximum(np.searchsorted(region_starts, b, "left") - 1, 0)
    low = np.minimum(region_starts[at], a) if len(region_starts) else a
    high = np.maximum(region_ends[at], b) if len(region_starts) else b
    inside, mean = sums[b] - sums[a], _means(sums, a, b)
    highest = _odds(p_T.max(initial=0.0))
    starts, ends = layout.firsts[first], layout.lasts[last]
    return [
        _odds(mean), _odds(_most(p_T, a, b)), _odds(least),
        _odds(_means(sums, a - BESIDE, a)), _odds(_means(sums, b, b + BESIDE)),
        _odds(around[first]), _odds(around[last + 2]),
        np.log(b - a), np.minimum(6, last - first + 1), (starts == a) * 1.0, (ends == b) * 1.0,
        inside / np.maximum(1e-6, sums[high] - sums[low]),
        _odds(p_T[a]), _odds(p_T[b - 1]), _odds(_means(sums, starts, a)), _odds(_means(sums, b, ends)),
        np.full(len(a), highest), _odds(mean) - highest, a / len(p_T), np.log(high - low + 1),
        _odds(_means(sums, a, np.minimum(a + AT_ENDS, b))), _odds(_means(sums, np.maximum(b - AT_ENDS, a), b)),
    ]  # fmt: skip


def _by_told(tagged: Tagged, extents: Proposed) -> Doubles:
    """For each field that rules look for, whether a place of it touches an extent, and how far they are the same."""
    rows = []
    for category in TOLD:
        places = tagged.told[category]
        both = np.minimum(extents.ends_R, places[:, 1:]) - np.maximum(extents.starts_R, places[:, :1])
        either = np.maximum(extents.ends_R, places[:, 1:]) - np.minimum(extents.starts_R, places[:, :1])
        rows += [(both > 0).any(0), np.max(np.maximum(both, 0) / either, axis=0, initial=0.0)]
    return np.array(rows, dtype=np.float64)


def chosen_extents(
    p_TL: Floats, layout: Layout, extents: Extents, told: Told, *, alternatives: bool = False
) -> dict[str, list[ClauseSpan]]:
    """For each category the extents that stand, the likeliest first; with `alternatives`, others behind them."""
    tagged, found = Tagged.of(p_TL, layout, told), {name: list[ClauseSpan]() for name in CATEGORIES}
    if not len(p_TL) or not len(layout.firsts):
        return found
    rows = [(column, some) for column in range(len(CATEGORIES)) if len(some := proposed(tagged, column))]
    if not rows:
        return found
    known = torch.from_numpy(np.concatenate([features(tagged, column, some) for column, some in rows]))
    odds = extents.probabilities(known).numpy()
    at = 0
    for column, some in rows:
        found[CATEGORIES[column]] = _standing(some, odds[at : at + len(some)], layout, alternatives)
        at += len(some)
    return found


def _standing(some: Proposed, odds: Floats, layout: Layout, alternatives: bool) -> list[ClauseSpan]:
    taken: Marks = np.zeros(len(layout.starts_T), dtype=bool)
    given, seen = list[ClauseSpan](), set[Range]()
    for i in np.argsort(-odds, kind="stable"):
        a, b = layout.whole_words(int(some.starts_R[i]), int(some.ends_R[i]))
        if (a, b) in seen:
            continue
        seen.add((a, b))
        sure = float(odds[i])
        if taken[a:b].any():
            sure *= ALTERNATIVE if alternatives else 0.0
        else:
            taken[a:b] = True
        if sure >= LEAST_GIVEN or (alternatives and sure > 0):
            given.append(ClauseSpan(int(layout.starts_T[a]), int(layout.ends_T[b - 1]), sure))
    return sorted(given, key=lambda span: -span.confidence)
