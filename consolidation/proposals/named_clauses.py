"""Whether a document has a clause that the trade has a name for: from its heading, and from sentences of its kind."""

from __future__ import annotations

import re

from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.clause_names import clause_named
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.clause_signs import SIGNS, Sign
from consolidation.text.windows import Range

#: How likely a clause is there by its heading with a sentence of its kind, by such a sentence, and by a heading.
BY_BOTH, BY_SENTENCE, BY_HEADING = 1.0, 0.9, 0.8
#: A heading over nothing, over another document, or over a clause that there be none.
_NO_CLAUSE = re.compile(
    r"^(?:no|not|without)\b(?!\s+(?:oral|waiver|solicit|other|implied|further|warrant|partnership|agency|joint))|\b(?:first|second|third|fourth|fifth|sixth|this)\s+(?:amendment|modification)|\b(?:agreement|exhibit|schedule|annex|appendix)\b(?<!entire agreement)(?<!whole agreement)(?<!complete agreement)(?<!binding agreement)",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^\W*(?:\[?\s*(?:this\s+\w+\s+(?:is\s+)?)?(?:intentionally\s+)?(?:omitted|deleted|reserved|left\s+blank)|not\s+applicable|n/a|none)\b",
    re.IGNORECASE,
)
_TAKEN_OUT = re.compile(
    r"\b(?:is|are|be)\s+(?:hereby\s+)?(?:deleted|removed|struck|of\s+no\s+(?:further\s+)?(?:force|effect))|\bshall\s+not\s+apply\b|\bdoes\s+not\s+apply\b",
    re.IGNORECASE,
)
_AFTER_HEADING = re.compile(r"[\s.:;\u2014-]*")
#: Lines in capitals at the very beginning are titles of the document.
_TITLE_REACH = 400
#: A clause is read for a sentence of its kind so far.
_REACH = 1500
#: Sentences that are longer are lists that were not taken apart.
_LONGEST = 2500


def from_clause_names(asked: Understanding, passages: Passages) -> Candidate | None:
    """Yes with the clause of the name that is asked for; No where none of its words stands anywhere in the text.

    None where neither tells, or something else is asked.
    """
    name = clause_named(asked)
    if not name:
        return None
    sign = SIGNS[name]
    headed = _headed(passages, sign)
    if headed and headed[1]:
        # two signs of the clause, the heading and what stands under it, say the same
        return Candidate("rules", "Yes", (headed[0],), passages.holding(headed[0]), score=BY_BOTH, agreeing=1)
    if said := _said(passages, sign, (0, len(passages.text))):
        return Candidate("rules", "Yes", (said,), passages.holding(said), score=BY_SENTENCE)
    if headed:
        return Candidate("rules", "Yes", (headed[0],), passages.holding(headed[0]), score=BY_HEADING)
    if clause_kind(asked) or sign.words.search(passages.text):
        return None
    return Candidate("rules", "No", (), 0, score=1.0)


def _headed(passages: Passages, sign: Sign) -> tuple[Range, bool] | None:
    """The clause under such a heading, and whether it has a sentence of its kind; one that has comes first."""
    text, found = passages.text, None
    headings = passages.brief.headings
    for at, heading in enumerate(headings):
        if not heading.number and heading.place[0] < _TITLE_REACH:
            continue
        if _NO_CLAUSE.search(heading.heading) or not sign.heading.search(heading.heading):
            continue
        after = _AFTER_HEADING.match(text, heading.place[1])
        begin = after.end() if after else heading.place[1]
        end = headings[at + 1].place[0] if at + 1 < len(headings) else len(text)
        if end - begin < 2 or _EMPTY.match(text[begin:end]):
            continue
        first = next((high for low, high in passages.sentences if low <= begin < high), begin)
        if _denies(sign, text[begin : min(first, end)]):
            continue
        place = heading.place[0], max(heading.place[1], first)
        if said := _said(passages, sign, (begin, min(end, begin + _REACH))):
            return (place if said[0] <= begin else said), True
        found = found or (place, False)
    return found


def _denies(sign: Sign, sentence: str) -> bool:
    """Whether a sentence says that there be no such clause, or takes one out of another document."""
    said = " ".join(sentence.split())
    return bool(_TAKEN_OUT.search(said) or (sign.denied and sign.denied.search(said)))


def _said(passages: Passages, sign: Sign, within: Range) -> Range | None:
    """The first sentence of the clause's kind in a part of the text, that does not deny it."""
    for low, high in passages.sentences:
        if high <= within[0] or high - low > _LONGEST:
            continue
        if low >= within[1]:
            return None
        sentence = " ".join(passages.text[max(low, within[0]) : high].split())
        if sign.sentence.search(sentence) and not _denies(sign, sentence):
            return low, high
    return None
