"""What the page of a cell shows: its answer, what was decided, said and answered before."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from reviewapp.frame.words_numbers import answer_words
from reviewapp.questions.models import Answer, Question
from reviewapp.reviews.models import Comment, Decision, Review

#: How far back the wordings of a question are followed.
MOST_WORDINGS = 20
MOST_SHOWN = 50


@dataclass(frozen=True)
class CellView:
    """A cell: `newest` is its answer now, when another one is looked at; `earlier` are those before, newest first."""

    answer: Answer
    review: Review | None
    newest: Answer | None
    earlier: list[Answer]
    decisions: list[Decision]
    comments: list[Comment]

    @property
    def seen(self) -> int:
        """The number of the newest decision."""
        return self.review.number if self.review else 0

    @property
    def is_decided(self) -> bool:
        return self.review is not None and self.review.kind != ""

    @property
    def may_be_decided(self) -> bool:
        return self.newest is None and self.answer.is_examined

    def may_be_confirmed_by(self, person: User) -> bool:
        """Whether this person is a second one, and the decision waits for one."""
        review = self.review
        return (
            review is not None
            and review.kind != ""
            and review.confirmed_by is None
            and review.by_id != person.pk
        )

    @property
    def corrected(self) -> str:
        """The value that a reviewer gave, as pages say it; empty without one."""
        review = self.review
        if review is None or review.kind != "correct":
            return ""
        return answer_words(review.text, review.value_normalised)

    @property
    def value(self) -> str:
        """What counts now: the corrected value, else the answer's own."""
        return self.review.text if self.review and self.review.kind == "correct" else self.answer.text


def cell_view(answer: Answer) -> CellView:
    """The cell that an answer belongs to, with all that was ever decided and said about it."""
    wordings = _wordings(answer.question)
    every = Answer.objects.filter(question__in=wordings, document=answer.document_id)
    others = list(
        every.exclude(pk=answer.pk)
        .select_related("question", "document")
        .order_by("-created_at")[:MOST_SHOWN]
    )
    decisions = Decision.objects.filter(answer__in=every).select_related("by", "answer__question")
    comments = Comment.objects.filter(question__in=wordings, document=answer.document_id).select_related("by")
    same = [other for other in others if other.question_id == answer.question_id]
    return CellView(
        answer=answer,
        review=Review.objects.filter(answer=answer).select_related("by", "confirmed_by").first(),
        newest=next((other for other in same if other.superseded_at is None), None),
        earlier=[other for other in others if other.superseded_at is not None or other not in same],
        decisions=list(decisions.order_by("-created_at", "-number")[:MOST_SHOWN]),
        comments=list(comments),
    )


def _wordings(question: Question) -> list[Question]:
    """The question and those whose wording it changed, newest first."""
    found = [question]
    while found[-1].replaces_id is not None and len(found) < MOST_WORDINGS:
        found.append(Question.objects.get(pk=found[-1].replaces_id))
    return found
