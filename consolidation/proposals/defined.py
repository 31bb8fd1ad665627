"""What a defined term means: the words behind "means", or the phrase that the term in brackets names."""

from __future__ import annotations

import re
from bisect import bisect_right

from consolidation.asking.defining import term
from consolidation.asking.fields import asked_field
from consolidation.asking.understand import Understanding
from consolidation.passages.enumerations import mark_values
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate, written
from consolidation.shapes.shaping import trimmed
from consolidation.text.ranges import Range

#: How sure it is that words behind "means" are what a term means, by how often they are; and longest such words.
SURE, _LONGEST, _TAIL = 0.95, 3_000, 20
#: What may be answered by a definition; a day, a sum or a length of time is wanted as such.
_ASKED = frozenset({"definition", "free", "party", "consequence", "place"})
_OPEN, _CLOSE = "[\"\u201c\u201f'\u2018*_]{1,2}", "[\"\u201d\u201c'\u2019*_]{1,2}"
_VERB = (
    r"(?:\s{0,3}\([^()]{0,60}\))?\s{0,4}[,:]?\s{0,12}(?:as\s+used\s+(?:herein|in\s+this\s+\w+),?\s+)?"
    r"(?P<verb>means?(?:\s+and\s+includes?)?|(?:shall|will)\s+(?:be\s+defined\s+(?:as|to\s+mean)|mean(?:\s+and\s+include)?|refer\s+to|have\s+the\s+meaning)|refers?\s+to"
    r"|ha(?:s|ve)\s+the\s+meanings?|(?:is|are)\s+defined\s+(?:as|to\s+mean|in))\b(?:\s+(?:that|only))?[:,]?\s*"
)
#: What is told by when it happens: "a Change in Control shall be deemed to have occurred if".
_OCCURS = (
    r"\s+(?:(?:shall|will)\s+be|(?:shall|will)|is)\s+(?:(?:\w+ly\s+)?(?:deemed|considered|determined|conclusively\s+presumed)\s+to\s+)?"
    r"(?:have\s+)?(?:occur(?:red)?|exist(?:ed)?|taken?\s+place)\s+(?=(?:if|when(?:ever)?|upon|at\s+such\s+time|in\s+the\s+event|on\s+the)\b)"
)
#: A meaning that stands in another place.
_ELSEWHERE = re.compile(
    r"(?:shall\s+)?(?:has|have|having)?\s*(?:the\s+)?(?:same\s+)?(?:meanings?\s+)?(?:respectively\s+)?"
    r"(?:as\s+)?(?:is\s+)?(?:given|set\s+forth|set\s+out|ascribed|assigned|specified|defined|provided|described|indicated|attributed|stated)\b"
    r"[^.;]{0,80}?\b(?:in|by|under)\b",
    re.I,
)
#: What the next definition begins with, where no stop ends this one.
_NEXT = re.compile(
    r"(?:[;.,]\s*|\s+)(?:(?:and|or)\s+)?(?:\(?[a-z0-9.]{1,6}[).]?\s+)?[\"\u201c][A-Z][^\"\u201c\u201d\n]{1,60}[\"\u201d]\s*(?:means?|shall|has|refer)"
    r"|[;,]\s+(?:(?:and|or)\s+)?\([a-z]{1,4}\)\s+(?:[A-Z]\w+(?:\s+[A-Z]\w+){0,4}\s+means|where\b)"
)
#: Whose words are no meaning but where it stands.
_PLACE = re.compile(
    r"(?:in\s+)?(?:Sections?|Articles?|Clauses?|Paragraphs?|Exhibits?|Schedules?|Annex)\b", re.I
)
#: A list of which each thing ends with a full stop, and the mark before each.
_LISTS = re.compile(r"\bfollowing\b[^:.;]{0,80}:", re.I)
_MARK = re.compile(r"(?<![^\s:;,])\((?P<mark>[ivx]{1,4}|[a-z]|\d{1,2})\)\s", re.I)
#: A meaning that stops before what it announces.
_UNFINISHED = re.compile(r"\bfollowing\b[^:]*$|:\s*(?:\S{1,14}\s*)?$", re.I)
_GOES_ON = re.compile(r"(?:[:;,]|[;,]\s+(?:and|or))$")
#: "CRO stands for what", "Third Party - how is it defined"; and what follows a term and asks.
_TURNED = re.compile(
    r"^(?P<term>(?!(?:what|who|which|how|does|meaning|definition)\b).{2,60}?)\s*[,:\u2013-]*\s*"
    r"(?:(?:means?|stands?\s+for)(?:\s+what)?|(?:-\s*)?how(?:\s+is\s+it)?\s+defined|what\s+does\s+(?:it|the\s+term)\s+mean)\W*$",
    re.I,
)
_ASKS = re.compile(r"\s+(?:described|take\s+in|refer\s+to|include[sd]?)$", re.I)
_ARTICLES = re.compile(r"^(?:an?|the|any|each|term|word|our|their|its)\s+", re.I)


