"""Whether its own sentence settles an answer: all that is asked, and that day."""

from __future__ import annotations

import re

from consolidation.asking.dates_asked import asks_signing
from consolidation.asking.fields import AskedField
from consolidation.asking.understand import Understanding
from consolidation.grammar.measured import lacks_measure
from consolidation.text.windows import Range

#: All, and at all times: what holds in a case is none of it.
_ABSOLUTE = re.compile(
    r"\b(?:always|every|all|each|at\s+(?:all|any)\s+times?|in\s+all\s+(?:cases|events|circumstances)|entirely|fully|wholly|completely)\b",
    re.IGNORECASE,
)
#: Whose case another place settles: "except as otherwise provided below".
_ELSEWHERE = re.compile(
    r"\b(?:except|unless)\s+(?:as\s+)?(?:otherwise\s+)?(?:expressly\s+|specifically\s+)?(?:provided|set\s+forth|permitted|stated|specified|agreed|authorized)"
    r"(?:\s+\w+)?\s+(?:below|herein\w*|in\s+(?:this|section|paragraph|article|the)|elsewhere|above|under)\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas\s+of\s+(?:this\s+|the\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\bautomatic\w*\s+(?:\w+\s+){0,3}?(?:renew|exten)|\b(?:renew|exten)\w*\s+(?:\w+\s+)?automatically\b",
    re.IGNORECASE,
)
_REACH, _AFTER = 30, 300


def leaves_open(question: str, said: str, sentence: str) -> bool:
    """Whether a sentence does not settle what a question asks: all of it, where it says less, or what is excepted.

    That something is so for 30 days, or to 5 %, is not settled by a sentence that says no such length or share.
    """
    if said == "Yes" and lacks_measure(question, sentence):
        return True
    if said == "Yes" and _ABSOLUTE.search(question) and not _ABSOLUTE.search(sentence):
        return True
    return bool(_ELSEWHERE.search(sentence))


def is_other_day(asked: Understanding, fact: AskedField, text: str, place: Range) -> bool:
    """Whether a day may be another one than is asked for.

    That "as of" which an agreement is made is seldom one of signing, and what goes on by itself does not end before.
    """
    if fact == "agreement_date" and asks_signing(asked.each):
        return bool(_AS_OF.search(text[max(0, place[0] - _REACH) : place[0]]))
    return fact == "expiry" and bool(_GOES_ON.search(text[place[1] : place[1] + _AFTER]))
