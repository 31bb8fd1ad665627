"""What a form tells those who fill it in: "(Insert number of calendar days.)" states nothing of the contract."""

from __future__ import annotations

import re

from consolidation.text.ranges import Range

_REACH = 900
#: Verbs that begin an instruction and nothing else in brackets; and those that do only before such words.
_TELLS = r"(?:insert|specify|describe|identify|indicate|enumerate|fill\s+in|tick|cross\s+out|strike\s+out)\b"
_TELLS_WHAT = (
    r"(?:state|list|check|enter|delete|strike|choose|select|circle|initial|complete|attach|provide|set\s+forth)\s+(?:here\s+)?"
    r"(?:here|the|an?|any|all|each|every|one|whether|how|if|as|or\s+describe|below|required|applicable|appropriate|additional)\b"
    r"|(?:state|list|enter|provide|give)\s+(?:numbers?|names?|amounts?|dates?|terms)\b"
)
_OPENS = re.compile(
    r"[(\[]\s*(?:(?:here|please|if\s+(?:applicable|appropriate|any|required|desired|none)|as\s+(?:applicable|appropriate))\s*,?\s+)?"
    rf"(?:{_TELLS}|{_TELLS_WHAT})",
    re.IGNORECASE,
)
_CLOSING = {"(": ")", "[": "]"}


def instruction_at(text: str, at: int) -> Range | None:
    """The instruction of a form, in brackets, that a character stands in; None where it stands in none."""
    low = max(0, at - _REACH)
    for match in _OPENS.finditer(text, low, min(len(text), at + _REACH)):
        if match.start() > at:
            return None
        end = _closed(text, match.start())
        if match.start() <= at < end:
            return match.start(), end
    return None


def instruction_within(text: str, low: int, high: int) -> Range | None:
    """The first instruction of a form that begins in a range."""
    match = _OPENS.search(text, low, high)
    return None if match is None else (match.start(), _closed(text, match.start()))


def _closed(text: str, start: int) -> int:
    """Where a bracket closes; what is never closed ends where it opens."""
    opens, closes, depth = text[start], _CLOSING[text[start]], 0
    for at in range(start, min(len(text), start + _REACH)):
        depth += (text[at] == opens) - (text[at] == closes)
        if not depth:
            return at + 1
    return start
