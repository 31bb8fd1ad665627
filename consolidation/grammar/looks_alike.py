"""Sentences that speak of what is asked and settle it for nobody: the other way round, or of another time or matter."""

from __future__ import annotations

import re

_FREE_OF = re.compile(
    r"\b(?P<what>[a-z]{3,})-free\b|\b(?P<spaced>interest|tax|royalty|rent|cost|charge|fee|debt|lien|risk|penalty)\s+free\b"
    r"|\bfree\s+(?:of|from)\s+(?:any\s+)?(?P<of>[a-z]{3,})\b",
    re.IGNORECASE,
)
#: Not free of a thing: "toll-free", "fee" aside.
_FIXED = frozenset(("toll", "hands", "care", "duty"))
_BACKWARDS = re.compile(r"\b(?:retroactiv\w*|retrospectiv\w*|backdat\w*|back-dat\w*)\b", re.IGNORECASE)
_SEVERED = re.compile(
    r"\b(?:unenforceab\w+|invalid\w*|void|illegal\w*)\b.{0,200}\b(?:remain\w*|other|rest|balance)\s+(?:of\s+(?:the|this)\s+\w+|(?:provisions?|terms?|portions?|parts?)\b)"
    r"|\bremain\w*\s+(?:provisions?|terms?|portions?)\b.{0,120}\b(?:enforce\w*|effect|valid)\b",
    re.IGNORECASE | re.DOTALL,
)
_OF_SEVERING = re.compile(
    r"\b(?:invalid\w*|(?:un)?enforc\w+|sever\w*|void|illegal\w*|struck|strike|courts?|judges?|holds?\s+up|remain\w*|rest|stand(?:s|ing)?|surviv\w*)\b",
    re.IGNORECASE,
)


def turns_what_it_is_free_of(question: str, sentence: str) -> bool:
    """Whether it is asked if something is free of a thing, and a sentence does not say so in that word.

    "The loan carries no interest" is a No to whether it bears interest, and a Yes to whether it is interest-free.
    """
    for match in _FREE_OF.finditer(question):
        what = (match["what"] or match["spaced"] or match["of"]).lower()
        if what not in _FIXED and not re.search(
            rf"\b(?:{what}[-\s]free|free\s+(?:of|from)\b[^.;]{{0,20}}\b{what})", sentence, re.IGNORECASE
        ):
            return True
    return False


def is_of_another_time(question: str, sentence: str) -> bool:
    """Whether it is asked if something holds for the time before, of which a sentence does not say so."""
    return bool(_BACKWARDS.search(question)) and not _BACKWARDS.search(sentence)


def only_severs(question: str, sentence: str) -> bool:
    """Whether a sentence says what remains where a part is invalid, and a question asks nothing of that."""
    return bool(_SEVERED.search(sentence)) and not _OF_SEVERING.search(question)


_MUST = re.compile(
    r"\b(?:have|has)\s+to\b|\b(?:must|required|mandatory|necessarily|obliged|only|always)\b", re.IGNORECASE
)
_CHOSEN = re.compile(r"\b(?:discretion|option|election|elects?|either|choice|choos\w+)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)


def is_one_choice(question: str, sentence: str) -> bool:
    """Whether it is asked if something must be so, and a sentence lets somebody choose between that and another."""
    if not (_MUST.search(question) and _CHOSEN.search(sentence)):
        return False
    asked = {word.lower() for word in _WORD.findall(question)}
    said = " ".join(sentence.split())
    others = re.finditer(
        r"\b(?P<one>[a-z]{4,})\s+or\s+(?:(?:in|by|with|the|an?)\s+)*(?P<other>[a-z]{4,})\b",
        said,
        re.IGNORECASE,
    )
    return any((match["one"].lower() in asked) != (match["other"].lower() in asked) for match in others)
