"""When an agreement ends: its term, and its expiry stated or computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from consolidation.briefs.dates import dates
from consolidation.briefs.durations import after, joined
from consolidation.briefs.fields import ENDLESS, Candidate, Field
from consolidation.briefs.other_times import (
    GIVEN,
    not_its_own,
    of_another_term,
    of_notice,
    year_end,
)
from consolidation.briefs.source import BLANK, Source
from consolidation.briefs.starts import begin, shifted
from consolidation.text.values import Found

#: What is less certain is no expiry.
_LEAST = 0.515
#: Longest sentence that is looked at, in characters.
_LONGEST = 2_500
_TERM = re.compile(
    r"\b(?:terms?|period|duration|effective|valid|force|effect|expir\w+|terminat\w+|continue\w*"
    r"|remain\w*|anniversary|perpetual\w*|indefinite\w*|appointment|engagement|employment)\b",
    re.IGNORECASE,
)
_OF_AGREEMENT = re.compile(
    r"(?:\b(?:initial|original|first|primary|basic)\s+(?:term|period)|\bterm\s+of\s+(?:the|this"
    r"|such)\s+[\w\s]{0,40}?(?:agreement|contract|amendment|lease|venture|endorsement|services?"
    r"|engagement|appointment|maintenance)|\bduration\s+of\s+th\w+\s+[\w\s]{0,30}?(?:agreement|contract"
    r"|venture)"
    r"|\b(?:this|the|your)\s+[\w\s]{0,50}?(?:agreement|contract|addendum|amendment|appointment|engagement"
    r"|employment|lease)\s+(?:\([^)]{0,80}\)\s+)?(?:\w+\s+){0,8}?(?:be\s+effective"
    r"|become\s+effective|commence\w*|continue\w*|remain\w*|terminate[sd]?|expire[sd]?|end|ends"
    r"|be\s+(?:in|valid|for)|is\s+(?:valid|effective|for|entered)|takes?\s+effect|comes?\s+into\s+(?:force|effect)|extends?|has\s+a\s+term"
    r"|have\s+an?\s+(?:initial\s+)?term|run)"
    r"|\bshall\s+(?:continue|remain)\s+in\s+(?:full\s+)?(?:force|effect)"
    r"|\bthis\s+(?-i:[A-Z]{2,6})\s+(?:shall|will)\s+(?:expire|terminate|end|continue|remain|be\s+effective|become\s+effective)"
    r"|[\"\u201c](?:(?:Initial|Contract|Service|License|Sponsorship|Cooperation)\s+)?(?:Term|Period)[\"\u201d]|\bThe\s+[\"\u201c]?Term[\"\u201d]?\s|\bTerm[.:]"
    r"|\bTERM\b[.:]?|\bcooperation\s+term\b|\bExpiration\s+Date|\bTermination\s+Date)",
    re.IGNORECASE,
)
NOT_TERM = re.compile(
    r"\b(?:confidential\w*|surviv\w+|warrant\w+|cure|breach\w*|insolven\w+|invoice\w*|non-?compet\w+"
    r"|vest(?:s|ed|ing)?|salary|severance|COBRA|(?:he|she|you)\s+(?:will|shall)\s+not"
    r"|records?|audit\w*|insurance|policy|payable|interest|days?\s+after\s+(?:receipt|notice)"
    r"|written\s+notice\s+of\s+such)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|through|thru|till|expir(?!ed\s+(?:as|on|by)\b)\w+|terminat\w+|end|ends|ending|(?<!prior\s)(?<!subject\s)(?<!retroactive\s)to"
    r"|(?:terminated|expires?)\s+prior\s+to|conclud\w+|up\s+to"
    r"|later\s+than)\b[\s,:]*"
    r"(?:(?:on|and|including|at|the|date|of|midnight|as|close|business|day|earlier|later|latest|sooner"
    r"|\d{1,2}:\d\d|[ap]\.?m\.?|[A-Z][a-z]+\s+time|no|later|than|automatically"
    r"|without|notice|upon|occur|to|end)\b[\s,:.]*|\(?[aixAX1]{1,2}\)[\s,:.]*){0,10}$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\b(?:end|terminat\w+|expir\w+|conclud\w+|until)\b[^.;]{0,30}$", re.IGNORECASE)
#: Spans of time that are seldom those for which an agreement lasts.
_BRIEF = re.compile(r"(?:\d|[1-8]\d|9[0-2])(?:\.\d+)? day|[1-8](?:\.\d+)? week|1 month")
#: What ends an agreement that has no other end.
_BY_EVENT = re.compile(
    r"(?<!under )(?<!of )(?<!to )\bthis\s+(?:[\w-]+\s+){0,2}?agreement\s+(?:shall|will)\s+"
    r"(?:(?:terminate|expire)s?\b\s*(?:automatically\s+)?(?:upon\b|if\b|as\s+to\b|on\s+the\b|and,\s|:|\([ai]\))"
    r"|(?:continue|remain)\s+in\s+(?:full\s+)?(?:force|effect)(?:\s+and\s+effect)?\s+until\b)",
    re.IGNORECASE,
)
_PERPETUAL = re.compile(
    r"\b(?:continue\w*|remain\w*|extend|force|effect)\b[^.;]{0,80}?\buntil\b[^.;]{0,80}?(?P<event>\bceases?|\bsuperseded"
    r"|\bcomplet\w+|\b(?:last\s+date\s+of\s+)?expiration(?:\s+of)?)\b"
    r"|\b(?:continue\w*|remain\w*|effect|effective|force|term|valid|end|period|agreement|appointment"
    r"|employment)\b[^.;]{0,160}?\b(?:until|unless\s+and\s+until)\b"
    r"(?!\s+the\s+(?:Termination|Expiration|Maturity)\s+Date)[^.;]{0,120}?\b(?:terminat\w+"
    r"|cancel\w+|notice)"
    r"|\b(?:indefinite|unlimited|perpetual|indeterminate)\s+(?:term|period|duration)|\bindefinitely\b"
    r"|\bin\s+perpetuity\b|\bperpetual(?:ly)?\b(?!\s+(?:common|preferred|stock|shares))|\bend\s+when\s+terminated\b|\bno\s+(?:fixed"
    r"|definite)\s+term\b",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:for|of|until)\s+(?:an?\s+)?(?:the\s+)?(?:\w+\s+){0,6}?(?:\w+|\(?\d+\)?)[\s-]+(?:year|month)s?\b",
    re.IGNORECASE,
)
RENEW = re.compile(
    r"\b(?:renew\w*|extend(?:ed|s)?|extensions?|prolong\w*|successive|roll\s+over|evergreen"
    r"|(?:year[\s-]+to[\s-]+year|month[\s-]+to[\s-]+month)|additional\s+(?:\w+\s+)?terms?)\b",
    re.IGNORECASE,
)
_RENEWED = re.compile(
    r"\b(?:renew\w*|additional|successive|consecutive|further|extended|extension|option)\b", re.IGNORECASE
)
NOTICE_AFTER = re.compile(
    r"^[\s'\u2019,)]*(?:(?:or\s+more|calendar|business|full|written|advance|prior|days?'?|of|the|such|a"
    r"|in|notice|[a-z]+'s?)\b[\s,'\u2019]*){0,3}\b(?:prior|before|notice|advance|preceding|in\s+advance"
    r"|written)\b",
    re.IGNORECASE,
)
UNENDED = re.compile(
    r"\b(?:until|and until|indefinite\w*|unlimited|perpetual\w*|perpetuity"
    r"|indeterminate|when terminated|fixed term)\b",
    re.IGNORECASE,
)


def long_sentences(source: Source, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Each sentence with a pattern: where it starts, and its words."""
    for start, end in source.sentences_with(pattern):
        yield start, source.text[start : min(end, start + _LONGEST)]


