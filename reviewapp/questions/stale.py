"""Answers that have grown stale: what they depend on changed since, what is asked again, and what came out other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.questions.actions import QuestionError, ask_again, ask_more, ask_waiting, locked
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.room import check_room


@dataclass(frozen=True)
class Stale:
    """How many documents in scope came since a question was answered, and how many of those asked are read anew."""

    new: int = 0
    renewed: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.renewed)


def renewed(cells: QuerySet[Answer]) -> QuerySet[Answer]:
    """The cells whose documents were consolidated or briefed again since they were answered.

    What was carried over to a new version of its document was held against that already.
    """
    cells = cells.filter(superseded_at=None, carried_at=None)
    return cells.exclude(state=Answer.State.WAITING).filter(document__brief__created_at__gt=F("finished_at"))


def stale(question: Question, cells: QuerySet[Answer], documents: QuerySet[Document]) -> Stale:
    """What changed since the question was answered, of its cells and the documents that it may be asked of."""
    if question.status != Question.Status.DONE or question.finished_at is None:
        return Stale()
    if question.summary.get("refused"):
        return Stale()
    return Stale(_new(question, documents).count(), renewed(cells).count())


def with_stale(questions: QuerySet[Question]) -> QuerySet[Question]:
    """The questions, each with `has_stale`: whether documents that it was asked of are read anew."""
    return questions.annotate(has_stale=Exists(renewed(Answer.objects.filter(question=OuterRef("pk")))))


def ask_stale(question: Question, documents: QuerySet[Document], *, actor: Actor) -> Question:
    """Ask again what has grown stale; what was answered before is kept.

    Documents that are new may be meant by the question, so that it is then asked anew as a whole, unless every
    document was asked for. Raises QuestionError while it is asked and where nothing changed, and Busy.
    """
    check_room(actor)
    cells = Answer.objects.filter(question=question)
    with transaction.atomic():
        question = locked(question)
        if not question.is_final:
            raise QuestionError("question-not-ended", "The question is being asked already.", 409)
        changed = stale(question, cells, documents)
        if not changed:
            raise QuestionError("nothing-changed", "Nothing that these answers depend on has changed.", 409)
        if changed.new and question.reach == Question.Reach.ALL:
            anew = Document.objects.filter(pk__in=renewed(cells).values("document"))
            return ask_more(question, actor=actor, scope=list(question.scope.all()), anew=list(anew))
        if changed.new:
            return ask_again(question, actor=actor)
        _wait_anew(question, list(renewed(cells)))
        ask_waiting(question, actor=actor)
    return question


def note_before(cells: Sequence[Answer]) -> None:
    """Give each cell `before`: what the same document answered the last time where that differs, else None."""
    earlier = Answer.objects.filter(
        question__in={cell.question_id for cell in cells}, document__in=[cell.document_id for cell in cells]
    ).exclude(superseded_at=None)
    said = earlier.exclude(state__in=[Answer.State.WAITING, Answer.State.FAILED])
    last = {(cell.question_id, cell.document_id): cell for cell in said.order_by("version", "superseded_at")}
    for cell in cells:
        before = last.get((cell.question_id, cell.document_id))
        is_other = before is not None and cell.state != Answer.State.WAITING and not _same(before, cell)
        cell.before = before if is_other else None  # type: ignore[attr-defined]


def _new(question: Question, documents: QuerySet[Document]) -> QuerySet[Document]:
    if question.scope.exists():
        return documents.none()
    asked = Answer.objects.filter(question=question, superseded_at=None).values("document")
    return documents.filter(created_at__gt=question.finished_at).exclude(pk__in=asked)


def _wait_anew(question: Question, cells: Sequence[Answer]) -> None:
    """Put waiting cells in place of these."""
    Answer.objects.filter(pk__in=[cell.pk for cell in cells]).update(superseded_at=timezone.now())
    Question.objects.filter(pk=question.pk).update(version=F("version") + 1)
    Answer.objects.bulk_create(
        Answer(
            question=question, document_id=cell.document_id, version=question.version + 1, order=cell.order
        )
        for cell in cells
    )


def _same(before: Answer, cell: Answer) -> bool:
    if before.is_found != cell.is_found:
        return False
    if before.value_normalised and cell.value_normalised:
        return bool(before.value_normalised.get("comparable") == cell.value_normalised.get("comparable"))
    return not cell.is_found or before.text.split() == cell.text.split()
