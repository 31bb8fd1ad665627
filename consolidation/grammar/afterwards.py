"""What goes on once an agreement has ended: how long that is, the agreement's own term does not say."""

from __future__ import annotations

import re

_ASKED = re.compile(
    r"\b(?:after|beyond|following|past|once)\s+(?:(?:the|this|that|its|his|her|their|it)\s+)?"
    r"(?:(?:agreement|contract|deal|lease|licen[cs]e|term|job|employment|relationship)\s+)?"
    r"(?:(?:has\s+|is\s+)?(?:end(?:s|ed)?|over|terminat\w+|expir\w+|finished|done)|runs?\s+out|stops?)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:after|following|beyond|from|upon|past|subsequent\s+to)\b[^.;]{0,80}?\b(?:terminat|expir|end\b|ends\b|cancel|cessation|ceas|resign|"
    r"non-?renew|complet|separation|clos)\w*|\bsurviv\w*|\bthereafter\b|\bpost-?\s?terminat\w*|\b(?:terminat|expir)\w*[^.;]{0,40}\bfor\s+a\s+(?:further\s+)?period\b",
    re.IGNORECASE,
)


#: What follows an end by a renewal is a term again.
_OF_RENEWAL = re.compile(r"\b(?:exten[ds]\w*|renew\w*|prolong\w*|roll\w*)\b", re.IGNORECASE)


def lacks_what_comes_after(question: str, sentence: str) -> bool:
    """Whether it is asked how long something goes on after an end, of which a sentence does not speak."""
    asks = _ASKED.search(question) and not _OF_RENEWAL.search(question)
    return bool(asks) and not _SAID.search(" ".join(sentence.split()))
