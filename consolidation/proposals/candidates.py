"""Answers that are proposed for a question about one document, each with the places in the text that say so.

Makers propose: a reader of passages, the states, the rules of the brief, and the tagger of clauses. None judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from consolidation.asking.fields import asked_field, asked_role
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding
from consolidation.briefs.fields import ENDLESS, Brief, Field, Party
from consolidation.passages.passages import Passages
from consolidation.protocol import Reading
from consolidation.shapes.changed import holding
from consolidation.shapes.instructions import instruction_at, instruction_within
from consolidation.shapes.page_heads import pages_within
from consolidation.shapes.shaping import asks_several, joined, one_of, shaped, trimmed
from consolidation.text.windows import Range

Maker = Literal["reader", "state", "rules", "tagger", "writer"]
#: Of so many passages, the best by the reader, a second span, a list, and both polarities are proposed.
SECOND_SPAN, LISTED, SIGNED, SPANS = 2, 3, 3, 6


#: A document without an end says so more surely than anything else tells of an end by so much.
_CLEAR = 0.2


#: All addresses for notices are asked for, of no party alone.
_NOTICE_ADDRESSES = re.compile(
    r"^(?:what(?:'s|\s+is|\s+are)\s+|list\s+)?(?:all\s+)?(?:the\s+)?(?:addresses|address)\s+for\s+(?:the\s+)?notices?\s*\??$"
    r"|^(?:what(?:'s|\s+is|\s+are)\s+|list\s+)?(?:all\s+)?(?:the\s+)?notice\s+address(?:es)?\s*\??$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposed answer.

    `said` is what it says, `places` are the character ranges of the text that say so, `passage` is the row of the
    passage in which it is judged. `reads` is the reader's log odds that this passage answers, `score` the maker's
    own. `judged` is the judge's log odds that the answer is right, `agreeing` how many other makers say the same.
    `alone` is the log odds that its sentence says so by itself, for Yes and No.
    `value` is the comparable form where it is not that of the words: a date computed from a start and a term.
    """

    maker: Maker
    said: str
    places: tuple[Range, ...]
    passage: int
    reads: float = 0.0
    score: float = 0.0
    judged: float = 0.0
    agreeing: int = 0
    alone: float = 0.0
    value: str = ""

    @property
    def yes_no(self) -> bool:
        return self.said in ("Yes", "No")


def written(text: str, places: Sequence[Range], left_out: Sequence[Range] = ()) -> str:
    """The words of places, spaced once, joined by semicolons; without what runs between pages, and `left_out`."""
    return "; ".join(_words(text, place, left_out) for place in places)


def _words(text: str, place: Range, left_out: Sequence[Range]) -> str:
    words, at = list[str](), place[0]
    for low, high in sorted((*pages_within(text, *place), *left_out)):
        if low < place[1] and at < high:
            words += text[at : max(at, low)].split()
            at = high
    return " ".join((*words, *text[at : max(at, place[1])].split()))


def from_readings(
    asked: Understanding, passages: Passages, rows: Sequence[int], readings: Sequence[Reading]
) -> Iterator[Candidate]:
    """What the reader proposes from the passages that it read."""
    order = sorted(range(len(rows)), key=lambda at: -readings[at].answers)
    for rank, at in enumerate(order):
        row, found = rows[at], readings[at]
        low = passages.ranges[row][0]

        def place(inner: Range, low: int = low) -> Range:
            return trimmed(passages.text, (low + inner[0], low + inner[1]))

        base = Candidate("reader", "", (), row, reads=found.answers)
        if asked.yes_no:
            if rank < SIGNED and not (found.evidence and _is_instruction(passages, place(found.evidence))):
                proof = (place(found.evidence),) if found.evidence else (passages.ranges[row],)
                yield replace(base, said="Yes", places=proof, score=found.yes)
                yield replace(base, said="No", places=proof, score=-found.yes)
            continue
        if rank < SPANS:
            for span in found.spans[: 2 if rank < SECOND_SPAN else 1]:
                marked = _stated(passages, place(span.place))
                if marked is None:
                    continue
                places = shaped(asked, passages.text, marked, passages.ranges[row][1])
                yield replace(base, said=written(passages.text, places), places=places, score=span.score)
        if rank < LISTED and len(found.parts) > 1:
            merge = joined if asks_several(asked) else one_of
            parts = (_stated(passages, place(part)) for part in found.parts)
            listed = merge(passages.text, [part for part in parts if part])
            if asked.value == "law" and len(listed) > 1:
                listed = _of_law(asked, passages, listed, passages.ranges[row][1])
            elif len(listed) == 1:
                listed = (trimmed(passages.text, holding(asked, passages.text, listed[0])),)
            score = found.spans[0].score if found.spans else 0.0
            if listed:
                yield replace(base, said=written(passages.text, listed), places=listed, score=score)


