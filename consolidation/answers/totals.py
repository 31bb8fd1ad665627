"""Answers that are the sum or the difference of amounts, each of which a document is asked for by itself.

"Severance plus bonus" asks for the severance, and for the bonus. Such a sum is to be checked, never sure, and is told
with what was added; where one of the amounts is not answered, nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import prod

from consolidation.answers.decide import Decision
from consolidation.answers.examination import Examination
from consolidation.answers.examine import decided, is_free
from consolidation.answers.value_of import is_one, sentence_of, value_of
from consolidation.computing.adding import Adding, adding
from consolidation.computing.counting import Counted
from consolidation.computing.totals import Stated, counted_total, own_words, says_total, words_near
from consolidation.engine import Engine
from consolidation.grammar.denying import stems
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate
from consolidation.states.file import StoredState
from consolidation.text.ranges import Range


def with_total(
    engine: Engine, known: Examination, source: Source, state: StoredState, stage: Callable[..., None]
) -> Examination:
    """An examination with what several amounts come to, where that is asked for and each of them is answered.

    A sum that the document states itself stays.
    """
    asked = adding(known.asked)
    is_open = known.read and (not known.told or is_free(known))
    if asked is None or not is_open or _is_stated(known, asked):
        return known
    parts = list[Examination]()
    for ask, words in zip(asked.asks, own_words(asked.asks), strict=True):
        part = value_of(engine, known, ask, "amount", True, source, state, stage)
        known = replace(known, tokens=known.tokens + part.tokens)
        part = _named(engine, part, words)
        if part.answer is None:
            return known
        parts.append(part)
    apart = _apart(engine, parts)
    own = [part.answer for part in apart if part.answer]
    if len(own) < len(asked.asks):
        return known
    stated = [_stated(part, one) for part, one in zip(apart, own, strict=True)]
    counted = counted_total(asked, stated)
    return _added(known, apart, own, counted) if counted else known


def _named(engine: Engine, part: Examination, words: set[str]) -> Examination:
    """An examination with those of its values alone of which the text says most words of what is asked for."""
    said = [
        len(words & (words_near(_stated(part, one)) | stems(_heading(part, one)))) for one in part.candidates
    ]
    most = max(said, default=0)
    return _only(
        engine, part, [one for one, many in zip(part.candidates, said, strict=True) if many == most > 0]
    )


def _heading(part: Examination, one: Candidate) -> str:
    return part.passages.heading(one.places[0][0])


def _stated(part: Examination, one: Candidate) -> Stated:
    return Stated(*sentence_of(part, one))


def _apart(engine: Engine, parts: list[Examination]) -> list[Examination]:
    """The same examinations, each with an answer of its own: where two say the same, the surer has it.

    The other is answered by what is next likely; there may be nothing.
    """
    told, taken = dict[int, Examination](), list[Range]()
    for at, part in sorted(enumerate(parts), key=lambda one: -one[1].decision.probability):
        free = [one for one in part.candidates if not any(_overlap(one.places[0], place) for place in taken)]
        told[at] = alone = _only(engine, part, free)
        taken += alone.answer.places if alone.answer else ()
    return [told[at] for at in range(len(parts))]


def _only(engine: Engine, part: Examination, left: list[Candidate]) -> Examination:
    """An examination with what is answered where only some of its values are left."""
    if len(left) == len(part.candidates):
        return part
    part = replace(part, candidates=tuple(left), decision=Decision("not_found", 1.0))
    return decided(engine, part, left) if left else part


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_stated(known: Examination, asked: Adding) -> bool:
    """Whether what is answered so far is sure, or its own sentence says that it is the sum."""
    one = known.answer
    if known.decision.state == "supported" or one is None or not is_one("amount", one):
        return known.decision.state == "supported"
    sentence, low, place = sentence_of(known, one)
    return says_total(sentence, (place[0] - low, place[1] - low), asked.asks, less=asked.less)


def _added(
    known: Examination, parts: list[Examination], own: list[Candidate], counted: Counted
) -> Examination:
    """The examination with a sum of what others answer, as likely as that all of these are right."""
    answer = Candidate(
        "rules", counted.said, counted.places, own[0].passage, own[0].reads, own[0].score,
        judged=min(one.judged for one in own),
    )  # fmt: skip
    return replace(
        known,
        asked=replace(known.asked, value="amount"),
        candidates=(answer, *(one for one in known.candidates if one.said != counted.said)),
        decision=Decision("check", prod(part.decision.probability for part in parts), 0),
        rows=tuple(dict.fromkeys((*(one.passage for one in own), *known.rows))),
        told=True,
        reckoned=counted.how,
    )
