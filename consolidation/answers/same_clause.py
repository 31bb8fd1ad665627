"""What is asked of documents that meet a condition, looked for where the condition is written.

"Which renew by themselves, and how far ahead must we say no?": the second half is of the clause that proves the
first.
What is found so is to be checked, never sure.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from consolidation.answers.examination import Examination
from consolidation.answers.examine import weighable
from consolidation.answers.finding import Finding, without_answer
from consolidation.asking.clause_kinds import clause_kind
from consolidation.asking.fields import AskedField, asked_field
from consolidation.asking.typed import PERCENT, ValueType, normalise
from consolidation.asking.understand import Understanding
from consolidation.briefs.dates import dates
from consolidation.briefs.durations import durations
from consolidation.engine import Engine
from consolidation.objections.fitting import FIGURES
from consolidation.passages.passages import Passages, passages_of
from consolidation.passages.quotes import quotes_of
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate, from_readings, written
from consolidation.text.bm25 import terms
from consolidation.text.money import written_amounts
from consolidation.text.ranges import Range

#: Facts of the document as a whole, which no clause is asked for.
_OF_ALL: tuple[AskedField, ...] = (
    "title", "party", "role", "agreement_date", "effective_date", "expiry", "governing_law", "forum",
)  # fmt: skip
#: Types of value for which a clause itself answers where nothing better does.
_SAID: tuple[ValueType, ...] = ("free",)
#: Log odds that a passage answers, from which on a reading of the clause counts.
LEAST = -2.5
#: How likely what one clause says is taken to be: it is the right one as often as not.
LIKELY = 0.5
#: Words of a question that are of no thing, whatever clause it is asked of.
_OF_ANY = frozenset(
    terms(
        "notice period term length long far ahead day week month year time number amount sum share percent rate "
        "money price person people party side company pay paid payment cost charge get gets give need let allow "
        "allowed last stay apply happen keep begin end start stop under contract agreement document clause exactly "
        "each much up out off down over back away again then also want find found say said speak know called make "
        "made put take every other another one first next same else only really after before without within until"
    )
)
#: A clause that leaves what is asked to another place.
_REFERS = re.compile(
    r"\b(?:set\s+(?:forth|out)|specified|described|listed|provided|stated|pursuant\s+to|in\s+accordance\s+with)\b[^.;]{0,40}"
    r"\b(?:appendix|exhibit|schedule|annex|attachment|section|article|paragraph)\b",
    re.IGNORECASE,
)
#: A name that is none.
_ANY_PARTY = re.compile(r"(?:the\s+)?part(?:y|ies)", re.IGNORECASE)
#: A question for how long before something is to be said, and where a sentence tells that.
_AHEAD = re.compile(r"\b(?:notice|ahead|advance|warn\w*|warning|before|beforehand|prior)\b", re.IGNORECASE)
_OF_NOTICE = re.compile(r"\W*(?:\w+\W+){0,3}?(?:notice|prior|before|advance)\b", re.IGNORECASE)
_SPANS: dict[ValueType, Callable[[str], list[Range]]] = {
    "duration": lambda text: [(one.start, one.end) for one in durations(text)],
    "amount": lambda text: [(one.start, one.end) for one in written_amounts(text)],
    "percent": lambda text: [one.span() for one in PERCENT.finditer(text)],
    "date": lambda text: [(one.start, one.end) for one in dates(text)],
}


def in_their_clauses(
    engine: Engine, asked: Understanding, findings: Sequence[Finding | None], source: Source
) -> list[Finding | None]:
    """The findings of a question's parts, those of values from the clauses of the conditions beside them."""
    told = list(findings)
    first = 0 if asked.over in ("which", "count") else 1
    proofs = [one for one in told[first:] if one and one.asked.yes_no and one.text == "Yes" and one.quotes]
    if not asked.tested or not proofs or not _may_be_met(asked, told[first:]):
        return told
    for at, one in enumerate(told):
        if one and (at < first or not one.asked.yes_no):
            told[at] = _in_its_clause(engine, one, proofs, source)
    return told


def _may_be_met(asked: Understanding, findings: Sequence[Finding | None]) -> bool:
    """Whether no group of conditions is told to be met by none of its own."""
    left = iter(findings)
    groups = [[next(left, None) for _ in group] for group in asked.tested]
    return not any(all(one and one.asked.yes_no and one.text == "No" for one in group) for group in groups)


