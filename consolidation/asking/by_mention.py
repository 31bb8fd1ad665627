"""Names in a question that no document goes by: names that few documents mention, and initials of parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.asking.described import Described
from consolidation.asking.mentions import mentions
from consolidation.asking.name_hits import HitFinder
from consolidation.asking.name_index import NameIndex
from consolidation.asking.neutral import Mention
from consolidation.asking.spelling import KINDS_OF_DOCUMENT, LEADS, LEGAL_FORMS, Word, is_plain

#: A name that more documents mention tells none of them apart.
_MOST_DOCUMENTS = 3
_SHORTEST, _PIECE = 3, 3


@dataclass(frozen=True, slots=True)
class _Mentioning:
    """A document by the names that it mentions, as if they were its parties."""

    document_id: str
    parties: tuple[str, ...]
    file_name: str = ""
    titles: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()


def by_mention(
    documents: Sequence[Described], question: str, said: Sequence[Word], taken: set[int], roles: set[str]
) -> list[Mention]:
    """Words of a question, not all of them in the `taken` places, that a few documents mention as a name.

    Only the documents that may mention one of its words are indexed, so that most questions cost nothing.
    """
    telling = _telling(said, taken, roles, in_capitals=any(c.isupper() for c in question))
    pieces = {
        piece
        for i in telling
        for part in said[i].parts
        if len(part) >= _SHORTEST and not part.isdigit()
        for piece in (part[:_PIECE], part[-_PIECE:])
    }
    if not pieces:
        return []
    own: list[int] = []
    mentioning: list[_Mentioning] = []
    for number, document in enumerate(documents):
        names = tuple(n for n in document.mentioned if any(piece in n.lower() for piece in pieces))
        if names:
            own.append(number)
            mentioning.append(_Mentioning(document.document_id, names))
    index = NameIndex(mentioning)
    found = mentions(index, said, HitFinder(index).hits(question, said))
    return [
        Mention(m.first, m.last, {own[n] for n in m.numbers}, {own[n] for n in m.candidates})
        for m in found
        if len(m.numbers) <= _MOST_DOCUMENTS
        and not telling.isdisjoint(range(m.first, m.last + 1))
        and not taken.issuperset(range(m.first, m.last + 1))
    ]


def _telling(said: Sequence[Word], taken: set[int], roles: set[str], *, in_capitals: bool) -> set[int]:
    """The places of words that may be of a name; `in_capitals`: the question writes names so."""
    none = KINDS_OF_DOCUMENT | LEGAL_FORMS | LEADS | roles
    return {
        i
        for i, word in enumerate(said)
        if i not in taken
        and (word.capital or not in_capitals)
        and word.fused not in none
        and not is_plain(word.fused)
        and not all(map(is_plain, word.parts))
    }


def by_initials(index: NameIndex, said: Sequence[Word]) -> list[Mention]:
    """Capital letters that stand as a name in a question, and are the initials of a party of few documents."""
    found = []
    for i, word in enumerate(said):
        numbers = index.by_initials.get(word.fused, set())
        if not numbers or len(numbers) > _MOST_DOCUMENTS or not word.text.isupper() or is_plain(word.fused):
            continue
        kind = any(w.fused in KINDS_OF_DOCUMENT for w in said[i + 1 : i + 3])
        if kind or word.possessive or (i > 0 and said[i - 1].fused in LEADS):
            found.append(Mention(i, i, numbers, numbers))
    return found
