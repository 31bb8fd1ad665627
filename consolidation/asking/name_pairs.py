"""Two capitalised words in a row that stand so in one document's file name or title: "American Physicians"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from consolidation.asking.neutral import Mention
from consolidation.asking.spelling import (
    KINDS_OF_DOCUMENT,
    LEADS,
    LEGAL_FORMS,
    REGIONS,
    Word,
    in_camel,
    is_plain,
    words,
)
from consolidation.text.jurisdictions import jurisdiction_places

Pair = tuple[str, str]
#: With a word such as "American" or "Northern" before them these are no name.
_OF_REGIONS = frozenset(
    "america americas asia africa europe hemisphere coast union nations states kingdom ocean sea district region "
    "territory territories market markets time dollar dollars currency law laws".split()
)
#: What parts the words of a file name or title; words over it do not stand in a row.
_APART = re.compile(r"\s[-\u2013\u2014]+\s|[,;:()]")


def pairs_of(names: Iterable[str]) -> set[Pair]:
    """The pairs of capitalised words in a row, of which not both are ordinary, in file names or titles.

    A word such as "American" is none that is ordinary where what follows it is no place.
    """
    parts = (part for name in names for part in _APART.split(in_camel(name)))
    return {pair for part in parts for _, pair in _pairs(words(part))}


def by_pair(pairs: dict[Pair, set[int]], question: str, said: Sequence[Word]) -> list[Mention]:
    """The pairs of a question's words that stand in the name of one document alone; places of the law are none."""
    places = jurisdiction_places(question)
    found = []
    for i, pair in _pairs(said):
        numbers = pairs.get(pair, set())
        of_place = all(any(a <= word.start < b for a, b in places) for word in said[i : i + 2])
        if (
            len(numbers) == 1
            and not of_place
            and not _APART.search(question[said[i].end : said[i + 1].start])
        ):
            found.append(Mention(i, i + 1, numbers, numbers))
    return found


def _pairs(said: Sequence[Word]) -> Iterator[tuple[int, Pair]]:
    for i, (one, other) in enumerate(pairwise(said)):
        if _may_name(one) and _may_name(other) and _tells(one.fused, other.fused):
            yield i, (one.fused, other.fused)


def _tells(one: str, other: str) -> bool:
    if one in REGIONS:
        return other not in REGIONS | _OF_REGIONS
    return not (is_plain(one) and is_plain(other))


def _may_name(word: Word) -> bool:
    return word.text[0].isupper() and word.fused not in KINDS_OF_DOCUMENT | LEGAL_FORMS | LEADS
