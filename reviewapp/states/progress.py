"""How far consolidation is for a memory, that of questions by default; for pages and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from reviewapp.documents.models import Document
from reviewapp.documents.ordering import by_name
from reviewapp.frame.words_numbers import time_left_words
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State

RECENT_JOBS = 50
IN_TURN = (
    State.Status.CONSOLIDATING,
    State.Status.FAILED,
    State.Status.WAITING,
    "",
    State.Status.CANCELLED,
    State.Status.READY,
)


@dataclass(frozen=True)
class DocumentProgress:
    """Where one document stands.

    `status` is a `State.Status` value; `state` the ready state, else the newest one; `job` the newest
    consolidation job; `percent` is 0 to 100; `seconds_left` None while nothing can be said; `reason` says
    why a document failed or waits again.
    """

    document: Document
    status: str
    state: State | None
    job: Job | None
    percent: int
    seconds_left: float | None
    reason: str

    @property
    def is_under_way(self) -> bool:
        return self.status in (State.Status.WAITING, State.Status.CONSOLIDATING)

    def shown(self) -> tuple[object, ...]:
        """What pages show of it; as long as this stays the same, they stay as they are."""
        job = (self.job.progress_done, self.job.cancel_requested) if self.job else None
        left = time_left_words(self.seconds_left)
        return (self.document.pk, self.status, self.percent, left, self.reason, job)


@dataclass(frozen=True)
class MatterProgress:
    """Where a matter stands: numbers of documents, percent of its text, and the time left in seconds.

    `characters` is the length of the text of the documents of each status, `consolidating_percent` how far
    the documents that are being consolidated are.
    """

    documents: int
    ready: int
    consolidating: int
    waiting: int
    failed: int
    cancelled: int
    not_requested: int
    percent: int
    seconds_left: float | None
    characters: Mapping[str, int]
    consolidating_percent: int

    @property
    def is_under_way(self) -> bool:
        return bool(self.waiting or self.consolidating)

    @property
    def is_all_ready(self) -> bool:
        return 0 < self.documents == self.ready

    @property
    def is_wanting(self) -> bool:
        """Whether there are documents that nobody has had consolidated."""
        return bool(self.not_requested or self.cancelled)

    def shown(self) -> tuple[object, ...]:
        """What pages show of it; as long as this stays the same, they stay as they are."""
        numbers = (self.documents, self.ready, self.consolidating, self.waiting, self.failed, self.cancelled)
        return (*numbers, self.percent, self.consolidating_percent, time_left_words(self.seconds_left))


@dataclass(frozen=True)
class _Running:
    """A document being read: its characters, how many of them are read, the seconds it took so far and those left."""

    characters: int
    read: float
    seconds: float
    left: float | None


def in_turn(documents: QuerySet[Document], memory: str = "") -> QuerySet[Document]:
    """The documents in the order in which somebody looks for them: at work, failed, waiting, ready last."""
    places = [When(status=status, then=Value(place)) for place, status in enumerate(IN_TURN)]
    place = _states(memory).annotate(place=Case(*places)).values("place")[:1]
    placed = documents.annotate(place=Coalesce(Subquery(place), Value(IN_TURN.index(""))))
    return placed.order_by("place", by_name(), "created_at", "pk")


def of_documents(documents: Sequence[Document], memory: str = "") -> list[DocumentProgress]:
    """The documents' progress in the order given: two queries, a state and a job of each document."""
    keys = [document.pk for document in documents]
    asked = Document.objects.filter(pk__in=keys).order_by()
    states = State.objects.filter(pk__in=asked.values(newest=Subquery(_states(memory).values("pk")[:1])))
    jobs = Job.objects.filter(pk__in=asked.values(newest=Subquery(_jobs(memory).values("pk")[:1])))
    state_of = {state.document_id: state for state in states}
    job_of = {job.subject_id: job for job in jobs}
    return [
        _of_document(document, state_of.get(document.pk), job_of.get(document.pk)) for document in documents
    ]


