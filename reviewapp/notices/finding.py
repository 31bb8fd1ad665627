"""Whom an event concerns: the notices that it makes, and the work whose end is waited for from it on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import cast
from uuid import UUID

from django.db.models import Q

from reviewapp.events.models import Event
from reviewapp.events.names import Happened
from reviewapp.grids.models import Assignment
from reviewapp.loads.models import Load
from reviewapp.notices.models import Awaited, Kind, Notice
from reviewapp.questions.models import Answer, Question
from reviewapp.questions.stale import note_before
from reviewapp.reviews.models import Comment, Review

#: Cells of one question that are looked through for values that changed.
CELLS_AT_ONCE = 500


def notices_of(event: Event) -> Iterator[Notice]:
    """The notices that an event makes, whatever their receivers want to be told."""
    finder = _FINDERS.get(event.action)
    if finder is not None and event.matter_id is not None:
        yield from finder(event)


def awaited_of(event: Event) -> Awaited | None:
    """The work that goes on since this event, and who asked for it; None without."""
    if (
        event.user_id is None
        or event.matter_id is None
        or event.sequence is None
        or event.action not in _BEGINS
    ):
        return None
    return Awaited(
        user_id=event.user_id,
        matter_id=event.matter_id,
        kind=_BEGINS[event.action],
        object_type=event.object_type,
        object_id=event.object_id,
        sequence=event.sequence,
    )


def is_given_up(event: Event) -> bool:
    """Whether the event ends what is waited for, so that nobody need be told."""
    return event.action in {Happened.GRID_CANCELLED, Happened.GRID_PAUSED}


_BEGINS: dict[str, Kind] = {
    Happened.GRID_RUN: Kind.GRID,
    Happened.BATCH_CREATED: Kind.BATCH,
    Happened.BATCH_FILES_ADDED: Kind.BATCH,
    Happened.BATCH_COMPLETED: Kind.BATCH,
    Happened.BATCH_RETRIED: Kind.BATCH,
}


def _notice(event: Event, kind: Kind, user_id: int, about: tuple[str, object], **detail: object) -> Notice:
    """A notice that an event of a matter makes."""
    return Notice(
        user_id=user_id,
        matter_id=cast(UUID, event.matter_id),
        by_id=event.user_id,
        kind=kind,
        object_type=about[0],
        object_id=str(about[1]),
        key=f"event {event.sequence}",
        detail=detail,
    )


def _made(event: Event) -> Iterator[Notice]:
    kind = Kind.BATCH if event.object_type == Load._meta.label else Kind.EXPORT
    if event.user_id is not None:
        yield _notice(event, kind, event.user_id, (event.object_type, event.object_id))


def _assigned(event: Event) -> Iterator[Notice]:
    member = event.detail.get("user_id")
    if member is not None and member != event.user_id:
        yield _notice(event, Kind.ASSIGNED, int(member), (event.object_type, event.object_id))


def _commented(event: Event) -> Iterator[Notice]:
    comment = Comment.objects.select_related("question").filter(pk=event.object_id).first()
    if comment is None:
        return
    its = Q(question=comment.question_id, document=comment.document_id)
    cell = Answer.objects.filter(its, superseded_at=None).first()
    if cell is None:
        return
    parts = Assignment.objects.filter(
        Q(column__question=comment.question_id)
        | Q(document=comment.document_id, grid__columns__question=comment.question_id)
    )
    theirs = {
        comment.question.asked_by_id,
        *Comment.objects.filter(its).values_list("by", flat=True),
        *parts.values_list("member", flat=True),
        *_deciders([cell]),
    }
    for user_id in sorted(theirs - {event.user_id}):
        yield _notice(event, Kind.COMMENT, user_id, (Answer._meta.label, cell.pk))


def _answered(event: Event) -> Iterator[Notice]:
    question = Question.objects.filter(pk=event.object_id).first()
    if question is None or not question.answers.exclude(superseded_at=None).exists():
        return
    earlier = Event.objects.filter(matter=event.matter_id, action=event.action, object_id=event.object_id)
    last = earlier.filter(at__lt=event.at).order_by("-at").first()
    if last is None:
        return
    anew = question.answers.filter(superseded_at=None, finished_at__gt=last.at).order_by("order", "pk")
    told: Counter[int] = Counter()
    for start in range(0, anew.count(), CELLS_AT_ONCE):
        cells = list(anew[start : start + CELLS_AT_ONCE])
        note_before(cells)
        changed = [cell.before for cell in cells if cell.before is not None]  # type: ignore[attr-defined]
        told[question.asked_by_id] += len(changed)
        told.update(user_id for user_id in _deciders(changed) if user_id != question.asked_by_id)
    for user_id, number in sorted(told.items()):
        if number:
            yield _notice(event, Kind.CHANGED, user_id, (Question._meta.label, question.pk), answers=number)


def _deciders(cells: Sequence[Answer]) -> list[int]:
    """Who decided about these answers or confirmed it, once for each of them."""
    reviews = Review.objects.filter(answer__in=[cell.pk for cell in cells])
    found: list[tuple[int | None, int | None]] = list(reviews.values_list("by_id", "confirmed_by_id"))
    return [user_id for pair in found for user_id in {*pair} if user_id is not None]


_FINDERS: dict[str, Callable[[Event], Iterator[Notice]]] = {
    Happened.EXPORT_MADE: _made,
    Happened.PRODUCTION_COMPLETED: _made,
    Happened.LOAD_COMPLETED: _made,
    Happened.GRID_ASSIGNED: _assigned,
    Happened.COMMENT_ADDED: _commented,
    Happened.QUESTION_ANSWERED: _answered,
}
