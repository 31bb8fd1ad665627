"""How far consolidation is, for pages and the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from reviewapp.documents.models import Document
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State

RECENT_JOBS = 50


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


@dataclass(frozen=True)
class MatterProgress:
    """Where a matter stands: numbers of documents, percent of its text, and the time left in seconds."""

    documents: int
    ready: int
    consolidating: int
    waiting: int
    failed: int
    cancelled: int
    not_requested: int
    percent: int
    seconds_left: float | None

    @property
    def is_under_way(self) -> bool:
        return bool(self.waiting or self.consolidating)


def of_documents(documents: Iterable[Document]) -> list[DocumentProgress]:
    """The documents' progress in the order given; two queries for any number of documents."""
    documents = list(documents)
    keys = [document.pk for document in documents]
    states: dict[UUID, State] = {}
    living = State.objects.filter(document__in=keys).exclude(status=State.Status.STALE)
    for state in living.order_by("created_at"):
        if state.document_id not in states or states[state.document_id].status != State.Status.READY:
            states[state.document_id] = state
    newest = Job.objects.filter(subject_id__in=keys, kind=CONSOLIDATE.name).order_by("created_at")
    jobs = {job.subject_id: job for job in newest}
    return [_of_document(document, states.get(document.pk), jobs.get(document.pk)) for document in documents]


def of_matter(matter: Matter) -> MatterProgress:
    """The matter's progress over all its documents."""
    parts = of_documents(Document.objects.filter(matter=matter))
    count = {status: sum(part.status == status for part in parts) for status in State.Status.values}
    total = sum(part.document.char_count for part in parts)
    done = sum(part.document.char_count * _share_done(part) for part in parts)
    return MatterProgress(
        documents=len(parts),
        ready=count[State.Status.READY],
        consolidating=count[State.Status.CONSOLIDATING],
        waiting=count[State.Status.WAITING],
        failed=count[State.Status.FAILED],
        cancelled=count[State.Status.CANCELLED],
        not_requested=sum(part.status == "" for part in parts),
        percent=int(100 * done / total) if total else 0,
        seconds_left=_seconds_left(parts),
    )


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


def _share_done(part: DocumentProgress) -> float:
    return part.percent / 100


def _seconds_left(parts: list[DocumentProgress]) -> float | None:
    """Characters left, divided by the characters a second of recent and running jobs."""
    open_parts = [p for p in parts if p.status in (State.Status.WAITING, State.Status.CONSOLIDATING)]
    if not open_parts:
        return 0.0 if parts else None
    left = sum(part.document.char_count * (1 - _share_done(part)) for part in open_parts)
    workers = max(1, sum(part.status == State.Status.CONSOLIDATING for part in open_parts))
    rate = _characters_per_second(open_parts)
    return left / (rate * workers) if rate else None


def _characters_per_second(open_parts: list[DocumentProgress]) -> float | None:
    worked = [(job.size, job.run_seconds) for job in _finished_jobs()[:RECENT_JOBS] if job.run_seconds]
    for part in open_parts:
        if part.job is not None and part.job.status == Status.RUNNING and part.percent:
            worked.append((int(part.document.char_count * _share_done(part)), part.job.run_seconds or 0.0))
    seconds = sum(seconds for _, seconds in worked)
    return sum(characters for characters, _ in worked) / seconds if seconds else None


def _finished_jobs() -> QuerySet[Job]:
    return Job.objects.filter(kind=CONSOLIDATE.name, status=Status.SUCCEEDED).order_by("-finished_at")
