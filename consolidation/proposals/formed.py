"""Where the companies of a document were formed: whether it involves "a Delaware company" or one "from Germany"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.text.jurisdictions import PARENT, jurisdictions, written_jurisdictions
from consolidation.text.ranges import Range

_COMPANY = r"(?:compan(?:y|ies)|corporations?|corp|entit(?:y|ies)|llcs?|firms?|part(?:y|ies)|partnerships?|counterpart(?:y|ies))"
_ASKED = re.compile(
    r"^(?:does|is|was)\s+(?:the\s+agreement|it)\s+(?:signed\s+)?(?:involve|have|name|include|with|by|made\s+with)\s+(?:an?|any|one|at\s+least\s+one)\s+"
    rf"(?:(?P<before>[\w.' ]+?)\s+{_COMPANY}|{_COMPANY}\s+(?:that\s+(?:is|was)\s+)?(?:from|in|of|based\s+in|(?:incorporated|organi[sz]ed|formed|registered)\s+(?:in|under))\s+(?P<behind>[\w.' ]+?))\s*\??$",
    re.IGNORECASE,
)
#: What a company is, behind the place of its law: "a Delaware corporation", "a Nevada limited liability company".
_KIND = re.compile(
    r"\s+(?:(?:stock|non-?profit|general|limited|professional|public|private|business|banking|statutory|mutual|insurance|holding)\s+)*"
    r"(?:corporation|company|limited\s+liability\s+(?:company|partnership)|partnership|business\s+trust|trust|association|LLC|L\.L\.C\.|LLP|cooperative|joint\s+venture)\b",
    re.IGNORECASE,
)
_FORMED = re.compile(
    r"\b(?:organi[sz]ed|existing|incorporated|formed|established|registered|chartered)\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_BEFORE = 120
#: How often such an answer was right where the rules were made.
_SURE = 0.9


def where_asked(asked: Understanding) -> str:
    """The place whose law a party is to be formed under, where that is asked; else empty."""
    match = _ASKED.match(asked.each.strip()) if asked.yes_no else None
    found = jurisdictions(match["before"] or match["behind"]) if match else ()
    return found[0] if len(found) == 1 else ""


def from_formations(asked: Understanding, passages: Passages) -> Candidate | None:
    """Yes where the text says of a company that it is one of the place that is asked for; None where it does not."""
    where = where_asked(asked)
    if not where:
        return None
    for place, name in _formations(passages.text):
        if where in (name, PARENT.get(name)):
            return Candidate("rules", "Yes", (place,), passages.holding(place), score=_SURE)
    return None


def _formations(text: str) -> Iterator[tuple[Range, str]]:
    """The places of companies' law in a text, each with the words that say so."""
    for (low, high), name in written_jurisdictions(text):
        if kind := _KIND.match(text, high):
            yield (low, kind.end()), name
        elif before := _FORMED.search(text[max(0, low - _BEFORE) : low]):
            yield (low - len(before[0]), high), name
