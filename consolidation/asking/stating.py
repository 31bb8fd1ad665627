"""Statements that are put as questions: "either party can terminate?", "confirm there is no cap"."""

from __future__ import annotations

import re

_WH = r"(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re|'d|'ll)?"
#: "so he pays?", "he pays, right?", "he pays - correct".
_CONFIRM = re.compile(
    r"^so\s+(?!(?:far|many|much|long|soon)\b)(?!(?:when|where|who)\b)(?!.*(?<!\bof\s)(?<!\bfor\s)(?<!\bin\s)(?<!\bto\s)\b(?:what|which|whom|whose|why)\b)(?!.*\bhow\s+(?!much\b.*\band\b|far\b))"
    rf"(?!.*[,;–—-]\s*{_WH}\b).*\?\s*$|"
    r"[,–—-]\s*(?:right|correct|true|yes|no|agreed|is\s+that\s+so|is\s+that\s+(?:right|correct|true)|am\s+i\s+right)\s*\?\s*$|"
    r"[,–—-]\s*(?:right|correct|is\s+that\s+(?:right|correct|true))\s*$|\b(?:y/n|yes/no)\s*\??\s*$|[,:;–—-]\s*yes\s+or\s+no\s*\??\s*$"
)
_HOLDS = (
    r"(?:may|must|can|cannot|can't|shall|will|won't|has|have|needs?|is|are|was|were|isn't|aren't|does(?:n't|\s+not)|do(?:n't|\s+not)|"
    r"pays?|bears?|indemnif(?:y|ies)|owns?|keeps?|gets?|owes?|renews?|survives?|terminates?|expires?|applies|covers?|carries|remains?|"
    r"auto-?\s?renews?|includes?|allows?|permits?|requires?|prohibits?|grants?|shares?)"
)
_ROLE = (
    r"(?:licensor|licensee|lessor|lessee|landlord|tenant|vendor|supplier|customer|client|buyer|seller|purchaser|distributor|franchisor|franchisee|"
    r"contractor|subcontractor|sponsor|provider|agent|reseller|guarantor|manufacturer|consultant|lender|borrower|bank|owner|company|executive|employee|"
    r"builder|architect|insurer|party|parties|side|sides|liability|assignment|consent|notice|rent|damages)"
)
#: A subject that is no thing asked for, its verb, and what is said of it.
_STATED = re.compile(
    rf"^(?:(?:we|they|it|he|she|you|there|this|neither|(?:the|our|their|its|an?|either|each|both|neither|no|one)\s+(?:[\w-]+\s+)?{_ROLE}(?:'s\s+{_ROLE})?|"
    rf"{_ROLE}(?:'s\s+{_ROLE})?|(?:the|this|our)\s+(?:agreement|contract|lease|licen[cs]e|nda|deal|term))\s+(?:(?:still|also|always|only|automatically|then)\s+)*{_HOLDS}|"
    r"there(?:'s|\s+is|\s+are)\s+no)\s+\S"
)
#: What only a statement about the agreement says, and a note of a fact does not: a verb that a full stop may follow.
_ASSERTED = re.compile(
    r"^(?:the|this|our)\s+(?:[\w&.-]+\s+){0,3}?(?:agreement|contract|lease|licen[cs]e|nda|deal|term)\s+(?:with\s+[\w&.,-]+(?:\s+[\w&.,-]+){0,3}?\s+)?"
    r"(?:is|isn't|has|does|doesn't|may|can|must|will|shall|renews|expires|terminates|requires|"
    r"allows|permits|prohibits|includes|covers|automatically)\b|^there(?:'s|\s+is|\s+are)\s+no\b"
    r"|^it\s+(?:(?:is\s+(?:not\s+)?|isn't\s+)governed|expires|renews|terminates)\b|^it(?:'s|\s+is)\s+(?:not\s+)?(?:true|correct|right|so|the\s+case|false|untrue|incorrect|wrong)\s+that\b"
    r"|^it\s+isn't\s+(?:true|correct|right|so|the\s+case)\s+that\b"
    r"|^(?!(?:what|which|who|whose|where|when|how|is|are|was|does|do|if|list|name|show|find|law)\b)[\w&.,'-]+(?:\s+[\w&.,'-]+){0,7}?\s+(?:is|are)\s+(?:not\s+)?governed\s+by\s+\S"
    r"|^(?:the\s+)?governing\s+law(?:\s+of\s+\S.{1,40}?)?\s+is\s+\S|^(?:the\s+)?(?!applicable\b|governing\b|what\b|which\b)[a-z]+(?:\s+[a-z]+)?\s+law\s+(?:governs|applies|controls)\b"
)
_ASKS = re.compile(rf"\b{_WH}\b")
_THEN_ASKS = re.compile(rf"[,:;–—-]\s*(?:(?:from|by|until|since|to|for)\s+)?{_WH}\b")
_ASKS_MORE = re.compile(r"\b(?:what|which|whom|whose|why|how)\b")
#: After "confirm" and the like: words with a verb, and no fact that is to be told.
_TO_CONFIRM = re.compile(
    r"^(?:please\s+|pls\s+|kindly\s+|just\s+)*(?:confirm|verify|double-?\s?check|check)\s+(?:for\s+(?:me|us)\s+)?(?:(?:that|if|whether)\s+)?"
    rf"(?P<said>(?:there(?:'s)?|[\w'-]+(?:\s+[\w'-]+){{0,4}}?)\s+(?:is|are|has|have|can|cannot|may|must|shall|will|does(?:n't|\s+not)|do(?:n't|\s+not)|isn't|aren't|{_HOLDS})\s+\S.*)$|"
    r"^(?:please\s+|pls\s+|kindly\s+|just\s+)*(?:confirm|verify|double-?\s?check|check)\s+(?:that\s+)?(?:no\b|there(?:'s|\s+is|\s+are)\b)"
)
_HELD = re.compile(
    r"^(?:(?:true\s*(?:/|or)\s*false|t/f|y/n|yes\s+or\s+no)\s*[:,–—-]*\s*|(?:am\s+i|are\s+we)\s+(?:right|correct)\s+(?:(?:in\s+thinking|to\s+say|in\s+saying)\s+)?(?:that\s+)?|"
    r"(?:i|we)\s+(?:assume|believe|think|understand|take\s+it|presume|suppose)\s+(?:that\s+)?)",
    re.IGNORECASE,
)


def without_opinion(question: str) -> str:
    """A question without words like "true or false:" and "I assume" before what is to be confirmed."""
    return _HELD.sub("", question, count=1)


def is_held(question: str) -> bool:
    """Whether such words stand before what is said, so that it is to be confirmed."""
    rest = without_opinion(question)
    return rest != question and not _ASKS_MORE.search(rest.lower())


def confirms(text: str) -> bool:
    """Whether a sentence, in lower case, states what is to be confirmed."""
    if _CONFIRM.search(text):
        return True
    to_confirm = _TO_CONFIRM.match(text)
    if to_confirm:
        return not _ASKS.search(text)
    if _THEN_ASKS.search(text):
        return False
    return bool(text.endswith(("?", ".")) and _STATED.match(text) and not _ASKS_MORE.search(text)) or bool(
        _ASSERTED.match(text) and not _ASKS.search(text)
    )
