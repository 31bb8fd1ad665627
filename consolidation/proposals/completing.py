"""Answers drawn out to the whole of what is asked, from the structure of the text alone; nothing here judges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from consolidation.asking.fields import asks_all_parties
from consolidation.asking.understand import Understanding
from consolidation.passages.enumerations import series_around
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate, written
from consolidation.shapes.changed import holding
from consolidation.shapes.cures import periods_to_cure
from consolidation.shapes.figures import drawn_out, figure_asked
from consolidation.shapes.shaping import asks_several, items, trimmed, whole
from consolidation.text.ranges import Range

#: What may be a list whatever its type; and how much of an item an answer must be to stand for it.
_LISTED, _ENOUGH = frozenset({"list", "free", "place", "person", "consequence", "law", "party"}), 0.6
_LONGEST, _SHORT, _FIRST, _REACH, _NEAR = 3_000, 12, 4, 160, 40
#: What asks for all of several things, besides what `asks_several` knows.
_ASKS = re.compile(
    r"^(?:people|persons|those|kinds|types|sorts|inks|items)\b|^(?:[\w-]+\s+){0,3}(?:named|covered|recovered|excluded|included)\s*\??$"
    r"|\b(?:makes?\s+up|making\s+up|made\s+up|includes?|recovers?|contains?|comprises?|consists?)\b|^[a-z-]{3,}s\b(?!\s+(?:it|this|the|that)\b)",
    re.I,
)
_JOINS, _TWO = re.compile(r"\b(?:and|or|and/or)\b"), re.compile(r"\s+(?:and|or|and/or)\s+")
_COMMA, _SEGMENT = re.compile(r",\s+$"), re.compile(r"(?P<words>[^,;:.()\n]+)$")
#: What an enumeration follows in its sentence.
_LEADS = re.compile(
    r"^.*\b(?:of|for|to|in|by|with|from|on|at|as|is|are|be|means?|includ\w+|namely|following|provid\w+|through|under|between|among|any|all|via|support\w*"
    r"|using|against|into|than|that|which|such)\b(?=\s)",
    re.I | re.S,
)
_ARTICLE = re.compile(r"^.*\s(?=(?:the|an?|its|their|our|your|each|any|all)\s)", re.I | re.S)
#: What is an example of the item before it and none of its own; and the rest of an abbreviation.
_EXAMPLE, _CUT = (
    re.compile(r"(?:includ|such\s+as|without|with\b|as\b|but\b|provided)", re.I),
    re.compile(r"\.\w"),
)
#: The next item behind one.
_FURTHER = re.compile(
    r"\s*[,;]?\s*(?:and|or|as\s+well\s+as)\s+(?!(?:shall|will|may|is|are|has|if|in|at|to|such)\b)\w|\s*[,;]\s*(?:(?:and|or)\s+)?\([a-z]{1,4}\)\s"
)
_REST = re.compile(r"(?:\s+[a-z-]+){1,4}(?=\s*[,;.)])")


#: What a law's name follows.
_STATE_OF = re.compile(r"\b(?:State|Commonwealth|Province|Republic|Kingdom)\s+of\s+(?:the\s+)?$", re.I)
#: What may have lettered parts and is one answer; how long it may be; what joins its parts, and what is a case.
_OF_PARTS, _LONGEST_PARTS = frozenset({"amount", "percent", "number", "consequence", "free"}), 900
_AND = re.compile(r"\band\b|\bplus\b", re.I)
_SUM_OF = re.compile(
    r"\b(?:sum|product|total|aggregate|excess|difference|quotient|ratio|equal\s+to|multipl\w+|times)\b[^.;]{0,40}$",
    re.I,
)
_SUPPOSES = re.compile(
    r"(?:if|when|where|in\s+(?:the\s+)?(?:case|event)|upon|unless|for\s+(?:the|each|any))\b", re.I
)


def completed(asked: Understanding, passages: Passages, candidate: Candidate) -> Candidate:
    """A candidate with all items of the list that it is a part of, where a list is asked for; else as it is.

    A figure is completed by what makes it what it is, as the bound before it, and a period to cure by the longer one
    beside it; a sum or a consequence of lettered parts is told with all of them, a law with the "State of" before its
    name. What runs between pages is left out.
    """
    found = _completed(asked, passages, candidate)
    return _of_state(passages.text, found) if asked.value == "law" and len(found.places) == 1 else found


def _completed(asked: Understanding, passages: Passages, candidate: Candidate) -> Candidate:
    if (
        candidate.yes_no
        or candidate.value
        or not candidate.places
        or candidate.maker not in ("reader", "state")
    ):
        return candidate
    places = _whole(asked, passages, candidate)
    left_out = tuple(one for low, high in places for one in passages.added_within(low, high))
    said = written(passages.text, places, left_out)
    if places == candidate.places and (not left_out or said == candidate.said):
        return candidate
    return replace(candidate, said=said, places=places)


def _of_state(text: str, candidate: Candidate) -> Candidate:
    low, high = candidate.places[0]
    before = _STATE_OF.search(text, max(0, low - _REACH), low)
    if before is None or candidate.yes_no:
        return candidate
    place = before.start(), high
    return replace(candidate, said=written(text, (place,)), places=(place,))


def _whole(asked: Understanding, passages: Passages, candidate: Candidate) -> tuple[Range, ...]:
    places = candidate.places
    if len(places) == 1:
        place = holding(asked, passages.text, places[0])
        if place != places[0]:
            place = trimmed(passages.text, place)
        place = _with_parts(asked, passages, place)
        if asked.value == "date" or figure_asked(asked, candidate.said):
            place = drawn_out(asked, passages, place, candidate.said)
            return periods_to_cure(asked, passages, place)
        places = (place,)
    if asked.value not in _LISTED or not (asks_several(asked) or _ASKS.search(asked.each)):
        return places
    if len(places) > 1 and asks_all_parties(asked):
        return places  # what stands between two parties is said of one of them
    return _items(passages, places) or _split(passages.text, places) or places


def _with_parts(asked: Understanding, passages: Passages, place: Range) -> Range:
    """A sum or a consequence with all of the lettered parts that it begins: "the sum of (A) ... and (B)"."""
    if asked.value not in _OF_PARTS:
        return place
    found = series_around(passages, place)
    if not found or found[-1][1] - min(place[0], found[0][0]) > _LONGEST_PARTS:
        return place
    (low, high), last = found[0], found[-1]
    lead = passages.text[place[0] : low]
    begins = place[0] < low if asked.value != "consequence" else place[0] <= low
    if not begins or place[1] >= last[1] or _shared(place, found[0]) < _ENOUGH * (high - low):
        return place
    is_sum = _SUM_OF.search(lead) is not None
    if not (is_sum or _AND.search(passages.text[found[-2][1] : last[0]])):
        return place
    if any(_SUPPOSES.match(passages.text, start) for start, _ in found):
        return place
    return place[0], last[1]


def is_part(asked: Understanding, passages: Passages, candidate: Candidate) -> bool:
    """Whether a list is asked for, and a candidate is one item of a sentence that plainly goes on to the next."""
    if asked.value != "list" or candidate.yes_no or candidate.value or not candidate.places:
        return False
    places = completed(asked, passages, candidate).places
    return len(places) == 1 and _FURTHER.match(passages.text, places[0][1]) is not None


def _items(passages: Passages, places: tuple[Range, ...]) -> tuple[Range, ...]:
    """The items of a lettered series of which some places are one or more."""
    found = series_around(passages, places[-1])
    if not found or found[-1][1] - found[0][0] > _LONGEST:
        return ()
    low, high = places[0][0], places[-1][1]
    touched = [item for item in found if _shared((low, high), item)]
    if len(places) > 1 and len(touched) == 1 and touched[0][0] <= low:
        return ()
    held = sum(_shared((low, high), item) for item in touched)
    begun = any(low <= item[0] for item in touched) and passages.text[high : high + 1] == ";"
    return found if begun or held >= _ENOUGH * sum(b - a for a, b in touched) else ()


def _shared(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _split(text: str, places: tuple[Range, ...]) -> tuple[Range, ...]:
    """The items of the one enumeration by commas that an answer is, or that its parts are of."""
    low, high = places[0][0], _to_end_of_item(text, places[-1][1]) if len(places) > 1 else places[-1][1]
    low = _to_first_item(text, low)
    if high - low > _LONGEST:
        return ()
    low, high = whole(text, (low, high), high + _REACH)
    parts = items(text, (low, high))
    if len(parts) < 2 and len(places) > 1 and (two := _TWO.search(text, low, high)):
        parts = (low, two.start()), (two.end(), high)
    if len(parts) < 2 or not _is_series([text[a[1] : b[0]] for a, b in pairwise(parts)]):
        return ()
    said = [text[a:b] for a, b in parts]
    if (
        max(len(words.split()) for words in said) > _SHORT
        or any(map(_EXAMPLE.match, said))
        or _CUT.match(text, high)
    ):
        return ()
    return tuple(trimmed(text, part) for part in parts)


def _is_series(links: Sequence[str]) -> bool:
    """Whether what joins items is "A, B and C", or "A and B and C", and no other mixture."""
    joins = [bool(_JOINS.search(link)) for link in links]
    return joins[-1] and (not any(joins[:-1]) or (all(joins) and not any("," in link for link in links)))


def _to_first_item(text: str, low: int) -> int:
    """Where the first item of an enumeration begins whose later item begins at a place."""
    at = low
    while low - at < _LONGEST and (comma := _COMMA.search(text, max(0, at - _NEAR), at)):
        before = _SEGMENT.search(text, max(0, comma.start() - _REACH), comma.start())
        if before is None:
            break
        words = before["words"]
        own = _ARTICLE.split(_LEADS.split(words)[-1])[-1]
        begins_here = own == words and text[before.start() - 1 : before.start()] != ","
        if begins_here or not own.strip() or len(own.split()) > _FIRST:
            break
        at = comma.start() - len(own) + (len(own) - len(own.lstrip()))
        if own != words:
            break
    return at


def _to_end_of_item(text: str, high: int) -> int:
    """Where the item ends in which a place ends, if it goes on for few words."""
    rest = _REST.match(text, high)
    return rest.end() if rest else high
