"""Ranges without white space at their ends, and words with single spaces."""

from __future__ import annotations

from consolidation.briefs.fields import Range


def trimmed(text: str, start: int, end: int, more: str = "") -> Range:
    """A range without white space, or further characters, at its ends."""
    while start < end and (text[start].isspace() or text[start] in more):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in more):
        end -= 1
    return start, end


def spaced(text: str) -> str:
    """The words with single spaces."""
    return " ".join(text.split())
