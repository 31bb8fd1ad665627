"""Where the companies of a document were formed: whether it involves "a Delaware company", and which one a party is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidation.asking.fields import FORMED
from consolidation.asking.understand import Understanding
from consolidation.briefs.signed_for import named_parties
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate, written
from consolidation.text.jurisdictions import PARENT, jurisdictions, written_jurisdictions
from consolidation.text.ranges import Range

_COMPANY = r"(?:compan(?:y|ies)|corporations?|corp|entit(?:y|ies)|llcs?|firms?|part(?:y|ies)|partnerships?|counterpart(?:y|ies))"
_ASKED = re.compile(
    r"^(?:does|is|was)\s+(?:the\s+agreement|it)\s+(?:signed\s+)?(?:involve|have|name|include|with|by|made\s+with)\s+(?:an?|any|one|at\s+least\s+one)\s+"
    rf"(?:(?P<before>[\w.' ]+?)\s+{_COMPANY}|{_COMPANY}\s+(?:that\s+(?:is|was)\s+)?(?:from|in|of|based\s+in|(?:incorporated|organi[sz]ed|formed|registered)\s+(?:in|under))\s+(?P<behind>[\w.' ]+?))\s*\??$",
    re.IGNORECASE,
)
_PLACE = r"(?:(?:u\.?s\.?\s+)?state|country|jurisdiction|province|nation)"
#: Where somebody was formed is asked for.
_WHERE = tuple(
    re.compile(rf"^(?:please\s+)?{words}\s*\??$", re.IGNORECASE)
    for words in (
        rf"(?:in\s+|under\s+)?(?:what|which)\s+{_PLACE}(?:['\u2019]s)?(?:\s+laws?)?\s+(?:is|was)\s+(?P<who>.+?)\s+{FORMED}(?:\s+(?:in|under|by))?",
        rf"where\s+(?:is|was)\s+(?P<who>.+?)\s+{FORMED}(?:\s+(?:in|under))?",
        rf"under\s+(?:the\s+)?laws?\s+of\s+(?:what|which)\s+{_PLACE}\s+(?:is|was)\s+(?P<who>.+?)\s+{FORMED}",
        rf"(?:what(?:['\u2019]s|\s+is)\s+)?(?P<who>.+?)['\u2019]s?\s+(?:{_PLACE}|place)\s+of\s+(?:incorporation|organi[sz]ation|formation)",
        rf"(?:what(?:['\u2019]s|\s+is)\s+)?(?:the\s+)?(?:{_PLACE}|place)\s+of\s+(?:incorporation|organi[sz]ation|formation)\s+(?:of|for)\s+(?P<who>.+?)",
    )
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
#: So far behind the name of a party it is said where it was formed.
_BEHIND = 240
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
    for place, name, _ in _formations(passages.text, 0, len(passages.text)):
        if where in (name, PARENT.get(name)):
            return Candidate("rules", "Yes", (place,), passages.holding(place), score=_SURE)
    return None


def formed_in(asked: Understanding, passages: Passages) -> Candidate | None:
    """Where the one party was formed of which that is asked, by what stands behind its name; None where it does not."""
    match = None if asked.yes_no else next(filter(None, (one.match(asked.each) for one in _WHERE)), None)
    parties = passages.brief.parties
    numbers = named_parties(parties, match["who"]) if match else []
    if len(numbers) != 1:
        return None
    low = parties[numbers[0]].name.places[-1][1]
    others = [start for one in parties for start, _ in one.name.places if start > low]
    for _, _, place in _formations(passages.text, low, min([*others, low + _BEHIND])):
        return Candidate(
            "rules", written(passages.text, [place]), (place,), passages.holding(place), score=_SURE
        )
    return None


def only_formed_in(
    asked: Understanding, passages: Passages, proposed: Sequence[Candidate]
) -> list[Candidate]:
    """Proposals without other places than that where a party was formed, where it is asked for and known."""
    known = formed_in(asked, passages)
    if known is None:
        return [*proposed]
    places = jurisdictions(known.said)
    return [one for one in proposed if set(places) & set(jurisdictions(one.said))]


def _formations(text: str, start: int, end: int) -> Iterator[tuple[Range, str, Range]]:
    """The places of companies' law in a part of a text: the words that say so, which place it is, where that stands."""
    for (low, high), name in written_jurisdictions(text[start:end]):
        place = start + low, start + high
        if kind := _KIND.match(text, place[1]):
            yield (place[0], kind.end()), name, place
        elif before := _FORMED.search(text[max(start, place[0] - _BEFORE) : place[0]]):
            yield (place[0] - len(before[0]), place[1]), name, place
