"""Things that a list of works or goods leaves out: "Bank Vault, N.I.C." (not in contract), "signs by Owner"."""

from __future__ import annotations

import re

#: Whether something is part of what is done or delivered.
_ASKED = re.compile(
    r"^(?:is|are)\s+(?:the\s+|an?\s+|any\s+)?(?P<thing>[\w-]+(?:\s+(?:(?:and|&|of)\s+)?[\w-]+){0,4}?)\s+(?:included|covered|(?:a\s+)?part\s+of|in)\b"
    r"(?!\s+(?:the\s+|this\s+)?(?:definition|agreement|force|effect|writing))",
    re.IGNORECASE,
)
_INCLUDES = re.compile(
    r"^(?:does|do)\s+.{2,60}?\b(?:works?|scope|price|bid|proposal|contract|sum)\s+(?:includes?|covers?)\s+(?:the\s+|an?\s+|any\s+)?(?P<thing>[\w-]+(?:\s+[\w-]+){0,4}?)\s*\??$",
    re.IGNORECASE,
)
_OUT = (
    r"(?:N\.?\s?I\.?\s?C\b\.?|not\s+in(?:cluded)?(?:\s+in)?(?:\s+(?:the|this|our))?(?:\s+(?:contract|price|scope|work|bid|sum))?|(?:are|is)\s+(?:not\s+included|excluded)"
    r"|by\s+(?:the\s+)?owner\b|by\s+others\b|excluded\b)"
)


def is_left_out(question: str, words: str) -> bool:
    """Whether a question asks if a thing is included, and words say right behind it that it is not."""
    asked = question.strip(" ?.")
    match = _ASKED.match(asked) or _INCLUDES.match(asked)
    if match is None:
        return False
    thing = r"\s+".join(rf"{re.escape(word)}(?:s|es)?" for word in match["thing"].split())
    return re.search(rf"\b{thing}\b[\s,;:()\u2013-]{{0,4}}{_OUT}", words, re.IGNORECASE) is not None
