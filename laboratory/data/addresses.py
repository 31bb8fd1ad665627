"""Self-study of notices: where they are sent to, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from laboratory.data.facts import Fact, Range, fact_at

_PARTY = r"(?:the\s+)?(?P<subject>[A-Z][\w.,'\u2019&() -]{1,50}?)"
_ADDRESSEE = re.compile(
    r"\b(?:[Ii]f|IF|[Nn]otices?|NOTICES?)\s+(?:to|TO)\s+"
    + _PARTY
    + r"(?:,?\s+(?:at|to|then\s+to|addressed\s+to|shall\s+be\s+(?:sent|addressed)\s+to))?\s*:"
)
_NEXT = re.compile(
    r"\b(?:[Ii]f|IF|[Nn]otices?)\s+(?:to|TO)\b|[Ww]ith\s+(?:a\s+|an\s+)?(?:additional\s+)?(?:required\s+)?cop(?:y|ies)|"
    r"WITH\s+A?\s*COPY|\n\s*\d+\.\d|\n\n\n\n\n"
)
_STREET = re.compile(
    r"(?:\b(?:P\.?\s?O\.?\s+Box\s+)?\d{1,6}[A-Z]?(?:-\d+)?\s+(?=(?:[NSEW]\.?\s+)?(?:\d+(?:st|nd|rd|th)\b|[A-Z]))|"
    r"\b(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\s+(?=[A-Z]))"
)
_ZIP = re.compile(r"\b[A-Z][A-Za-z.]+,?\s+\d{5}(?:-\d{4})?\b(?:,?\s*(?:USA|U\.S\.A\.|United States))?")
_OFFICE = re.compile(
    r"\b(?:located|offices?|business|address|place)\s+(?:is\s+|being\s+)?(?:located\s+)?(?:at|is)\s+"
    r"(?P<value>[^;:\"“”(\n]{12,150}?\b\d{5}(?:-\d{4})?)\b[^\"“”.;]{0,60}\(?[^\"“”.;]{0,25}[\"“](?P<subject>[A-Z][^\"“”]{1,40}?),?[\"”]"
)
_NO_PARTY = re.compile(
    r"\b(?:Agreement|Part(?:y|ies)|reason|any|addressed|other|following|both|either)\b", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,4}\b")


def addresses(text: str) -> Iterator[Fact]:
    """Where notices to each party go: from the street to the postal code."""
    for match in _ADDRESSEE.finditer(text):
        follows = _NEXT.search(text, match.end())
        end = min(match.end() + 420, follows.start() if follows else len(text))
        mail, place = _MAIL.search(text, match.end(), end), _address(text, match.end(), end)
        if mail and not _NO_PARTY.search(match["subject"]):
            yield fact_at("E-mail Address", match["subject"], text, mail.span())
        if place and not _NO_PARTY.search(match["subject"]):
            yield fact_at("Notice Address", match["subject"], text, place)
    for match in _OFFICE.finditer(text):
        place = _address(text, *match.span("value"))
        if place and not _NO_PARTY.search(match["subject"]):
            yield fact_at("Notice Address", match["subject"], text, place)


def _address(text: str, start: int, end: int) -> Range | None:
    code = _ZIP.search(text, start, end)
    street = _STREET.search(text, start, code.start()) if code else None
    if not code or not street:
        return None
    written = text[street.start() : code.end()]
    tidy = 4 <= len(written.split()) <= 20 and not re.search(r"\s{4}|\n\n|\*|:|@", written)
    return (street.start(), code.end()) if tidy else None
