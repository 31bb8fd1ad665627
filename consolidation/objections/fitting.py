"""Whether an answer has the form that its question asks for."""

from __future__ import annotations

import re

from consolidation.asking.fields import AskedField
from consolidation.asking.parts import asks_how_often, asks_what_makes_up
from consolidation.asking.typed import ValueType, normalise
from consolidation.asking.understand import Understanding
from consolidation.objections.in_words import LEAD, is_told_otherwise, says_how_often, says_what_makes_up
from consolidation.proposals.candidates import Candidate
from consolidation.text.blanks import is_blanked
from consolidation.text.ranges import Range

#: Values that can be told from other words; an answer of another form does not fit such a question.
_TYPED: frozenset[ValueType] = frozenset({"date", "duration", "amount", "percent", "law"})
#: What asks for an address, and what one has, or what says where it stands.
_ASKS_ADDRESS = re.compile(
    r"\b(?:what|which|whose|street|mail(?:ing)?|postal|and|their|its|his|her|the|notice)\s+(?:[\w'\u2019]+\s+)?address(?:es)?\b(?!\s+(?:the|any|this|that)\b)",
    re.I,
)
_ADDRESS = re.compile(
    r"\d|@|\b(?:street|road|avenue|lane|drive|boulevard|plaza|square|court|house|building|p\.?\s?o\.?\s+box|set\s+forth|specified"
    r"|given|stated|above|below|first|schedule|exhibit|annex|records?|registered|principal|last\s+known)\b",
    re.I,
)
#: An answer that was cut off ends with such a word.
_CUT = re.compile(r"\b(?:and|or|the|an|of|by|with|for)\s*$", re.I)
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
_ASKS_RATIO = re.compile(r"\bratio\b", re.I)
_LEFT_BLANK = re.compile(r"_{3,}|\[\s*[_\u2022\u25cf]*\s*\]")
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:greater|lesser|higher|lower|larger|smaller|longer|shorter|earlier|later)\s+of\b|\bplus\b", re.I
)
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


def lacks_address(question: str, said: str) -> bool:
    """Whether an address is asked for, and an answer has no number of one and does not say where it stands."""
    return bool(_ASKS_ADDRESS.search(question)) and not _ADDRESS.search(said)


def says_nothing(said: str) -> bool:
    """Whether an answer is made of auxiliary verbs and articles alone, as "shall be"."""
    return not LEAD.sub("", f"{said.strip()} ").strip()


def is_cut_off(said: str) -> bool:
    """Whether an answer ends with a word that goes on, as "at the direction of"."""
    return _CUT.search(said) is not None


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


def lacks_figure(asked: Understanding, said: str, text: str, place: Range) -> bool:
    """Whether a figure is asked for, and where an answer would have one the text has a blank: "$[***] per copy".

    Of the greater of two the other may still be told.
    """
    if asked.value not in FIGURES or normalise(asked.value, said) or _ONE_OF_SEVERAL.search(said):
        return False
    return is_blanked(text, place)


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
    if is_cut_off(candidate.said):
        return False
    if asked.value == "duration" and asks_how_often(asked.each):
        return says_how_often(candidate.said)
    if asked.value == "amount" and asks_what_makes_up(asked.asked):
        return says_what_makes_up(candidate.said)
    if asked.value in _TYPED and normalise(asked.value, candidate.said) is None:
        return is_told_otherwise(asked, fact, candidate.said)
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


def _is_jurisdiction(said: str) -> bool:
    law = normalise("law", said)
    return law is not None and _STATE_OF.sub("", " ".join(said.split())).lower() == law.comparable.lower()
