"""Passages that may answer a question: by full text and by closeness of vectors, fused by rank.

The constant is the source's, fitted on nothing: Cormack, Clarke and Buettcher, Reciprocal Rank Fusion, SIGIR 2009.

Shape suffixes: P passages, E width.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from consolidation.parts.cross_encoder import Reading
from consolidation.text.bm25 import FullText

#: Ranks are this far from 0, so that a first place in one order does not outweigh good places in both.
RANK_OFFSET = 60
#: Passages that are read for a question.
READ_PASSAGES = 8


def _reciprocal(scores_P: NDArray[np.float32]) -> NDArray[np.float32]:
    """What each passage's rank is worth; passages of equal score share the better rank."""
    higher = np.sort(-scores_P)
    ranks = np.searchsorted(higher, -scores_P, side="left")
    return (1.0 / (RANK_OFFSET + 1 + ranks)).astype(np.float32)


def fused(full_text_P: NDArray[np.float32], closeness_P: NDArray[np.float32]) -> NDArray[np.float32]:
    """One score for each passage from its scores in both orders; a passage without a word of the question has one."""
    return np.where(full_text_P > 0, _reciprocal(full_text_P), 0.0).astype(np.float32) + _reciprocal(
        closeness_P
    )


def retrieve(
    question: str, index: FullText, question_E: Tensor, passages_PE: Tensor, most: int = READ_PASSAGES
) -> list[int]:
    """The passages to be read for a question, best first.

    Args:
        question: the question as asked.
        index: the passages' full text.
        question_E: the question's vector.
        passages_PE: the passages' vectors, in the order of the index.
        most: how many are given.
    """
    closeness = (passages_PE.float() @ question_E.float()).cpu().numpy()
    scores = fused(index.scores(question), closeness)
    return [int(row) for row in np.argsort(-scores, kind="stable")[:most]]


def reranked(passages: Sequence[int], readings: Sequence[Reading]) -> list[int]:
    """Passages in the order in which the reader says that they answer."""
    order = sorted(range(len(passages)), key=lambda at: -readings[at].answers)
    return [passages[at] for at in order]