def early(source: Source, start: int) -> float:
    """A little for what stands before the rest, so that an agreement goes before its exhibits."""
    return -0.06 * start / max(len(source.text), 1)


def _about_term(source: Source, start: int, sentence: str) -> float:
    """How surely a sentence is about the agreement's own term, 0 to 1."""
    subject = _OF_AGREEMENT.search(sentence)
    head = source.text[max(0, start - 60) : start]
    sure = 0.75 if subject else 0.45
    if re.search(r"\bterm\b", head + sentence[:40], re.IGNORECASE):
        sure += 0.12
    if NOT_TERM.search(sentence):
        sure -= 0.2
    if of_another_term(sentence):
        sure -= 0.3
    return sure + early(source, start)


def _stated(source: Source) -> Iterator[Candidate]:
    for start, sentence in long_sentences(source, _TERM):
        for found in source.dates(sentence, partial=True):
            before = sentence[max(0, found.start - 90) : found.start]
            if _UNTIL.search(before):
                sure = _about_term(source, start, sentence) + 0.1
                blank = -0.1 if len(found.value) < 10 else 0.0
                renewed = -0.15 if RENEW.search(sentence[max(0, found.start - 120) : found.start]) else 0.0
                yield Candidate(found.value, (shifted(found, start),), sure + blank + renewed, "stated")


_ENDS_ON = re.compile(
    r"\b(?:expir\w+|terminat\w+|end)\s+date[\"\u201d]?\s{0,3}(?:means?|shall\s+mean|shall\s+be|is|:|\))",
    re.IGNORECASE,
)


def _named_end(source: Source) -> Iterator[Candidate]:
    for match in _ENDS_ON.finditer(source.text):
        for found in dates(source.text[match.end() : match.end() + 90])[:1]:
            yield Candidate(
                found.value,
                (shifted(found, match.end()),),
                0.86 + early(source, match.start()),
                "named as the end",
            )


