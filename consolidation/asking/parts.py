"""Questions that one place in a document seldom answers: those of two parts, and those for a sum."""

from __future__ import annotations

import re

_TWO = re.compile(
    r"\b(?:and|&|or,?\s+if\s+so)\s+(?:(?:in|by|for|to|of|under|at|on|from|with|as)\s+)?"
    r"(?:what|which|who|whom|whose|when|where|how|why)\b"
    r"|\band\s+(?:his|her|its|their)\s+(?:title|position|role|job|office|capacity|address)\b"
    r"|\b(?:title|role|position)\s+too\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\b(?:altogether|in\s+all\b(?!\s+(?:cases|respects|events))|in\s+total|all\s+told|added\s+(?:up|together)|adding"
    r"|put\s+together|together\s*\??$|total\s+(?:\w+\s+){1,4}over\b|come\s+to\s+(?:in\s+)?(?:all|together))\b"
    r"|\b(?:whole|entire|full)\s+(?:\w+\s+){0,3}(?:option|term|order|period|year|block)\b",
    re.IGNORECASE,
)


def asks_two(question: str) -> bool:
    """Whether a question asks for two things, so that an answer to one of them is half an answer."""
    return bool(_TWO.search(question))


def asks_sum(question: str) -> bool:
    """Whether a question asks for what several figures come to, so that one of them is no answer."""
    return bool(_SUM.search(question))
