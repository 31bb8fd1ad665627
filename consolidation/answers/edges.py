"""What does not belong to an answer at its edges: half a quotation, and what begins what follows it."""

from __future__ import annotations

import re

from consolidation.text.ranges import Range

#: The heading of the next clause, with its number, that a place runs into.
_HEADING_AFTER = re.compile(
    r"(?<=\S)\s*\n\s*(?:ARTICLE\s+|SECTION\s+)?\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z][A-Z &/-]{3,}$"
)
#: What only joins a place to what follows it: "12 people and a".
_GOES_ON_WITH = re.compile(r"(?<=\w)\s+(?:and|or)(?:\s+(?:an?|the|its|their))?$")


def without_next(text: str, low: int, high: int) -> int:
    """Where a place ends, without the heading of the next clause and what only joins it to what follows."""
    for ending in (_HEADING_AFTER, _GOES_ON_WITH):
        if match := ending.search(text, low, high):
            high = match.start()
    return high


def unquoted(text: str, low: int, high: int) -> Range:
    """A place without the one mark of a quotation that opens or closes outside of it."""
    inside = text[low:high]
    if inside.endswith(("\u201d", '"')) and inside.count("\u201c") + inside.count('"') == (inside[-1] == '"'):
        return low, high - 1
    if inside.startswith(("\u201c", '"')) and inside.count("\u201d") + inside.count('"') == (
        inside[0] == '"'
    ):
        return low + 1, high
    return low, high
