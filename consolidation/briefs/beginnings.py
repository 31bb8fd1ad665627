"""When an agreement was made and when it takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from consolidation.briefs.body import body_end
from consolidation.briefs.dates import dates
from consolidation.briefs.fields import Candidate, Field, Range
from consolidation.briefs.opening import Opening
from consolidation.briefs.own_dates import BEFORE, MADE_ON, is_of_amended, own_date
from consolidation.briefs.source import Source
from consolidation.text.values import Found

_MADE = re.compile(
    r"\b(?:dated?|made|entered|as\s+of|executed|this|on|effective|signed|concluded|day)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\bSigned\s+and\s+(?:effective|sealed|dated)\b|\b[Aa]greement\s+is\s+dated\b|\bIN\s+(?:WITNESS"
    r"|EVIDENCE|TESTIMONY)\s+WHEREOF\b|\bIn\s+(?:witness|evidence)\s+whereof\b"
    r"|\bDATED?\b\s{0,3}:|\bDated?\b\s{0,3}:?",
)
#: Words between "date" and a day that is not the one of a signature: '(the "Effective Date") and will end on'.
_SAID = re.compile(r"\b(?!(?:of|as|on|the|this|signed|date|dated|day|and|by)\b)[a-z]{2,}", re.IGNORECASE)
#: A line that may hold a date alone, as letters have over the name to which they go.
_ALONE = re.compile(r"(?:\A|\n)[^\n]{6,40}(?=\n)")
_SALUTATION = re.compile(
    r"\b(?:Ladies\s+and\s+Gentlem[ae]n|LADIES\s+AND\s+GENTLEMEN|Gentlemen|Dear\s+[A-Z][\w. ]+)\s?[:,]"
)
_EFFECTIVE_TERM = re.compile(
    r"[\"\u201c\u201d'`]{1,2}\s?(?:Effective|EFFECTIVE|Commencement|COMMENCEMENT)\s+(?:Date"
    r"|DATE)[,.]?\s?[\"\u201c\u201d'`]{1,2}|\bEffective\s+Date\s{0,3}:|\bEFFECTIVE\s+DATE\s{0,3}(?::|means)?"
    r"|\bhereinafter\s+called\s+the\s+Effective\s+Date|\(the\s+Effective\s+Date(?=\s?\))"
    r"|\b(?:[Ee]ffective|[Cc]ommencement)\s+[Dd]ate\s+(?:of|for)\s+th(?:is|e)\s+(?:[Aa]greement|[Cc]ontract)\s+"
    r"(?:(?:shall|will)\s+be|is|means)\s"
    r"|\bEffective\s+Date\s{1,6}(?=\d{1,2}/\d|[A-Z][a-z]{2,8}\.?\s\d)"
)
_MEANS = re.compile(
    r"\s{0,3}[)\"\u201d]?\s{0,3}(?:of\s+this\s+Agreement\s+)?(?:means?|shall\s+mean|shall\s+be|is"
    r"|will\s+be|:|=|-|has\s+the\s+meaning)",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:effective|takes?\s+effect|in\s+effect|commenc\w+|commences|begin\w*|enter(?:s"
    r"|ed)?\s+into\s+(?:force|effect)|c[ao]mes?\s+into\s+(?:force|effect))\b"
    r"(?:\s+(?:as\s+of|on|from|upon|the|and|with\s+effect|commencing|beginning|at|,))*"
    r"(?:(?!\b(?:until|till|through|expir\w*|end(?:s|ing)?|terminat\w*)\b)[^.;]){0,40}$",
    re.IGNORECASE,
)
_HEREOF = re.compile(
    r"\b(?:date\s+(?:first\s+)?(?:hereof|of\s+this\s+Agreement|first\s+(?:set\s+forth|written|above"
    r"|listed|mentioned|stated)|above\s+written|written\s+above|set\s+forth\s+above|indicated\s+above)"
    r"|(?:date|day)(?:\s+and\s+year)?\s+first\s+(?:above|set|written|herein|mentioned|listed|stated)"
    r"|date\s+of\s+(?:execution|signing|signature|its\s+execution)|upon\s+(?:the\s+)?(?:execution"
    r"|signature|signing)|Execution\s+Date|Signing\s+Date)\b",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"\b(?:effective|commence|commences|commencing|begin|begins|beginning|takes?\s+effect|valid|force)\b",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"\b(?:this\s+[\w-]*\s?\w*\s?Agreement|the\s+Agreement|term|engagement|appointment|Contract|Joint\s+Venture|Signed\s+and\s+effective)\b",
    re.IGNORECASE,
)
#: A mark of a signature, and how far from the first the others stand, in characters.
_MARK = re.compile(r"[/\\\\]{1,2}\s?[sS]\s?[/\\\\]{1,2}(?=\s)|\bSignature\b|\(signature\)")
_SIGNATURE_PAGES = 4_000


def _at(found: Found, shift: int) -> Range:
    return found.start + shift, found.end + shift


def _whole(found: Found | Field) -> float:
    return 0.0 if len(found.value) == 10 else -0.12


def _made(source: Source, opening: Opening | None) -> Iterator[Candidate]:
    text = source.text
    low, high = (opening.start, opening.end) if opening else (0, 2_500)
    amends = re.search(r"\b(?:amendment|addendum)\b", text[: low + 300], re.IGNORECASE) is not None
    for found in dates(text[low:high], partial=True):
        place = _at(found, low)
        before = text[max(0, place[0] - BEFORE) : place[0]]
        itself = own_date(text, place, before)
        if itself is None:
            continue
        another = amends and is_of_amended(before) and not itself
        direct = not another and MADE_ON.search(before[-90:])
        sure = 0.94 if direct else (0.9 if _MADE.search(before[-80:]) else 0.7) + _whole(found)
        sure = itself or sure
        yield Candidate(found.value, (place,), sure - 0.35 * bool(another), "in the opening")
    yield from _over_letter(text)
    cover = text[:low] if low < 6_000 else text[:4_000]
    for found in dates(cover, partial=True):
        before = cover[max(0, found.start - BEFORE) : found.start]
        if "Source:" in before[-120:] or len(found.value) < 5:
            continue
        itself = own_date(text, (found.start, found.end), before)
        if itself is None:
            continue
        sure = 0.75 if re.search(r"\bdated?\b|as\s+of|made", before[-50:], re.IGNORECASE) else 0.6
        sure -= 0.35 if amends and is_of_amended(before) else 0.0
        sure = itself or sure
        yield Candidate(found.value, ((found.start, found.end),), sure + _whole(found), "on the first page")


def _over_letter(text: str) -> Iterator[Candidate]:
    """The date alone in a line over the salutation of a letter."""
    letter = _SALUTATION.search(text, 0, 3_000)
    for match in _ALONE.finditer(text, 0, letter.start()) if letter else ():
        for found in dates(match[0], partial=True)[:1]:
            if not (match[0][: found.start] + match[0][found.end :]).strip(" \n,_*[]"):
                yield Candidate(found.value, (_at(found, match.start()),), 0.95, "over a letter")


def _signatures(source: Source) -> Iterator[Candidate]:
    text = source.text
    found = (
        list(_dated(text, max(0, len(text) // 3))) or list(_dated(text, 0)) or list(_near_signatures(text))
    )
    first = min((one.places[0][0] for one in found), default=0)
    yield from (one for one in found if one.places[0][0] < first + _SIGNATURE_PAGES)


def _dated(text: str, low: int) -> Iterator[Candidate]:
    """Dates over signatures ("IN WITNESS WHEREOF ... on May 2, 2016"), and after the word "date" beside them."""
    for match in _SIGNED.finditer(text, low):
        witness = match[0][:2] in ("IN", "In", "Si", "Ag", "ag")
        reach = text[match.end() : match.end() + (400 if witness else 40)]
        read = dates(reach, partial=True)[:2]
        if not witness and read and _SAID.search(reach[: read[0].start]):
            continue
        for found in read:
            over = witness and not re.search(r"\bdated?\W*$", reach[: found.start], re.IGNORECASE)
            rule = "over the signatures" if over else "beside a signature"
            sure = (0.66 if over else 0.5) + _whole(found)
            yield Candidate(found.value, (_at(found, match.end()),), sure, rule)


def _near_signatures(text: str) -> Iterator[Candidate]:
    """Dates near marks of a signature, for signatures that have no word before their date."""
    for match in _MARK.finditer(text):
        low = max(0, match.start() - 60)
        for found in dates(text[low : match.end() + 200])[:2]:
            yield Candidate(found.value, (_at(found, low),), 0.45, "beside a signature")


def agreement_date(source: Source, opening: Opening | None) -> Field | None:
    """The date on which the agreement was made: from its opening, its first page, else its signatures."""
    found = [c for c in _made(source, opening) if c.confidence > 0]
    signed = list(_signatures(source))
    latest = max((c.value for c in signed), default="")
    last = [replace(c, confidence=c.confidence + 0.02 * (c.value == latest)) for c in signed]
    return source.choose("agreement_date", [*found, *last], "Agreement Date")


def _defined(source: Source) -> Iterator[Candidate]:
    """Dates before `("Effective Date")` and after `"Effective Date" means`."""
    text = source.text
    for match in _EFFECTIVE_TERM.finditer(text):
        commencement = "ommence" in match[0] or "COMMENCE" in match[0]
        near = text[max(0, match.start() - 250) : match.start()]
        shift = max(0, match.start() - 250)
        opened = len(near) if match[0][0] == "(" else near.rfind("(")
        if "called" in match[0] or (opened > near.rfind(")") and ":" not in match[0]):
            found = dates(near, partial=True)
            if found and ")" not in near[found[-1].end : opened]:
                sure = (0.75 if commencement else 0.95) - 0.001 * (len(near) - found[-1].end)
                yield Candidate(
                    found[-1].value, (_at(found[-1], shift),), sure + _whole(found[-1]), "defined as"
                )
        said = ":" in match[0] or "means" in match[0] or match[0][-1].isspace()
        if said or _MEANS.match(text, match.end(), match.end() + 40):
            found = dates(text[match.end() : match.end() + 120], partial=True)[:1]
            for one in found:
                sure = (0.7 if commencement else 0.9) + _whole(one)
                yield Candidate(one.value, (_at(one, match.end()),), sure, "means")


def _stated(source: Source, opening: Opening | None, body: int) -> Iterator[Candidate]:
    """Dates after "effective as of" or "commencing on", not behind the body of the agreement."""
    text = source.text
    low, high = (opening.start, opening.end) if opening else (0, 3_000)
    for found in dates(text[low:high], partial=True):
        place = _at(found, low)
        if match := _EFFECT.search(text[max(0, place[0] - 120) : place[0]]):
            sure = 0.88 if match[0].lower().startswith("effective") else 0.8
            yield Candidate(found.value, (place,), sure + _whole(found), "effective in the opening")
    for start, end in source.sentences_with(_STARTS, high, body):
        sentence = text[start : min(end, start + 1_500)]
        if not _AGREEMENT.search(sentence):
            continue
        for found in dates(sentence):
            if _EFFECT.search(sentence[max(0, found.start - 90) : found.start]):
                yield Candidate(found.value, (_at(found, start),), 0.68, "takes effect on")


def _from_agreement(source: Source, agreement: Field, body: int) -> Iterator[Candidate]:
    """The agreement's date where a sentence says that it takes effect on "the date first written above"."""
    text = source.text
    for start, end in source.sentences_with(_HEREOF, 0, body):
        sentence = text[start : min(end, start + 1_500)]
        hereof = _HEREOF.search(sentence)
        if hereof and _STARTS.search(sentence) and _AGREEMENT.search(sentence):
            place = start + hereof.start(), start + hereof.end()
            explicit = "ffective" in sentence[max(0, hereof.start() - 120) : hereof.end() + 60]
            sure = (0.74 if explicit else 0.64) + _whole(agreement)
            yield Candidate(agreement.value, (agreement.places[0], place), sure, "the agreement's date")


