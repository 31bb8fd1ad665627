"""How far a question is and what its cells say, for its page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from reviewapp.documents.models import BESIDE_ANSWERS, Document, Note
from reviewapp.documents.ordering import by_name
from reviewapp.jobs.models import Job
from reviewapp.questions.models import FOUND, Answer, Citation, Question

State = Answer.State
#: The order of states in a table: what was found comes first.
SHOWN = (
    *FOUND,
    State.FAILED,
    State.NOT_FOUND,
    State.NOT_EXAMINED,
    State.WAITING,
)
#: Between what was found and what failed.
_UNQUOTED = 3
#: What narrows a table to answers that hold under a condition; it is no state.
CONDITIONAL = "conditional"


@dataclass(frozen=True)
class Standing:
    """How many cells there are in each state, and how many documents in scope were not asked.

    `seconds_left` and `rest_seconds` (to ask the rest) are None while nothing can be said. `marker` changes
    whenever a cell or the question's stage does.
    """

    counts: Mapping[str, int]
    rest: int
    seconds_left: float | None
    rest_seconds: float | None
    marker: str

    @property
    def cells(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.cells - self.counts.get(State.WAITING, 0)


def current(cells: QuerySet[Answer]) -> QuerySet[Answer]:
    """The cells that no later ones replaced."""
    return cells.filter(superseded_at=None)


def changed_since(moment: datetime) -> Q:
    """Cells that came, were answered, carried over to another version, or replaced, at this time or after it."""
    changed = ("created_at", "finished_at", "carried_at", "superseded_at")
    return Q(*((f"{field}__gte", moment) for field in changed), _connector=Q.OR)


def counted(cells: QuerySet[Answer]) -> dict[str, int]:
    """How many of the cells are in each state; states without any are left out."""
    return dict(cells.order_by().values_list("state").annotate(number=Count("pk")))


def standing_of(question: Question, cells: QuerySet[Answer], documents: QuerySet[Document]) -> Standing:
    """Where a question stands that has these current cells and may be asked of these documents."""
    counts = counted(cells)
    asked = sum(counts.values())
    job = question.job
    rest = max(0, documents.count() - asked) if question.is_final else 0
    return Standing(
        counts=counts,
        rest=rest,
        seconds_left=job.time_left if job else None,
        rest_seconds=_seconds_for(rest, job),
        marker=marker(question, asked, counts),
    )


def marker(question: Question, cells: int, counts: Mapping[str, int]) -> str:
    """A few characters that differ whenever the page would."""
    return f"{question.version}.{question.status}.{cells}.{counts.get(State.WAITING, 0)}"


def rows(cells: QuerySet[Answer], meets: Collection[str] = ()) -> QuerySet[Answer]:
    """The cells as a table lists them, with documents, notes and quotes: what was found first, then by name.

    Before it stand the documents that meet what was asked, after it a No that no passage says.
    """
    quoted = Exists(Citation.objects.filter(answer=OuterRef("pk"), kind=Citation.Kind.QUOTE))
    found = Q(state__in=FOUND)
    place = Case(
        When(found & Q(document__in=meets), then=Value(-1)),
        When(found & ~quoted, then=Value(_UNQUOTED)),
        *(When(state=state, then=Value(2 * place)) for place, state in enumerate(SHOWN)),
        output_field=IntegerField(),
    )
    quotes = Prefetch("citations", Citation.objects.select_related("page"))
    notes = Prefetch("document__notes", Note.objects.filter(kind__in=BESIDE_ANSWERS))
    listed = cells.select_related("document").prefetch_related(quotes, notes)
    return listed.order_by(place, by_name("document__name"), "order")


def narrowed(cells: QuerySet[Answer], summary: Mapping[str, Any], state: str, value: str) -> QuerySet[Answer]:
    """The cells in one state or with a condition, of one group of equal values (by its place in the summary)."""
    groups = summary.get("groups", [])
    if value.isascii() and value.isdigit() and int(value[:6]) < len(groups):
        cells = cells.filter(document__in=groups[int(value[:6])]["documents"])
    if state == CONDITIONAL:
        return cells.filter(state__in=FOUND).exclude(condition="")
    return cells.filter(state=state) if state in State.values else cells


def earlier(cells: QuerySet[Answer]) -> QuerySet[Answer]:
    """The answers that later ones replaced, newest first."""
    return cells.exclude(superseded_at=None).order_by("-version", "order")


def _seconds_for(documents: int, job: Job | None) -> float | None:
    """How long so many documents take, at the rate of the job that asked the others."""
    if job is None or not job.run_seconds or not job.progress_done:
        return None
    return documents * job.run_seconds / job.progress_done
