"""Whether parts of a document were taken out: told by the marks that stand in their place."""

from __future__ import annotations

import re
from itertools import islice

from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate

#: Something that is taken out, of which the question does not say what.
_TAKEN_OUT = (
    r"(?:redact(?:ed|ions?)|black(?:ed|ened)[\s-]+out|blanked[\s-]+out|whited[\s-]+out|censored|masked|asterisks?|"
    r"confidential\s+treatment)"
)
_ANYTHING = (
    r"(?:any|some|anything|something|the|its|bits?|parts?|portions?|pieces?|stuff|things?|texts?|words?|numbers?|"
    r"figures?|information|details?|terms|passages?|sections?|places?|been|being|or|and|hidden|that|which|was|were|is|"
    r"are|out|with|of|in|it|them|here|this|agreement|contract|document|requested|for|where|has|have)"
)
_ASKS = re.compile(
    rf"^(?:does|do|did|is|are|was|were|has|have)\b(?:\s+(?:the\s+agreement|there|have|has|had|contain|include|got))*(?:\s+{_ANYTHING})*\s+"
    rf"{_TAKEN_OUT}(?:\s+{_ANYTHING})*\s*\??$",
    re.IGNORECASE,
)
#: Marks in the place of what was taken out; a row of stars that stands alone only parts a text.
_MARK = re.compile(
    r"\[\s*(?:[*\u2217\u2022\u25cf]\s*){1,9}\]|(?:\{|<|\()\s*(?:[*\u2217]\s*){2,9}(?:\}|>|\))|(?m:(?<![*\n])(?<!^)[*\u2217]{3,}(?!\*))"
    r"|\[[^\]\n]{0,24}\b(?:redacted|omitted)\b[^\]\n]{0,60}\]"
    r"|\bconfidential\s+treatment\s+(?:has\s+been\s+|is\s+being\s+|was\s+)?(?:requested|sought|granted)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?m)^[ \t]*(?:[*\u2217]\s*){2,}$")
_MOST_PLACES = 3
#: What a text without such marks tells: what is covered in a picture of a page leaves none.
UNMARKED = 0.5


def from_redactions(asked: Understanding, passages: Passages) -> Candidate | None:
    """Yes with the first marks of what was taken out, No where there is none; None where something else is asked."""
    if not asked.yes_no or not _ASKS.match(asked.each.strip()):
        return None
    alone = [match.span() for match in _ALONE.finditer(passages.text)]
    marks = (
        match.span()
        for match in _MARK.finditer(passages.text)
        if not any(low <= match.start() < high for low, high in alone)
    )
    places = tuple(islice(marks, _MOST_PLACES))
    if not places:
        return Candidate("rules", "No", (), 0, score=UNMARKED)
    return Candidate("rules", "Yes", places, passages.holding(places[0]), score=1.0)
