"""Whether work that somebody waits for is over, and what there is to say of it then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reviewapp.documents.models import Document
from reviewapp.grids.models import Column, Grid
from reviewapp.intake.models import Batch, BatchItem, Disposition
from reviewapp.intake.problems import open_among
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.notices.models import Awaited, Kind
from reviewapp.questions.models import Answer, Question
from reviewapp.states.models import STATES_UNDER_WAY, State


@dataclass(frozen=True)
class End:
    """What came of the work, in counts."""

    detail: Mapping[str, int]


def end_of(awaited: Awaited) -> End | None:
    """What came of it; None while it goes on. An `End` without counts is of what is not there any more."""
    return _OF[awaited.kind](awaited)


def _grid(awaited: Awaited) -> End | None:
    grid = Grid.objects.filter(pk=awaited.object_id).first()
    if grid is None:
        return End({})
    questions = Column.objects.filter(grid=grid).exclude(question=None).values("question")
    ended = (Question.Status.DONE, Question.Status.FAILED, Question.Status.CANCELLED)
    if Question.objects.filter(pk__in=questions).exclude(status__in=ended).exists():
        return None
    cells = Answer.objects.filter(question__in=questions, superseded_at=None)
    return End({"cells": cells.exclude(state=Answer.State.WAITING).count()})


def _batch(awaited: Awaited) -> End | None:
    batch = Batch.objects.filter(pk=awaited.object_id).first()
    if batch is None:
        return End({})
    items = BatchItem.objects.filter(batch=batch)
    documents = Document.objects.filter(items__in=items).distinct()
    goes_on = (
        batch.receiving
        or items.filter(disposition=Disposition.PENDING).exists()
        or Job.objects.filter(item__in=items, status__in=UNDER_WAY).exists()
        or State.objects.filter(document__in=documents, status__in=STATES_UNDER_WAY).exists()
    )
    if goes_on:
        return None
    return End({"documents": documents.count(), "problems": open_among(items, batch.matter).count()})


_OF: dict[str, Callable[[Awaited], End | None]] = {Kind.GRID: _grid, Kind.BATCH: _batch}
