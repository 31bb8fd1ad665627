"""Who signed for which party: blocks of signatures, below each other or in columns that the text has run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consolidation.briefs.fields import Party, Range
from consolidation.briefs.names import comparable_name
from consolidation.briefs.words import trimmed
from consolidation.text.spaces import plain_spaces

_ANNOUNCED = re.compile(
    r"\bIN\s+WITNESS\s+(?:WHEREOF|OF)\b|\b(?:ACCEPTED|AGREED)\s+AND\s+(?:ACCEPTED|AGREED)\b"
    r"|\bha(?:ve|s)\s+(?:each\s+)?(?:duly\s+)?(?:executed|signed|caused)\b|\bis\s+executed\b|\bsigned\s+by\s+the\s+part|\bSignature\s+Page\b",
    re.IGNORECASE,
)
_REACH, _TAIL, _BEFORE = 3_000, 5_000, 400
_NO_NAME = r"(?!(?:By|Name|Title|Its|Date|NAME|TITLE|BY|DATE|NAME|CEO|Chief|President|Witness|Signed)\b)"
_PERSON = (
    r"(?:(?:Dr|Mr|Mrs|Ms)\.?[ \t]+)?[A-Z][A-Za-z'\u2019-]*\.?"
    rf"(?:[ \t]{{1,2}}{_NO_NAME}(?:[A-Z][A-Za-z'\u2019.-]*|de|van|von|der|la)){{1,4}}"
    r"(?:,?[ \t](?:[JjSs][Rr]|III?)\b\.?)?"
)
_SIGNED = re.compile(rf"[/\\]s[/\\][\s_]{{0,4}}(?P<person>{_PERSON})")
_PRINTED = re.compile(rf"\b(?:Printed\s+)?(?:Name|NAME)\s{{0,2}}:[\s_]{{0,12}}(?P<person>{_PERSON})")
_TITLED = re.compile(
    r"\b(?:Title|TITLE|Its|ITS|Position)\s{0,2}:[\s_]{0,12}(?P<title>[A-Z][^\n:_]{1,70}?)"
    r"(?=\s*(?:\n|\s{3}|_{2}|$|-{3}"
    r"|\b(?:Title|TITLE|Its|ITS|Date|DATE|Dated|Name|NAME|By|BY|Address|Attest|Position)\b\s?:))"
)
_ORDINARY = frozenset("the of and a an for party company corporation inc llc ltd limited corp co".split())
#: Words of an organisation's name that are none of a person's.
_ORGANISED = _ORDINARY | frozenset("agency bank service services group holdings trust seal".split())
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: where the person's name and, if it is there, the title stand, and the number of the party."""

    person: Range
    party: int
    title: Range | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    place: Range
    party: int = -1


def signatures(text: str, parties: Sequence[Party]) -> tuple[Signature, ...]:
    """The signatures under an agreement whose party can be told, in the order of the text."""
    text = plain_spaces(text)
    found: dict[Range, Signature] = {}
    for low, high in _regions(text):
        for one in _read(_marks(text, low, high, parties)):
            if not _ORGANISED & _words(text[slice(*one.person)]):
                found.setdefault(one.person, one)
    return tuple(found[place] for place in sorted(found))


def _regions(text: str) -> Iterator[Range]:
    last = 0
    for match in _ANNOUNCED.finditer(text):
        if match.start() >= last and _named(text, match.start(), match.start() + _REACH):
            last = min(len(text), match.start() + _REACH)
            yield match.start(), last
    if not last:
        yield max(0, len(text) - _TAIL), len(text)


def _named(text: str, low: int, high: int) -> re.Pattern[str] | None:
    """What tells who signs there: a mark of a signature, else a printed name of a copy that nobody has signed."""
    return next((pattern for pattern in (_SIGNED, _PRINTED) if pattern.search(text, low, high)), None)


