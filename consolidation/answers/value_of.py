"""One value that an answer is counted from: a document is asked for it alone, as it is for any answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from consolidation.answers.decide import Decision
from consolidation.answers.examination import Examination
from consolidation.answers.examine import decided, examine
from consolidation.asking.typed import ValueType, normalise
from consolidation.engine import Engine
from consolidation.passages.quotes import sentence_around
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate
from consolidation.states.file import StoredState
from consolidation.text.ranges import Range


def value_of(
    engine: Engine,
    known: Examination,
    question: str,
    kind: ValueType,
    by_rule: bool,
    source: Source,
    state: StoredState,
    stage: Callable[..., None],
) -> Examination:
    """The examination of a document for one value of a kind; without an answer where it has none that stands.

    What rules of the brief propose counts where it may be `by_rule`.
    """
    asked = replace(known.asked, each=question, value=kind, term="")
    found = examine(engine, asked, source, state, stage)
    values = [one for one in found.candidates if is_one(kind, one) and (by_rule or one.maker != "rules")]
    found = replace(found, candidates=tuple(values), decision=Decision("not_found", 1.0))
    return decided(engine, found, values) if values else found


def is_one(kind: ValueType, one: Candidate) -> bool:
    """Whether a candidate is one value of a kind, written at one place."""
    return not one.yes_no and len(one.places) == 1 and normalise(kind, one.said) is not None


def sentence_of(known: Examination, one: Candidate) -> tuple[str, int, Range]:
    """The sentence around what a candidate says, where it begins in the text, and where the words stand."""
    place = one.places[0]
    low, high = sentence_around(known.passages, place)
    return known.passages.text[low:high], low, place
