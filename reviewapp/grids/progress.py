"""How far a grid is: counted once for all its cells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.frame.live import version_of
from reviewapp.grids.models import Column, Grid
from reviewapp.questions.models import Answer, Question
from reviewapp.reviews.models import Review


@dataclass(frozen=True)
class Progress:
    """How many of the cells there would be are answered, and reviewed; `version` changes whenever a cell does."""

    total: int
    done: int
    reviewed: int
    counts: Mapping[str, int]
    of_question: Mapping[UUID, int]
    rows_of_question: Mapping[UUID, int]
    is_running: bool
    is_asked: bool
    is_paused: bool
    seconds_left: float | None
    version: str

    @property
    def told(self) -> dict[str, int]:
        """How many of the answered cells have each state, the surest first."""
        return {
            state.value: self.counts[state]
            for state in Answer.State
            if state != Answer.State.WAITING and self.counts.get(state)
        }


def progress_of(
    grid: Grid, columns: Sequence[Column], cells: QuerySet[Answer], documents: QuerySet[Document]
) -> Progress:
    """How far a grid of these documents is that has these cells; what a question leaves out is no cell of it."""
    counts: Counter[str] = Counter()
    of_question: Counter[UUID] = Counter()
    by_state = cells.order_by().values_list("question", "state").annotate(number=Count("pk"))
    for question, state, number in by_state:
        counts[state] += number
        of_question[question] += number if state != Answer.State.WAITING else 0
    questions = [column.question for column in columns if column.question is not None]
    running = [question for question in questions if not question.is_final]
    reviews = Review.objects.filter(answer__in=cells).aggregate(
        sum=Sum("number"), decided=Count("pk", filter=~Q(kind=""))
    )
    done = sum(of_question.values())
    rows, number = _rows_of(questions, documents)
    total = sum(rows.values())
    return Progress(
        total=max(total, done),
        done=done,
        reviewed=reviews["decided"],
        counts=dict(counts),
        of_question=dict(of_question),
        rows_of_question=rows,
        is_running=bool(running),
        is_asked=bool(questions),
        is_paused=grid.paused_at is not None,
        seconds_left=_seconds_left(grid, cells, total - done) if running and total > done else None,
        version=version_of(
            sorted(counts.items()), sorted((str(q), n) for q, n in of_question.items()), reviews["sum"],
            [(str(question.pk), question.status) for question in questions], grid.paused_at is None,
            sorted((str(question), n) for question, n in rows.items()), number,
        ),
    )  # fmt: skip


def _rows_of(questions: Sequence[Question], documents: QuerySet[Document]) -> tuple[dict[UUID, int], int]:
    """How many of the documents each question asks, without what its words leave out, and how many there are."""
    every = documents.order_by()
    if not questions:
        return {}, every.count()
    # NB: one query, for pages of grids look after every few seconds.
    counted = Question.objects.filter(pk__in=[question.pk for question in questions]).annotate(
        left_out=Count("leaves_out", filter=Q(leaves_out__in=every.values("pk"))),
        number=Subquery(every.values("matter").annotate(number=Count("pk")).values("number")[:1]),
    )
    rows = list(counted.order_by().values_list("pk", "left_out", "number"))
    return {key: (number or 0) - left_out for key, left_out, number in rows}, rows[0][2] or 0


def _seconds_left(grid: Grid, cells: QuerySet[Answer], rest: int) -> float | None:
    """At the rate at which cells were answered since the grid was run last; None while nothing can be said."""
    if grid.run_at is None:
        return None
    answered = cells.filter(finished_at__gte=grid.run_at).count()
    return rest * (timezone.now() - grid.run_at).total_seconds() / answered if answered else None
