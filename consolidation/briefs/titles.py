"""The title of an agreement, and of the agreement that an amendment changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.asking.spelling import ordinary_words
from consolidation.briefs.fields import Candidate, Field, Range
from consolidation.briefs.opening import Opening
from consolidation.briefs.source import Source
from consolidation.briefs.words import spaced, trimmed
from consolidation.text.values import plain

_KINDS = (
    r"(?:AGREEMENT|Agreement|AMENDMENT|Amendment|ADDENDUM|Addendum|CONTRACT|Contract|LEASE|Lease|DEED|Deed"
    r"|(?:LICENSE|License|ENDORSEMENT|SUPPLEMENT|Supplement)(?!\s{1,20}(?:AGREE|Agree|AND\b|and\b"
    r"|[A-Z][a-z]+\s+Agree)|,)"
    r"|MEMORANDUM\s+OF\s+UNDERSTANDING|Memorandum\s+of\s+Understanding|LETTER\s+OF\s+INTENT"
    r"|TERMS\s+AND\s+CONDITIONS|Terms\s+and\s+Conditions|UNDERTAKING|Undertaking|GUARANTY)S?"
)
_WORD = r"(?:No\.|NO\.|[A-Z0-9&(][\w&'\u2019\u00ae\u2122/,()#-]*|of|and|to|for|the|or|in|on|a|with|by|/|-|\u2013|&)"
_CAPITALS = re.compile(
    r"(?<![\w.-])(?<!(?:Exhibit|EXHIBIT)\s)(?<!(?:Schedule|SCHEDULE)\s)(?<!(?:Annex|ANNEX)\s)"
    r"[A-Z][A-Z0-9&'\u2019\u00ae\u2122./#-]*(?:[\s,]{1,80}(?:[A-Z0-9&#][A-Z0-9&'\u2019\u00ae\u2122./()#-]*|-|/|to"
    r"|and|of|for)){0,16}?"
    r"[\s,]{1,80}(?:AGREEMENT|AMENDMENT|ADDENDUM|CONTRACT|LEASE|UNDERTAKING"
    r"|MEMORANDUM\s+OF\s+UNDERSTANDING|TERMS\s+AND\s+CONDITIONS|(?:ENDORSEMENT|SUPPLEMENT)(?!\s{1,20}AGREEMENT))S?\b"
    r"(?:\s{1,3}(?:NO\.?|#)\s{0,2}\d+)?(?:[ ]AND(?:[ ][A-Z]{2,}){2,6}(?=[ ]{0,9}\n[ ]{0,9}\n))?"
    r"(?:\s{1,80}TO\s{1,80}(?:[A-Z0-9&#/-]+\s{1,20}){0,9}?AGREEMENT\b)?"
)
_CUT = re.compile(
    r"^.*\b(?:COMMISSION|AS\s+AMENDED|EXHIBITS?\s+[\w.()*-]+|Exhibits?\s+[\w.()*-]+|EXECUTION\s+(?:COPY"
    r"|VERSION)|Execution\s+(?:Copy|Version)|DISCLOSED|REDACTED|CONFIDENTIAL"
    r"|(?<!AMENDMENT )(?<!Amendment )[\w)]+-\d+|(?:INC|LLC"
    r"|CORPORATION|LTD|L\.P|CORP)\b\.?|WITH|THIS)(?!\w)[\s.,:*]+",
    re.DOTALL,
)
_BEGINS = re.compile(
    r"(?<![\w.-])[A-Z][\w&'\u2019/-]*(?:,?\s{1,4}(?:[A-Z&][\w&'\u2019\u00ae\u2122/-]*|of|and|for|to|-)){0,10}?\s{1,4}"
    + _KINDS
    + r"\b"
)
_NAMED = re.compile(
    r"\b(?:THIS|This)\s{1,10}(" + _WORD + r"(?:\s{1,60}" + _WORD + r"){0,16}?\s{0,60}\b" + _KINDS + r"\b"
    r"(?:\s{1,6}(?:to|TO)\s{1,6}(?:(?:the|THE)\s{1,4})?[A-Z]\w*(?:\s{1,6}[A-Z&]\w*){0,7}?\s{1,6}"
    + _KINDS
    + r"|\s{1,6}(?:for|FOR)(?:\s{1,6}[A-Z][\w/-]*){1,5}(?=\s{0,4}[(,])"
    r"|\s{1,6}AMENDMENT\s{1,4}NO\.\s{0,2}\d{1,2})?)"
)
#: An agreement that says what it is for: "THIS AGREEMENT FOR THE PURCHASE OF SHARES".
_FOR = re.compile(
    r"\b(?:THIS|This)\s{1,10}((?:AGREEMENT|Agreement)\s{1,4}(?:FOR|OF|TO|REGARDING|for|of|to|regarding)"
    r"(?:,?\s{1,4}[\w&'\u2019.-]+){2,16}?)(?=\s{0,4}(?:\([^()]{0,30}[\"\u201c]|,?\s(?:dated|made|is)\b))"
)
#: An agreement that names itself without "this": "SUPPLY AGREEMENT, dated as of May 1, 2019".
_DATED = re.compile(
    r"(?<![\w.-])([A-Z][A-Z0-9&'/-]*(?:[ ,]{1,2}[A-Z0-9&'/-]+){0,10} AGREEMENT),? (?:is )?(?:dated|made|entered)\b"
)
#: The whole of an amendment's title in one line.
_AMENDMENT = re.compile(
    r"\b(?:(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|First|Second|Third|Fourth|Fifth)\s{1,4})?(?:AMENDMENT|Amendment)"
    r"(?:\s{1,4}(?:(?:NO\.?|No\.?|NUMBER|Number|N\u00b0)\s{0,3}|#\s?)?\d{1,2})?\s{1,4}(?:TO|to)"
    r"(?:\s{1,4}(?:THE|the))?(?:,?\s{1,4}(?:[A-Z&][\w&/-]*|and|of|for)){1,9}?\s{1,4}"
    r"(?:AGREEMENT|Agreement|CONTRACT|Contract|LEASE|Lease)\b"
)
#: A heading in small letters alone in its line, and what a heading says in brackets of its agreement.
_SMALL = re.compile(r"^[A-Z][a-z]+(?:[ -][a-z]{2,}){0,4} (?:agreement|contract)$")
_GOES_ON = (
    r"(?:\s{1,4}\((?![\w /-]{0,40}(?:agreement|contract|between))[\w /-]{3,40}\)"
    r"|\s{0,2}-\s{0,2}FOR(?:\s[A-Z]+){1,4}(?=\s+T(?:his|HIS)\b))"
)
#: A word of a heading that its agreement leaves out where it names itself.
_BEFORE = r"(?<![\w.,&-])(?<![.,&-]\s)(?!COPY|VERSION|INCORPORATED|AMENDED)([A-Z]{4,20})\s{1,4}"
_LINE = re.compile(r"[^\n]+")
_ENDS_LIKE_TITLE = re.compile(r"\b" + _KINDS + r"(?:\s{1,3}(?:No\.?|NO\.?|#)\s{0,2}\S{1,8})?\W{0,4}$")
#: White space that sets a title apart from what stands over it on a centred page.
_GAP = re.compile(r"^.*[^\s][ ]{12,}(?=\S)|^\d{1,3}\s+", re.DOTALL)
_AFTER = re.compile(
    r"\s(?:This|THIS|dated|DATED|Dated|\d{1,2}\.\d|BETWEEN|Between|by and between|BY AND BETWEEN)\b"
)
_NOISE = re.compile(
    r"^(?:\W*(?:EXHIBIT|Exhibit|SCHEDULE|ANNEX"
    r"|APPENDIX)\s{1,4}[\w.()*-]{1,12}(?:\s{0,4}-\s{0,4}\w{1,4})?\W*|EXECUTION\s+(?:COPY|VERSION)"
    r"|Execution\s+(?:Copy|Version)|CONFORMED\s+COPY|CONFIDENTIAL|EX-[\d.]+|DRAFT)(?!\w)\s*"
)
_BARE = re.compile(
    r"^(?:this |the )?(?:agreement|amendment|contract|lease|license|addendum|letter agreement)s?$"
)
#: Words that point at the document, and name none.
_POINTS = re.compile(
    r"^(?:this|the)\s+(?:agreement|amendment|contract|lease|license|addendum)$|^agreement,?\s+(?:the|and)\b"
    r"|^date\s+of\b|\bpage\b.*\bdefinitions\b",
    re.IGNORECASE,
)
_TWICE = re.compile(r"(?P<once>.{5,80}?)\s+(?P=once)", re.DOTALL)
_AMENDED = re.compile(
    r"\b(?:AMENDMENT|Amendment|ADDENDUM|Addendum|SUPPLEMENT|Supplement)\b[^.\n]{0,60}?\b(?:to"
    r"|TO)\s{1,10}(?:(?:the|that|THE|THAT)\s{1,6})?(?:(?:certain|CERTAIN)\s{1,6})?"
    r"("
    + _WORD
    + r"(?:\s{1,20}"
    + _WORD
    + r"){0,14}?\s{1,20}(?:AGREEMENT|Agreement|CONTRACT|Contract|LEASE|Lease))\b"
)


def _clean(source: Source, start: int, end: int) -> tuple[int, int]:
    if cut := _CUT.match(source.text[start:end]):
        start += cut.end()
    if (gap := _GAP.match(source.text[start:end])) and not _BARE.match(
        plain(source.text[start + gap.end() : end])
    ):
        start += gap.end()
    while noise := _NOISE.match(source.text[start:end]):
        if not noise.end():
            break
        start += noise.end()
    return trimmed(source.text, start, end, "\"'\u201c\u201d,;:-*=")


def _candidate(source: Source, start: int, end: int, confidence: float, rule: str) -> Iterator[Candidate]:
    place = _clean(source, start, end)
    if twice := _TWICE.fullmatch(source.text, *place):
        place = twice.span("once")
    words = spaced(source.text[place[0] : place[1]])
    if not 5 <= len(words) <= 160 or re.search(r"\b(?:IS|is|SHALL|shall)\b", words):
        return
    if _BARE.match(plain(words)):
        confidence -= 0.4
    yield Candidate(words, (place,), confidence, rule)


def _titles(source: Source, opening: Opening | None) -> Iterator[Candidate]:
    text = source.text
    head = min(len(text), opening.parties if opening else 3_000)
    top = 0 if head < 3_000 else max(0, (opening.start if opening else head) - 600)
    if opening:
        named = _NAMED.search(text, opening.start, min(opening.end, opening.start + 400))
        if named and named.start() - opening.start < 40:
            yield from _candidate(source, *named.span(1), 0.88, "named in the opening")
            yield from _headed(source, opening, named[1])
        if purpose := _FOR.search(text, opening.start, opening.parties):
            yield from _candidate(source, *purpose.span(1), 0.87, "named in the opening")
        for dated in _DATED.finditer(text, max(0, opening.start - 250), opening.parties):
            yield from _candidate(source, *dated.span(1), 0.87, "named with its date")
    if begins := _BEGINS.search(text, 0, min(head, 800)):
        yield from _candidate(source, *begins.span(), 0.6, "first words")
    for match in _AMENDMENT.finditer(text, top, head):
        yield from _candidate(source, *match.span(), 0.91, "heading of the first page")
    for low in sorted({0, top}):
        lines = list(_LINE.finditer(text, low, min(head, low + 3_000)))
        yield from _joined(source, [line.span() for line in lines if line[0].strip()])
        for i, line in enumerate(lines):
            words = line[0].strip()
            if (
                8 < len(words) < 130
                and (_ENDS_LIKE_TITLE.search(words) or _SMALL.match(words))
                and not words.startswith(("This ", "THIS "))
            ):
                begin, end = line.span()
                if after := _AFTER.search(text, begin + 8, end):
                    end = after.start()
                sure = 0.85 - 0.01 * min(i, 30)
                yield from _candidate(source, begin, end, sure, "heading of the first page")
        for match in _CAPITALS.finditer(text, low, min(head, low + 3_000)):
            if not match[0].startswith("THIS"):
                yield from _candidate(source, *match.span(), 0.75, "capitals of the first page")


def _headed(source: Source, opening: Opening, named: str) -> Iterator[Candidate]:
    """The heading whose agreement names itself by less of it: without a first word, or what is in brackets."""
    words = r"\s{1,40}".join(map(re.escape, named.split()))
    capitals = r"\s{1,40}".join(map(re.escape, named.upper().split()))
    text = source.text[: opening.parties]
    for match in re.finditer(rf"\b{words}{_GOES_ON}", text, re.IGNORECASE):
        yield Candidate(spaced(match[0]), (match.span(),), 0.9, "heading of the first page")
    low = max(0, opening.start - 250)
    for match in re.finditer(_BEFORE + capitals, text[low : opening.start]):
        adjoins = not text[low + match.end() : opening.start].strip(" \n*_=-.")
        if adjoins and match[1].lower() in ordinary_words():
            yield from _candidate(
                source, low + match.start(), low + match.end(), 0.9, "heading over the opening"
            )


_AMENDS = re.compile(
    r"^\W*(?:(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|First|Second|Third|Fourth|Fifth)\s+)?(?:AMENDMENT"
    r"|Amendment|ADDENDUM|Addendum)(?:\s+(?:NO\.?|No\.?|NUMBER|#)\s*\w+)?(?:\s+(?:TO|to)(?:\s+(?:THE"
    r"|the))?)?\W*$"
)


def _joined(source: Source, lines: list[Range]) -> Iterator[Candidate]:
    """An amendment's title over several lines, with the title of what it amends."""
    for i, (low, high) in enumerate(lines[:25]):
        if not _AMENDS.match(source.text[low:high]):
            continue
        for _, end in lines[i + 1 : i + 5]:
            if _ENDS_LIKE_TITLE.search(source.text[low:end]) and end - low < 160:
                yield from _candidate(source, low, end, 0.91, "heading of the first page")
                break


def title(source: Source, opening: Opening | None) -> Field | None:
    """The title, as the first page or the opening ("This Supply Agreement") has it."""
    read = [c for c in _titles(source, opening) if not _POINTS.match(c.value)]
    found = [c for c in read if not _BARE.match(plain(c.value))]
    found = found or [c for c in read if not c.value.islower()]
    named = {plain(c.value) for c in found if c.rule == "named in the opening"}
    found += [
        Candidate(c.value, c.places, 0.9, c.rule)
        for c in found
        if any(
            plain(c.value).endswith(words)
            and plain(c.value).startswith(("form of", "amend", "first", "second"))
            for words in named
        )
    ]
    return source.choose("title", found, "Document Name")


def amended_title(source: Source, opening: Opening | None) -> Field | None:
    """The title of the agreement that this one amends; None where it amends none."""
    high = max(3_000, opening.end if opening else 0)
    found = (
        Candidate(spaced(m[1]), (m.span(1),), 0.8, "amends")
        for m in _AMENDED.finditer(source.text, 0, high)
        if not _BARE.match(plain(m[1]))
    )
    return source.choose("amended_title", found)
