"""Whose agreement is meant where others are spoken of: "what does Diplomat pay under the eGain agreement"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.asking.neutral import Mention
from consolidation.asking.spelling import KINDS_OF_DOCUMENT, Word

#: Documents that are set beside one another are all meant, whichever is called an agreement.
_COMPARED = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs|than|both|same|each|either|alike|as\s+well\s+as)\b", re.IGNORECASE
)
_APART = re.compile(
    r"[?;]|,?\s(?:and|but|or)\s+(?:(?:for|by|in|to|at|from|under|on)\s+)?(?:what|which|who|whom|whose|when|where|why|how|does|do|is|are|can|may|must|will)\b",
    re.IGNORECASE,
)
_TITLE_WORDS = 3
_BETWEEN = frozenset(("and", "or"))


def deciding(question: str, said: Sequence[Word], named: Sequence[Mention]) -> list[Mention]:
    """The mentions by which documents are meant: those of an agreement alone where others are of parties.

    All of them where none is of an agreement, or where documents are compared or asked for one by one.
    """
    if len(named) < 2 or _COMPARED.search(question):
        return list(named)
    by_place = sorted(named, key=lambda m: m.first)
    decides = {i for i, mention in enumerate(by_place) if _of_agreement(said, mention)}
    for i in range(len(by_place) - 2, -1, -1):
        between = [word.fused for word in said[by_place[i].last + 1 : by_place[i + 1].first]]
        if i + 1 in decides and (not between or set(between) <= _BETWEEN | {"the"}):
            decides.add(i)
    if not decides or len(decides) == len(by_place):
        return list(named)
    first, last = by_place[0], by_place[-1]
    if _APART.search(question[said[first.last].end : said[last.first].start]):
        return list(named)
    return [by_place[i] for i in sorted(decides)]


def _of_agreement(said: Sequence[Word], mention: Mention) -> bool:
    """Whether a mention is followed by "agreement"; words of its title stand between only after "the"."""
    before = said[mention.first - 1].fused if mention.first else ""
    after = said[mention.last + 1 : mention.last + 1 + _TITLE_WORDS]
    at = next((i for i, word in enumerate(after) if word.fused in KINDS_OF_DOCUMENT), None)
    if at is None:
        return said[mention.last].fused in KINDS_OF_DOCUMENT
    return at == 0 or before == "the" or said[mention.last].possessive
