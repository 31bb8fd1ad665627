"""Whether an answer has the form that its question asks for."""

from __future__ import annotations

import re

from consolidation.asking.fields import AskedField
from consolidation.asking.parts import asks_how_often, asks_what_makes_up
from consolidation.asking.typed import ValueType, normalise
from consolidation.asking.understand import Understanding
from consolidation.proposals.candidates import Candidate

#: Values that can be told from other words; an answer of another form does not fit such a question.
_TYPED: frozenset[ValueType] = frozenset({"date", "duration", "amount", "percent", "law"})
#: Other types by which a value of one may be told: a term by its last day, a payment as a share.
_ALSO: dict[ValueType, tuple[ValueType, ...]] = {"date": ("duration",), "amount": ("percent",)}
#: Values in words, without any figure: a day as an event, a time as how often, an amount as what it equals.
_IN_WORDS: dict[ValueType, re.Pattern[str]] = {
    "date": re.compile(
        r"(?:(?:not?|never)\s+(?:later|earlier|sooner)\s+than|(?:immediately|promptly|shortly|\w+\s+days?)?\s*(?:up)?on|immediately|when(?:ever)?|"
        r"as\s+(?:of|soon\s+as)|at\s+the\s+(?:time|end|close|beginning|start|point|moment|expir\w+|earlier|later)|prior\s+to|before|after|"
        r"following|until|by|from|since|(?:on\s+)?the\s+(?:\w+\s+){0,3}?(?:date|day|anniversary|expir\w+|completion|close|closing|end|"
        r"earlier|later|first|last)|\d{1,2}(?::\d\d)?\s*[ap]\.?m)\b",
        re.I,
    ),
    "duration": re.compile(
        r"(?:(?:semi|bi)?-?(?:annual(?:ly)?|month(?:ly)?|week(?:ly)?|year(?:ly)?)|dail(?:y)|quarterly|hourly|(?:once|twice|one\s+time|(?:two|three|four)\s+times)\b.*\b"
        r"(?:per|an?|each|every)|(?:each|every)\s+(?:\w+\s+)?(?:day|week|month|quarter|year)|(?:not?|never)\s+(?:later|less(?:\s+often)?)\s+than|"
        r"(?:for\s+)?(?:so|as)\s+long\s+as|during|through(?:out)?|until|in\s+perpetuity|for\s+the\s+(?:\w+\s+){0,3}?(?:term|life|duration)|"
        r"immediately|promptly|forthwith|at\s+once|without\s+(?:undue\s+)?delay|as\s+soon\s+as|before|prior\s+to|within|upon)\b",
        re.I,
    ),
    "amount": re.compile(
        r"(?:(?:not?|never)\s+(?:more|less|greater|exceed\w*)(?:\s+than)?|(?:the\s+)?(?:(?:full|total|aggregate|entire|actual|minimum|maximum)\s+)*(?:amounts?|sums?|"
        r"cost|price|fees?|payments?|value)\b|(?:an?\s+)?(?:amounts?\s+)?(?:equal|equivalent)\s+(?:to|of)|(?:one|two)[\s-](?:half|thirds?)|half|"
        r"fair\s+market\s+value|pro\s+rata|no(?:thing|ne)|no\s+(?:charge|fee|cost)|free\s+of\s+charge|without\s+(?:charge|cost))\b",
        re.I,
    ),
}
#: How often something is done; and how a sum is worked out from others.
_HOW_OFTEN = re.compile(
    r"\b(?:once|twice|(?:one|two|three|four|five|six|\d+)\s+(?:\(\d+\)\s+)?times?|(?:not?|never)\s+more\s+(?:often|frequently)\s+than|"
    r"(?:each|every|per|an?)\s+(?:[\w()-]+\s+){0,3}?(?:day|week|month|quarter|year|annum|period)|(?:semi-?|bi-?)?(?:annual|month|week|year)(?:ly)|annual|"
    r"daily|quarterly|hourly|at\s+any\s+time|from\s+time\s+to\s+time|as\s+often\s+as|on\s+(?:reasonable\s+)?(?:request|demand)|periodic(?:ally)?)\b",
    re.I,
)
_FORMULA = re.compile(
    r"\b(?:sum|product|difference|excess|greater|lesser|higher|lower|average|multipl(?:ied|ying)|divid(?:ed|ing)|plus|minus|times|percent\w*|"
    r"pro\s+rata|formula|equal\s+to|based\s+(?:up)?on|basis\s+of|in\s+accordance\s+with|per\s+(?:unit|hour|day|copy|share|square\s+foot|transaction))\b",
    re.I,
)
_LEAD = re.compile(r"^(?:(?:shall|will|must|may|to|be|is|are|continue|an?)\s+)*", re.I)
_UNIT = re.compile(r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", re.I)
_WHEN = re.compile(r"\bwhen\b", re.I)
_STATE_OF = re.compile(
    r"^(?:the\s+)?(?:(?:laws?|state|commonwealth|province|republic)\s+of\s+(?:the\s+)?)*", re.I
)
_ENDS = re.compile(
    r"expir|terminat|matur|until|through|ending|end(?:s|ed)?\b|thereafter|anniversary|term\b|year|month", re.I
)
#: What the sentence speaks of in which a law or a forum is told; rules of arbitration alone choose no law.
_SPOKEN_OF: dict[AskedField, re.Pattern[str]] = {
    "governing_law": re.compile(
        r"\b(?:govern\w*|constru\w+|interpret\w*|enforce\w*|controll?\w*|appl(?:y|ies|ied|icable)|choice\s+of\s+law|subject\s+to|validity)\b|"
        r"^(?!.*\barbitrat)",
        re.I | re.S,
    ),
    "forum": re.compile(
        r"\b(?:courts?|arbitrat\w*|mediat\w*|venue|forum|jurisdiction|tribunal|disputes?|controvers(?:y|ies)|litigat\w*|proceedings?|"
        r"actions?|suits?|claims?|adjudicat\w+|brought|heard)\b",
        re.I,
    ),
}
#: A notice in a case of its own, of which nobody asks who names no such case.
_CASE = re.compile(
    r"\b(?:disab\w+|incapaci\w+|illness|death|dies|deceased?|estate|spouse|guardian|change\s+(?:in|of)\s+control|force\s+majeure|"
    r"insolven\w+|bankrupt\w*|condemnation|casualty)\b",
    re.I,
)
_NEXT_CASE = re.compile(
    r"[;:]|,\s+or\b|\((?:[a-h]|[ivx]{1,4})\)|\b(?:and|or)\s+(?:otherwise|by|upon|on|at\s+any\s+time)\b", re.I
)
_ASKS_NOTICE = re.compile(r"\bnotice\b", re.I)
#: What is lent, and who or what asks of it when it is to be paid back.
_LENT = r"(?:facilit(?:y|ies)|loans?|notes?|lines?(?:\s+of\s+credit)?|debentures?|bonds?|mortgages?|advances?|debt)"
_MATURES = re.compile(
    rf"(?P<kind>(?:\b[\w-]+\s+){{0,2}})\b(?P<lent>{_LENT})\s+(?:(?:shall|will|must)\s+)?(?:be\s+)?(?:matur\w+|due\s+and\s+payable|expires?|terminates?)\b",
    re.I,
)
_ASKS_MATURITY = re.compile(r"\b(?:matur\w+|come\s+due|due\s+date)\b", re.I)
_FALLS_DUE = re.compile(
    r"\b(?:matur\w+|due|payable|repa\w+|terminat\w+|expir\w+|final|outstanding|until|end(?:s|ing)?)\b", re.I
)
_KINDS_LENT = re.compile(
    r"\b(?:interim|bridge|swing\s?-?line|subordinated|mezzanine|existing|prior|original|permanent|other|protective)\b",
    re.I,
)
_OR_LATER = re.compile(
    r"[\s,;)\"\u201d]*\b(?:or|subject\s+to)\s+(?:on\s+)?(?:such|any|some)\s+(?:other\s+)?(?:later|earlier|other|extended)\s+(?:date|day|time)\b",
    re.I,
)
#: Values that are told by figures.
FIGURES: frozenset[ValueType] = _TYPED - {"law"} | {"number"}
_LEFT_BLANK, _ASKS_RATIO = re.compile(r"_{3,}|\[\s*[_\u2022\u25cf]*\s*\]"), re.compile(r"\bratio\b", re.I)
_ASKS_WHY = re.compile(
    r"(?:why\b|for\s+(?:what|which)\s+(?:reason|purpose)|what\s+(?:is|was|were|are)\s+the\s+(?:reasons?|purposes?)\b)",
    re.I,
)
#: A figure, a date or a span of time: whoever is asked for is none of these.
_FIGURE = re.compile(
    r"(?:[\W\d_]|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|ninety|hundred|thousand|million|billion|percent|per|cent|dollars?|cents?|usd?|eur(?:os?)?|rmb|days?|weeks?|months?|"
    r"years?|hours?|minutes?|business|working|calendar|consecutive|prior|within|least|most|than|more|less|up|to|at|of|the|an?|in|"
    r"and|or|on|no|not|after|before|from|each|shares?|units?|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)\b)+",
    re.I,
)


def says_nothing(said: str) -> bool:
    """Whether an answer is made of auxiliary verbs and articles alone, as "shall be"."""
    return not _LEAD.sub("", f"{said.strip()} ").strip()


def is_figure(said: str) -> bool:
    """Whether an answer is a figure, a date or a span of time alone."""
    return _FIGURE.fullmatch(said) is not None


def is_mere_figure(asked: Understanding, said: str) -> bool:
    """Whether a person, a party, a law or a reason is asked for and only a figure, a date or a time is said.

    Nor is a sum of money an answer where a day, a time or a ratio is asked for, nor a figure that was left blank.
    """
    if asked.value in FIGURES and _LEFT_BLANK.search(said):
        return True
    if asked.value == "number" and _ASKS_RATIO.search(asked.each):
        return normalise("amount", said) is not None
    wants_words = asked.value in ("party", "person", "law") or _ASKS_WHY.match(asked.each)
    if not is_figure(said):
        return False
    return bool(wants_words) or (asked.value in ("duration", "date") and _is_money(said))


def _is_money(said: str) -> bool:
    """Whether a figure is a sum of money, and neither a day nor a time."""
    others: tuple[ValueType, ...] = ("duration", "date")
    return normalise("amount", said) is not None and not any(normalise(kind, said) for kind in others)


def fits(asked: Understanding, fact: AskedField, candidate: Candidate, around: str) -> bool:
    """Whether an answer has the form that the question asks for; `around` is the sentence of its first place.

    No section number is a rate, a state whose law governs is no party, and a date whose sentence speaks of no end is
    no expiry. A value may be told in words: a day by an event, how often by "monthly", an amount by what it equals.
    """
    if asked.yes_no or candidate.yes_no:
        return asked.yes_no and candidate.yes_no
    if asked.value == "duration" and asks_how_often(asked.each):
        return _HOW_OFTEN.search(candidate.said) is not None
    if asked.value == "amount" and asks_what_makes_up(asked.asked):
        return normalise("percent", candidate.said) is not None or _FORMULA.search(candidate.said) is not None
    if asked.value in _TYPED and normalise(asked.value, candidate.said) is None:
        return _is_told_otherwise(asked, fact, candidate.said)
    if asked.value == "party" and _is_jurisdiction(candidate.said):
        return False
    if asked.value == "date" and _is_left_open(candidate.said, around):
        return False
    return not (fact == "expiry" and not _ENDS.search(around))


def _is_left_open(said: str, sentence: str) -> bool:
    """Whether a sentence goes on from a day with another that may take its place."""
    behind = " ".join(sentence.split()).partition(" ".join(said.split()))[2]
    return _OR_LATER.match(behind) is not None


def is_of_another_matter(asked: Understanding, fact: AskedField, said: str, sentence: str) -> bool:
    """Whether a sentence speaks of another matter than a law, a forum, a notice or a maturity that is asked for.

    Rules of arbitration alone choose no law, an address for notices is no forum, and a notice in a case that nobody
    named is not that which is asked for.
    """
    question = asked.each
    if asked.yes_no:
        return False
    if fact in _SPOKEN_OF and not _SPOKEN_OF[fact].search(sentence):
        return True
    if _ASKS_NOTICE.search(question) and not _CASE.search(question):
        before = " ".join(sentence.split()).partition(" ".join(said.split()))[0]
        if _CASE.search(_NEXT_CASE.split(before)[-1]):
            return True
    if asked.value != "date" or not _ASKS_MATURITY.search(question):
        return False
    if not _FALLS_DUE.search(sentence):
        return True
    matures = _MATURES.search(sentence)
    if matures is None:
        return False
    kinds = {kind.lower() for kind in _KINDS_LENT.findall(matures["kind"])}
    return bool(kinds) and not kinds & {kind.lower() for kind in _KINDS_LENT.findall(question)}


def _is_told_otherwise(asked: Understanding, fact: AskedField, said: str) -> bool:
    """Whether a typed value is told by one of another type, or in words; no field of a brief is told in words."""
    if any(normalise(other, said) for other in _ALSO.get(asked.value, ())):
        return True
    if fact or asked.value not in _IN_WORDS:
        return False
    words = _LEAD.sub("", " ".join(said.split()))
    if asked.value == "duration" and (_UNIT.search(words) or (_WHEN.search(asked.each) and _is_day(words))):
        return True
    return _IN_WORDS[asked.value].match(words) is not None


def _is_day(words: str) -> bool:
    return normalise("date", words) is not None or _IN_WORDS["date"].match(words) is not None


def _is_jurisdiction(said: str) -> bool:
    law = normalise("law", said)
    return law is not None and _STATE_OF.sub("", " ".join(said.split())).lower() == law.comparable.lower()
