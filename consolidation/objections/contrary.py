"""Proposals that the words beside them, or their own sentence, speak against."""

from __future__ import annotations

import re

from consolidation.asking.dates_asked import asks_signing
from consolidation.asking.fields import AskedField, asks_of_earlier
from consolidation.asking.understand import Understanding
from consolidation.grammar.denying import (
    allows_another_only,
    denies,
    denies_another_only,
    denies_without_leave_only,
)
from consolidation.grammar.other_cases import denies_what_comes_later, tells_no_case
from consolidation.grammar.struck import is_struck
from consolidation.objections.kinds import is_of_another_kind
from consolidation.passages.passages import Passages
from consolidation.proposals.mentioning import lacks_thing, only_mentions
from consolidation.proposals.minimums import lacks_minimum
from consolidation.proposals.plain_answers import plainly_around
from consolidation.text.windows import Range

_STARTS = re.compile(
    r"\b(?:commenc\w+|beginn?(?:ing|s)?|start(?:s|ing)?|effective|made|entered\s+into|dated|from)\s*:?\s+(?:(?:as\s+of|on|upon|from|with|effective|the)\s+)*$",
    re.IGNORECASE,
)
_START_NAMED = re.compile(
    r"\b(?:effective|commencement|start(?:ing)?|beginning)\s+date\b[\"\u201d)]*\s*(?:is|means|shall\s+be|will\s+be|:)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:through|until|till|expir\w+|end(?:s|ing)?|terminat\w+|up\s+to)\s+(?:(?:and\s+including|on|upon|at|as\s+of|the|midnight)\s+)*$",
    re.IGNORECASE,
)
#: A day from which an agreement has effect, whenever it was made.
_HAS_EFFECT = re.compile(
    r"\b(?:effective|commenc\w+|beginning|in\s+effect)[\s,]+(?:(?:as\s+of|on|upon|from|the|date|is|this|day)\s+)*$",
    re.IGNORECASE,
)
_MADE = re.compile(r"\b(?:made|entered|dated|executed|signed|concluded)\b", re.IGNORECASE)
_OF_NOTICE = re.compile(r"\b(?:notice|notif\w+|notify|advance|prior|before|ahead|warn\w*)\b", re.IGNORECASE)
_ASKS_NOTICE = re.compile(
    r"\bnotice\s+period|\bperiod\s+of\s+notice|\b(?:how\s+(?:much|long|many\s+\w+)|what|which)\s+(?:\w+\s+){0,3}notice\b(?!\s+address)",
    re.IGNORECASE,
)
_REACH = 45


def is_contrary(
    asked: Understanding,
    fact: AskedField,
    passages: Passages,
    place: Range,
    said: str,
    sentence: str,
) -> bool:
    """Whether a proposal is none: its sentence denies a Yes, or its words are of another kind than what is asked.

    `place` is its first place in the text and `sentence` the sentence around that.
    """
    if asked.yes_no:
        return _is_contrary_sign(asked, passages, place, said, sentence)
    before = passages.text[max(0, place[0] - _REACH) : place[0]]
    if is_of_another_kind(asked, said, sentence, before):
        return True
    verdict = _verdict_of_day(asked, fact, passages, place, before)
    if verdict is not None:
        return verdict
    if asked.value == "duration" and _ASKS_NOTICE.search(asked.each):
        return not _OF_NOTICE.search(sentence)
    return is_struck(asked.each, passages.text, place)


def _is_contrary_sign(
    asked: Understanding, passages: Passages, place: Range, said: str, sentence: str
) -> bool:
    """Whether a sentence speaks against the Yes or No that is made of it."""
    question, text, parties = asked.each, passages.text, passages.brief.parties
    plain = plainly_around(asked, passages, place)
    if plain and plain != said:
        return True
    if tells_no_case(question, sentence) or only_mentions(asked, sentence):
        return True
    if said == "Yes":
        return (
            denies(question, sentence)
            or allows_another_only(question, sentence, parties)
            or lacks_thing(question, text, sentence)
            or lacks_minimum(asked, sentence)
        )
    return (
        denies_another_only(question, sentence, parties)
        or denies_without_leave_only(question, sentence)
        or denies_what_comes_later(question, sentence)
    )


def _verdict_of_day(
    asked: Understanding, fact: AskedField, passages: Passages, place: Range, before: str
) -> bool | None:
    """Whether a day is another one than is asked for, by the words before it; None where these tell nothing."""
    if fact == "expiry" and (_STARTS.search(before) or _START_NAMED.search(before)):
        return True
    if fact in ("agreement_date", "effective_date") and _ENDS.search(before):
        return True
    if asked.value == "date" and asks_of_earlier(asked) and _is_own_date(passages, place):
        return True
    if fact == "agreement_date" and asks_signing(asked.each) and _HAS_EFFECT.search(before):
        return not _MADE.search(before)
    return None


def _is_own_date(passages: Passages, place: Range) -> bool:
    """Whether a place is where the document itself is dated."""
    own = passages.brief.first("agreement_date")
    return own is not None and any(low < place[1] and place[0] < high for low, high in own.places)
