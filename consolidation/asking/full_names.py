"""The whole of a name that stands in a question, for people: "plan_b" and not "b", "Good Sam" and not "Sam"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consolidation.asking.described import Described
from consolidation.asking.neutral import Mention
from consolidation.asking.spelling import Word, fused, ordinary_words, without_form

#: So many words of a name may stand before and after those that name it.
_REACH = 3


def whole_names(documents: Iterable[Described]) -> frozenset[str]:
    """The names of documents, those of parties and those that they mention, run together."""
    return frozenset(
        without_form(fused(name))
        for document in documents
        for name in (*document.parties, *document.short_names, *document.mentioned)
    )


def named_in_full(said: Sequence[Word], mention: Mention, whole: frozenset[str]) -> tuple[int, int]:
    """The first and the last word of the longest `whole` name around a mention.

    Where it is in none, ordinary words in lower case before the name are no part of it.
    """
    firsts = range(max(0, mention.first - _REACH), mention.first + 1)
    lasts = range(min(len(said) - 1, mention.last + _REACH), mention.last - 1, -1)
    for first in firsts:
        for last in lasts:
            if without_form("".join(word.fused for word in said[first : last + 1])) in whole:
                return first, last
    places = range(mention.first, mention.last + 1)
    ordinary = ordinary_words()
    begin = next((i for i in places if said[i].capital or said[i].fused not in ordinary), mention.first)
    return begin, mention.last
