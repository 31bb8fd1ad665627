"""Passages that may answer a question: close ones by their vectors, and the best of full text not among them.

Shape suffixes: P passages, E width.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from consolidation.protocol import Reading
from consolidation.text.bm25 import FullText

#: Passages that are read for a question: so many by their vectors, and so many more by full text.
CLOSE_PASSAGES, WORDED_PASSAGES = 6, 2


def joined(
    closeness_P: NDArray[np.float32],
    full_text_P: NDArray[np.float32],
    close: int = CLOSE_PASSAGES,
    worded: int = WORDED_PASSAGES,
) -> list[int]:
    """The closest passages, best first; then the best by full text that are not among them and share a word."""
    first = [int(row) for row in np.argsort(-closeness_P, kind="stable")[:close]]
    more = (int(row) for row in np.argsort(-full_text_P, kind="stable") if full_text_P[row] > 0)
    return first + [row for row in more if row not in first][:worded]


def retrieve(
    question: str,
    index: FullText,
    question_E: Tensor,
    passages_PE: Tensor,
    close: int = CLOSE_PASSAGES,
    worded: int = WORDED_PASSAGES,
) -> list[int]:
    """The passages to be read for a question, best first.

    Args:
        question: the question as asked.
        index: the passages' full text.
        question_E: the question's vector.
        passages_PE: the passages' vectors, in the order of the index.
        close: how many are taken by closeness.
        worded: how many more by full text.
    """
    closeness = (passages_PE.float() @ question_E.float()).cpu().numpy()
    return joined(closeness, index.scores(question), close, worded)


def reranked(passages: Sequence[int], readings: Sequence[Reading]) -> list[int]:
    """Passages in the order in which the reader says that they answer."""
    order = sorted(range(len(passages)), key=lambda at: -readings[at].answers)
    return [passages[at] for at in order]