def of_matter(matter: Matter, memory: str = "") -> MatterProgress:
    """The matter's progress over all its documents: three queries that add up in the database."""
    documents = Document.objects.filter(matter=matter).annotate(status=_status(memory)).order_by()
    sums = documents.values("status").annotate(number=Count("pk"), characters=Sum("char_count"))
    count, characters = dict[str, int](), dict[str, int]()
    for status, number, length in sums.values_list("status", "number", "characters"):
        count[status or ""], characters[status or ""] = number, length
    running = _running(matter, memory)
    read = sum(one.read for one in running)
    total, ready = sum(characters.values()), characters.get(State.Status.READY, 0)
    at_work = characters.get(State.Status.CONSOLIDATING, 0)
    left = at_work + characters.get(State.Status.WAITING, 0) - read
    return MatterProgress(
        documents=sum(count.values()),
        ready=count.get(State.Status.READY, 0),
        consolidating=count.get(State.Status.CONSOLIDATING, 0),
        waiting=count.get(State.Status.WAITING, 0),
        failed=count.get(State.Status.FAILED, 0),
        cancelled=count.get(State.Status.CANCELLED, 0),
        not_requested=count.get("", 0),
        percent=int(100 * (ready + read) / total) if total else 0,
        seconds_left=_seconds_left(count, left, running, memory),
        characters=characters,
        consolidating_percent=int(100 * read / at_work) if at_work else 0,
    )


def _states(memory: str) -> QuerySet[State]:
    """The states of the outer document that are not stale: the ready one first, then the newest."""
    living = State.objects.filter(document=OuterRef("pk"), memory=memory or settings.MEMORY).exclude(
        status=State.Status.STALE
    )
    ready_first = Case(When(status=State.Status.READY, then=Value(0)), default=Value(1))
    return living.order_by(ready_first, "-created_at")


def _jobs(memory: str) -> QuerySet[Job]:
    """The consolidation jobs of the outer document, newest first."""
    return _consolidations(memory).filter(subject_id=OuterRef("pk")).order_by("-created_at")


def _consolidations(memory: str) -> QuerySet[Job]:
    return Job.objects.filter(kind=CONSOLIDATE.name, memory=memory or settings.MEMORY)


def _status(memory: str) -> Subquery:
    """The status of the outer document; None when it was never requested."""
    return Subquery(_states(memory).values("status")[:1])


def _of_document(document: Document, state: State | None, job: Job | None) -> DocumentProgress:
    status = state.status if state else ""
    running = job is not None and job.status == Status.RUNNING
    share = job.progress_done / job.progress_total if job and running and job.progress_total else 0.0
    return DocumentProgress(
        document=document,
        status=status,
        state=state,
        job=job,
        percent=100 if status == State.Status.READY else int(100 * share),
        seconds_left=job.time_left if job else None,
        reason=job.reason if job and status != State.Status.READY else "",
    )


def _running(matter: Matter, memory: str) -> list[_Running]:
    """The documents of the matter that a worker is at."""
    jobs = _consolidations(memory).filter(matter=matter, status=Status.RUNNING)
    at_work = State.objects.filter(
        document__matter=matter, memory=memory or settings.MEMORY, status=State.Status.CONSOLIDATING
    )
    found = []
    for job in jobs.filter(subject_id__in=at_work.values("document")):
        share = job.progress_done / job.progress_total if job.progress_total else 0.0
        found.append(_Running(job.size, job.size * share, job.run_seconds or 0.0, job.time_left))
    return found


def _seconds_left(
    count: Mapping[str, int], left: float, running: Sequence[_Running], memory: str
) -> float | None:
    """`left` characters, divided by the characters a second of recent and running jobs.

    Never less than one of the running documents still takes by itself, which stands beside it.
    """
    if not count.get(State.Status.WAITING, 0) + count.get(State.Status.CONSOLIDATING, 0):
        return 0.0 if count else None
    rate = _characters_per_second(running, memory)
    if not rate:
        return None
    together = left / (rate * max(1, count.get(State.Status.CONSOLIDATING, 0)))
    return max([together, *(one.left for one in running if one.left is not None)])


def _characters_per_second(running: Sequence[_Running], memory: str) -> float | None:
    finished = _consolidations(memory).filter(status=Status.SUCCEEDED).order_by("-finished_at")
    worked = [(float(job.size), job.run_seconds) for job in finished[:RECENT_JOBS] if job.run_seconds]
    worked += [(one.read, one.seconds) for one in running if one.read]
    seconds = sum(seconds for _, seconds in worked)
    return sum(characters for characters, _ in worked) / seconds if seconds else None
