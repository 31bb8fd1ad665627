"""What takes long: begun by a request, told by what it is about."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, Protocol
from uuid import UUID

from reviewapp.api.models import Operation
from reviewapp.api.shapes_work import ItemShape, OperationShape, Progress
from reviewapp.frame.actor import Actor
from reviewapp.intake.models import Batch
from reviewapp.jobs.models import Job, Status
from reviewapp.lab.jobs import COMPARE_WAYS
from reviewapp.lab.models import Comparison
from reviewapp.matters.models import Matter

ERRORS_SHOWN = 20
LOOK_AGAIN_SECONDS = 2
State = Literal["running", "succeeded", "partly_failed", "failed", "cancelled"]
ENDED = frozenset({"succeeded", "partly_failed", "failed", "cancelled"})
#: What a file's disposition is to a program that waits for it.
_DONE = {"accepted", "duplicate", "expanded", "withdrawn"}
#: What the jobs of an operation do whose subjects are what these are about.
_KINDS: dict[str, str] = {Operation.Kind.QUESTIONS: "answer", Operation.Kind.COMPARISON: COMPARE_WAYS.name}
#: Its job says what became of such a file.
_UNTOLD = {"pending", "not_read"}


def begun(
    kind: Operation.Kind,
    matter: Matter,
    actor: Actor,
    *,
    batch: Batch | None = None,
    subjects: Iterable[str] = (),
) -> Operation:
    """Write the operation down, in the transaction that begins it."""
    return Operation.objects.create(
        kind=kind,
        matter=matter,
        user=actor.account,
        client=actor.client_name,
        batch=batch,
        subjects=list(subjects),
    )


class Answer(Protocol):
    """Something with headers, as answers have them."""

    headers: Any


def begun_with(
    kind: Operation.Kind, matter: Matter, actor: Actor, jobs: Iterable[Job], response: Answer
) -> Operation:
    """The operation that these jobs are, said on the answer; in the transaction that begins it."""
    operation = begun(kind, matter, actor, subjects=[str(job.pk) for job in jobs])
    tell_of(operation, response)
    return operation


def tell_of(operation: Operation, response: Answer) -> None:
    """Say on an answer (202) where the operation is, and when to look."""
    response.headers["Location"] = f"/v1/operations/{operation.pk}"
    response.headers["Retry-After"] = str(LOOK_AGAIN_SECONDS)


def shape_of_operation(operation: Operation) -> OperationShape:
    """How far the operation is."""
    items = items_of(operation)
    count = Counter(item.status for item in items)
    total, failed = len(items), count["failed"]
    done = total - count["waiting"] - count["running"]
    return OperationShape(
        id=str(operation.pk),
        matter_id=str(operation.matter_id),
        kind=operation.kind,  # type: ignore[arg-type]
        status=_status(total, done, failed, count["cancelled"]),
        progress=Progress(total=total, done=done, succeeded=count["succeeded"], failed=failed),
        seconds_left=_seconds_left(operation),
        batch_id=str(operation.batch_id) if operation.batch_id else None,
        question_ids=list(operation.subjects) if operation.kind == Operation.Kind.QUESTIONS else [],
        errors=[item for item in items if item.status == "failed"][:ERRORS_SHOWN],
        created_at=operation.created_at,
    )


def _status(total: int, done: int, failed: int, cancelled: int) -> State:
    if done < total:
        return "running"
    if cancelled and cancelled + failed == total:
        return "cancelled"
    if failed == total and total:
        return "failed"
    return "partly_failed" if failed or cancelled else "succeeded"


def items_of(operation: Operation) -> list[ItemShape]:
    """The operation's items with what became of each, in their order."""
    if operation.kind == Operation.Kind.BATCH:
        return _files(operation)
    if operation.kind == Operation.Kind.COMPARISON:
        return _compared(operation)
    jobs = jobs_of(operation)
    if operation.kind == Operation.Kind.QUESTIONS:
        newest = {str(job.subject_id): job for job in jobs}
        return [_of_job(newest.get(key), key, None) for key in operation.subjects]
    known = {str(job.pk): job for job in jobs}
    of_documents = operation.kind == Operation.Kind.CONSOLIDATION
    return [
        _of_job(known.get(key), key, str(known[key].subject_id) if of_documents and key in known else None)
        for key in operation.subjects
    ]


def jobs_of(operation: Operation) -> Sequence[Job]:
    """The jobs that the operation consists of, the oldest first."""
    jobs = Job.objects.filter(matter=operation.matter_id)
    if operation.kind == Operation.Kind.BATCH:
        return list(jobs.filter(item__batch=operation.batch_id).order_by("created_at"))
    keys = [UUID(key) for key in operation.subjects]
    if kind := _KINDS.get(operation.kind):
        chosen = jobs.filter(kind=kind, subject_id__in=keys)
    else:
        chosen = jobs.filter(pk__in=keys)
    return list(chosen.order_by("created_at"))


def _files(operation: Operation) -> list[ItemShape]:
    if operation.batch is None:
        return []
    newest = {job.subject_id: job for job in jobs_of(operation)}
    shapes = []
    for item in operation.batch.items.order_by("place", "created_at"):
        job = newest.get(item.pk)
        if item.disposition not in _UNTOLD:
            status = "succeeded" if item.disposition in _DONE else "failed"
        else:
            status = job.status if job else "waiting"
        shapes.append(
            ItemShape(
                id=str(item.pk),
                name=item.name,
                status=status,  # type: ignore[arg-type]
                code=item.disposition.replace("_", "-"),
                detail=item.reason,
                document_id=str(item.document_id) if item.document_id else None,
            )
        )
    return shapes


def _compared(operation: Operation) -> list[ItemShape]:
    """The documents of a comparison; those that were not reached when it ended stand as cancelled."""
    comparison = Comparison.objects.filter(pk__in=operation.subjects).first()
    if comparison is None:
        return [_of_job(None, operation.subjects[0], None)]
    left = "waiting" if comparison.status == Comparison.Status.RUNNING else "cancelled"
    return [
        ItemShape(
            id=str(part.document_id),
            name=part.document.name,
            status="succeeded" if part.rows else "failed" if part.reason else left,  # type: ignore[arg-type]
            code="measured" if part.rows else "not-measured" if part.reason else left,
            detail=part.reason,
            document_id=str(part.document_id),
        )
        for part in comparison.parts.select_related("document")
    ]


def _of_job(job: Job | None, key: str, document_id: str | None) -> ItemShape:
    if job is None:
        return ItemShape(
            id=key, name="", status="failed", code="gone", detail="It was removed.", document_id=document_id
        )
    return ItemShape(
        id=key,
        name=job.registered_kind.words,
        status=job.status,  # type: ignore[arg-type]
        code=job.status,
        detail=job.reason,
        document_id=document_id,
    )


def _seconds_left(operation: Operation) -> float | None:
    running = [job.time_left for job in jobs_of(operation) if job.status == Status.RUNNING]
    known = [seconds for seconds in running if seconds is not None]
    return max(known) if known else None


def wait_for(
    look: Callable[[], OperationShape], seconds: float, pause: Callable[[float], None]
) -> OperationShape:
    """The operation once it has ended, or as it is after so many seconds."""
    shape = look()
    waited = 0.0
    while shape.status not in ENDED and waited < seconds:
        step = min(0.25, seconds - waited)
        pause(step)
        waited += step
        shape = look()
    return shape
