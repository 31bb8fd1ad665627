"""Whether a document has a clause of a name: told from its headings, and from the words of its text."""

from __future__ import annotations

import re

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.text.windows import Range

_CLAUSE = r"(?:clause|provision|section|article|paragraph)s?"
_ASKED = re.compile(
    rf"^(?:(?:is|are)\s+there|(?:does|do|has)\s+(?:.{{1,60}}?)\s+(?:have|has|contain|include|got))\s+(?:an?|any|the|some)?\s*(?P<name>[\w' -]{{3,40}}?)\s+{_CLAUSE}\b"
    r"(?:\s+in\s+(?:the|this|that)\s+.{1,60})?\s*\??$",
    re.IGNORECASE,
)
#: The same in few words: "arbitration clause?".
_IN_SHORT = re.compile(
    rf"^(?:any\s+|an?\s+|the\s+)?(?P<name>[a-z][\w' -]{{3,40}}?)\s+{_CLAUSE}\s*\??$", re.IGNORECASE
)
_PLAIN = frozenset("a an the of and or in for to on no not any".split())
#: Letters by which a word is known in other forms: "arbitration" and "arbitrators".
_STEM = 6
_ORDERS = re.compile(r"\b(?:shall|will|must|may|agrees?)\b", re.IGNORECASE)
#: How likely a sentence with a word of the same family is such a clause.
BY_FAMILY = 0.7
#: A heading over a clause that there be none of something.
_NONE = re.compile(r"(?:no|not|without)\s", re.IGNORECASE)
_AFTER_HEADING = re.compile(r"[\s.:;\u2014-]*")


def from_headings(asked: Understanding, passages: Passages) -> Candidate | None:
    """Yes with the clause under such a heading; No where none of its words stands anywhere in the text.

    None where that does not tell, or something else is asked.
    """
    question = asked.each.strip()
    match = (_ASKED.match(question) or _IN_SHORT.match(question)) if asked.yes_no else None
    stems = (
        [_stem(word) for word in re.findall(r"[a-z]+", match["name"].lower()) if word not in _PLAIN]
        if match
        else []
    )
    if not stems:
        return None
    for heading in passages.brief.headings:
        if _NONE.match(heading.heading):
            continue
        words = [_stem(word) for word in re.findall(r"[a-z]+", heading.heading.lower())]
        if all(any(word.startswith(stem) for word in words) for stem in stems):
            place = _under(passages, heading.place)
            return Candidate("rules", "Yes", (place,), passages.holding(place), score=1.0)
    is_family = len(stems) == 1 and len(stems[0]) >= _STEM and not clause_kind(asked)
    if is_family and (ordered := _orders(passages, stems[0])):
        return Candidate("rules", "Yes", (ordered,), passages.holding(ordered), score=BY_FAMILY)
    text = passages.text.lower()
    if not any(re.search(rf"\b{re.escape(stem)}", text) for stem in stems if len(stem) >= _STEM):
        return (
            Candidate("rules", "No", (), 0, score=1.0) if any(len(stem) >= _STEM for stem in stems) else None
        )
    return None


def _orders(passages: Passages, stem: str) -> Range | None:
    """The first sentence that orders or allows something with a word of a family in it."""
    for low, high in passages.sentences:
        sentence = passages.text[low:high]
        said = re.search(
            rf"(?P<none>\b(?:no|not|never|nor|neither|without)\b[^.;,]{{0,30}})?\b{re.escape(stem)}",
            sentence,
            re.IGNORECASE,
        )
        if said and not said["none"] and _ORDERS.search(sentence):
            return low, high
    return None


def _stem(word: str) -> str:
    return word[:_STEM]


def _under(passages: Passages, heading: Range) -> Range:
    """A heading with the sentence that follows it."""
    after = _AFTER_HEADING.match(passages.text, heading[1])
    begin = after.end() if after else heading[1]
    end = next((high for low, high in passages.sentences if low <= begin < high), heading[1])
    return heading[0], max(heading[1], end)
