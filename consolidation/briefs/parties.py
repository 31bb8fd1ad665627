"""Parties of an agreement: names in its opening, with the short names and roles that it gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consolidation.briefs.fields import Candidate, Field, Named, Party, Range
from consolidation.briefs.joint import Read, persons, split
from consolidation.briefs.labelled import labelled
from consolidation.briefs.names import CAPITAL, has_form, is_short, name_with_form, read_name
from consolidation.briefs.no_names import COMMON, NO_PARTY, NO_TERM, is_heading, is_role
from consolidation.briefs.opening import Opening, further_openings
from consolidation.briefs.short_names import other_name, terms_after
from consolidation.briefs.signers import signers
from consolidation.briefs.source import Source
from consolidation.briefs.words import spaced

#: Longest term for a party, in words, and how far before a name its definition is looked for, in characters.
_MOST_OF_TERM, _TERMS_BEFORE = 3, 10_000
#: How near its definition stands to a name of which nothing else says that it is one, in characters.
_TERM_NEAR = 100
#: Most parties that are read from one opening.
_MOST = 40
#: Before a party that is named with the one it belongs to.
_ITS = r"(?:its\s{1,4}(?:[\w-]{1,20}\s{1,4}){0,2}(?:subsidiary|affiliate|parent)(?:\s+company)?,?\s{1,4})?"
_ANCHOR = re.compile(
    r"\bbetween\s{1,4}(?-i:(?:[a-z]{4,16}\s{1,4}){1,3}[a-z]{4,16},\s{1,4}(?=[A-Z]))"
    r"|\b(?:between|among(?:st)?|and|with|B\sE\sT\sW\sE\sE\sN|(?:into|made|executed|\d{4}),?\s{1,4}by(?!\s+and\b))\b"
    r"[\s,:&\u25cf\u2022-]{0,12}(?:(?:and|among"
    r"|between)\b[\s,:]{0,6})?" + _ITS + r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s{0,12}|\d{1,2}\.\s{1,12})?"
    r"|;\s{0,12}(?:and\s{1,6})?(?:\(?(?:\d{1,2}|[a-z])\)\s{0,6})?"
    r"|(?<=[\s(])\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s{1,12}"
    r"|\b(?:corporation|company|partnership|trust|association|individual)\b,\s{1,8}(?=[A-Z])"
    r"|\)\s{0,4},?\s{1,6}(?:and\s{1,6})?"
    + _ITS
    + r"|\bParty\s+(?:[A-D]|One|Two|Three|\d)\s{0,3}(?:\([^()]{0,40}\)\s{0,3})?[:,\uff1a]\s{0,6}"
    r"|\bBY:|\bAND:",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"\s{0,6},?\s{0,6}(?:\(|(?:,\s{0,6})?(?:a|an|the|A|AN|as|duly|having|with|whose|organi[sz]ed"
    r"|located|incorporated|HAVING|WITH|WHOSE|d/b/a|of|acting|and\s+(?:its|his|her))\b|[\"\u201c])"
)
_PLACE = re.compile(
    r"\b(?:at|in|of|located|offices?|laws|address|between|Street|Avenue|Suite)\b|\d{3}", re.IGNORECASE
)
_COMMA = re.compile(r"\.?,\s{1,4}(?:and\s{1,3})?(?=[A-Z0-9])")
_TOGETHER = re.compile(r"\b(?:together|collectively)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:d/b/a|dba|f/k/a|fka|a/k/a|doing\s+business\s+as|formerly\s+known\s+as)\s+$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['\u2019]s$")
_LISTED = re.compile(r"\bAND\b:|\d|\([a-z]|\bParty\b|;")


def _names(text: str, low: int, high: int) -> Iterator[Read]:
    last = low
    for anchor in _ANCHOR.finditer(text, low, high):
        if anchor.start() < last:
            continue
        place = read_name(text, anchor.end(), high) or _quoted(text, anchor.end(), high)
        if not place:
            continue
        name = spaced(text[place[0] : place[1]])
        if (COMMON.match(name) and not has_form(name)) or NO_TERM.match(name):
            continue
        if is_role(text, place) or (not has_form(name) and is_heading(text, name)):
            continue
        if _POSSESSIVE.search(name) and not has_form(name):
            continue
        if NO_PARTY.search(name) or _OTHER.search(text, max(low, place[0] - 30), place[0]):
            continue
        if not has_form(name) and _in_brackets(text, last, place[0]):
            continue
        described = bool(_DESCRIBED.match(text, place[1], place[1] + 40))
        last = place[1]
        listed = bool(_LISTED.search(anchor[0])) or "\n" in anchor[0]
        after = _following(text, last, high) if has_form(name) else None
        yield Read(
            place,
            name,
            listed,
            has_form(name),
            described,
            in_list=after is not None,
            labelled="Party " in anchor[0],
        )
        while after is not None:
            last = after.place[1]
            yield after
            after = _following(text, last, high)


def _quoted(text: str, at: int, high: int) -> Range | None:
    """The name with a legal form that stands in quotation marks there."""
    place = read_name(text, at + 1, high) if text[at : at + 1] in ('"', "\u201c") else None
    return place if place and has_form(text[place[0] : place[1]]) else None


def _in_brackets(text: str, low: int, at: int) -> bool:
    """Whether a bracket is open there that opened after the name before: '("PLIC" and, together with ...'."""
    return text.rfind("(", low, at) > text.rfind(")", low, at) and bool(_TOGETHER.search(text, low, at))


def _called_before(text: str, name: str, at: int) -> bool:
    """Whether what looks like a name was defined before as what a text calls a party: 'Acme, Inc. ("Acme")'."""
    words = name.split()
    if len(words) > _MOST_OF_TERM:
        return False
    term = rf"\([^()]{{0,40}}[\"\u201c]\s?{re.escape(words[0])}\b[^()\"\u201c\u201d]{{0,40}}[\"\u201d]"
    return bool(re.search(term, text[max(0, at - _TERMS_BEFORE) : at]))


def _following(text: str, end: int, high: int) -> Read | None:
    """The name with a legal form that follows another with nothing but a comma between: "A, L.P., B, L.P."."""
    comma = _COMMA.match(text, end, high)
    place = read_name(text, comma.end(), high) if comma else None
    name = spaced(text[place[0] : place[1]]) if place else ""
    if not comma or not place or place[0] != comma.end() or not has_form(name) or is_role(text, place):
        return None
    kind = len(name.split()) < 3 and name.split()[-1].lower() in ("corporation", "company", "partnership")
    if kind or NO_PARTY.search(name):
        return None
    described = bool(_DESCRIBED.match(text, place[1], place[1] + 40))
    return Read(place, name, False, True, described, in_list=True)


def _belongs_to_last(text: str, last: Read, one: Read, terms: list[Named]) -> bool:
    """Whether what looks like a name is part of what is said of the party before it ("Berlin and Munich")."""
    if one.formed and (one.described or terms or one.in_list):
        return False
    between = text[last.place[1] : one.place[0]]
    if last.terms or not between.strip(" ,\n"):
        return not terms and not one.described
    if terms and any(is_short(term.name, last.name) and not is_short(term.name, one.name) for term in terms):
        return True
    return (
        bool(_PLACE.search(between))
        and not one.formed
        and not re.match(
            r",?\s+an?\s+(?:individual|person|natural|citizen|resident)",
            text[one.place[1] : one.place[1] + 30],
        )
    )


def _told(one: Read, kept: list[Read], terms: list[Named]) -> bool:
    """Whether a name only tells again of parties before it: by their words, where nothing is said of it."""
    name = name_with_form(one.name)
    if one.formed and (terms or one.described) and " and " not in one.name.lower():
        return any(name_with_form(k.name) == name for k in kept)
    return {word for k in kept for word in name_with_form(k.name).split()}.issuperset(name.split())


def _kept(source: Source, low: int, high: int) -> list[Read]:
    text = source.text
    read = list(_names(text, low, high))
    kept: list[Read] = []
    for i, one in enumerate(read):
        until = read[i + 1].place[0] if i + 1 < len(read) else high
        one.until = until
        terms = list(terms_after(text, one.place[1], min(until, one.place[1] + 1_500), one.name))
        if not (one.formed or one.described or one.listed):
            terms = [term for term in terms if term.place[0] - one.place[1] < _TERM_NEAR]
        if kept and _told(one, kept, terms):
            continue
        if len(kept) > 1 and not one.listed and one.place[0] > source.around(kept[-1].place)[1]:
            break
        if not one.formed and _called_before(text, one.name, one.place[0]):
            continue
        if kept and kept[0].labelled and not one.labelled and not one.formed:
            continue
        if kept and not one.labelled and _belongs_to_last(text, kept[-1], one, terms):
            if not kept[-1].terms:
                kept[-1].terms = terms
            continue
        if not (terms or one.formed or one.labelled or (one.described and len(kept) < 2)):
            continue
        if kept and any(
            name_with_form(one.name) in (name_with_form(k.name), plain_term)
            for k in kept
            for plain_term in [name_with_form(t.name) for t in k.terms]
        ):
            continue
        one.terms = terms
        kept.append(one)
    return [one for read in split(text, kept) for one in persons(text, read)][:_MOST]


_STRICT = re.compile(
    r"\(\s{0,3}(?:the\s+|hereinafter[\w\s,]{0,40}|herein[\w\s,]{0,30}"
    r"|or\s[\w\s]{0,30}?(?:,\s+the\s+)?)?[\"\u201c]\s?(?P<term>[A-Z][^\"\u201c\u201d()]{1,40}?)[,.]?\s?[\"\u201d]"
)
#: An agreement of those who sign it, named nowhere else.
_UNDERSIGNED = re.compile(r"\bthe\s+undersigned\b[^.]{0,60}\bagree", re.IGNORECASE)
_AGREE = re.compile(r"\bagree(?:\s+to\s+be\s+bound)?\s+as\s+follows\b")
_LONGEST_AGREEING = 1_000
_A_COMPANY = re.compile(
    r",\s{1,4}an?\s{1,4}(?:[\w.-]{2,16}\s{1,4}){1,5}?(?:corporation|company|partnership|trust|association|municipality)\b"
)


def _named_before(text: str, low: int, high: int, defined: set[str]) -> Range | None:
    """The name before a defined term: the first of which a kind of company is said, else the first."""
    first, last = None, low
    for capital in CAPITAL.finditer(text, low, high):
        place = read_name(text, capital.start(), high) if capital.start() >= last else None
        if not place or is_role(text, place):
            continue
        name, company = spaced(text[place[0] : place[1]]), _A_COMPANY.match(text, place[1], high)
        if not (company or has_form(name)) or name_with_form(name) in defined:
            continue
        if NO_PARTY.search(name):
            return first
        if company:
            return place
        first, last = first or place, place[1]
    return first


def _before_terms(source: Source, low: int, high: int) -> list[Read]:
    """Names that stand right before a defined term, wherever these are: for openings of an unusual form."""
    text = source.text
    kept: list[Read] = []
    before, defined = low, set[str]()
    for match in _STRICT.finditer(text, low, high):
        if NO_TERM.match(match["term"]):
            continue
        start, end = source.around((match.start(), match.start() + 1))
        start, before = max(start, match.start() - 300, before), match.end()
        place = _named_before(text, start, match.start(), defined)
        name = spaced(text[place[0] : place[1]]) if place else ""
        if place and all(name_with_form(name) != name_with_form(k.name) for k in kept):
            term = Named(text[match.start("term") : match.end("term")], match.span("term"))
            kept.append(Read(place, name, False, True, True, end, [term]))
        defined.add(name_with_form(match["term"]))
    return kept[:_MOST]


def _agreeing(source: Source) -> list[Read]:
    """Names of which a kind of company is said, before "agree as follows": "A, a Utah company, and B, a ..."."""
    text, kept = source.text, list[Read]()
    agree = _AGREE.search(text, 0, _TERMS_BEFORE)
    last = max(0, agree.start() - _LONGEST_AGREEING) if agree else len(text)
    for capital in CAPITAL.finditer(text, last, agree.start()) if agree else ():
        place = read_name(text, capital.start(), agree.start()) if agree and capital.start() >= last else None
        if place and _A_COMPANY.match(text, place[1], place[1] + _TERM_NEAR):
            name, last = spaced(text[slice(*place)]), place[1]
            terms = list(terms_after(text, place[1], place[1] + _TERM_NEAR, name))
            kept.append(Read(place, name, False, True, True, place[1], terms))
    return kept[:_MOST]


def _signing(source: Source) -> list[Read]:
    """Who signs, for agreements that name their parties nowhere else."""
    named = ((place, spaced(source.text[slice(*place)])) for place in signers(source.text))
    return [Read(place, name, False, True, True) for place, name in named][:_MOST]


def _labelled(source: Source) -> list[Read]:
    """Names after the roles of a form."""
    named = [(place, spaced(source.text[slice(*place)]), role) for place, role in labelled(source.text)]
    return [Read(place, name, True, True, False, terms=[role]) for place, name, role in named]


def _party(source: Source, read: Read, confidence: float, rule: str) -> Party:
    name: Field = source.field("party", Candidate(read.name, (read.place,), confidence, rule))
    short = tuple(t for t in read.terms if is_short(t.name, read.name))
    roles = tuple(t for t in read.terms if t not in short)
    return Party(name, (*short, *other_name(source.text, read.place[1])), roles)


def _ways(source: Source, opening: Opening | None) -> Iterator[tuple[str, float, list[Read]]]:
    """The parties by one rule after the other, the surest first, with how sure it is."""
    low = opening.start if opening else 0
    if not opening and _UNDERSIGNED.search(source.text, 0, _TERMS_BEFORE):
        yield "over a signature", 0.5, _signing(source)
    if opening:
        yield "named in the opening", 0.9, _kept(source, opening.parties, opening.end)
    yield "before a defined term", 0.75, _before_terms(source, low, low + 5_000)
    for other in further_openings(source):
        yield "named in the opening", 0.7, _kept(source, other.parties, other.end)
    if low:
        yield "before a defined term", 0.7, _before_terms(source, 0, 5_000)
    yield "before what they agree", 0.7, _agreeing(source)
    yield "after its role", 0.7, _labelled(source)
    yield "over a signature", 0.5, _signing(source)


def parties(source: Source, opening: Opening | None) -> tuple[Party, ...]:
    """The parties in the order in which they are named, from the opening, else from defined terms or signatures."""
    found: list[Read] = []
    rule, confidence = "", 0.0
    for named, sure, more in _ways(source, opening):
        if len(more) > len(found):
            found, rule, confidence = more, named, sure
        if len(found) > 1:
            break
    return tuple(_party(source, read, confidence - 0.15 * (not read.terms), rule) for read in found)
