"""Full-text ranks of passages (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from consolidation.text.folding import fold
from consolidation.text.stems import SHORTEST, without_ending

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_COMMON = frozenset(
    "a an and are as at be by can could did do does for from had has have he her his how i if in into is it its me "
    "my of on or our she should so some such than that the their them there these they this those to us was we "
    "were what when where which who whom whose why will with would you your please tell any".split()
)
_ENDINGS = "ations ation ments ment ions ings ing ion ies ied ers ees ed er ee es s".split()
#: Words whose stems are kept: more than contracts commonly use.
KEPT_WORDS = 2**15


def terms(text: str) -> list[str]:
    """The words of a text in lower case without accents and common endings; words of grammar alone are left out."""
    return [stem for word in _WORD.findall(fold(text)) if (stem := _stem(word))]


@lru_cache(maxsize=KEPT_WORDS)
def _stem(word: str) -> str:
    """A word without its ending; nothing for a word of grammar alone."""
    if word in _COMMON:
        return ""
    # NB: what has an ending is longer too.
    return without_ending(word, _ENDINGS).rstrip("ey") if len(word) > SHORTEST else word


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
        self.count = len(texts)
        self._ids: dict[str, int] = {}
        found = [
            (self._ids.setdefault(term, len(self._ids)), row, times)
            for row, count in enumerate(counts)
            for term, times in count.items()
        ]
        ids, rows, often = np.array(found, dtype=np.int32).reshape(-1, 3).T
        holding = np.bincount(ids, minlength=len(self._ids))
        rarity = np.log1p((self.count - holding + 0.5) / (holding + 0.5))
        weights = rarity[ids] * often * (saturation + 1) / (often + norm[rows])
        order = np.argsort(ids, kind="stable")
        self._rows, self._weights = rows[order], weights[order].astype(np.float32)
        self._bounds = np.concatenate([[0], np.cumsum(holding)]).astype(np.int32)

    def scores(self, query: str) -> NDArray[np.float32]:
        """A score for each text, 0 where no term of the query stands."""
        out = np.zeros(self.count, dtype=np.float32)
        for term in terms(query):
            if (at := self._ids.get(term)) is not None:
                postings = slice(self._bounds[at], self._bounds[at + 1])
                out[self._rows[postings]] += self._weights[postings]
        return out
