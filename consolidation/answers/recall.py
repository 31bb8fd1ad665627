"""What the states say: the segment states that a question is put to, their claims, and where these are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consolidation.answers.claims import Claimed, ask_states
from consolidation.answers.locate import locate
from consolidation.answers.route import route, window_scores
from consolidation.asking.fields import AskedField, asked_field, asked_role
from consolidation.asking.understand import Understanding
from consolidation.engine import Engine
from consolidation.passages.passages import Passages
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate, written
from consolidation.shapes.shaping import trimmed
from consolidation.states.file import StoredState

#: How the memory was taught to be asked for the facts of a brief.
TAUGHT: dict[AskedField, str] = {
    "title": "What is the title of this agreement?",
    "party": "Who are the parties?",
    "role": "Who is the {}?",
    "agreement_date": "What is the date of the agreement?",
    "effective_date": "What is the effective date?",
    "expiry": "When does the agreement expire?",
    "renewal_term": "For how long does the agreement renew?",
    "notice_period": "How much notice is needed to stop the renewal?",
    "governing_law": "What is the governing law?",
}


@dataclass(frozen=True, slots=True)
class Recalled:
    """Claims that stand in the text, the surest first; the segments that were asked; and tokens spent."""

    placed: tuple[tuple[Claimed, tuple[tuple[int, int], ...]], ...] = ()
    segments: tuple[int, ...] = ()
    tokens: int = 0

    def candidates(self, passages: Passages) -> Iterator[Candidate]:
        """The claims as candidates, as the text writes them."""
        for claimed, found in self.placed:
            places = tuple(dict.fromkeys(trimmed(passages.text, place) for place in found))
            said = written(passages.text, places)
            yield Candidate("state", said, places, passages.holding(places[0]), score=claimed.confidence)


def taught(asked: Understanding) -> str:
    """The question in words that the memory was taught; empty where it was taught nothing of the kind."""
    name = asked_field(asked)
    return TAUGHT[name].format(asked_role(asked).title()) if name in TAUGHT else ""


def recall(engine: Engine, asked: Understanding, source: Source, state: StoredState) -> Recalled:
    """Ask the segment states with the best windows, in one batch, where the memory can be asked such a question."""
    question = taught(asked) or (asked.each if engine.memory.any_question else "")
    if not question:
        return Recalled()
    routed = route(engine, source, state, window_scores(engine, question, state))
    claimed = ask_states(engine, question, routed)
    tokens = engine.memory.question_tokens(question) + sum(one.claim.tokens for one in claimed)
    placed = []
    for one in claimed:
        if one.claim.text and (places := locate(one, engine.settings.tolerant_score)):
            placed.append((one, tuple((m.start, m.end) for m in places)))
    return Recalled(tuple(placed), tuple(one.segment for one in routed), tokens)
