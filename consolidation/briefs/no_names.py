"""What stands where the names of parties stand, and is none: roles, headings, ordinary words."""

from __future__ import annotations

import re

from consolidation.asking.spelling import LEGAL_FORMS, ROLES, ordinary_words
from consolidation.briefs.fields import Range
from consolidation.briefs.names import name_with_form
from consolidation.text.jurisdictions import written_jurisdictions

#: Defined terms that are no short name of a party, and words that are no name.
NO_TERM = re.compile(
    r"^(?:this\s+|the\s+)?(?:.*\b(?:agreement|date|amendment|contract|addendum|lease|act|code|deed"
    r"|venture agreement)\b.*|part(?:y|ies)|prc|we|us|our|"
    r"you|your|sec|term|or|and|the|affiliates?|effective.*|each.*|commission|joint venturers?)$",
    re.IGNORECASE,
)
COMMON = re.compile(
    r"^(?:the\s+)?(?:[a-z]?\d+|wales|for|of|and|parties|party|agreement|company|states?|state\s+of.*"
    r"|commonwealth.*|province.*|county.*|republic.*|country.*|"
    r"united\s+states.*|delaware|texas|nevada|florida|new\s+york|california"
    r"|exhibit.*|section.*|article.*|schedule.*"
    r"|effective\s+date|federal.*|"
    r"subsidiaries|affiliates|registered.*|principal.*|date|whereas|recitals|background|table\s+of.*"
    r"|amendment.*|source.*|dated.*|"
    r"thereafter|hereafter|however|therefore|provided|upon|"
    r"corporation|company\s+and.*|agent|bank|trust|fund|seller|buyer|purchaser|supplier|distributor"
    r"|licensor|licensee|customer|client|"
    r"consultant|contractor|executive|employee|reseller|investor.*|notices?|loan|products?|services?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)$",
    re.IGNORECASE,
)
#: Words that stand in headings and notes and in no name, and an end that only names of offices have.
_HEADING = re.compile(
    r"\b(?:part(?:y|ies)|recitals?|articles?|sections?|conditions|terms|whereas|definitions?|exhibits?|schedules?|appendix|notices?"
    r"|agreements?|chairman|general\s+manager|separately|filed|construed|x{2,}|identified|term|rights|specifications|scope|names?"
    r"|charges|attachments?)\b"
    r"|(?<!department\sof\s)(?<!services\s)(?<!human\s)\bservices$",
    re.IGNORECASE,
)
#: Authorities, funds and plans that agreements mention as they define a term, and laws.
NO_PARTY = re.compile(
    r"\b(?:Deposit\s+Insurance|Insurance\s+Fund|Exchange\s+Commission|Regulatory\s+Authority|Stock\s+Ownership|Laws?\s+of|Plan"
    r"|Marks|Trademark\s+Office|Company\s+Name|Limited\s+Partnership\s+of|Officer)\b"
    r"|^(?:Department|Ministry|Secretary)\b|^P\.?\s?O\.?\s",
    re.IGNORECASE,
)
_KIND_OF_COMPANY = re.compile(r"\b[Aa]n?\s+$")


def _of_a_place(name: str) -> bool:
    """Whether a name only says where a company is registered ("Maryland corporation")."""
    words = name_with_form(name).split()
    places = [place for place, _ in written_jurisdictions(name)]
    left = name_with_form(name[places[0][1] :]).split() if places and places[0][0] == 0 else words
    return all(word in LEGAL_FORMS for word in left)


#: What stands with roles in what is none but roles: "Products for the Company", "Trustees of the Trust".
_OF_ROLES = frozenset("partnership service services products group trustees of for".split())


def is_role(text: str, place: Range) -> bool:
    """Whether what looks like a name is a role ("the Company"), or says what a party is ("a Texas corporation")."""
    name = text[place[0] : place[1]]
    words = name_with_form(name).split()
    if all(word in ROLES | LEGAL_FORMS | _OF_ROLES for word in words):
        return True
    if name.split()[0].lower() in ROLES and name.split()[1:2] == ["and"]:
        return True
    said = name.split()[-1] in ("corporation", "company", "partnership", "trust")
    if said and _of_a_place(name):
        return True
    return said and bool(_KIND_OF_COMPANY.search(text[max(0, place[0] - 4) : place[0]]))


def is_heading(text: str, name: str) -> bool:
    """Whether what looks like a name without a legal form is of a heading, or a thing that the text writes small."""
    if _HEADING.search(name):
        return True
    word = name.lower()
    return word in ordinary_words() and bool(re.search(rf"\b{re.escape(word)}\b", text))