def _in_its_clause(engine: Engine, value: Finding, proven: Sequence[Finding], source: Source) -> Finding:
    """The finding of what is asked beside conditions, from the clauses that prove these where it is asked of them.

    A value that a rule of the brief gives, or that stands in such a clause, stays; so does one of another thing than
    the conditions speak of, and a sure one where the clause itself states none.
    """
    if value.state == "waiting" or "rules" in value.found_by:
        return value
    passages = passages_of(source.text, engine.memory.tokenise, source.brief)
    quoted = sorted({(quote.start, quote.end) for one in proven for quote in one.quotes})
    rows = _rows(passages, quoted)
    asked_of = [one.asked for one in proven]
    if _overlaps(value, quoted) or not _is_of(value.asked, asked_of, passages, rows):
        return value
    began = time.monotonic()
    found = _stated(value.asked, passages, quoted)
    is_sure = value.state == "supported" or _overlaps(value, [passages.ranges[row] for row in rows])
    if found is None and is_sure:
        return value
    found = found or _read(engine, value.asked, source, passages, rows, quoted)
    if found is None and value.asked.value in _SAID and not value.asked.yes_no:
        found = Candidate("rules", written(passages.text, quoted), tuple(quoted), rows[0])
    if found is None and any(_REFERS.search(passages.text[low:high]) for low, high in quoted):
        return value
    return _with(value, found, passages, rows, time.monotonic() - began)


def _overlaps(value: Finding, places: Sequence[Range]) -> bool:
    return any(quote.start < high and low < quote.end for quote in value.quotes for low, high in places)


def _rows(passages: Passages, quoted: Sequence[Range]) -> list[int]:
    """The passages that hold these words, and those after them."""
    first = {passages.holding(place) for place in quoted}
    return sorted({row + more for row in first for more in (0, 1) if row + more < len(passages)})


def _is_of(
    asked: Understanding, conditions: Sequence[Understanding], passages: Passages, rows: Sequence[int]
) -> bool:
    """Whether a question is of the clauses that conditions speak of: of no thing that stands elsewhere alone."""
    kinds = {clause_kind(one) for one in conditions}
    if asked_field(asked) in _OF_ALL or (clause_kind(asked) or next(iter(kinds))) not in kinds:
        return False
    near = {word for row in rows for word in terms(passages.words(row))}
    near.update(word for one in conditions for word in terms(one.each))
    own = {*terms(asked.each)} - _OF_ANY - near
    return not any(passages.full_text.scores(word).any() for word in own)


def _stated(asked: Understanding, passages: Passages, quoted: Sequence[Range]) -> Candidate | None:
    """The one value of the asked type in the sentences that prove the conditions; of notices the first one."""
    find, text = _SPANS.get(asked.value), passages.text
    if find is None or asked.yes_no:
        return None
    spans = [(low + a, low + b) for low, high in quoted for a, b in find(text[low:high])]
    if asked.value == "duration" and _AHEAD.search(asked.each):
        spans = [(a, b) for a, b in spans if _OF_NOTICE.match(text, b)][:1]
    if len(spans) != 1 or normalise(asked.value, text[slice(*spans[0])]) is None:
        return None
    return Candidate("rules", written(text, spans), tuple(spans), passages.holding(spans[0]))


def _read(
    engine: Engine,
    asked: Understanding,
    source: Source,
    passages: Passages,
    rows: Sequence[int],
    quoted: Sequence[Range],
) -> Candidate | None:
    """What the reader finds in the passages of the clauses, of the asked type; a figure under their own headings."""
    texts = [passages.words(row) for row in rows]
    with torch.inference_mode():
        readings = engine.read(asked.each, texts, [passages.title] * len(rows), lambda text: None)
    proposed = weighable(
        Examination(asked, asked_field(asked), source, passages),
        list(from_readings(asked, passages, rows, readings)),
    )
    headings = {passages.heading(low) for low, _ in quoted}
    fitting = [
        one
        for one in proposed
        if one.reads >= LEAST
        and (
            one.yes_no
            or (normalise(asked.value, one.said) is not None and not _ANY_PARTY.fullmatch(one.said))
        )
        and (asked.value not in FIGURES or passages.heading(one.places[0][0]) in headings)
    ]
    best = max(fitting, key=lambda one: one.score, default=None)
    return None if best is None or (best.yes_no and best.score <= 0) else best


def _with(
    value: Finding, found: Candidate | None, passages: Passages, rows: Sequence[int], seconds: float
) -> Finding:
    cost = replace(
        value.cost,
        tokens_forward=value.cost.tokens_forward + sum(len(passages.words(row)) // 5 for row in rows),
        seconds=value.cost.seconds + seconds,
    )
    if found is None:
        return replace(without_answer(value), cost=cost)
    return replace(
        value,
        state="check",
        text=found.said,
        typed=normalise("free" if found.yes_no else value.asked.value, found.said),
        probability=LIKELY,
        found_by=(found.maker,),
        quotes=quotes_of(passages, found.places),
        others=(),
        condition="",
        cost=cost,
    )
