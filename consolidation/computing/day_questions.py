"""Questions for a day that follows from another: which day that is, and how to ask a document how long after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consolidation.asking.understand import Understanding
from consolidation.computing.days import Day, days_in
from consolidation.text.ranges import Range


@dataclass(frozen=True, slots=True)
class DayQuestion:
    """A day that is counted from another one.

    `length` asks how long after it; `day` is that day where the question supposes one, and `from_end` where it is
    that on which the agreement ends. A `last` day for something may lie before what is planned; not where it is told
    or sent (`told`), for then the time runs.
    """

    length: str
    day: Day | None = None
    from_end: bool = False
    last: bool = False
    told: bool = False


_WHICH = r"(?:what|which)\s+(?:calendar\s+)?(?:date|day)"
_HELPS = r"(?:do|does|did|would|will|can|could|may|might|is|are|was|were|must|should|has|have|had|'s)"
_LAST = r"(?:last|latest|final)\s+(?:possible\s+)?(?:calendar\s+)?(?:day|date)"
_FIRST = r"(?:first|earliest)\s+(?:possible\s+)?(?:calendar\s+)?(?:day|date)"
_THE, _ON = r"\b(?:what(?:\s+(?:is|was|would\s+be)|'s)?\s+)?(?:the\s+)?", r"\s+(?:(?:on|by)\s+which\s+)?"
#: How a day is asked for, and how to ask for the time up to it instead; the first that is found is taken.
_ASKS = tuple(
    (re.compile(cue, re.IGNORECASE), ask)
    for cue, ask in (
        (rf"\b(?:until|till|up\s+to|through)\s+(?:about\s+)?(?:{_WHICH}|when)(?:\s+on)?\b", "for how long"),
        (rf"\b(?:by|before)\s+(?:about\s+)?(?:{_WHICH}|when)\b", "within what time"),
        (rf"{_THE}{_LAST}{_ON}", "how many days are there "),
        (rf"{_THE}{_FIRST}{_ON}", "after how many days is it that "),
        (rf"\b(?:(?:from|on|around|about)\s+)*{_WHICH}(?:\s+on)?\b", "how long afterwards"),
        (r"\b(?:in|by|from)\s+(?:what|which)\s+(?:month|year)\b", "how long afterwards"),
        (r"\bdeadline\b", "time limit"),
        (
            r"\b(?:what\s+would\s+be\s+)?the\s+(?:calendar\s+)?(?:date|day)\s+(?:on|by|from)\s+which\b",
            "how long is it until",
        ),
        (
            rf"(?<!since )\b(?:(?:around|about)\s+)?when\s+(?:exactly\s+)?(?={_HELPS}\b)",
            "how long afterwards ",
        ),
    )
)
_LAST_ASKED = re.compile(rf"\b{_LAST}\b|\bby\s+(?:{_WHICH}|when)\b|\bdeadline\b", re.IGNORECASE)
#: What sets a time running: from then on it is counted, not up to then.
_TOLD = re.compile(
    r"\b(?:notic\w+|notif\w+|letters?|e-?mails?|writ\w+|wrote|sen[dt]s?|receiv\w+|gets?|got|tells?|told|invoices?|post(?:ed|s)|mail\w*|deliver\w*|arriv\w+|resign\w*)\b",
    re.IGNORECASE,
)
#: What is put before a day in a question, and goes with it.
_LED = re.compile(
    r"(?:,?\s*\b(?:on|dated|as\s+of|of|from|by|at|in|since|with\s+effect\s+from)(?:\s+the)?)?\s*\Z", re.I
)
#: A clause that supposes how the agreement ends, with the comma or full stop that closes it.
_SUPPOSES = r"(?:if|assum(?:e|ing)|suppos(?:e|ing)|say|given)\b(?:\s+that)?"
_WHOLE = r"(?:agreement|contract|deal|venture|arrangement|alliance|engagement|licen[cs]e|term|period|it)"
_ENDS = (
    r"(?:ends?|ended|expir\w+|laps\w+|is\s+up|runs?\s+(?:out|its|to|for|the)|isn'?t\s+(?:renewed|extended)|is\s+not\s+(?:renewed|extended)"
    r"|goes\s+its|r[au]n\s+its)"
)
_ENDING = re.compile(
    rf"(?:^|(?<=[,.:;]\s))\s*{_SUPPOSES}[^,.:;?]{{0,60}}\b(?:{_WHOLE}\b[^,.:;?]{{0,50}}\b{_ENDS}|nobody\s+ends\b|expires\s+at\s+the\s+end\s+of)[^.,:;?]{{0,80}}[,.:;]\s*",
    re.IGNORECASE,
)
_ENDING_LAST = re.compile(
    rf"\s*,?\s+(?:if|when|once)\b[^,.;?]{{0,60}}\b{_WHOLE}\b[^,.;?]{{0,30}}\b{_ENDS}[^,.;?]{{0,40}}(?=[.?]?\s*\Z)",
    re.IGNORECASE,
)
#: The agreement's own end, which a brief tells.
_OWN_END = re.compile(
    rf"\b(?:{_WHOLE}|sponsorship|rights?)\b[^,.?]{{0,40}}"
    r"\b(?:run\s+out|end|expire|lapse|over|terminate|finish)\s*(?:\?|$)",
    re.IGNORECASE,
)


def day_question(asked: Understanding) -> DayQuestion | None:
    """How a day that is asked for can be counted; None where the question asks for no such day."""
    if asked.yes_no or asked.value not in ("date", "duration") or asked.questions:
        return None
    question = asked.each
    supposed, last = days_in(question), bool(_LAST_ASKED.search(question))
    if asked.value != "date" and not supposed:
        return None
    if not any(cue.search(question) for cue, _ in _ASKS):
        return None
    if len(supposed) == 1:
        day, place = supposed[0]
        told = bool(_TOLD.search(question[: place[1]]))
        return DayQuestion(_for_time(_without(question, place)), day, last=last, told=told)
    if supposed:
        return None
    if ending := _ENDING.search(question) or _ENDING_LAST.search(question):
        main = question[: ending.start()] + question[ending.end() :]
        if not _OWN_END.search(main):
            main = main.rstrip(" ?") + " after the agreement ends?"
            return DayQuestion(_for_time(main), from_end=True, last=last)
    return DayQuestion(_for_time(question), last=last)


def _for_time(question: str) -> str:
    """A question for a day as one for the time up to it."""
    for cue, ask in _ASKS:
        if cue.search(question):
            asked = " ".join(cue.sub(ask, question, count=1).split())
            return asked[:1].upper() + asked[1:]
    return question


def _without(question: str, place: Range) -> str:
    """A question without a day that it names."""
    before = question[: place[0]]
    led = _LED.search(before)
    kept = before[: led.start()] if led else before
    return " ".join((kept + " " + question[place[1] :]).replace(" ,", ",").replace(" .", ".").split())
