"""Terms that a contract defines, and the sentences that define them."""

from __future__ import annotations

import re

from consolidation.briefs.fields import Definition
from consolidation.briefs.source import Source
from consolidation.briefs.words import spaced

_QUOTED = r"[\"\u201c](?P<term>[A-Za-z0-9][^\"\u201c\u201d\n]{0,70}?)[,.]?[\"\u201d]"
_MEANS = re.compile(
    _QUOTED + r"(?:\s{1,4}(?:or"
    r"|and)\s{1,4}[\"\u201c][^\"\u201c\u201d\n]{1,60}[\"\u201d])?\s{0,4}(?:\([^()]{0,60}\)\s{0,4})?"
    r"(?:means?|shall\s{1,4}(?:have|mean|be|include)|has\s{1,4}the\s{1,4}meaning"
    r"|have\s{1,4}the\s{1,4}meaning|refers?\s{1,4}to|is\s{1,4}defined|will\s{1,4}mean|includes?"
    r"|is\s{1,4}the|are\s{1,4}the|:)"
)
_BRACKETS = re.compile(
    r"\(\s{0,3}(?:(?:each|the|this|these|such|an?|collectively|together|hereinafter|individually"
    r"|as\s+amended|referred\s+to\s+as|called|herein|any|all|in\s+each\s+case|or)\b[^()\"\u201c]{0,60})?"
    + _QUOTED
)


def definitions(source: Source) -> tuple[Definition, ...]:
    """Defined terms in the order of the text, each once: `"Term" means ...` goes before `(the "Term")`."""
    text = source.text
    found: dict[str, tuple[int, re.Match[str]]] = {}
    for rank, pattern in enumerate((_MEANS, _BRACKETS)):
        for match in pattern.finditer(text):
            term = spaced(match["term"])
            if term[0].islower() and " " in term:
                continue
            known = found.get(term.lower())
            if known is None or known[0] > rank:
                found[term.lower()] = (rank, match)
    chosen = sorted((match for _, match in found.values()), key=lambda m: m.start("term"))
    return tuple(
        Definition(spaced(m["term"]), m.span("term"), source.quote((m.start(), m.end()))) for m in chosen
    )
