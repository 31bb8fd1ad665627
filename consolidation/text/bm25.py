"""Full-text ranks of passages (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from consolidation.text.folding import fold

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_COMMON = frozenset(
    "a an and are as at be by can could did do does for from had has have he her his how i if in into is it its me "
    "my of on or our she should so some such than that the their them there these they this those to us was we "
    "were what when where which who whom whose why will with would you your please tell any".split()
)
_ENDINGS = "ations ation ments ment ions ings ing ion ies ied ers ees ed er ee es s".split()
_SHORTEST_STEM = 4


def terms(text: str) -> list[str]:
    """The words of a text in lower case without accents and common endings; words of grammar alone are left out."""
    found = []
    for word in _WORD.findall(fold(text)):
        if word in _COMMON:
            continue
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), "")
        found.append(word.removesuffix(ending).rstrip("ey") if ending or len(word) > _SHORTEST_STEM else word)
    return found


class FullText:
    """An index of texts in memory that gives each its BM25 score for a query."""

    def __init__(self, texts: Sequence[str], saturation: float = 1.2, length_weight: float = 0.75) -> None:
        counts = [Counter(terms(text)) for text in texts]
        lengths = np.array([sum(c.values()) for c in counts], dtype=np.float32)
        norm = (
            saturation * (1 - length_weight + length_weight * lengths / max(float(lengths.mean()), 1.0))
            if texts
            else lengths
        )
        rows: dict[str, list[tuple[int, int]]] = {}
        for row, count in enumerate(counts):
            for term, times in count.items():
                rows.setdefault(term, []).append((row, times))
        self.count = len(texts)
        self._postings: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
        for term, found in rows.items():
            at = np.array([row for row, _ in found], dtype=np.int64)
            often = np.array([times for _, times in found], dtype=np.float32)
            rarity = np.log1p((self.count - len(at) + 0.5) / (len(at) + 0.5))
            weights = rarity * often * (saturation + 1) / (often + norm[at])
            self._postings[term] = (at, weights.astype(np.float32))

    def scores(self, query: str) -> NDArray[np.float32]:
        """A score for each text, 0 where no term of the query stands."""
        out = np.zeros(self.count, dtype=np.float32)
        for term in terms(query):
            if term in self._postings:
                rows, weights = self._postings[term]
                out[rows] += weights
        return out
