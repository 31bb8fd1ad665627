"""Whether something came about, of which a document that says what may or shall be proves nothing."""

from __future__ import annotations

import re

#: What is asked of the past, or of how things stand now, and not of what is agreed.
_ASKS = re.compile(
    r"^(?:(?:was|were|has|have|had|did)\b(?=.*\b(?:actually|in\s+fact|really|ever|already|so\s+far|yet)\b)"
    r"|(?:is|are)\b(?=.*\b(?:currently|presently|right\s+now|at\s+present)\b))",
    re.IGNORECASE,
)
#: What is to be, by an agreement.
_TO_BE = re.compile(r"\b(?:shall|will|may|must|would|should|can|agrees?\s+to)\b", re.IGNORECASE)
#: What a document reports.
_REPORTED = re.compile(
    r"\b(?:has|have|had|was|were)\s+(?:not\s+|never\s+|been\s+|previously\s+|heretofore\s+)*\w+(?:ed|en|n|t|id|de|ne)\b"
    r"|\bthere\s+(?:is|are|were|was)\s+(?:no|not)\b|\b(?:is|are)\s+(?:not\s+)?(?:a\s+party\s+to|pending|threatened|in\s+default)\b",
    re.IGNORECASE,
)


def is_only_agreed(question: str, sentence: str) -> bool:
    """Whether it is asked if something came about or is so now, and a sentence only says what shall or may be."""
    return bool(_ASKS.match(question.strip()) and _TO_BE.search(sentence) and not _REPORTED.search(sentence))
