"""Sentences for people about what was asked, of whom, and what came of it: said in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidation.asking.refusals import SAID
from consolidation.asking.typed import ValueType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidation.asking.names import Chosen
    from consolidation.asking.understand import Understanding

_VALUES: dict[ValueType, str] = {
    "party": "a party", "role": "a role", "person": "a person", "date": "a date", "duration": "a length of time",
    "amount": "an amount", "percent": "a percentage", "number": "a number", "place": "a place or address",
    "law": "the law that governs", "title": "the title of the document", "definition": "a definition",
    "list": "a list", "consequence": "what happens or must be done", "free": "what the document says",
}  # fmt: skip
_OVER = {
    "document": "", "each": " of each document", "which": "which documents are meant", "count": "how many documents are meant",
    "earliest": "the earliest among the documents", "latest": "the latest among the documents",
    "highest": "the highest among the documents", "lowest": "the lowest among the documents",
    "sum": "the sum over the documents",
}  # fmt: skip
_QUANTIFIERS = {
    "any": "whether any document is so",
    "all": "whether all documents are so",
    "none": "whether no document is so",
}


def understood(asked: Understanding) -> str:
    """One sentence on what was understood of a question."""
    if asked.parts:
        numbered = " ".join(f"({i}) {part.sentence}" for i, part in enumerate(asked.parts, 1))
        return f"{len(asked.parts)} questions at once: {numbered}"
    if asked.refused:
        return SAID[asked.refused]
    if asked.term:
        return f"Asks for the definition of “{asked.term}”{_OVER['each'] if asked.over == 'each' else ''}."
    what = "yes or no" if asked.yes_no else _VALUES[asked.value]
    if asked.over in ("document", "each"):
        return f"Asks for {what}{_OVER[asked.over]}."
    goal = _QUANTIFIERS.get(asked.quantifier, _OVER[asked.over])
    how = f" ({asked.condition.words})" if asked.condition else ""
    return f"Asks {goal}{how}; each document is asked: {asked.each}" if asked.each else f"Asks {goal}."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def meant(chosen: Sequence[Chosen], unknown: Sequence[str]) -> str:
    """Why documents were chosen, and which names no document goes by; empty where no document is named."""
    said = ""
    if chosen:
        many = "1 document" if len(chosen) == 1 else f"{len(chosen)} documents"
        why = f"names {chosen[0].words}" if chosen[0].words else "gives its date"
        said = f"Asked of {many} because the question {why}."
    missing = f"No document mentions {_listed(list(unknown))}." if unknown else ""
    return f"{said} {missing}".strip()
