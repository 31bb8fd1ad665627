"""Names in a question that no document goes by."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.asking.conditions import state_in_letters
from consolidation.asking.spelling import KINDS_OF_DOCUMENT, Word, is_plain, without_possessive
from consolidation.text.jurisdictions import jurisdiction_places

_BEFORE_NAMES = frozenset("of with between under in from does did by for".split())
_FORMS = frozenset("inc corp llc ltd gmbh plc ag".split())


def unknown_names(question: str, said: Sequence[Word], known: set[int], roles: set[str]) -> list[str]:
    """Names that stand where names of documents and parties stand, in the places that are not `known`."""
    places = jurisdiction_places(question)
    if state := state_in_letters(question):
        places.append(state.span("state"))

    def foreign(i: int) -> bool:
        word = said[i].fused
        if i in known or is_plain(word) or word in roles or word in KINDS_OF_DOCUMENT:
            return False
        at = said[i].start
        return not word[0].isdigit() and len(word) > 1 and not any(a <= at < b for a, b in places)

    def goes_on(i: int) -> bool:
        word = said[i]
        return foreign(i) or (word.capital and i not in known and word.fused not in KINDS_OF_DOCUMENT | roles)

    names, i = [], 0
    while i < len(said):
        first = i
        if foreign(i):
            while i + 1 < len(said) and (foreign(i + 1) or (said[first].capital and goes_on(i + 1))):
                i += 1
            if _names_something(said, first, i):
                names.append(without_possessive(question[said[first].start : said[i].end]))
        i += 1
    return names


def _names_something(said: Sequence[Word], first: int, last: int) -> bool:
    after = [w.fused for w in said[last + 1 : last + 4]]
    at_once = bool(after) and after[0] in KINDS_OF_DOCUMENT
    form = bool(after) and after[0] in _FORMS
    if first == 0 and not said[last].possessive:
        return at_once or form
    if not said[first].capital:
        return len(said[first].parts) == 1 and at_once and len(said[first].fused) > 3
    lead = first > 0 and said[first - 1].fused in _BEFORE_NAMES
    return any(w in KINDS_OF_DOCUMENT for w in after) or form or said[last].possessive or lead
