"""How an agreement is renewed, and the notice that keeps it from being renewed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.briefs.endings import (
    NOT_TERM,
    NOTICE_AFTER,
    RENEW,
    UNENDED,
    early,
    long_sentences,
)
from consolidation.briefs.fields import ENDLESS, Candidate, Field
from consolidation.briefs.other_times import not_its_own
from consolidation.briefs.source import Source
from consolidation.briefs.starts import shifted
from consolidation.text.values import Found

_AT_LEAST = re.compile(
    r"\b(?:at\s+least|less\s+than|no\s+later\s+than|within|minimum\s+of|upon|giv\w+|by|later\s+than"
    r"|more\s+than)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)
_ENDS_TERM = re.compile(
    r"\b(?:end|expir\w+|terminat\w+|renew\w*|anniversary|conclusion|lapse|term|extend\w*)\b", re.IGNORECASE
)
_OTHER_NOTICE = re.compile(
    r"\b(?:cure|breach|default|convenience|without\s+cause|any\s+time|any\s+reason|invoice)\b", re.IGNORECASE
)
_STRONG_RENEWAL = re.compile(
    r"\b(?:renew\w*|extend\w*|extension|prolong\w*|successive|additional|consecutive|further)\b",
    re.IGNORECASE,
)
_NOT_RENEWAL = re.compile(
    r"\b(?:quarter|calendar\s+year)\b|\binitial(?:\s+(?:term|period))?(?:\s+(?:of|is|be"
    r"|for))*[^\w]{0,3}(?:an?\s+)?$|^\W{1,5}(?:the\s+)?\W?Initial\s+Term[\"\u201d]",
    re.IGNORECASE,
)


#: What is extended that is no agreement, and a notice of what changes.
_EXTENDS_PAY = re.compile(
    r"\bextend\w*\s+(?:[\w'\u2019]+\s+){0,2}?(?:severance|benefits?|coverage|salary|payments?|deadline|offer)\b",
    re.IGNORECASE,
)
_OF_CHANGE = re.compile(
    r"\bnotice\s+of\s+(?:(?:any|an?|the|such|its)\s+)?(?:\w+\s+)?(?:increase|change|adjustment|fee|price|rate)\b",
    re.IGNORECASE,
)
#: A term that lasts, in words of renewing: "the Term shall extend until".
_EXTENDS = re.compile(
    r"(?<!thereafter )(?<!automatically )\bextends?\s+"
    r"(?=(?:until|for\s+(?:a|an|the)\s+(?:initial\s+)?period|through|from)\b)",
    re.IGNORECASE,
)
#: What stands between words of renewing and the time for which an agreement lasts at first.
_LASTS = re.compile(r"\b(?:continu\w+|remain\w*)\b", re.IGNORECASE)
#: Words of every period, which tell of a renewal only beside one.
_RENEWS = re.compile(r"\s{1,4}(?:renew|exten|successive|additional)", re.IGNORECASE)
_OFTEN = re.compile(r"annual(?:ly)?|yearly|monthly", re.IGNORECASE)
_BEGINS = re.compile(r"\b(?:commenc\w+|begin\w*|(?:be|become)\s+effective)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin\b[^.;,]{0,25}$", re.IGNORECASE)
_LASTING = re.compile(
    r"\b(?:thereafter|after\s+that)\b[^.;]{0,80}?\b(?:continu\w+|remain\w*|effect|force|renew\w*)\b[^.;]{0,60}?"
    r"\b(?:until|unless|indefinitely|unlimited)\b"
    r"|\b(?:continu\w+|remain\w*)\b[^.;]{0,60}?\bthereafter\b[^.;]{0,40}?\buntil\b"
    r"|\bindefinitely\s+(?:after|thereafter)\b|\brenew\w*\b[^.;]{0,40}?\b(?:unlimited|indefinite)\b",
    re.IGNORECASE,
)


def _first_term(source: Source, before: str) -> bool:
    """Whether words say when a term begins, or how long from then, and not what follows it: that is no renewal."""
    lasts = source.durations(before, periods=True)
    if not lasts:
        return bool(_BEGINS.search(before)) and not source.dates(before)[1:]
    # "shall continue for a period of 12 months thereafter ... until it is terminated"
    return bool(_BEGINS.search(before)) and not before[lasts[-1].end :].strip(" \n),")


def _without_end(source: Source) -> Iterator[Candidate]:
    """An agreement that goes on after its term until somebody ends it."""
    for start, sentence in long_sentences(source, UNENDED):
        match = _LASTING.search(sentence)
        if (
            match
            and not source.durations(match[0], periods=True)
            and re.search(r"\bagreement\b", sentence, re.IGNORECASE)
            and not _first_term(source, sentence[: match.start()])
        ):
            place = match.start() + start, match.end() + start
            yield Candidate(ENDLESS, (place,), 0.67 + early(source, start), "until terminated")


def _strong(before: str) -> bool:
    """Whether words of renewing lead to a time, and not to one for which an agreement lasts unless it is renewed."""
    words = list(_STRONG_RENEWAL.finditer(_EXTENDS.sub(" ", before)))
    return bool(words) and not _LASTS.search(words[-1].string, words[-1].end())


def _renewing(source: Source) -> Iterator[Candidate]:
    for start, sentence in long_sentences(source, RENEW):
        best: tuple[float, Found] | None = None
        for one in source.durations(sentence, periods=True):
            before, behind = sentence[max(0, one.start - 110) : one.start], sentence[one.end : one.end + 60]
            strong = _strong(before)
            follows = re.match(r"[\s\w()]{0,20}(?:renewal|extension|successive)", behind, re.IGNORECASE)
            basis = " to " in sentence[one.start : one.end].replace("-", " ")
            weak = re.search(r"\bthereafter\b" + r"|\bcontinue\b" * basis, before, re.IGNORECASE)
            often = _OFTEN.fullmatch(sentence, one.start, one.end)
            if (
                not_its_own(sentence, one)
                or _EXTENDS_PAY.search(before)
                or (often and not _strong(before[-45:]) and not _RENEWS.match(behind))
            ):
                continue
            if NOTICE_AFTER.search(behind) or not (strong or follows or weak) or _WITHIN.search(before):
                continue
            sure = 0.6 + early(source, start) + (0.1 if strong or follows else -0.05)
            sure += 0.1 * bool(re.search(r"\b(?:agreement|term|contract)\b", sentence, re.IGNORECASE))
            sure += 0.1 * bool(
                re.search(r"automatic|successive|renewal\s+term|consecutive", sentence, re.IGNORECASE)
            )
            sure += 0.1 * basis
            sure -= 0.3 * bool(NOT_TERM.search(before)) + 0.2 * bool(one.value.endswith("day"))
            sure -= 0.4 * bool(_NOT_RENEWAL.search(before[-60:]) or _NOT_RENEWAL.search(behind[:40]))
            if best is None or sure > best[0]:
                best = sure, one
        if best:
            yield Candidate(best[1].value, (shifted(best[1], start),), best[0], "renews for")


def renewal_term(source: Source) -> Field | None:
    """How long the agreement goes on each time it is renewed or extended."""
    found = (*_renewing(source), *_without_end(source))
    return source.choose("renewal_term", (c for c in found if c.confidence > 0.6), "Renewal Term")


_GOES_ON = re.compile(
    r"\b(?:thereafter|after\s+that"
    r"|month\s+to\s+month)\b[^.;]{0,120}?\buntil\b",
    re.IGNORECASE,
)


_CASE = re.compile(
    r"['\u2019]?\s{1,4}(?:(?:prior\s+)?(?:written\s+)?notice\s+)?(?:for|if|where|in\s+the\s+case|with\s+respect)\b",
    re.IGNORECASE,
)


def _going_on(source: Source) -> Iterator[Candidate]:
    """Notice that ends an agreement which goes on after its term "until terminated"."""
    for start, sentence in long_sentences(source, UNENDED):
        if goes_on := _GOES_ON.search(sentence):
            shift, rest = goes_on.end() + start, sentence[goes_on.end() :]
            sure = 0.68 + early(source, start)
            for one in _by_case(rest, [d for d in source.durations(rest) if _beside_notice(rest, d)]):
                yield Candidate(one.value, (shifted(one, shift),), sure, "notice after the term")


def _beside_notice(words: str, one: Found) -> bool:
    """Whether a clause about a notice holds a duration."""
    before = re.split(r"[.;]\s", words[max(0, one.start - 220) : one.start])[-1]
    behind = re.split(r"[.;]\s", words[one.end : one.end + 60])[0]
    return bool(re.search(r"\bnotice\b|\bnotif", before + " " + behind, re.IGNORECASE))


def _by_case(words: str, found: list[Found]) -> list[Found]:
    """The first duration, with those behind it where each is for a case of its own: "60 days for A, 180 for B"."""
    kept = found[:1]
    for one in found[1:] if found and _CASE.match(words, found[0].end) else ():
        if not _CASE.match(words, one.end) or re.search(r"[.;]\s", words[kept[-1].end : one.start]):
            break
        kept.append(one)
    return kept


def _against(source: Source) -> Iterator[Candidate]:
    for start, sentence in long_sentences(source, RENEW):
        if not re.search(r"\b(?:notice|notif\w+|writing|prior|before|elect\w*)\b", sentence, re.IGNORECASE):
            continue
        for one in source.durations(sentence):
            before, behind = sentence[max(0, one.start - 90) : one.start], sentence[one.end : one.end + 110]
            direct = NOTICE_AFTER.search(behind)
            if not direct and not _AT_LEAST.search(before):
                continue
            sure = 0.5 + early(source, start) + 0.15 * bool(direct) + 0.15 * bool(_ENDS_TERM.search(behind))
            sure += 0.1 * bool(
                re.search(
                    r"\bautomatic|successive|unless|not\s+to\s+renew|non-?renew", sentence, re.IGNORECASE
                )
            )
            sure -= 0.25 * bool(_OTHER_NOTICE.search(before + behind) or _OF_CHANGE.search(before))
            again = re.search(
                r"\b(?:automatic\w*|renew\w*|successive|year[\s-]+to[\s-]+year|additional|evergreen)\b",
                sentence,
                re.I,
            )
            sure -= 0.2 * (not again)
            chosen = re.search(
                r"\b(?:option|election\s+to\s+(?:renew|extend)|wish(?:es)?\s+to\s+(?:renew|extend)|extending\s+party"
                r"|may\s+(?:renew|extend)|elects?\s+to\s+(?:renew|extend)|mutual\w*|right\s+to\s+(?:renew|extend)"
                r"|proposal)\b",
                sentence,
                re.I,
            )
            refused = re.search(
                r"\b(?:unless|not\s+(?:to\s+)?(?:renew|extend|wish)|non-?renew\w*|automatic\w*"
                r"|terminat\w+)\b",
                sentence,
                re.I,
            )
            sure -= 0.2 * bool(chosen and not refused)
            yield Candidate(one.value, (shifted(one, start),), sure, "notice before renewal")


_AT_END = re.compile(
    r"\b(?:terminat\w+|cancel\w*)\b[^.;]{0,120}?\b(?:at|as\s+of|upon|effective)\s+(?:(?:at|as\s+of|upon)\s+)?the"
    r"\s+(?:end|expir\w+|conclusion)\s+of\s+(?:the|such|its|any)\s+(?:(?:then[\s-]current|initial|current"
    r"|original|renewal|extended)\s+)?(?:term|period)\b",
    re.IGNORECASE,
)


def _at_end(source: Source) -> Iterator[Candidate]:
    """Notice by which an agreement is ended at the end of a term."""
    for start, sentence in long_sentences(source, _AT_END):
        for one in source.durations(sentence):
            before, behind = sentence[max(0, one.start - 90) : one.start], sentence[one.end : one.end + 110]
            if NOTICE_AFTER.search(behind) and not _OTHER_NOTICE.search(before + behind):
                sure = 0.62 + early(source, start) / 4
                yield Candidate(one.value, (shifted(one, start),), sure, "notice before renewal")
                break


def notice_period(source: Source) -> Field | None:
    """How long before the end of a term notice must be given that it shall not be renewed."""
    found = (c for c in (*_against(source), *_going_on(source), *_at_end(source)) if c.confidence > 0.6)
    return source.choose("notice_period", found, "Notice Period To Terminate Renewal")