def _of_law(
    asked: Understanding, passages: Passages, parts: tuple[Range, ...], until: int
) -> tuple[Range, ...]:
    """The one of several parts that names a jurisdiction, where others only say what of it: "the laws"."""
    naming = [part for part in parts if normalise("law", passages.text[slice(*part)])]
    return shaped(asked, passages.text, naming[0], until) if len(naming) == 1 else parts


def _is_instruction(passages: Passages, place: Range) -> bool:
    return instruction_at(passages.text, place[0]) is not None


def _stated(passages: Passages, place: Range) -> Range | None:
    """A place as far as the contract states it: none where it is of a form's own instruction."""
    if _is_instruction(passages, place):
        return None
    told = instruction_within(passages.text, *place)
    return trimmed(passages.text, (place[0], told[0])) if told else place


def from_brief(asked: Understanding, passages: Passages) -> Iterator[Candidate]:
    """What the rules of the brief propose, where the question asks for one of its facts."""
    name, brief = asked_field(asked), passages.brief
    fields: list[tuple[Field, ...]] = []
    if not name and _NOTICE_ADDRESSES.match(asked.each):
        fields = [tuple(brief.all("notice_address"))]
    elif name == "party":
        fields = [tuple(brief.all("party"))]
    elif name == "role":
        fields = [(party.name,) for party in brief.parties if _plays(party, asked_role(asked))]
    elif name:
        found = brief.first(name) or (_endless(brief) if name == "term" else None)
        fields = [(f,) for f in (found, *(found.alternatives[:1] if found else ())) if f]
    for group in fields:
        if group:
            yield from_fields(group, passages)


def _endless(brief: Brief) -> Field | None:
    """What says of a document that it does not end by itself, which is then its term."""
    end = brief.first("expiry")
    if end is None or end.value != ENDLESS:
        return None
    return None if any(end.confidence - one.confidence < _CLEAR for one in end.alternatives) else end


def from_fields(fields: Sequence[Field], passages: Passages) -> Candidate:
    """The rules' answer that some fields of a brief are together."""
    places = tuple(place for field in fields for place in field.places)
    sure = min(field.confidence for field in fields)
    said = written(passages.text, places)
    value = fields[0].value if len(fields[0].places) > 1 else ""
    return Candidate("rules", said, places, passages.holding(places[0]), score=sure, value=value)


def _plays(party: Party, role: str) -> bool:
    names = {re.sub(r"\W+", " ", named.name.lower()).strip() for named in (*party.roles, *party.short_names)}
    return role in names


def together(asked: Understanding, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates with how many other makers say the same; of equal ones of one maker the best by score is kept."""
    best: dict[tuple[Maker, str, int], Candidate] = {}
    for one in candidates:
        key = one.maker, comparable(asked, one), one.passage if one.yes_no else 0
        if key not in best or one.score > best[key].score:
            best[key] = one
    kept = list(best.values())
    said = [(one.maker, comparable(asked, one)) for one in kept]
    return [
        replace(one, agreeing=len({m for m, words in said if words == own[1] and m != own[0]}))
        for one, own in zip(kept, said, strict=True)
    ]


def comparable(asked: Understanding, candidate: Candidate) -> str:
    """A candidate's answer in a form in which equal answers are equal."""
    typed = normalise(asked.value, candidate.value or candidate.said) if not candidate.yes_no else None
    return typed.comparable if typed else " ".join(re.findall(r"\w+", candidate.said.lower()))


def shown(asked: Understanding, candidate: Candidate) -> str:
    """A candidate's answer for people: as the document writes it; what is computed from places, as it came out."""
    typed = normalise(asked.value, candidate.value) if candidate.value else None
    return typed.shown if typed else candidate.said
