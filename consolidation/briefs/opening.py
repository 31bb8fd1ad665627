"""Where an agreement opens: the passage that names the parties and the date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consolidation.briefs.fields import Range
from consolidation.briefs.source import Source

#: An opening is looked for in so many characters, and another agreement's in the rest.
_FIRST = 40_000
#: What an opening must score; what others must that are tried where it names nobody, and within how many characters.
_SURE, _LIKELY, _EARLY = 3.2, 1.0, 3_000
#: Longest opening, in characters; agreements among many parties have long ones.
_LONGEST = 6_000
_BETWEEN = re.compile(
    r"\b(?:[Bb]y\s+and\s+|BY\s+AND\s+)?(?:[Bb]etween|BETWEEN|B E T W E E N|[Aa]mong(?:st)?|AMONG)\b"
    r"|\bBY:|\b(?:Party|PARTY)\s+(?:A|1|One)\s{0,3}:"
    r"|\b(?:entered\s+into|made|executed)(?:\s+(?:on|as\s+of)\s[\w ,]{6,40}?)?,?\s+by\s+(?=[a-z]?[A-Z])"
    r"|(?:\n|\.)\s{0,8}(?:Parties|PARTIES)\s{0,3}:?\s{0,12}(?=\(?1[.)])"
)
_KIND = re.compile(
    r"\b(?:agreement|amendment|addendum|contract|lease|deed|memorandum|letter|endorsement|supplement"
    r"|license)\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:made|entered|dated|effective|executed|concluded|signed|is\s+by|is)\b", re.IGNORECASE
)
_THIS_KIND = re.compile(
    r"\bthis\s[^.;]{0,160}?\b(?:agreement|amendment|addendum|contract|lease|deed|memorandum|letter"
    r"|supplement|license)\b[^;]{0,250}$",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\([^()]{0,80}[\"\u201c\u201d\u2018'`]\s?[A-Z0-9a-z][^\"\u201c\u201d()]{1,60}[\"\u201c\u201d\u2019'`]"
)
_RECITED = re.compile(
    r"\b(?:WHEREAS|certain|pursuant|relationship|conflict|dispute|differences?|transfers?)\b"
)
_ENDS = re.compile(
    r"\bWHEREAS\b|\bW\s?I\s?T\s?N\s?E\s?S\s?S\s?E\s?T\s?H\b|\bWitnesseth\b|\bRECITALS?\b"
    r"|\bR\s?E\s?C\s?I\s?T\s?A\s?L\s?S\b"
    r"|\bBACKGROUND\b|\bBackground\b|\bRecitals\b|\bNOW,?\s+THEREFORE\b|\bIN\s+CONSIDERATION\b"
    r"|\bIn\s+consideration\b"
    r"|\b(?:hereby\s+)?agrees?\s+as\s+follows|\bPREAMBLE\b|\bINTRODUCTION\b|\bDEFINITIONS\b"
    r"|\bTABLE\s+OF\s+CONTENTS\b"
    r"|\bIN\s+WITNESS\s+WHEREOF\b|/s/|(?:\n|\.)\s{0,20}(?:A(?:GREED|greed)(?:\s+(?:[Tt][Oo]|(?:[Aa][Nn][Dd]|&)"
    r"\s+A(?:CCEPTED|ccepted)))?|A(?:CCEPTED|ccepted)\s+(?:[Aa][Nn][Dd]|&)\s+A(?:GREED|greed))(?:\s+[Bb][Yy])?\s{0,3}:"
    r"|\n\s{0,20}(?:ARTICLE|Article|SECTION|Section)\s+(?:1|I|One|ONE)\b|(?:\n|\.)\s{0,20}1\.(?:0"
    r"|1)?\.?\s+[A-Z]"
)
_BEGIN = re.compile(r"\b(?:THIS|This)\b")


@dataclass(frozen=True, slots=True)
class Opening:
    """An agreement's opening: its range, and where the words begin that name the parties ("by and between")."""

    start: int
    end: int
    parties: int


def _score(text: str, at: Range) -> float:
    before = text[max(0, at[0] - 500) : at[0]]
    after = text[at[1] : at[1] + 1500]
    near = before[-90:]
    this = _THIS_KIND.search(before)
    score = 1.0 * bool(_KIND.search(before)) + 2.5 * bool(this and _MADE.search(this[0]))
    score += 2.5 * bool(_TERM.search(after[:700])) + bool(this) + 0.5 * ("and" in text[at[0] : at[1]])
    score += 2.0 * (text[at[0] : at[1]].lower().startswith("party"))
    score += bool(re.match(r"\s*:?\s*(?:\(?\w{1,2}[.)]\s+)?(?:the\s+)?[A-Z0-9]", after))
    return (
        score
        - 2.5 * bool(_RECITED.search(near))
        - 2.0 * bool(re.match(r"\s*(?:the\s+)?part(?:y|ies)", after, re.I))
    )


def _at(text: str, match: re.Match[str]) -> Opening:
    low = max(0, match.start() - 700)
    begins = [m.start() for m in _BEGIN.finditer(text, low, match.start())]
    start = begins[-1] if begins else max(0, match.start() - 200)
    kind = [b for b in begins if _KIND.search(text, b, min(b + 160, match.start()))]
    if kind:
        start = kind[0] if start - kind[0] < 400 else kind[-1]
    end = _ENDS.search(text, match.end() + 30, match.end() + _LONGEST)
    return Opening(start, end.start() if end else min(len(text), match.end() + 2_000), match.start())


def _scored(source: Source, low: int = 0, high: int | None = None) -> list[tuple[float, re.Match[str]]]:
    """What may name the parties between two offsets, the likeliest first."""
    text = source.text
    found = _BETWEEN.finditer(text, low, min(len(text) if high is None else high, low + _FIRST))
    scored = [(_score(text, match.span()) - (match.start() - low) / 8_000, match) for match in found]
    return sorted(scored, key=lambda one: -one[0])


def opening(source: Source, low: int = 0, high: int | None = None) -> Opening | None:
    """The opening that names the parties best, between two offsets; None where nothing looks like one."""
    scored = _scored(source, low, high)
    return _at(source.text, scored[0][1]) if scored and scored[0][0] >= _SURE else None


def further_openings(source: Source) -> list[Opening]:
    """What may be the opening where the best names no parties, the likeliest first."""
    return [_at(source.text, match) for score, match in _scored(source, 0, _EARLY) if score >= _LIKELY]


_FURTHER = re.compile(
    r"\b(?:THIS|This)\s+[A-Z][\w ,&/-]{3,90}?(?:AGREEMENT|Agreement|AMENDMENT|Amendment|LEASE"
    r"|Lease)\b[^.]{0,120}?"
    r"\b(?:made|entered|dated|effective)\b"
)


def openings(source: Source, first: Opening | None) -> tuple[int, ...]:
    """Where each agreement of the file opens: the first, and later ones that name themselves and their parties."""
    found = [first.start if first else 0]
    for match in _FURTHER.finditer(source.text, first.end if first else 0):
        near = source.text[match.end() : match.end() + 1_200]
        if match.start() - found[-1] > 2_500 and _BETWEEN.search(near[:500]) and _TERM.search(near):
            found.append(match.start())
    return tuple(found)
