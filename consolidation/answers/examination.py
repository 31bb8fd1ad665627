"""What is known of a question about a document while it is examined, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from consolidation.answers.decide import Decision
from consolidation.asking.fields import AskedField
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.passages.source import Source
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.signing import Signers
from consolidation.states.file import StoredState


@dataclass(frozen=True, slots=True)
class Examination:
    """What is known of a question about a document.

    `fact` is the field of a brief that it asks for, `spoken` the question as models are asked it, in the document's
    own words; `rows` are passages in the order in which they bear on it, `tokens` counts what went through a network,
    and `read` whether passages were read. `signed` is what the blocks of signatures say, where that is asked; `told`
    whether the text itself, a tagger or a writer gave the answer, or it was counted, beside which no other stands.
    `read_as` is the question in other words than were asked, where these gave the answer, and `reckoned` what it
    was counted from, where it follows from two facts. Without a `state` the document was not consolidated, and its
    passages were found some other way.
    """

    asked: Understanding
    fact: AskedField
    source: Source
    passages: Passages
    state: StoredState | None = None
    spoken: str = ""
    rows: tuple[int, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    read: bool = False
    tokens: int = 0
    segments: tuple[int, ...] = ()
    signed: Signers | None = None
    told: bool = False
    read_as: str = ""
    reckoned: str = ""
    decision: Decision = field(default_factory=lambda: Decision("not_found", 1.0))

    @property
    def question(self) -> str:
        """The question as models are asked it."""
        return self.spoken or self.asked.each

    @property
    def answer(self) -> Candidate | None:
        """What is answered, if anything is."""
        return None if self.decision.answer is None else self.candidates[self.decision.answer]

    @property
    def so_far(self) -> str:
        """What is answered before anything was read, or what several makers say; empty where neither is."""
        best = self.answer or next((self.candidates[at] for at, _ in self.decision.others[:1]), None)
        return best.said if best and (self.answer or best.agreeing) else ""
