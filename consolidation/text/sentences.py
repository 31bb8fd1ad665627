"""Sentences of contracts by rule: character ranges that cover the text in order.

Contracts number their clauses, abbreviate and break lines in odd places, so a bound is set only where what stands
before and after it agree.
"""

from __future__ import annotations

import re
from itertools import pairwise

from consolidation.text.ranges import Range

_ABBREVIATION = re.compile(
    r"(?:(?<![^\W_])(?:Inc|Corp|Co|Ltd|L\.?L\.?C|No|Nos|Sec|Art|Mr|Mrs|Ms|Messrs|Dr|St|vs?|i\.e|e\.g|cf|al|approx|Attn|Ave|Blvd"
    r"|Ft|Mt|Rd|Hwy|Pkwy|Ste|Apt|Bldg|Dept|Fig|Exh?|Para|pp?|Rev|Hon|Prof|Bros|Mfg|Tel"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|N\.A|S\.A|U\.S|U\.S\.A|[A-Z])"
    r"|(?:^|[\n.;:])\s*(?:\d{1,2}|[ivx]+|[A-Za-z]))\.$"
)
_END = re.compile(r"[.!?][\"\u201d\u2019')\]]*(?=\s+[\"\u201c\u2018'(\[]*[A-Z0-9_])")
_ITEM = re.compile(r"(?<=[;:,])(?:\s+(?:and|or|and/or))?(?=\s+\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s)")
_LINE = re.compile(r"\n+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def sentences(text: str, *, lines: bool = False, items: bool = False) -> list[Range]:
    """Ranges of the sentences of `text`, trimmed of white space; what is outside them is white space only.

    Args:
        text: a document's text.
        lines: every line break ends a sentence, not only a blank line.
        items: a list's items `(a) ...; (b) ...` inside a sentence are ranges of their own.
    """
    bounds = {0, len(text)}
    bounds.update(m.end() for m in (_LINE if lines else _BLANK_LINE).finditer(text))
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[max(0, match.start() - 12) : match.start() + 1]):
            bounds.add(match.end())
    if items:
        bounds.update(m.end() for m in _ITEM.finditer(text))
    ordered = sorted(bounds)
    found = []
    for start, end in pairwise(ordered):
        piece = text[start:end]
        body = piece.strip()
        if body:
            low = start + len(piece) - len(piece.lstrip())
            found.append((low, low + len(body)))
    return found
