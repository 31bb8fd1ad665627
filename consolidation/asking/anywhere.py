"""Whether something is in any of the documents at all: "is there an audit right in any of them", "anywhere"."""

from __future__ import annotations

import datetime
import re

from consolidation.asking.conditions import Asked, condition

_DOCUMENTS = (
    r"(?:contracts|agreements|documents|docs|ndas|leases|licen[cs]es|deals|amendments|files|papers|matter|data\s*room"
    r"|portfolio)"
)
_THESE = r"(?:(?:the|these|those|our|my|your|this|all)\s+)*"
_THERE = re.compile(
    r"^(?:is|are|was|were)\s+there\s+(?P<thing>.+?)\s+(?:"
    rf"in\s+any(?:\s+one)?(?:\s+of\s+(?:them|these|those|{_THESE}{_DOCUMENTS})"
    r"|\s+(?:contract|agreement|document|doc|nda|lease|licen[cs]e|deal|amendment|file)s?|(?=\s*\?*$))"
    rf"|anywhere(?:\s+(?:in|among|across)\s+{_THESE}(?:{_DOCUMENTS}|them|these|those|here)|\s+at\s+all)?"
    r")\s*\?*$",
    re.IGNORECASE,
)


def anywhere(question: str, today: datetime.date | None = None) -> Asked | None:
    """What each document is asked, and what it has to say, where a question asks for one such document at least."""
    found = _THERE.match(question.strip())
    return condition(f"with {found['thing']}", today) if found else None