def definition_of(asked: Understanding, passages: Passages) -> Candidate | None:
    """The whole of what a document says that an asked term means; None unless it says so in one place."""
    words = asked_term(asked)
    if not words:
        return None
    found = _means(passages, words)
    if len({written(passages.text, [place]).lower() for place in found}) != 1:
        return None
    place = found[0]
    return Candidate("rules", written(passages.text, [place]), (place,), passages.holding(place), score=SURE)


def asked_term(asked: Understanding) -> str:
    """The term whose meaning is asked for; empty where none is."""
    if asked.yes_no or asked.value not in _ASKED or (asked.value != "definition" and asked_field(asked)):
        return ""
    turned = _TURNED.match(asked.each)
    words = turned["term"].strip(" ,-\u2013\"\u201c\u201d'") if turned else asked.term or term(asked.each)
    words = _ASKS.sub("", words)
    while shorter := _ARTICLES.match(words):
        words = words[shorter.end() :]
    return words if 1 < len(words) <= 60 else ""


def _means(passages: Passages, words: str) -> list[Range]:
    """What stands behind the term and its verb, wherever both do."""
    text = passages.text
    parts = r"[\s-]{1,8}".join(re.escape(part) for part in re.split(r"[\s-]+", words))
    own = rf"(?:{parts}|{parts[:-1] if parts.endswith('s') else parts + 's'})"
    quoted = rf"{_OPEN}\s?(?:(?:the|an?)\s+)?{own}[.,]?\s?{_CLOSE}(?:\s+or\s+{_OPEN}[^\"\u201d\n]{{1,60}}{_CLOSE})?"
    found = list(re.finditer(quoted + _VERB, text, re.I))
    if not found:
        bare = rf"(?:^|\n)[^\S\n]*+(?:\(?[\w.]{{1,6}}[).]?\s{{1,4}})?(?P<bare>{own})"
        found = [m for m in re.finditer(bare + _VERB, text, re.I) if m["bare"][:1].isupper()]
    if not found:
        happens = rf"(?:\b(?:an?|the|such(?:\s+an?)?)\s+|{_OPEN}\s?){own}[.,]?\s?(?:{_CLOSE})?{_OCCURS}"
        found = list(re.finditer(happens, text, re.I))
    return [place for m in found if (place := _body(passages, m.end()))]


def _body(passages: Passages, low: int) -> Range | None:
    """From behind the verb to the end of the sentence and of the paragraphs that belong to it."""
    text, bounds = passages.text, passages.sentences
    at = max(0, bisect_right(bounds, low, key=lambda s: s[0]) - 1)
    high = bounds[at][1]
    while at + 1 < len(bounds) and high - low < _LONGEST:
        goes_on = _GOES_ON.search(text[max(low, high - _TAIL) : high])
        if not goes_on and not _is_next_of_list(text[low:high], text[bounds[at + 1][0] : bounds[at + 1][1]]):
            break
        at += 1
        high = bounds[at][1]
    if cut := _NEXT.search(text, low, min(high, low + _LONGEST)):
        high = cut.start()
    if high - low > _LONGEST or _ELSEWHERE.match(text, low, high) or _PLACE.match(text, low, high):
        return None
    while high > low and text[high - 1] in ".;, \n":
        high -= 1
    only_one = _LISTS.search(text, low, high) and len(_MARK.findall(text, low, high)) == 1
    if only_one or _UNFINISHED.search(text, low, high):
        return None
    place = trimmed(text, (low, high))
    return place if len(text[slice(*place)].split()) > 1 else None


def _is_next_of_list(before: str, sentence: str) -> bool:
    """Whether a sentence begins with the mark that comes after the last one of a list before it."""
    marks, mine = list(_MARK.finditer(before)), _MARK.match(sentence.lstrip())
    if not marks or not mine or not _LISTS.search(before):
        return False
    own = dict(mark_values(mine["mark"]))
    return any(own.get(kind) == value + 1 for kind, value in mark_values(marks[-1]["mark"]))
