"""Conditions on a day, a size or a length of time: "expire before 2012", "have a cap not exceeding $1 million"."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from consolidation.asking.comparators import LONGER, OF_SIZE, SHORTER, is_negated, of_size
from consolidation.asking.condition import Asked, Condition
from consolidation.asking.dates_asked import DATED, EXPIRES, date_asked, dates_asked
from consolidation.asking.days import days_said, may_be_ended
from consolidation.asking.predicates import put
from consolidation.asking.typed import normalise

_FROM = re.compile(r"\bfrom\b(?!\s+(?:now|today)\b)", re.IGNORECASE)
#: What is said is said not to be so: "don't expire before 2012".
_NEGATED = re.compile(
    r"^(?:(?:that|which)\s+)*(?:(?:(?:do|does|did|will|is|are|was|were|have|has|had)(?:n['’]t|\s+not|\s+never)|won['’]t|never)\b|not\s+(?=(?:have|expire|end|renew|start|contain|include|require|allow|last|run)\b))",
    re.IGNORECASE,
)
#: The same before the days alone: "expire, but not in 2012".
_NOT_THEN = re.compile(r"\bnot\s+(?=(?:in|on|during|within|between|this|next|last)\b)", re.IGNORECASE)
#: Of all documents one is meant, which is no condition on a day.
_EXTREME = re.compile(r"\b(?:first|last|next|earliest|latest|soonest)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\buntil\b", re.IGNORECASE)


def by_value(rest: str, today: datetime.date | None) -> Asked | None:
    """By a day or a size; "don't expire before 2012" is met by those outside of these days.

    None where no value is said, and where more is negated than can be told: then it is a question of yes or no.
    """
    text = rest.strip()
    negated = _NEGATED.match(text) or _NOT_THEN.search(text)
    if negated and days_said(text[: negated.start()], today):
        negated = None
    said = f"{text[: negated.start()]}{text[negated.end() :]}" if negated else text
    # NB: what does not end until 2012 may well end in it.
    dated = None if negated and _UNTIL.search(said) else _by_date(said, today)
    asked = dated or _by_size(said)
    if asked is None or negated is None:
        return asked
    if asked.every:
        every = tuple((_outside(one),) for group in asked.every for one in group)
        asked = replace(asked, each=put(text).each, every=every)
        return replace(asked, condition=replace(asked.condition, words=f"not {asked.condition.words}"))
    return _outside(asked)


def _outside(asked: Asked) -> Asked:
    return replace(
        asked, condition=replace(asked.condition, test="outside", words=f"not {asked.condition.words}")
    )


#: A document "from 1998" bears a day of that year, where nothing says "onwards".
_OF_YEAR = re.compile(
    r"^(?P<are>(?:(?:that|which)\s+)*(?:(?:are|is|were|was|dates?|dated|come)\s+)?)from\s+(?=(?:the\s+year\s+)?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d\s*[?.]?$)",
    re.IGNORECASE,
)


#: A date by its name: "with a completion date before 2020"; a loan that matures has one.
_NAMED_DATE = re.compile(
    r"\b(?:an?|the|its|their|whose)\s+(?P<thing>[a-z][\w-]+(?:\s+[\w-]+)?\s+date)\b", re.IGNORECASE
)
_MATURES = re.compile(r"\bmatur(?:e|es|ed|ing|ity)\b", re.IGNORECASE)


def _named_date(words: str) -> str:
    if _MATURES.search(words):
        return "What is the maturity date?"
    named = _NAMED_DATE.search(words)
    return f"What is the {named['thing'].lower()}?" if named else ""


def _by_date(text: str, today: datetime.date | None) -> Asked | None:
    """Whether a day of the document is among those that are said."""
    if of_year := _OF_YEAR.match(text):
        text = f"dated in {text[of_year.end() :]}"
    said = None if may_be_ended(text) else days_said(text, today)
    if said is None or is_negated(said.rest) or _EXTREME.search(said.rest) or len(dates_asked(said.rest)) > 1:
        return None
    each = date_asked(said.rest) or _named_date(said.rest) or (DATED if _FROM.search(text) else "")
    if not each:
        return None
    every = [
        Asked(Condition("between", "date", days.words, low=days.low, high=days.high), each)
        for days in said.any_of
    ]
    if len(every) == 1:
        return every[0]
    return Asked(Condition("has", "free", text.strip(" ?.")), put(text).each, (tuple(every),))


_OVER = re.compile(
    r"^(?:that\s+)?(?:(?:have|has)\s+(?:already\s+)?(?:expired|ended|lapsed|run\s+out)|(?:are|is)\s+(?:already\s+)?(?:expired|over|no\s+longer\s+(?:in\s+(?:force|effect)|active|valid))|expired)\s*[?.]?$",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"^(?:that\s+)?(?:(?:are|is)\s+)?(?:(?:still|currently|now|presently)\s+)?(?:in\s+(?:force|effect)|active|valid|running|live)(?:\s+today)?\s*[?.]?$"
    r"|^(?:(?:have|has)(?:\s+not|n't)|(?:are|is)(?:\s+not|n't))\s+(?:yet\s+)?expired(?:\s+yet)?\s*[?.]?$",
    re.IGNORECASE,
)


def by_now(rest: str, today: datetime.date | None) -> Asked | None:
    """Whether documents have expired by today, or run still."""
    text = rest.strip()
    ended = bool(_OVER.match(text))
    if today is None or not (ended or _RUNNING.match(text)):
        return None
    day = float(today.toordinal())
    low, high = (None, day - 1) if ended else (day, None)
    return Asked(Condition("between", "date", text.strip(" ?."), low=low, high=high), EXPIRES)


_COMPARED = re.compile(OF_SIZE, re.IGNORECASE)
#: The same after the size: "of 30 days or more".
_OR_MORE = re.compile(
    rf"\s+of\s+(?P<size>[^,;]{{1,40}}?)\s*(?:,\s*)?(?:or\s+(?:(?P<more>{LONGER}|above|over)|{SHORTER}|under|below)|(?P<plus>\+))\s*[?.]?$",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^(?:(?:that|which|who|with|have|has|having|had|contain\w*|includ\w*|involv\w*|call(?:s|ing)?\s+for|provid\w*(?:\s+for)?|requir\w*|give|gives|allow\w*|set|is|are|of|a|an|the|any|its|their|whose|"
    r"for|where|in|there|do|does)\s+)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:(?:\s+|^)(?:of|is|are|that|which|set\s+at))+$", re.IGNORECASE)
_LASTS = re.compile(r"(?:runs?|lasts?|go(?:es)?)(?:\s+for)?", re.IGNORECASE)
#: What is done, and no thing that has a size: "were signed more than 3 years after it".
_DONE = re.compile(
    r"(?:were|was|been|be|had)\b.*|(?:sign|execut|expir|laps|terminat|renew|start|commenc|conclud|finish|end|begin|beg[au]n)(?:e|s|es|ed|ing)?",
    re.IGNORECASE,
)
#: A second size, which the first would hide: "at least $1 million or $2 million".
_SECOND = re.compile(r"\b(?:and|or)\s+(?P<size>\S.*)", re.IGNORECASE)
_FROM_DAY = re.compile(r"\b(?:ago|hence|from\s+(?:now|today))\b", re.IGNORECASE)


def _by_size(rest: str) -> Asked | None:
    if after_size := _OR_MORE.search(rest):
        most = "at least" if after_size["more"] or after_size["plus"] else "at most"
        rest = f"{rest[: after_size.start()]} of {most} {after_size['size']}"
    match = _COMPARED.search(rest)
    if match is None:
        return None
    before, after = rest[: match.start()].strip(), rest[match.end() :]
    second = _SECOND.search(after)
    if second and normalise("number", second["size"]):
        return None
    if is_negated(f"{before} {after}") or _FROM_DAY.search(after):
        return None
    value = next((v for kind in ("duration", "percent", "amount") if (v := normalise(kind, after))), None)
    if value is None or value.order is None:
        return None
    than = of_size(match)
    step = 0.0 if than.equal else 1e-9
    low, high = (value.order + step, None) if than.above else (None, value.order - step)
    thing = _TRAILING.sub("", _FILLER.sub("", f"{before} ").strip(" ,"))
    thing = re.sub(r"\b(period|term|cap|fee|rate|limit|rent)s$", r"\1", thing) or _thing_after(after)
    if value.kind == "duration" and _LASTS.fullmatch(thing):
        thing = "term"
    if not thing or _DONE.fullmatch(thing):
        return None
    words = f"{thing} {' '.join(match[0].lower().split())} {value.shown}"
    return Asked(Condition("between", value.kind, words, value, low, high), f"What is the {thing}?")


def _thing_after(text: str) -> str:
    """The noun after a size: "more than 30 days notice" gives "notice"."""
    match = re.search(
        r"(?:days?|weeks?|months?|years?|%|percent|dollars|\d(?!\s*\)?\s*(?:day|week|month|year|percent|%)))['’]?\s+(?:of\s+|in\s+)?((?!(?:thousand|million|billion)\b)[a-z][\w\s-]*)",
        text,
        re.IGNORECASE,
    )
    return match[1].strip(" ?.") if match else ""
