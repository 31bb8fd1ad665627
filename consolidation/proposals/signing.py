"""Who signed for a party, told from the blocks of signatures: what may be said of it, and what is no answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from consolidation.asking.signers import SignersAsked, other_paper, signers_asked
from consolidation.asking.typed import name_without_form
from consolidation.asking.understand import Understanding
from consolidation.briefs.fields import Range
from consolidation.briefs.names import has_form
from consolidation.briefs.signature_words import is_doubled
from consolidation.briefs.signatures import Signature, signatures
from consolidation.briefs.signed_for import named_parties, signed_for
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate, written
from consolidation.text.offices import answers_to, offices
from consolidation.text.values import find_dates

_OFFICE = re.compile(r"\b(?:capacity|title|role|position|job|office|post|as\s+what)\b", re.IGNORECASE)
#: Words beside a name that make it no other's.
_BESIDE = frozenset(
    "mr mrs ms dr jr sr ii iii iv by for of on behalf the its as and s name title esq".split()
)
#: Words for the one party of several that is a company, where none is called so.
_COMPANY = re.compile(r"(?:the|each|every|our)?\s*(?:company|corporation|firm|business)", re.IGNORECASE)
#: How often such an answer was right where the rules were made.
_SURE = 0.9
#: More persons than this sign for no party.
_MOST = 4


@dataclass(frozen=True, slots=True)
class Signers:
    """What blocks of signatures say of a question.

    `answer` is what they answer, `persons` who they say it is, and `others` who stands there for somebody else, each
    by the words of the name. `proven` says that they establish the answer; nothing else is ever sure. `blank` says
    that the place for the signature that is asked about is empty, and `office` that theirs is a part of the answer.
    """

    asked: SignersAsked
    answer: Candidate | None = None
    proven: bool = False
    persons: tuple[frozenset[str], ...] = ()
    others: tuple[frozenset[str], ...] = ()
    places: tuple[Range, ...] = ()
    blank: bool = False
    beside: frozenset[str] = frozenset()
    office: bool = False

    def allows(self, one: Candidate) -> bool:
        """Whether a candidate can be an answer: none names another than who signed, or says Yes of a blank line."""
        if self.asked.what == "whether":
            return not (self.blank and one.said == "Yes")
        if self.asked.what != "when" and is_doubled(one.said):
            return False
        if self.answer is not None:
            is_it = (one.said, one.places) == (self.answer.said, self.answer.places)
            return is_it or (self.asked.what != "when" and not self.office and self._same(one))
        if self.asked.what == "when":
            return True
        if self.asked.what == "who" and self.blank:
            return False
        said = _words(one.said)
        return not any(person <= said for person in self.others) and not any(
            low < place[1] and place[0] < high for low, high in self.places for place in one.places
        )

    def settles(self, one: Candidate) -> bool:
        """Whether an answer may be sure: where its place is far from all blocks, an office may be told by others."""
        if self.asked.what == "whether":
            return self.proven and one.said == "Yes"
        return self.proven and self.answer is not None and self.allows(one)

    def _same(self, one: Candidate) -> bool:
        said = _words(one.said)
        all_named = all(person <= said for person in self.persons)
        return all_named and said <= frozenset().union(*self.persons) | self.beside | _BESIDE


def signers(asked: Understanding, passages: Passages) -> Signers | None:
    """What the blocks of signatures say of a question; None where it asks nothing of them."""
    what = signers_asked(asked)
    if what is None:
        return None
    told = _told(asked, what, passages)
    return replace(told, proven=False) if other_paper(asked, passages.title) else told


def _told(asked: Understanding, what: SignersAsked, passages: Passages) -> Signers:
    parties = passages.brief.parties
    found = signatures(passages.text, parties)
    own: list[Signature] = []
    for whom in what.whom:
        own = own or signed_for(passages.text, found, parties, whom)
        if not own and what.what in ("when", "whether"):
            own = [
                one for one in found if one.person and _words(whom) and _words(whom) <= _name(passages, one)
            ]
    if what.what == "who" and not own and is_for_company(what.whom):
        return _companies(asked, what, passages, found)
    if what.what == "who":
        return _who(asked, what, passages, found, own)
    if what.what == "when":
        return _when(what, passages, own)
    if what.what == "whether":
        return _whether(what, found, own)
    return _office(what, passages, found, own)


def _who(
    asked: Understanding,
    what: SignersAsked,
    passages: Passages,
    found: Sequence[Signature],
    own: list[Signature],
) -> Signers:
    if not what.whom:
        return _all(asked, what, passages, found)
    ours = {_name(passages, one) for one in own if one.person}
    strangers = tuple({_name(passages, one) for one in found if one.person and one.heads and own} - ours)
    if own and not any(one.person for one in own):
        # whoever signs for a company is not the company
        strangers += _names_of({one.party for one in own}, passages)
    if not _holds_any(passages, own, asked.each):
        return Signers(what, others=strangers)
    persons = _each_once(passages, [one for one in own if one.person])
    if not persons or len(persons) > _MOST:
        return Signers(what, others=strangers, blank=bool(own) and not any(one.signed for one in own))
    titles = [one.title for one in persons if one.title] if _OFFICE.search(asked.each) else []
    people = [one.person for one in persons if one.person]
    places = tuple(
        place
        for one in persons
        for place in (one.person, one.title if one.title in titles else None)
        if place
    )
    answer = Candidate(
        "rules", written(passages.text, places), places, passages.holding(people[0]), score=_SURE
    )
    return Signers(
        what, answer, all(one.signed for one in persons), tuple(_name(passages, one) for one in persons), strangers,
        beside=_beside(passages, persons), office=bool(titles),
    )  # fmt: skip


def _all(asked: Understanding, what: SignersAsked, passages: Passages, found: Sequence[Signature]) -> Signers:
    """All who signed, each with whom it was for; of those who hold an office that is named, none is sure."""
    named = bool(offices(asked.each))
    persons = [
        one for one in found if one.person and (not named or _holds(_title(passages, one), asked.each))
    ]
    if named and any(one.title for one in persons):
        persons = [one for one in persons if one.title]
    if not persons:
        return Signers(what)
    parties = passages.brief.parties
    said: dict[str, None] = {}
    places: list[Range] = []
    for one in persons:
        name = written(passages.text, [one.person]) if one.person else ""
        whom = written(passages.text, one.heads[-1:]) if one.heads else ""
        said.setdefault(f"{name} ({whom})" if whom and not _words(whom) <= _words(name) else name)
        places += [place for place in (one.person, *one.heads[-1:]) if place and place not in places]
    proven = (
        not named
        and all(one.person and one.signed and (one.heads or one.party >= 0) for one in found)
        and ({one.party for one in persons} >= set(range(len(parties))) and len(parties) > 1)
    )
    row = passages.holding(persons[0].person or (0, 0))
    answer = Candidate("rules", "; ".join(said), tuple(places), row, score=_SURE)
    names = tuple(dict.fromkeys(_name(passages, one) for one in persons))
    return Signers(what, answer, proven, names, beside=_beside(passages, persons))


def is_for_company(whom: Sequence[str]) -> bool:
    """Whether it is asked who signed for "the company", and for nobody else."""
    return bool(whom) and all(_COMPANY.fullmatch(one.strip()) for one in whom)


def _companies(
    asked: Understanding, what: SignersAsked, passages: Passages, found: Sequence[Signature]
) -> Signers:
    """All who signed for companies where none is called "the Company", and no person for himself: never sure."""
    parties = passages.brief.parties
    organised = {at for at, party in enumerate(parties) if has_form(party.name.written)}
    persons = [one for one in found if one.party >= 0 and one.party not in organised]
    others = tuple({_name(passages, one) for one in persons if one.person})
    own = [one for one in found if one.party in organised]
    if not any(one.person for one in own):
        others += _names_of(organised, passages)
    return replace(_all(asked, what, passages, own), proven=False, others=others)


def _names_of(numbers: Collection[int], passages: Passages) -> tuple[frozenset[str], ...]:
    """The names of some parties, each by its words without its legal form."""
    parties = passages.brief.parties
    named = (_words(name_without_form(parties[at].name.written)) for at in sorted(numbers) if at >= 0)
    return tuple(one for one in named if one)


def _when(what: SignersAsked, passages: Passages, own: Sequence[Signature]) -> Signers:
    days = {}
    for one in own:
        if one.date and (day := next(find_dates(passages.text[slice(*one.date)]), None)):
            days[day.value] = one.date
    if len(days) != 1 or any(one.date is None for one in own):
        return Signers(what)
    place = next(iter(days.values()))
    answer = Candidate(
        "rules", written(passages.text, [place]), (place,), passages.holding(place), score=_SURE
    )
    return Signers(what, answer, all(one.signed for one in own))


def _whether(what: SignersAsked, found: Sequence[Signature], own: Sequence[Signature]) -> Signers:
    places = own if what.whom else found
    blank = bool(places) and not all(one.signed for one in places)
    return Signers(what, proven=bool(places) and not blank, blank=blank)


def _office(
    what: SignersAsked, passages: Passages, found: Sequence[Signature], own: Sequence[Signature]
) -> Signers:
    holding = _each_once(
        passages,
        [one for one in own if one.person and one.title and _holds(_title(passages, one), what.office)],
    )
    ours = {_name(passages, one) for one in own if one.person}
    others = tuple(
        {_name(passages, one) for one in found if one.person and (one.heads or one.party >= 0)} - ours
    )
    notices = _of_others(passages, what.whom[0])
    if len(holding) != 1 or not holding[0].person:
        return Signers(what, others=others, places=notices)
    place = holding[0].person
    answer = Candidate(
        "rules", written(passages.text, [place]), (place,), passages.holding(place), score=_SURE
    )
    names = (_name(passages, holding[0]),)
    # the title may be that of another office of the same sort, which is to be checked
    exactly = set(offices(what.office)) <= set(offices(_title(passages, holding[0])))
    return Signers(what, answer, exactly, names, others, beside=_beside(passages, holding))


def _of_others(passages: Passages, whom: str) -> tuple[Range, ...]:
    """Where the addresses for notices of other parties stand."""
    meant = named_parties(passages.brief.parties, whom)
    found = []
    for one in passages.brief.all("notice_address"):
        party = named_parties(passages.brief.parties, one.rule.removeprefix("notices to "))
        if party and meant and not set(party) & set(meant):
            found += list(one.places)
    return tuple(found)


def _each_once(passages: Passages, signed: Sequence[Signature]) -> list[Signature]:
    """Signatures of which none is of a person before: the same words, or all of those of a longer name."""
    kept: list[Signature] = []
    for one in sorted(signed, key=lambda one: -len(_name(passages, one))):
        if not any(_name(passages, one) <= _name(passages, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.person or (0, 0))


def _words(said: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", said.lower()))


def _name(passages: Passages, one: Signature) -> frozenset[str]:
    return _words(passages.text[slice(*one.person)]) - _BESIDE if one.person else frozenset()


def _title(passages: Passages, one: Signature) -> str:
    return passages.text[slice(*one.title)] if one.title else ""


def _beside(passages: Passages, signed: Sequence[Signature]) -> frozenset[str]:
    """Words of the offices and parties of some who signed."""
    places = [place for one in signed for place in (*one.heads, one.title) if place]
    return _words(" ".join(passages.text[slice(*place)] for place in places))


def _holds_any(passages: Passages, own: Sequence[Signature], question: str) -> bool:
    return any(_holds(_title(passages, one), question) for one in own)


def _holds(title: str, question: str) -> bool:
    """Whether a title has the offices that a question names; one that is not given speaks against none."""
    named, held = offices(question), offices(title)
    return not title or all(any(answers_to(one, asked) for one in held) for asked in named)
