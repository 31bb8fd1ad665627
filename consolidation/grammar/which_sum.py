"""Sums of another kind than a question asks for: for another time than "a day", or nothing that is taken off."""

from __future__ import annotations

import re

#: By what time a sum is asked for, and the words by which a sentence may say so.
_EVERY = r"\b(?:per|each|every|by\s+the)\s+(?:(?:calendar|business|working|single|full|extra|additional|further)\s+)?"
_BY_TIME = tuple(
    (
        re.compile(
            rf"{_EVERY}{unit}s?\b|\b{adverb}\s+(?:rate|fees?|penalt\w+|charges?|amounts?|sums?)\b", re.I
        ),
        re.compile(rf"\b(?:{said})", re.I),
    )
    for unit, adverb, said in (
        ("day", "daily", r"days?\b|daily\b|(?:per\s+)?diem\b|24\s+hours"),
        ("week", "weekly", r"weeks?\b|weekly\b|(?:7|seven)\b"),
        ("month", "monthly", r"months?\b|monthly\b|30\b|thirty\b"),
        ("year", "yearly", r"years?\b|yearly\b|annual|annum\b|(?:12|twelve)\b|anniversar"),
        ("hour", "hourly", r"hours?\b|hourly\b"),
    )
)
#: What is taken off is asked for, and how that is said.
_TAKEN_OFF = re.compile(
    r"\b(?:(?:knock|tak|dock|shav|mark)(?:s|ed|en|ing|e)?\s+(?:\w+\s+){0,2}?(?:off|down)\b|come[sd]?\s+off\b|deduct\w*|docked|discount\w*|how\s+much\s+(?:less|lower|cheaper|smaller)\b"
    r"|(?:is|are|be|get|gets|been)\s+(?:\w+\s+)?(?:reduced|cut|lowered|slashed)\b)",
    re.I,
)
_LESS = re.compile(
    r"\b(?:reduc\w*|deduct\w*|discount\w*|less\b|lower\w*|decreas\w*|rebate\w*|minus\b|off\b|offset\w*|set-?off|withh\w+|subtract\w*|drop\w*|"
    r"diminish\w*|net\s+of|credit\w*|waiv\w*|adjust\w*|abate\w*|forfeit\w*|retain\w*)",
    re.I,
)


def is_another_sum(question: str, sentence: str) -> bool:
    """Whether a sum is asked for a time of which its sentence says nothing, or for what is taken off where nothing is."""
    said = " ".join(sentence.split())
    if any(asks.search(question) and not says.search(said) for asks, says in _BY_TIME):
        return True
    return _TAKEN_OFF.search(question) is not None and not _LESS.search(said)
