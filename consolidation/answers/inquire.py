"""What is known of a question before it is decided: claims, their places in the text, and what was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consolidation.answers.claims import Claimed, document_signals
from consolidation.answers.decide import Decision, Known, decide
from consolidation.answers.locate import Places, locate, stands_in
from consolidation.answers.read import Reading, read_passages
from consolidation.answers.route import Routing
from consolidation.engine import Engine

_YES_NO = re.compile(
    r"^\s*(does|do|did|is|are|was|were|has|have|had|can|could|may|must|shall|should|will|would)\b", re.I
)


def is_yes_no(question: str) -> bool:
    """Whether a question asks if something is so."""
    return bool(_YES_NO.match(question))


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim that stands in the text, and where."""

    claimed: Claimed
    places: Places


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question's claims, the surest first; those of them that stand in the text; and what was read, if anything."""

    routing: Routing
    claimed: tuple[Claimed, ...]
    placed: tuple[Placed, ...] = ()
    reading: Reading | None = None

    @property
    def tokens(self) -> int:
        """Tokens that went through a network."""
        said = sum(one.claim.tokens for one in self.claimed)
        return self.routing.tokens + said + (self.reading.tokens if self.reading else 0)


def with_places(engine: Engine, inquiry: Inquiry) -> Inquiry:
    """The inquiry with the places of its claims looked up."""
    found = ((one, locate(one, engine.settings.tolerant_score)) for one in inquiry.claimed)
    return replace(inquiry, placed=tuple(Placed(one, places) for one, places in found if places))


def with_reading(engine: Engine, inquiry: Inquiry) -> Inquiry:
    """The inquiry with passages read."""
    return replace(inquiry, reading=read_passages(engine, inquiry.routing))


def known_of(engine: Engine, inquiry: Inquiry) -> Known:
    """What `decide` sees of an inquiry."""
    passage, claimed = inquiry.reading.passage if inquiry.reading else None, inquiry.claimed
    denies = bool(claimed) and claimed[0].claim.text == "no"
    return Known(
        claims=[one.claimed.confidence for one in inquiry.placed],
        agreement=[
            passage is not None
            and one.claimed.routed.source is passage.source
            and stands_in(one.places, passage.place)
            for one in inquiry.placed
        ],
        reading=None if inquiry.reading is None else passage.probability if passage else 0.0,
        doubt=claimed[0].confidence if claimed else 0.0,
        yes_no=is_yes_no(inquiry.routing.question),
        document=document_signals(engine, inquiry.routing, claimed) if claimed else {},
        denial=claimed[0].confidence if denies else 0.0,
    )


def decided(engine: Engine, inquiry: Inquiry) -> Decision:
    """`decide` with the engine's confidence and settings."""
    return decide(known_of(engine, inquiry), engine.confidence, engine.settings)


def drafts(claimed: Sequence[Claimed]) -> str:
    """What is most likely to be said, before it is supported."""
    return claimed[0].claim.text if claimed else ""
