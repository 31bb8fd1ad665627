"""What a question asks beside its type of value: two things, a sum, how often, how a sum is worked out."""

from __future__ import annotations

import re

_TWO = re.compile(
    r"\b(?:and|&|or,?\s+if\s+so)\s+(?:(?:in|by|for|to|of|under|at|on|from|with|as|over|during|within|until|after|before|since|through)\s+)?"
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

_HOW_OFTEN = re.compile(
    r"\bhow\s+(?:often|frequently|regularly)\b|^(?:what\s+is\s+)?(?:the\s+)?frequency\s+of\b", re.IGNORECASE
)
_WORKED_OUT = re.compile(
    r"^(?:so\s+)?how\b.*\b(?:calculated|computed|determined|worked\s+out|figured|arrived\s+at|measured|made\s+up|set)\b",
    re.IGNORECASE,
)


def asks_two(question: str) -> bool:
    """Whether a question asks for two things, so that an answer to one of them is half an answer."""
    return bool(_TWO.search(question))


def asks_sum(question: str) -> bool:
    """Whether a question asks for what several figures come to, so that one of them is no answer."""
    return bool(_SUM.search(question))


def asks_how_often(question: str) -> bool:
    """Whether a question asks how often something is or may be done, and not how long it lasts."""
    return bool(_HOW_OFTEN.search(question))


def asks_what_makes_up(question: str) -> bool:
    """Whether a question asks how a sum is worked out, so that a formula answers it."""
    return bool(_WORKED_OUT.match(question.strip()))
