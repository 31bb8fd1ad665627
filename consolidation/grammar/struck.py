"""Values that an amendment deletes and puts others in place of: no answer to what holds now."""

from __future__ import annotations

import re

from consolidation.text.windows import Range

_DELETED = re.compile(
    r"\b(?:delet|strik|remov|replac|substitut)(?:e|es|ed|ing)\b(?:(?!\b(?:with|by|insert\w*|add\w*)\b)[^.;]){0,70}$",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"^[^.;]{0,160}\b(?:insert\w*|substitut\w*|replac\w*|with|by)\b", re.IGNORECASE)
_ASKS_BEFORE = re.compile(
    r"\b(?:original\w*|before|previous\w*|former\w*|old|earlier|prior|initial\w*|delet\w*|replac\w*|struck|remov\w*|instead\s+of)\b",
    re.IGNORECASE,
)
_REACH = 90


def is_struck(question: str, text: str, place: Range) -> bool:
    """Whether a place of a text is deleted there for something else, and the question asks for what holds now."""
    if _ASKS_BEFORE.search(question):
        return False
    low, high = place
    return bool(
        _DELETED.search(text[max(0, low - _REACH) : low]) and _IN_PLACE.match(text[high : high + 2 * _REACH])
    )
