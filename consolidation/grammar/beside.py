"""What a sentence has to speak of where a question asks of it: the time to revoke is not that to consider."""

from __future__ import annotations

import re

#: How long what was done may be undone; and that it may.
_ASKS_UNDOING = re.compile(
    r"\b(?:chang\w+\s+(?:his|her|my|your|our|their|one['\u2019]s)\s+minds?|(?:tak\w+|took)\s+(?:it|that|this|everything)\s+back|back(?:s|ing)?\s+out"
    r"|revok\w*|rescind\w*|retract\w*)\b",
    re.IGNORECASE,
)
_UNDOING = re.compile(
    r"\b(?:revo[ck]\w*|resci\w+|retract\w*|withdr[ae]w\w*|cancel\w*|undo\w*|take\s+back|chang\w+\s+\w+\s+mind)\b",
    re.IGNORECASE,
)
#: How long something is kept secret; and that a sentence speaks of it.
_ASKS_SECRECY = re.compile(
    r"\bhow\s+long\b.*\b(?:secret\w*|secrecy|confiden\w+|keep-?\s?quiet|quiet|hush\w*|silen\w+|non-?disclos\w+|NDA)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:secre\w+|confiden\w+|disclos\w+|non-?disclos\w+|proprietary|private|surviv\w+|quiet|obligations?\s+(?:of|under|in)\s+this\s+(?:section|article|paragraph))\b",
    re.IGNORECASE,
)
#: Notice by which something is ended; and that a sentence speaks of an end.
_ASKS_NOTICE_TO_END = re.compile(
    r"\b(?:notice|warning)\b.*?\b(?:to|before|for)\s+(?:\w+\s+){0,2}?(?:end|ending|terminat\w+|cancel\w*|get\s+out|walk\s+away|quit\w*|leav\w+|exit\w*|stop\w*)\b"
    r"|\b(?:termination|cancellation)\s+notice\b",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\b(?:terminat\w*|end(?:s|ed|ing)?|cancel\w*|expir\w*|renew\w*|exten\w*|quit\w*|resign\w*|withdr\w+|leav\w+|dismiss\w*|discontinu\w*|"
    r"non-?renew\w*|stop\w*|ceas\w+|employment|wind\w*)\b",
    re.IGNORECASE,
)
#: What is asked of, with what a sentence then says.
_SPOKEN_OF = ((_ASKS_UNDOING, _UNDOING), (_ASKS_SECRECY, _SECRET), (_ASKS_NOTICE_TO_END, _ENDING))
#: A time to think something over, which is none for anything else.
_TO_CONSIDER = re.compile(
    r"\b(?:days?|weeks?|months?|time)\)?\s+(?:\w+\s+){0,3}?(?:to|in\s+which\s+to|within\s+which\s+to)\s+(?:consider|review|think)\b",
    re.IGNORECASE,
)
_CONSIDERS = re.compile(
    r"\b(?:consider\w*|review\w*|think\w*|decid\w*|stud(?:y|ies)|look\w*|read\w*|sign\w*|accept\w*|agree\w*)\b",
    re.IGNORECASE,
)


def is_beside(question: str, sentence: str) -> bool:
    """Whether a sentence does not speak of what is asked, or grants a time to consider where nobody asks for one."""
    if _TO_CONSIDER.search(sentence) and not _CONSIDERS.search(question):
        return True
    return any(asks.search(question) and not says.search(sentence) for asks, says in _SPOKEN_OF)
