"""The term whose definition a question asks for, without the document and the place in which it stands."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[\"“«](?P<term>[^\"“”«»]{2,60})[\"”»]|(?<!\w)'(?P<term2>[^']{2,60})'(?!\w)")
_DEFINED = re.compile(
    r"^(?:the\s+)?(?:define|definition\s+of|meaning\s+of|what\s+is\s+meant\s+by|what's\s+meant\s+by|what\s+counts\s+as|who\s+counts\s+as|what\s+does|how\s+is|how\s+are|how\s+does\s+the\s+\w+\s+define|"
    r"explain|what\s+is|what's|what\s+are|who\s+is)\s+(?:the\s+)?(?:(?:definition|meaning)\s+(?:of|for)\s+)?(?:the\s+term\s+)?(?:an?\s+|the\s+)?(?P<term>.+?)"
    r"(?:\s+(?:mean|means|defined|stand\s+for|in\s+this\s+\w+|here|cover|worked\s+out|calculated)\b.*)?[?.]*$",
    re.IGNORECASE,
)
_KIND = r"(?:agreement|contract|lease|nda|licen[cs]e|deal|document|amendment|letter|policy|note|deed|msa|sow|addendum|plan)"
#: Where the term stands: "under the Acme agreement", "in section 4", "for purposes of this lease", "under Acme".
_IN_DOCUMENT = re.compile(
    rf",?\s+(?:(?:as\s+)?(?:(?:it\s+is\s+)?(?:used|defined|set\s+out)\s+)?(?:in|under|of|for|by|within|per|from|pursuant\s+to|according\s+to)\s+)"
    rf"(?:(?:the\s+)?purposes?\s+of\s+)?(?:(?:the|this|that|our|their|its|each|every|all|both|these|an?)\s+)?(?:(?!(?:in|under|of|for)\b)[\w&.,'’/-]+\s+){{0,6}}?{_KIND}s?$"
    r"|,?\s+(?:as\s+(?:used|defined|set\s+out)\s+)?(?:in|under|of|by|per)\s+(?:the\s+)?(?:sections?|articles?|clauses?|exhibits?|schedules?|annex|appendix|paragraphs?)\s+[\w.()-]+.*$"
    r"|,?\s+(?:under|per|according\s+to)\s+(?-i:[A-Z])[\w&.'’-]*(?:\s+(?-i:[A-Z])[\w&.'’-]*){0,3}$",
    re.IGNORECASE,
)


def quoted(asked: str) -> str:
    """What stands in quotation marks; empty where nothing does."""
    match = _QUOTED.search(asked)
    return (match["term"] or match["term2"]).strip(" ,.") if match else ""


def term(asked: str) -> str:
    """The defined term that is asked for: "Define Cause in the Acme agreement" gives "Cause"; empty where none is."""
    if in_quotes := quoted(asked):
        return in_quotes
    match = _DEFINED.match(asked)
    if match is None:
        return ""
    whole = match["term"].strip(" ,.")
    return _IN_DOCUMENT.sub("", whole, count=1).strip(" ,.") or whole
