"""Questions whether something stands in any document at all: "Is there a cap anywhere?", "... in any of them?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consolidation.asking.document_words import DOC
from consolidation.text.values import WORD_NUMBERS

_NUMBER = rf"(?:\d+|{'|'.join(word for word, n in WORD_NUMBERS.items() if n < 100)})\b"
_ANY = (
    rf"(?:anywhere(?:\s+(?:in|among|across|within)\s+(?:(?:all|any)\s+(?:of\s+)?)?(?:these|those|them|(?:the|our|my)\s+(?:{DOC}s|matter|portfolio|data\s*room|set|lot))(?:\s+{DOC}s)?)?|"
    rf"(?:in|under|among)\s+any(?:\s+one)?\s+of\s+(?:them|(?:these|those|the|our|my|the\s+{_NUMBER})(?:\s+{DOC}s)?)|in\s+any\s+(?:single\s+)?(?:{DOC}s?)|in\s+any(?=\s*\??$))"
)
_THERE = re.compile(
    rf"^(?:so\s+|and\s+)?(?P<be>is|are|was|were)\s+there\s+(?P<thing>(?:an?|any|some|no)\s+(?:(?!\b(?:in|under)\s+(?:the|this|our)\s+(?:\S+\s+){{0,4}}?{DOC}\b).)+?)\s*,?\s+{_ANY}\s*\??$",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"^(?P<be>is|are|was|were)\s+(?P<thing>(?!there\b|it\b|this\b|that\b)(?:(?!\b(?:in|under)\s+the\b).)+?)\s+"
    rf"(?P<done>mentioned|named|referred\s+to|addressed|covered|defined|capped|waived|excluded|prohibited|barred|required|allowed|permitted|limited|guaranteed|provided\s+for)\s+{_ANY}\s*\??$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anywhere:
    """What each document is asked, what is then said of it, and whether it is asked if there is `none` such."""

    each: str
    words: str
    none: bool = False


def anywhere(question: str) -> Anywhere | None:
    """A question whether any document at all is so, as it is put to each; None where it is another."""
    text = " ".join(question.split())
    if match := _THERE.match(text):
        be, thing = match["be"].lower(), match["thing"]
        none = re.match(r"no\s+", thing, re.IGNORECASE)
        if none:
            thing = f"{'any' if be in ('are', 'were') else 'a'} {thing[none.end() :]}"
        return Anywhere(f"{be.capitalize()} there {thing}?", f"with {thing}", none is not None)
    if match := _SAID.match(text):
        be, said = match["be"].lower(), f"{match['thing']} {match['be'].lower()} {match['done']}"
        return Anywhere(
            f"{be.capitalize()} {match['thing']} {match['done']} in the agreement?", f"in which {said}"
        )
    return None
