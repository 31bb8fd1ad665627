"""What each word of a question, and each run of words, may name in a matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.name_index import NameIndex
from consolidation.asking.spelling import (
    KINDS_OF_DOCUMENT,
    LEADS,
    LEGAL_FORMS,
    Word,
    is_plain,
    ordinary_words,
    written_first,
)
from consolidation.text.jurisdictions import jurisdiction_places

_SHORTEST_BEGINNING, _LONGEST_RUN = 5, 8
#: A role that more documents have tells none of them apart.
_MOST_OF_ROLE = 2
#: Words after which the subject of a case stands: "what happens if Integrity goes bankrupt".
_BEFORE_SUBJECTS = frozenset(
    "if when where unless until whether that once after before because while "
    "suppose supposing assume assuming say".split()
)


@dataclass(slots=True)
class Hit:
    """The documents that one word of a question, or a run of them, names.

    `strong` where it does so on its own, `exact` where it is spelt right, `leading` where a name begins with it.
    """

    first: int
    last: int
    numbers: set[int]
    strong: bool
    exact: bool = True
    leading: bool = False


class HitFinder:
    """Finds the words of a question that stand in names."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def hits(self, question: str, said: Sequence[Word]) -> list[Hit]:
        """What each word and each run of words may name."""
        spans = jurisdiction_places(question)
        places = {i for i, w in enumerate(said) for a, b in spans if a <= w.start < b}
        hits: list[Hit] = []
        for i in range(len(said)):
            if hit := self._hit(said, i, places):
                hits.append(hit)
            hits += self._runs(said, i, places)
        return hits

    def _hit(self, said: Sequence[Word], i: int, places: set[int]) -> Hit | None:
        """The documents that one word names; weak where the word is an ordinary one in no place of a name."""
        index, word = self._index, said[i]
        if role := self._role(said, i):
            return role
        if spelt := index.by_spelling.get(written_first(word.text)):
            return Hit(i, i, spelt, True, True, True)
        if word.fused in KINDS_OF_DOCUMENT | LEGAL_FORMS | LEADS or (
            word.fused in index.roles and len(said) > 1
        ):
            return None
        numbers = index.of_word(word.fused)
        leading = set(index.by_leading.get(word.fused, ()))
        if i in places or is_plain(word.fused):
            strong = bool(leading) and i not in places and self._placed_as_name(said, i)
            return (
                Hit(i, i, numbers, strong, True, bool(leading))
                if numbers and (strong or word.capital)
                else None
            )
        begun = index.of_fused(word.fused, len(word.fused) >= _SHORTEST_BEGINNING)
        numbers, leading, exact = numbers | begun, leading | begun, True
        if not numbers:
            numbers, exact = self._near(said, i)
            leading = numbers
        strong = word.capital or bool(leading)
        return Hit(i, i, numbers, strong, exact, bool(leading)) if numbers else None

    def _role(self, said: Sequence[Word], i: int) -> Hit | None:
        """The few documents that have a party in an unusual role that a question names with a capital."""
        word, before = said[i], [w.fused for w in said[max(0, i - 2) : i]]
        numbers = self._index.by_role.get(word.fused, set())
        if not word.capital or not numbers or len(numbers) > _MOST_OF_ROLE or i == len(said) - 1:
            return None
        acts = bool(before) and (before[-1] in LEADS or (before[-1] == "the" and before[0] in LEADS))
        return Hit(i, i, numbers, True, True, True) if acts and not said[i + 1].capital else None

    def _near(self, said: Sequence[Word], i: int) -> tuple[set[int], bool]:
        """The documents that a word names in the plural or by one of its pieces, or, not exactly, misspelt."""
        index, word = self._index, said[i]
        one = word.fused[:-1]
        many = word.fused.endswith("s") and len(one) > 3 and (word.capital or one in index.by_leading)
        if many and (found := index.of_word(one)):
            return found, True
        pieces = [p for p in word.parts if len(word.parts) > 1 and len(p) > 2 and p not in ordinary_words()]
        if named := set[int]().union(*(index.by_word.get(piece, set()) for piece in pieces)):
            return named, True
        lead = i == 0 or said[i - 1].fused in LEADS
        before_kind = any(w.fused in KINDS_OF_DOCUMENT for w in said[i + 1 : i + 4])
        if (word.capital or lead or before_kind) and (right := index.respelled(word.fused, word.capital)):
            return index.of_word(right) | index.of_fused(right, False), False
        return set(), False

    def _runs(self, said: Sequence[Word], first: int, places: set[int]) -> list[Hit]:
        """Runs of words from one on that are a whole name, or a file's name run together."""
        hits = []
        index, ordinary = self._index, ordinary_words()
        for last in range(first + 1, min(first + _LONGEST_RUN, len(said))):
            run = [w for w in said[first : last + 1] if w.fused not in LEGAL_FORMS or w.fused in ("the",)]
            forms = tuple(w.fused for w in run)
            if forms and forms[-1] in KINDS_OF_DOCUMENT and not index.begins("".join(forms)):
                break
            if len(forms) < 2 or forms[0] != said[first].fused or forms[-1] != said[last].fused:
                continue
            told = [
                f
                for i, f in zip(range(first, last + 1), forms, strict=False)
                if f not in ordinary and i not in places
            ]
            joined = "".join(forms)
            numbers = index.of_fused(
                joined, len(joined) >= 8 and (bool(told) or (len(forms) > 1 and run[0].capital))
            )
            exact = bool(numbers)
            if not exact and all(w.capital for w in run if w.fused not in LEGAL_FORMS):
                right = index.respelled_name(joined)
                numbers = index.by_fused[right] if right else numbers
            if numbers and not (set(range(first, last + 1)) <= places and forms not in index.whole):
                whole = joined in index.by_fused and self._stands_as_name(said, first, last)
                hits.append(Hit(first, last, numbers, bool(told) or whole or run[0].capital, exact, True))
        return hits

    def _stands_as_name(self, said: Sequence[Word], first: int, last: int) -> bool:
        """Whether ordinary words in lower case stand where a name may: "go call's deposit", "of go call"."""
        nearby = [w.fused for w in said[last + 1 : last + 3]]
        before = first - 1 if first > 0 and said[first - 1].fused == "the" else first
        lead = before == 0 or said[before - 1].fused in LEADS
        return lead or said[last].possessive or any(w in KINDS_OF_DOCUMENT for w in nearby)

    def _placed_as_name(self, said: Sequence[Word], i: int) -> bool:
        """Whether an ordinary word stands where names stand: capitalised inside a question, or before "agreement"."""
        word = said[i]
        if word.fused not in self._index.by_word and not self._index.by_fused.get(word.fused):
            return False
        if word.fused in self._index.roles:
            return False
        whole = (word.fused,) in self._index.whole
        followed = i + 1 < len(said) and said[i + 1].capital
        together = followed and bool(
            self._index.by_word.get(said[i + 1].fused, set()) & self._index.by_leading.get(word.fused, set())
        )
        before_kind = any(w.fused in KINDS_OF_DOCUMENT for w in said[i + 1 : i + 4])
        if together and word.capital:
            return True
        if not whole or followed:
            return False
        after_lead = i > 0 and said[i - 1].fused in LEADS | _BEFORE_SUBJECTS
        return word.possessive or (word.capital and (before_kind or after_lead))