def _lasting(source: Source) -> Iterator[tuple[float, int, str, Found, str]]:
    """Durations that a sentence gives to the agreement: certainty, where the sentence starts, it, range, value."""
    for start, sentence in long_sentences(source, _TERM):
        found = source.durations(sentence)
        for i, one in enumerate(found):
            before, behind = sentence[max(0, one.start - 90) : one.start], sentence[one.end : one.end + 60]
            if NOTICE_AFTER.search(behind) or GIVEN.search(before[-40:]) or of_notice(sentence, one):
                continue
            sure = _about_term(source, start, sentence)
            near = before[-80:] + re.split(r"[.;]\s", sentence[one.start : one.end + 25])[0]
            if _RENEWED.search(near) and not re.search(r"initial|original", before, re.IGNORECASE):
                sure -= 0.3
            if not_its_own(sentence, one):
                sure -= 0.4
            if "nniversary" in sentence[one.start : one.end + 14] and _ENDS.search(before):
                sure += 0.1
            if _BRIEF.fullmatch(one.value):
                sure -= 0.3
            elif one.value.endswith("day"):
                sure -= 0.15
            end, value = joined(sentence, found, i)
            yield sure, start, sentence, Found(one.start, end, value), value
            break


def term(source: Source) -> Field | None:
    """How long the agreement lasts at first."""
    found = (
        Candidate(value, (shifted(one, start),), sure, "lasts")
        for sure, start, _, one, value in _lasting(source)
        if sure > 0.5
    )
    return source.choose("term", found)


def _computed(source: Source, effective: Field | None, agreement: Field | None) -> Iterator[Candidate]:
    for sure, start, sentence, one, value in _lasting(source):
        first = begin(sentence, one, start, effective, agreement)
        if not first or sure < 0.5:
            continue
        date = after(first[0], value)
        if date:
            said = 0.03 if first[2] else -0.02
            yield Candidate(date, (shifted(one, start), first[1]), sure + said, "start and term")


def _apart(computed: Iterable[Candidate], stated: set[str]) -> Iterator[Candidate]:
    """Computed ends but those that say the same as a stated one: three years from January 1 end on December 31."""
    yield from (c for c in computed if after(c.value, "-1 day") not in stated)


def _year_end(source: Source, effective: Field | None, agreement: Field | None) -> Iterator[Candidate]:
    """The end of a year that is named, or of the one in which an agreement begins."""
    known = effective or agreement
    for start, sentence in long_sentences(source, _TERM):
        ends = year_end(sentence) if _OF_AGREEMENT.search(sentence) else None
        sure = _about_term(source, start, sentence)
        if ends and ends[1]:
            place = ends[0][0] + start, ends[0][1] + start
            yield Candidate(f"{ends[1]}-12-31", (place,), sure, "stated")
        elif ends and known:
            places = (ends[0][0] + start, ends[0][1] + start), known.places[0]
            yield Candidate(f"{known.value[:4]}-12-31", places, sure, "start and term")


def _endless(source: Source, sentence: str, match: re.Match[str]) -> bool:
    """Whether nothing in a sentence says a day, a duration or a renewal beside words that tell of no end."""
    if RENEW.search(sentence) and not match[0].lower().startswith("extend"):
        return False
    until = max(match[0].lower().find("until"), 0) + match.start()
    return not source.durations(sentence[: match.start()]) and not source.dates(sentence[until:])


def _forever(source: Source) -> Iterator[Candidate]:
    for start, sentence in long_sentences(source, UNENDED):
        match = _PERPETUAL.search(sentence)
        if not match or not _OF_AGREEMENT.search(sentence):
            continue
        if BLANK.search(sentence) or not _endless(source, sentence, match):
            continue
        sure = _about_term(source, start, sentence) - 0.08
        sure += 0.1 * bool(re.search(r"indefinite|perpetu|unlimited", match[0], re.IGNORECASE))
        if re.match(r"indefinite|perpetu|in perp|unlimited", match[0], re.IGNORECASE) and re.search(
            r"\b(?:licen[cs]e|right|grant)", sentence, re.IGNORECASE
        ):
            sure -= 0.25
        # the day of an event is not known: less sure than what ends by notice alone
        sure -= 0.1 * bool(match["event"])
        rule = "ends by an event" if match["event"] else "until terminated"
        yield Candidate(ENDLESS, ((match.start() + start, match.end() + start),), sure, rule)


def _by_event(source: Source) -> Iterator[Candidate]:
    """An agreement that ends by an event or by somebody's word alone: said with little certainty."""
    for start, sentence in long_sentences(source, _BY_EVENT):
        match = _BY_EVENT.search(sentence)
        if match and not (source.dates(sentence) or BLANK.search(sentence) or _LASTS.search(sentence)):
            yield Candidate(
                ENDLESS, ((match.start() + start, match.end() + start),), 0.52, "ends by an event"
            )
            return


def expiry(source: Source, effective: Field | None, agreement: Field | None) -> Field | None:
    """The date on which the agreement ends if nothing is done: stated, or its start and term with both places.

    "perpetual" where it goes on until someone ends it.
    """
    stated = [*_stated(source), *_named_end(source)]
    found = [
        *stated,
        *_apart(_computed(source, effective, agreement), {c.value for c in stated if c.confidence > _LEAST}),
        *_year_end(source, effective, agreement),
        *_forever(source),
        *_by_event(source),
    ]
    return source.choose("expiry", (c for c in found if c.confidence > _LEAST), "Expiration Date")