#: Characters of a date with its day.
_WHOLE_DATE = 10
_ON_SIGNING = re.compile(
    r"\b(?:effective|effect|force|commenc\w+|begin\w*|entered)\b[^.;]{0,120}?(?:"
    r"\bdates?\s+(?:last\s+)?(?:set\s+forth|noted|written|stated|shown|indicated|signed)\s+below\b|"
    r"\b(?:last|later|latest|final|recent)\b[^.;]{0,60}?\b(?:sign\w*|execut\w+|written)\b"
    r"|\bdates?\b[^.;]{0,40}?\b(?:sign\w*|execut\w+)\b|\bupon\b[^.;]{0,25}?\b(?:signatures?|signing)\b)",
    re.IGNORECASE,
)


def _from_signatures(source: Source) -> Iterator[Candidate]:
    """The last date beside a signature, where a sentence says that the agreement takes effect on being signed."""
    signed = [c for c in _signatures(source) if len(c.value) == _WHOLE_DATE]
    last = max(signed, key=lambda c: c.value, default=None)
    for start, end in source.sentences_with(_ON_SIGNING) if last else ():
        sentence = source.text[start : min(end, start + 1_500)]
        match = _ON_SIGNING.search(sentence)
        if last and match and _AGREEMENT.search(sentence):
            place = start + match.start(), start + match.end()
            yield Candidate(last.value, (last.places[0], place), 0.6, "the last signature's date")
            return


def effective_date(source: Source, opening: Opening | None, agreement: Field | None) -> Field | None:
    """The date from which the agreement has effect; where the text refers to its own date, both places are given."""
    body = body_end(source.text, opening)
    found = [*_defined(source), *_stated(source, opening, body)]
    if agreement:
        found += _from_agreement(source, agreement, body)
    found += _from_signatures(source)
    return source.choose("effective_date", found, "Effective Date")
