"""Proposals that the words beside them, or their own sentence, speak against."""

from __future__ import annotations

import re

from consolidation.answers.denying import denies
from consolidation.answers.struck import is_struck
from consolidation.asking.fields import AskedField
from consolidation.asking.understand import Understanding
from consolidation.text.windows import Range

_STARTS = re.compile(
    r"\b(?:commenc\w+|beginn?(?:ing|s)?|start(?:s|ing)?|effective|made|entered\s+into|dated|from)\s+(?:(?:as\s+of|on|upon|from|with|effective|the)\s+)*$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:through|until|till|expir\w+|end(?:s|ing)?|terminat\w+|up\s+to)\s+(?:(?:and\s+including|on|upon|at|as\s+of|the|midnight)\s+)*$",
    re.IGNORECASE,
)
_OF_NOTICE = re.compile(r"\b(?:notice|notif\w+|notify|advance|prior|before|ahead|warn\w*)\b", re.IGNORECASE)
_ASKS_NOTICE = re.compile(
    r"\bnotice\s+period|\bperiod\s+of\s+notice|\b(?:how\s+(?:much|long|many\s+\w+)|what|which)\s+(?:\w+\s+){0,3}notice\b(?!\s+address)",
    re.IGNORECASE,
)
_REACH = 45


def is_contrary(
    asked: Understanding, fact: AskedField, text: str, place: Range, said: str, sentence: str
) -> bool:
    """Whether a proposal is none: its sentence denies a Yes, its date begins what is to end, it is no time of notice.

    `place` is its first place in the text and `sentence` the sentence around that.
    """
    if asked.yes_no:
        return said == "Yes" and denies(asked.each, sentence)
    before = text[max(0, place[0] - _REACH) : place[0]]
    if fact == "expiry" and _STARTS.search(before):
        return True
    if fact == "effective_date" and _ENDS.search(before):
        return True
    if asked.value == "duration" and _ASKS_NOTICE.search(asked.each):
        return not _OF_NOTICE.search(sentence)
    return is_struck(asked.each, text, place)
