"""A question of all documents as it is asked of one: "the law of each contract" asks for the law."""

from __future__ import annotations

import re

from consolidation.asking.document_words import DOC, DOCS

_ANY = rf"(?:{DOCS}|{DOC})"
_NO_KIND = (
    r"if|when|happens|is|are|has|have|does|do|that|with|in|was|were|of|the|an?|this|it|they|he|she|we|you|to|must|may|can|could|will|would|"
    r"shall|should|by|for|on|at|from|under"
)
_KIND = rf"(?:\s+(?!(?:{_NO_KIND})\b)[\w&/-]+){{0,3}}?"
_NO_YEAR = r"(?!\s+(?:years?|months?|quarters?|periods?)\b)"
EACH = re.compile(
    rf",?\s*\b(?:for|in|of|from|by|under|across|over|with|to|among)\s+(?:each|every|all|both)(?:\s+(?:of|the|these|those|our|my|one))*(?:{_KIND}\s+{_ANY}{_NO_YEAR}|\s+(?:of\s+)?them(?<!both\sof\sthem)(?<!both\sthem))?\b(?:\s+in\s+(?:the|this)\s+matter)?|"
    rf"\bper\s+{DOC}\b|\bacross\s+(?:the\s+)?(?:matter|portfolio|board|{DOCS})\b|\bin\s+(?:the|this|our)\s+(?:whole\s+)?(?:matter|portfolio|data\s*room)\b|"
    rf"\b(?:each|every)\s+(?!licen){DOC}(?:'s)?\b{_NO_YEAR}|\b(?:all|these(?!\s+licen)|our)\s+(?:the\s+|of\s+the\s+)?{DOCS}(?:')?(?=\W|$)|"
    rf"\bof\s+the\s+(?!licen|ones){DOCS}\b(?=\s*(?:[?.,;:]|$|(?:with|in|here|we)\b))|\b(?P<one>{DOC})\s+by\s+(?P=one)\b"
)
EACH_NEEDS = re.compile(rf"\b{_ANY}\b|\bmatter\b|\bportfolio\b|\bthem\b|\bdata\s*room\b")


def tidied(text: str) -> str:
    """Without blanks and marks that were left behind."""
    return re.sub(r",?\s*,?([?.])$|\s+(?=[?.,])", r"\1", re.sub(r"\s{2,}", " ", text)).strip(" ,:;-")


_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}


def _possessive(words: str) -> str:
    return "'s" if re.search(r"['’]s?$", words) else ""


#: What is told to do with each, before the fact that is asked of it.
_LEAD = re.compile(
    r"^(?:please\s+)?(?:compare|(?:list|give|tell|show|state|extract|pull|find|provide|get)(?:\s+(?:me|us))?)\s+"
    r"(?=(?:(?:all|the)\s+)*(?:[\w-]+\s+)?(?:laws?|dates?|part(?:y|ies)|terms?|periods?|expir\w*|fees?|caps?|rents?|prices?|rates?|courts?|venue|signator(?:y|ies)|title|name|address|value|amount|royalt\w+|deposits?|limits?)\b)"
    r"|^(?:please\s+)?compare\s+",
    re.IGNORECASE,
)


def without_documents(question: str, text: str) -> str:
    """The question asked of one document: the words for all documents replaced by one."""
    match = EACH.search(text)
    if match is None:
        return question
    before, rest = question[: match.start()], question[match.end() :]
    if re.match(r"(?:to|with|each|every|all|these|our)\b", match[0].strip(" ,")):
        # the words are a part of the sentence, which falls apart without them
        to = re.match(r"(?:to|with)\s", match[0].lstrip(" ,"))
        alone = f"{before} {to[0] if to else ''}{'the agreement' + _possessive(match[0])} {rest}"
        alone = re.sub(
            r"\b(do|are|were|have)(?=\s+the agreement\b)",
            lambda verb: _SINGULAR[verb[0].lower()],
            alone,
            flags=re.I,
        )
    else:
        alone = re.sub(r"\s+(?:of|in|for|from)\s*$", "", before) + rest
    alone = re.sub(
        r"\b(?:one|any|some|either|all)\s+of\s+the\s+agreement\b", "the agreement", alone, flags=re.IGNORECASE
    )
    alone = _LEAD.sub("", alone.strip(" ,:;-"), count=1)
    return tidied(alone) if len(alone.split()) >= 2 else question
