"""Values that are told in words, or by a value of another type: a day by an event, a term by "until terminated"."""

from __future__ import annotations

import re

from consolidation.asking.fields import AskedField
from consolidation.asking.typed import ValueType, normalise
from consolidation.asking.understand import Understanding
from consolidation.text.values import MONTHS

#: Other types by which a value of one may be told: a term by its last day, a payment as a share.
_ALSO: dict[ValueType, tuple[ValueType, ...]] = {"date": ("duration",), "amount": ("percent",)}
#: Values in words, without any figure: a day as an event, a time as how often, an amount as what it equals.
_IN_WORDS: dict[ValueType, re.Pattern[str]] = {
    "date": re.compile(
        r"(?:(?:not?|never)\s+(?:later|earlier|sooner)\s+than|(?:immediately|promptly|shortly|\w+\s+days?)?\s*(?:up)?on|immediately|when(?:ever)?|"
        r"as\s+(?:of|soon\s+as)|at\s+the\s+(?:time|end|close|beginning|start|point|moment|expir\w+|earlier|later)|prior\s+to|before|after|"
        r"following|until|by|from|since|\d{1,2}(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?MONTH|MONTH\s+\d{1,2}|(?:on\s+)?the\s+(?:\w+\s+){0,3}?(?:date|day|anniversary|expir\w+|completion|close|closing|end|"
        r"earlier|later|first|last)|\d{1,2}(?::\d\d)?\s*[ap]\.?m)\b".replace(
            "MONTH", f"(?:{'|'.join(MONTHS)})"
        ),
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
        r"fair\s+market\s+value|pro\s+rata|no(?:thing|ne)|no\s+(?:charge|fee|cost)|free\s+of\s+charge|without\s+(?:charge|cost)|royalty-free|"
        r"(?:\w+\s+)?(?:\(\d+\)\s+)?(?:days?|weeks?|months?|quarters?|years?)['\u2019]?s?['\u2019]?\s+(?:\w+\s+){0,2}?(?:fees?|salary|rent|pay|wages|compensation|charges?|premiums?)|"
        r"the\s+(?:\w+\s+){0,2}?(?:amount|sum|costs?)\s+of)\b",
        re.I,
    ),
    "percent": re.compile(
        r"(?:royalty-free|none|no\s+(?:royalt\w+|interest|discount|commission)|pro\s+rata|equal(?:ly)?\b|half|one[\s-]half|(?:in\s+)?(?:the\s+same\s+)?proportion\w*)\b",
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
#: Auxiliary verbs and articles before what is said.
LEAD = re.compile(r"^(?:(?:shall|will|must|may|to|be|is|are|continue|an?)\s+)*", re.I)
_UNIT = re.compile(r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", re.I)
_WHEN = re.compile(r"\b(?:when|deadline|due|by\s+what|how\s+late|latest)\b", re.I)
#: What lasts until something.
_LASTS = re.compile(
    r"\b(?:(?:un)?till?|so\s+long\s+as|as\s+long\s+as|unless\s+(?:and\s+until\s+)?(?:sooner\s+|earlier\s+)?terminat\w+|for\s+the\s+(?:\w+\s+){0,3}?(?:life|duration))\b",
    re.I,
)
#: How much there is of a thing, which is no money; and a figure with the unit of a thing behind it.
_HOW_MUCH = re.compile(
    r"^(?:and\s+|so\s+)?how\s+much\s+(?!(?:is|are|was|were|will|would|does|do|did|can|could|may|must|should|shall|has|have|had)\b)",
    re.I,
)
_MONEY = re.compile(
    r"\b(?:pa(?:y|ys|id|yment|yable)|costs?|fees?|prices?|owe[sd]?|charg\w+|money|dollars?|cash|rent|salary|bonus|royalt\w+|worth|interest|"
    r"notice|warning|time|insurance|coverage|liab\w+|credit|loan|debt|compensation|severance)\b|[$€£]",
    re.I,
)
_MEASURE = re.compile(
    r"\d[\d,.]*\)?\s*(?:\([^()]{1,20}\)\s*)?(?:percent|%|lbs?|pounds?|tons?|tonnes?|kg|kilograms?|grams?|ounces?|oz|acres?|hectares?|(?:square|cubic)\s+\w+|"
    r"barrels?|bbls?|gallons?|lit(?:er|re)s?|mmbtu|dth|dekatherms?|kw|mw|kwh|mwh|units?|copies|pieces|pairs|cases|shares|hours?|miles?|km|feet|met(?:er|re)s?|yards?|bushels?)\b",
    re.I,
)
#: A sum that no share of another tells.
_NO_SHARE = re.compile(
    r"\b(?:in\s+(?:u\.?s\.?\s+)?(?:dollars?|euros?|pounds?|money)|(?:dollar|cash)\s+(?:amount|figure|sum|value)|how\s+many\s+dollars|"
    r"(?:base\s+|annual\s+|yearly\s+|monthly\s+)*(?:salary|wages?))\b",
    re.I,
)
#: A rate, which no sum tells.
_RATE = re.compile(
    r"\b(?:rates?|per\s?cent\w*|interest|share|proportion|split|stake|ownership|shareholding)\b|%", re.I
)


def says_how_often(said: str) -> bool:
    """Whether words say how often something is done."""
    return _HOW_OFTEN.search(said) is not None


def says_what_makes_up(said: str) -> bool:
    """Whether words say how a sum is worked out."""
    return normalise("percent", said) is not None or _FORMULA.search(said) is not None


def is_told_otherwise(asked: Understanding, fact: AskedField, said: str) -> bool:
    """Whether a typed value is told by one of another type, or in words.

    Of the fields of a brief only a term is told so: by what it lasts until.
    """
    if any(normalise(other, said) for other in _ALSO.get(asked.value, ())):
        return not (asked.value == "amount" and _NO_SHARE.search(asked.each))
    words = LEAD.sub("", " ".join(said.split()))
    if fact:
        return fact in ("term", "expiry") and _LASTS.search(words) is not None
    if asked.value == "amount" and _HOW_MUCH.search(asked.each) and not _MONEY.search(asked.each):
        return _MEASURE.search(words) is not None
    if asked.value == "percent" and not _RATE.search(asked.each) and normalise("amount", said):
        return True
    if asked.value not in _IN_WORDS:
        return False
    if asked.value == "duration" and (_UNIT.search(words) or (_WHEN.search(asked.each) and _is_day(words))):
        return True
    return _IN_WORDS[asked.value].match(words) is not None


def _is_day(words: str) -> bool:
    return normalise("date", words) is not None or _IN_WORDS["date"].match(words) is not None
