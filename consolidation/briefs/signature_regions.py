"""Where the signatures of an agreement stand, apart from those of what is attached to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from consolidation.briefs.fields import Range

_ANNOUNCED = re.compile(
    r"\bIN\s+(?:WITNESS|TESTIMONY)\s*,?\s+(?:WHEREOF|OF)\b|\b(?:ACCEPTED|AGREED)\s+(?:TO\s+)?AND\s+(?:ACCEPTED|AGREED)\b"
    r"|\bhave\s+(?:each\s+)?(?:duly\s+)?(?:executed|signed|caused)\b|\bexecuted\s+(?:to\s+be\s+effective\s+)?as\s+of\b"
    r"|\bsigned\s+by\s+the\s+part|\b(?:very\s+truly|sincerely)\s+yours\b"
    r"|\byours\s+(?:very\s+)?(?:truly|sincerely)\b|^[ ]*sincerely\b",
    re.IGNORECASE | re.MULTILINE,
)
#: Where what announces signatures ends: its sentence, or its line.
_ANNOUNCED_TO = re.compile(r"[.:](?=\s)|\n[ ]*\n|,(?=\s*\n)")
_SLOT = re.compile(
    r"(?<![\w/])(?:(?:[Bb]y|BY|Per|Signature|SIGNATURE|Signed)\s?[:\uff1a]|By(?=\s+[/\\]s[/\\])|BY(?=\s+/)"
    r"|[/\\][sS][/\\])|(?<=\n)(?:each )?[Bb]y[ ]*(?=\n|_)"
)
_ATTACHED = re.compile(
    r"^[ ]*(?:(?:EXHIBIT|SCHEDULE|ANNEX|APPENDIX|ATTACHMENT|ADDENDUM|Exhibit|Schedule|Annex|Appendix"
    r"|Attachment)\s+[\"\u201c]?"
    r"(?:[A-Z0-9]|\d[\d.]*)[\w.-]*[\"\u201d]?(?:\s.{0,60})?|(?:STATE|COMMONWEALTH|COUNTY|PROVINCE)\s+OF\b.{0,60}"
    r"|ACKNOWLEDGE?MENTS?[ ]*)$",
    re.MULTILINE,
)
#: What a notary says of a signature begins so.
_SWORN = re.compile(r"[ ]*(?:STATE|COMMONWEALTH|COUNTY|PROVINCE|ACKNOWLEDG)")
_NOTARY = re.compile(r"\bnotary\s+public\b", re.IGNORECASE)
#: What stands behind the mark of a notary's own signature.
_NOTARYS = re.compile(r"[^\n]{0,60}\s*\bnotary\s+public\b", re.IGNORECASE)
#: Words over the signature of whoever files a report that the agreement is attached to.
_FILING = re.compile(r"\bduly\s+caused\s+this\s+(?:\w+\s+){0,2}(?:report|statement)\b", re.IGNORECASE)
_APART, _BEFORE, _AFTER, _ANNOUNCES, _UNMARKED, _OVER = 1_500, 400, 700, 2_000, 700, 160


def regions(text: str, names: Sequence[str]) -> Iterator[Range]:
    """Where signatures of the agreement stand: not those of what is attached to it, unless it has none of its own.

    `names` are those of the parties. Yields in the order of the text.
    """
    runs: list[list[int]] = []
    for match in _SLOT.finditer(text):
        if (
            runs
            and match.start() - runs[-1][1] < _APART
            and not _ATTACHED.search(text, runs[-1][1], match.start())
            and not _NOTARY.search(text, runs[-1][1], match.start())
        ):
            runs[-1][1] = match.end()
        else:
            runs.append([match.start(), match.end()])
    own, announced = 0, [m.start() for m in _ANNOUNCED.finditer(text)]
    for first, last in runs:
        begins = _last(announced, first)
        attached = [one[0] for one in _ATTACHED.finditer(text, own, first)] if own else []
        if not all(map(_SWORN.match, attached)):
            break
        named = _named_over(text, own, first, names) if attached else 0
        if named < 0 or (attached and _NOTARYS.match(text, last)):
            continue
        if _FILING.search(text, max(0, first - _ANNOUNCES // 2), first):
            continue
        low = _after_announcing(text, begins, first) if begins >= 0 else max(own, first - _BEFORE, 0)
        end = _ATTACHED.search(text, last, last + _AFTER)
        yield max(low, named), end.start() if end else min(len(text), last + _AFTER)
        own = last if begins >= 0 or own else own
    if not runs and announced:
        low = _after_announcing(text, announced[-1], len(text))
        yield low, min(len(text), low + _UNMARKED)


def _named_over(text: str, low: int, first: int, names: Sequence[str]) -> int:
    """Where a party is named over a signature, as over one that comes after what a notary says; -1 else."""
    over = max(low, first - _OVER)
    spaced = (r"\s+".join(map(re.escape, name.split())) for name in names)
    found = (match.start() for name in spaced for match in re.finditer(name, text[over:first], re.IGNORECASE))
    return max((over + at for at in found), default=-1)


def _last(announced: Sequence[int], first: int) -> int:
    """Where signatures were announced last before a place, near it; -1 where they were not."""
    before = bisect_right(announced, first)
    return announced[before - 1] if before and first - announced[before - 1] < _ANNOUNCES else -1


def _after_announcing(text: str, at: int, most: int) -> int:
    end = _ANNOUNCED_TO.search(text, at, most)
    return end.end() if end else at
