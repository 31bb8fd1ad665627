"""Which documents an order is told of: "which contract with a cap expires first", "of those under Texas law, the longest"."""

from __future__ import annotations

import re

from consolidation.asking.document_words import DOC, DOCS
from consolidation.asking.rankable import SUPERLATIVE

_ANY = rf"(?:{DOC}s|{DOC}|ones|those)"
_SAID = r"(?:with|without|governed|under|that|which|signed|having|lacking|expiring|containing|where)"
_END = rf"(?:{SUPERLATIVE}|first|next|last|top|bottom)"
#: "which contracts governed by Texas law expire first".
_BETWEEN = re.compile(
    rf"^(?P<which>(?:which|what)(?:\s+\w+)?(?:\s+(?:of|the|these|those|our|my|all))*\s+{_ANY})\s+(?P<such>{_SAID}\b.+?)\s+"
    rf"(?P<does>(?:has|have|had|expires?|ends?|renews?|starts?|runs?\s+out|lapses?|was|were|is|are)\b(?!\s+(?:no|an?)\b).*\b{_END}\b.*)$"
)
#: "of the contracts with a cap, which expires next".
_BEFORE = re.compile(
    rf"^(?:of|among|out\s+of)\s+(?:(?:all|the|our|these|those|my|of)\s+)*{_ANY}\s+(?P<such>{_SAID}\b[^,]+),\s*(?P<does>.*\b{_END}\b.*)$"
)
#: "which contract has the highest cap and is governed by Texas law".
_AFTER = re.compile(
    rf"^(?P<does>which\b.*\b{_END}\b.*?)\s*,?\s+(?:and|but)\s+(?:also\s+)?(?P<such>(?:no|an?|without|not\s+an?|is|are|has|have|was|were|expires?|renews?|does|do|can|contains?|lacks?|allows?|requires?)\b(?!.*\b{_END}\b).+)$"
)
#: "which contract has the longest term signed in 2012", "the highest cap across contracts under Texas law".
_BEHIND = re.compile(
    rf"^(?P<does>(?:which\b.*\b{_END}\s+[a-z][a-z ]*?|(?:what\b|the\b|show\b|find\b|give\b).*\b{_END}\b.*\b(?:across|among|of|in)\s+(?:(?:the|all|our|these|those|my|of)\s+)*{DOCS}))\s+"
    rf"(?P<such>(?:signed|executed|dated|made|concluded|governed|under\s+(?:the\s+laws?\s+of\b|(?:\w+\s+){{1,2}}law\b))(?!.*\b{_END}\b).*)$"
)
_THING = re.compile(r"(?:no|an?|not\s+an?)\b", re.IGNORECASE)
#: "what expires this year", "anything expiring before 2012": documents, of which only the end is said.
_ENDING = re.compile(
    r"^(?:(?:what|anything|everything|all|something)(?:'s)?(?:\s+else)?\s+(?:(?:that|which|is|are|will|be|'s)\s+)*)?"
    r"(?P<rest>(?:expir(?:e|es|ing)|laps(?:e|es|ing)|renew(?:s|ing)|(?:coming\s+|comes?\s+)?up\s+for\s+renewal)\s+"
    r"(?:before|after|in|within|during|between|by|until|over|since|this|next|on)\b.+)$"
)


#: "Of the contracts with a cap: what is its amount?", "for each lease that renews, how long is the notice".
_OF_THOSE = re.compile(
    rf"^(?:of|for|among|in|under)\s+(?:(?:all|each|every|the|these|our|of)\s+)+(?:[\w-]+\s+){{0,2}}?(?:{DOCS}|{DOC})\s+"
    rf"(?:(?P<such>[^:]{{3,200}}?)\s*:|(?P<said>(?:with|without|{_SAID})\b[^,:]{{3,120}}?),)\s*(?P<asked>(?!\s|which\b|how\s+many\b).{{3,}})$",
    re.IGNORECASE,
)


def of_those(question: str) -> tuple[str, str]:
    """What is said of such documents as a question is asked of alone, and what they are asked; empty for others."""
    match = _OF_THOSE.match(question)
    if match is None:
        return "", ""
    return re.sub(r"^(?:that|which)\s+", "", match["such"] or match["said"]), match["asked"]


def of_such(question: str, text: str) -> tuple[str, str]:
    """A question for an order without what is said of the documents it is told of, and that; empty where nothing is.

    `text` is the question in lower case.
    """
    if len(question) != len(text):
        question = text
    if found := _BETWEEN.match(text):
        return f"{_raw(question, found, 'which')} {_raw(question, found, 'does')}", _raw(
            question, found, "such"
        )
    if found := _BEFORE.match(text):
        asked = re.sub(
            r"^which(?:\s+(?:one|ones))?\s+", "which contract ", _raw(question, found, "does"), flags=re.I
        )
        return asked, _raw(question, found, "such")
    if found := _AFTER.match(text):
        such = _raw(question, found, "such")
        return _raw(question, found, "does"), f"with {such}" if _THING.match(such) else such
    if found := _BEHIND.match(text):
        return _raw(question, found, "does"), _raw(question, found, "such")
    return question, ""


def ending(question: str, text: str) -> str:
    """The condition of a question like "what expires this year"; empty where it is none."""
    found = _ENDING.match(text)
    return _raw(question if len(question) == len(text) else text, found, "rest") if found else ""


def _raw(question: str, found: re.Match[str], name: str) -> str:
    return question[found.start(name) : found.end(name)].strip(" ?.")
