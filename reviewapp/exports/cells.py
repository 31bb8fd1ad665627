"""What an export says of one cell, and the count of what it said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from reviewapp.documents.models import Document
from reviewapp.frame.words_answers import with_condition
from reviewapp.frame.words_exports import STATES
from reviewapp.frame.words_grids import DECISIONS
from reviewapp.questions.models import Answer, Citation, Question
from reviewapp.reviews import actions as reviews
from reviewapp.reviews.models import Decision, Review

#: The states of cells that say nothing of the document.
WITHOUT = (Answer.State.NOT_EXAMINED, Answer.State.FAILED, Answer.State.WAITING)


@dataclass(frozen=True)
class Asked:
    """A question as an export lists it; `question` None for a column of a grid that was not run."""

    label: str
    wording: str
    type: str
    question: Question | None


@dataclass(frozen=True)
class Cell:
    """What a document answers to a question. `earlier` are the answers that later ones replaced, oldest first."""

    asked: Asked
    document: Document
    answer: Answer | None
    earlier: Sequence[Answer]

    @property
    def state(self) -> str:
        """The state of the answer; empty where the document was not asked."""
        return self.answer.state if self.answer else ""

    @property
    def state_words(self) -> str:
        return STATES[self.state or "not_asked"]

    @property
    def review(self) -> Review | None:
        """What was decided, if anything counts."""
        review: Review | None = getattr(self.answer, "review", None)
        return review if review is not None and review.kind else None

    @property
    def decision(self) -> str:
        """What was decided, in a word; empty where nobody decided."""
        return DECISIONS[self.review.kind].words if self.review else ""

    @property
    def reviewer(self) -> str:
        return name_of(self.review.by) if self.review else ""

    @property
    def confirmed_by(self) -> str:
        return name_of(self.review.confirmed_by) if self.review else ""

    @property
    def decided_at(self) -> datetime | None:
        """When the newest decision was made."""
        return self.review.changed_at if self.review else None

    @property
    def reason(self) -> str:
        """Why the answer was rejected, where somebody said so and did not take it back."""
        made, _ = reviews.standing(self.answer.decisions.all()) if self.answer else (None, None)
        return made.reason if made and made.kind == Decision.Kind.REJECT else ""

    @property
    def found(self) -> str:
        """What was found, as the document writes it, whatever was decided."""
        return self.answer.text if self.answer and self.answer.is_found else ""

    @property
    def condition(self) -> str:
        """The words under which a Yes or No holds that counts as it was found; empty where it has none."""
        counts = self.value and self.answer and self.value == self.answer.text
        return self.answer.condition if self.answer and counts else ""

    @property
    def said(self) -> str:
        """What counts, with its condition."""
        return with_condition(self.value, self.condition)

    @property
    def note(self) -> str:
        """Why there is no answer, or from what the one that counts was reckoned, which no quote says; else empty."""
        if self.answer is None:
            return ""
        counts = self.found and self.found == self.value
        return self.answer.note or (self.answer.reckoned_from if counts else "")

    @property
    def value(self) -> str:
        """What counts: a corrected value in the place of what was found, nothing where it was rejected."""
        if self.review is None:
            return self.found
        if self.review.kind == Decision.Kind.CORRECT:
            return self.review.text
        return "" if self.review.kind == Decision.Kind.REJECT else self.found

    @property
    def comparable(self) -> str:
        """What counts, in the form that equal values have in common; empty where it has none."""
        counts = self.review if self.review and self.review.kind == Decision.Kind.CORRECT else self.answer
        typed = counts.value_normalised if counts and self.value else None
        return str(typed.get("comparable", "")) if typed else ""

    @property
    def decided(self) -> str:
        """What was decided, by whom and whether a second person confirmed it; empty where nobody decided."""
        second = f", confirmed by {self.confirmed_by}" if self.confirmed_by else ""
        return f"{self.decision} by {self.reviewer}{second}" if self.review else ""

    @property
    def standing(self) -> str:
        """State and decision, in words."""
        decided = self.decided
        return f"{self.state_words}; {decided[0].lower()}{decided[1:]}" if decided else self.state_words

    @property
    def quotes(self) -> list[Citation]:
        """The quotes that bear the answer out."""
        return [quote for quote in self.citations if quote.kind == Citation.Kind.QUOTE]

    @property
    def citations(self) -> list[Citation]:
        """Quotes, and passages that are the closest where nothing was found."""
        return list(self.answer.citations.all()) if self.answer else []


@dataclass(frozen=True)
class Row:
    """A document with its cells in the order of the questions."""

    document: Document
    cells: Sequence[Cell]


@dataclass
class Tally:
    """What was handed out so far."""

    states: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    without: dict[str, Counter[str]] = field(default_factory=dict)
    quotes: int = 0
    conditional: int = 0
    documents: set[UUID] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        """Count a cell."""
        self.states[cell.state or "not_asked"] += 1
        if cell.answer is None or cell.answer.state in WITHOUT:
            self.without.setdefault(cell.asked.label, Counter())[cell.state or "not_asked"] += 1
        if cell.answer is None:
            return
        self.documents.add(cell.document.pk)
        self.quotes += len(cell.citations)
        self.conditional += bool(cell.condition)
        if cell.review:
            self.decisions[cell.review.kind] += 1

    @property
    def answers(self) -> int:
        return sum(self.states.values()) - self.states["not_asked"]


def name_of(person: User | None) -> str:
    """How a person is called."""
    return (person.get_full_name() or person.get_username()) if person else ""


def page_words(citation: Citation) -> str:
    """The page of a quote as it is cited: by what is printed on it, where that is another than its number."""
    page = citation.page
    first = f"p. {page.label} (page {page.number} of the file)" if page.label else f"p. {page.number}"
    return f"{first} to p. {citation.last_page}" if citation.last_page > page.number else first
