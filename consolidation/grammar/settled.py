"""Whether its own sentence settles an answer: all that is asked, and that day."""

from __future__ import annotations

import re

from consolidation.asking.dates_asked import asks_signing
from consolidation.asking.fields import AskedField
from consolidation.asking.understand import Understanding
from consolidation.grammar.denying import stems
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
#: Letters of a word that tells what is spoken of.
_TELLING = 3
#: Who does something, and what: up to the words that say where, when, for whom.
_WHO_DOES = re.compile(
    r"^who\s+(?:(?:must|will|shall|should|may|can|would|is\s+to|has\s+to|have\s+to|needs?\s+to|gets\s+to)\s+)?(?!(?:is|was|are|were|does|did|has)\b)"
    r"[a-z]+\s+(?P<what>[^,;?()]+)",
    re.IGNORECASE,
)
_WHAT_ENDS = re.compile(
    r"\b(?:in|under|for|to|from|with|without|if|when|while|by|at|on|upon|during|after|before|until|than|that|which|who|of)\b",
    re.IGNORECASE,
)


def leaves_open(question: str, said: str, sentence: str) -> bool:
    """Whether a sentence does not settle what a question asks: all of it, where it says less, or what is excepted.

    That something is so for 30 days, or to 5 %, is not settled by a sentence that says no such length or share.
    """
    if said == "Yes" and lacks_measure(question, sentence):
        return True
    if said == "Yes" and _ABSOLUTE.search(question) and not _ABSOLUTE.search(sentence):
        return True
    return bool(_ELSEWHERE.search(sentence))


def lacks_what_is_done(question: str, sentence: str) -> bool:
    """Whether a sentence has no word of what somebody does, where it is asked who does it."""
    who = _WHO_DOES.match(question.strip())
    what = _told_by(_WHAT_ENDS.split(who["what"])[0]) if who else set()
    said = _told_by(sentence)
    return bool(what) and not any(
        one.startswith(other) or other.startswith(one) for one in what for other in said
    )


def _told_by(words: str) -> set[str]:
    return {stem for stem in stems(words) if len(stem) >= _TELLING}


def is_other_day(asked: Understanding, fact: AskedField, text: str, place: Range) -> bool:
    """Whether a day may be another one than is asked for.

    That "as of" which an agreement is made is seldom one of signing, and what goes on by itself does not end before.
    """
    if fact == "agreement_date" and asks_signing(asked.each):
        return bool(_AS_OF.search(text[max(0, place[0] - _REACH) : place[0]]))
    return fact == "expiry" and bool(_GOES_ON.search(text[place[1] : place[1] + _AFTER]))
