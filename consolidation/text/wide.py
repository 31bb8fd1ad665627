"""Passages: windows of word pieces, widened to whole sentences, so that what is read is not cut in the middle."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from consolidation.text.ranges import Range
from consolidation.text.sentences import sentences

#: Most word pieces of a passage, and most that it has before its window.
PASSAGE_TOKENS = 192
BEFORE_TOKENS = 40


def wide_passages(text: str, offsets: Sequence[Range], window_tokens: int) -> list[Range]:
    """For each window of a text the range of word pieces that is read for it.

    A passage begins and ends with a sentence where one does within `BEFORE_TOKENS` before its window and within
    what is left of `PASSAGE_TOKENS` after it; else it takes all of these.

    Args:
        text: a document's text.
        offsets: the character range of each of its word pieces.
    """
    starts, ends = [o[0] for o in offsets], [o[1] for o in offsets]
    bounds = sentences(text)
    firsts = [bisect_left(starts, low) for low, _ in bounds]
    lasts = [bisect_right(ends, high) for _, high in bounds]
    passages = []
    for low in range(0, len(offsets), window_tokens):
        high = min(low + window_tokens, len(offsets))
        before = max(0, low - BEFORE_TOKENS)
        at = bisect_right(firsts, low) - 1
        first = firsts[at] if at >= 0 and firsts[at] >= before else before
        after = min(len(offsets), first + PASSAGE_TOKENS)
        at = bisect_left(lasts, high)
        last = lasts[at] if at < len(lasts) and lasts[at] <= after else after
        passages.append((first, max(last, high)))
    return passages
