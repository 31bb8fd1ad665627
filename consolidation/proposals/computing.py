"""Dates that no document states and that follow from one: so long after a day that it, or the question, states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidation.asking.understand import Understanding
from consolidation.briefs.dates import dates
from consolidation.briefs.durations import after, durations, joined
from consolidation.computing.counting import EARLIER, REACH, borne_day, stated_day
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import sentence_around
from consolidation.proposals.candidates import Candidate, written
from consolidation.text.windows import Range

#: Of so many passages, the best by the reader, dates are computed.
PASSAGES = 3
_LATER = re.compile(
    r"^[\s,)]*(?:calendar\s+)?(?:after|from|of|following|anniversary|since|upon|written|notice|prior)\b", re.I
)


def computed_dates(
    asked: Understanding, passages: Passages, read: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Dates that follow from what the reader proposes to a question for a date; none where a proposal is one."""
    if asked.yes_no or asked.value != "date":
        return
    best = sorted({one.passage: one for one in reversed(read) if one.places}.values(), key=lambda c: -c.reads)
    for one in best[:PASSAGES]:
        if dates(one.said, partial=True):
            continue
        low, high = sentence_around(passages, one.places[0])
        sentence = passages.text[low:high]
        every = durations(sentence)
        for at, span in enumerate(every):
            if low + span.end < one.places[0][0] or low + span.start > one.places[0][1]:
                continue
            end, value = joined(sentence, every, at)
            begin = _begin(asked, passages, sentence[end : end + REACH], low + end)
            date = after(begin[0], value) if begin else None
            if begin and date and len(date) == len("2000-01-01"):
                places = ((low + span.start, low + end), *begin[1])
                yield Candidate(
                    "rules",
                    written(passages.text, places),
                    places,
                    one.passage,
                    one.reads,
                    one.score,
                    value=date,
                )
                break


def _begin(
    asked: Understanding, passages: Passages, tail: str, start: int
) -> tuple[str, tuple[Range, ...]] | None:
    """The day that a time is counted from, and where the document states it: nowhere where the question does."""
    if EARLIER.search(tail):
        return None
    if stated := stated_day(tail, start):
        return stated
    if supposed := stated_day(asked.each, 0):
        return (supposed[0], ()) if _LATER.search(tail) else None
    return borne_day(passages.brief, tail)