def _marks(text: str, low: int, high: int, parties: Sequence[Party]) -> list[_Mark]:
    naming = _named(text, low, high) or _SIGNED
    marks = [_Mark("signed", _person(text, m)) for m in naming.finditer(text, low, high)]
    marks += [_Mark("title", trimmed(text, *m.span("title"))) for m in _TITLED.finditer(text, low, high)]
    for number, party in enumerate(parties):
        names = [party.name.written, *(named.name for named in (*party.short_names, *party.roles))]
        for name in names:
            if pattern := _mentioned(name):
                marks += [_Mark("party", m.span(), number) for m in pattern.finditer(text, low, high)]
    return sorted(marks, key=lambda mark: mark.place)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _person(text: str, match: re.Match[str]) -> Range:
    low, high = match.span("person")
    first = re.match(r"\S+", text[low:high])
    again = first and re.search(rf"\s{re.escape(first[0])}(?!\w)", text[low:high], re.IGNORECASE)
    high = low + again.start() if again else high
    return trimmed(text, low, high, ",;:_")


def _mentioned(name: str) -> re.Pattern[str] | None:
    words = [word for word in re.findall(r"\w+", name) if word.lower() not in _ORDINARY][:3]
    if not words or len("".join(words)) < _SHORTEST:
        return None
    return re.compile(r"\b" + r"\W+(?:(?:of|the|and)\W+)?".join(map(re.escape, words)) + r"\b", re.IGNORECASE)


def _read(marks: Sequence[_Mark]) -> Iterator[Signature]:
    """Rows of signatures, each with the parties before it and the names and titles after it, by their columns."""
    at = 0
    while at < len(marks):
        if marks[at].kind != "signed":
            at += 1
            continue
        end = at
        while end < len(marks) and marks[end].kind == "signed":
            end += 1
        row = marks[at:end]
        before = _columns(_parties_before(marks, at), len(row))
        after = list(_until_next(marks, end))
        if before:
            titles = [mark.place for mark in after if mark.kind == "title"]
            for column, mark in enumerate(row):
                title = titles[column] if len(titles) >= len(row) else None
                yield Signature(mark.place, before[column], title)
        at = end


def _parties_before(marks: Sequence[_Mark], at: int) -> list[int]:
    """The parties that are named between the row before and this one, by each mention; a name within one is none."""
    named: list[_Mark] = []
    for mark in reversed(marks[:at]):
        if mark.kind == "signed" or marks[at].place[0] - mark.place[1] > _BEFORE:
            break
        if mark.kind == "party":
            if named and named[-1].party == mark.party and mark.place[1] > named[-1].place[0]:
                named.pop()
            named.append(mark)
    return [mark.party for mark in reversed(named)]


def _columns(named: Sequence[int], columns: int) -> Sequence[int]:
    """The parties of so many columns, the last that are named; none where one party may have several of them."""
    last = named[-columns:]
    if len(set(last)) < columns or (columns > 1 and named[-columns - 1 : -columns] == last[:1]):
        return ()
    return last


def _until_next(marks: Sequence[_Mark], start: int) -> Iterator[_Mark]:
    for mark in marks[start:]:
        if mark.kind == "signed":
            return
        yield mark


def named_parties(parties: Sequence[Party], question: str) -> list[int]:
    """The numbers of the parties that a question names, by a word of their names or by their roles."""
    asked = set(re.findall(r"\w+", re.sub(r"['\u2019]s\b", "", question.lower())))
    found: list[tuple[int, int]] = []
    for number, party in enumerate(parties):
        called = (named.name.lower() for named in (*party.short_names, *party.roles))
        names = [comparable_name(party.name.written), *called]
        words = {w for name in names for w in re.findall(r"\w+", name) if w not in _ORDINARY and len(w) > 2}
        if common := len(words & asked):
            found.append((common, number))
    most = max((common for common, _ in found), default=0)
    return [number for common, number in found if common == most]
