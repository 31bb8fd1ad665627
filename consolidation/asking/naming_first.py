"""A document that is named before anything is asked of it: "Acme loan: what is the rate, and when does it end?"."""

from __future__ import annotations

import re

from consolidation.asking.document_words import DOC
from consolidation.asking.spelling import ordinary_words

#: What documents are called too, and what else is: only behind a name they name one.
_ALSO_CALLED = r"(?:loan|note|letter|facility|papers?|plan|deed|guarant(?:y|ee)|order|package)"
#: Words of a case, of a question or of another paper, and no part of a name.
_NO_NAME = (
    r"(?:if|when|upon|once|after|before|while|unless|without|with|during|event|case|breach|default|terminat\w+|assign\w+|violati\w+|"
    r"end|expiry|expiration|renew\w*|sign\w*|execut\w+|other|any|an?|all|each|every|both|is|are|was|were|does|do|did|can|may|must|"
    r"will|shall|should|has|have|because|instead|beyond|main|old|original|prior|previous|earlier|existing|underlying|new|what|which|who|whom|whose|where|why|how|to|that|and|or|not|no)"
)
_ASKS = (
    r"(?:(?:(?:at|by|in|on|under|for|to|from|with|of|until)\s+)?(?:what|which|who|whom|whose|when|where|why|how)\b|"
    r"(?:please\s+)?(?:list|give|tell|name|show)\b|(?:is|are|was|were|does|do|did|can|could|may|must|will|shall|should|has|have)\s)"
)
_NAMED = re.compile(
    r"^(?P<under>(?:in|under|for|per|re|regarding|on|about|as\s+(?:to|for)|from)\s+)?(?P<the>(?:the|this|that|our|their|my)\s+)?"
    rf"(?P<name>(?:(?!{_NO_NAME}\b)[\w.&'\u2019-]+\s+){{0,6}}?)(?:{DOC}|(?P<also>{_ALSO_CALLED}))(?:\s*:|\s+[-\u2013\u2014]+\s|(?P<comma>\s*,))"
    rf"\s*(?=\S)(?:(?:please|pls)\s+)?(?={_ASKS})",
    re.IGNORECASE,
)


def asked_of_named(question: str, *, comma: bool = False) -> str:
    """What is asked after a document is named; the question itself where none is named so.

    With `comma` also behind a mere comma: "In the lease, who pays and when?".
    """
    text = " ".join(question.split())
    found = _NAMED.match(text)
    if found is None or not (found["the"] or found["name"]):
        return question
    if found["comma"] and not (comma and found["under"]):
        return question
    if found["also"] and not _has_name(found["name"]):
        return question
    rest = text[found.end() :]
    return rest[:1].upper() + rest[1:]


def _has_name(words: str) -> bool:
    """Whether one of some words is a name: with a capital, and no ordinary word, or whose the document is."""
    if re.search(r"['\u2019]s\s*$", words):
        return True
    found = re.findall(r"[A-Z][\w&-]+", words)
    return any(word.lower() not in ordinary_words() for word in found)
