"""Changes to what is consolidated."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State

STATES_TO_RETRY = (State.Status.FAILED, State.Status.CANCELLED)


def request_consolidation(document: Document, actor: Actor, *, trigger: str = "ingest") -> Job | None:
    """Have the document consolidated; None when its state is ready or under way already.

    It may be called inside the transaction that accepts the document.
    """
    with transaction.atomic():
        # NB: the lock makes two requests for the same document follow one another.
        document = Document.objects.select_for_update().get(pk=document.pk)
        if not _wanting(Document.objects.filter(pk=document.pk)).exists():
            return None
        state = document.states.filter(status__in=STATES_TO_RETRY).first() or State(document=document)
        state.status = State.Status.WAITING
        state.save()
        job = lifecycle.create_job(
            CONSOLIDATE,
            document,
            matter=document.matter,
            actor=actor,
            trigger=trigger,
        )
        record(
            Happened.CONSOLIDATION_REQUESTED,
            document,
            actor=actor,
            matter=document.matter,
            job_id=str(job.pk),
            trigger=trigger,
        )
    return job


def start_consolidation(
    matter: Matter, documents: Iterable[Document] | None = None, *, actor: Actor, trigger: str = "user"
) -> list[Job]:
    """Have the given documents of the matter, or all of them, consolidated.

    Documents whose state is ready or under way are skipped, so that asking twice does nothing more.
    """
    chosen = Document.objects.filter(matter=matter)
    if documents is not None:
        chosen = chosen.filter(pk__in=[document.pk for document in documents])
    with transaction.atomic():
        requested = [
            request_consolidation(document, actor, trigger=trigger)
            for document in _wanting(chosen).order_by("char_count", "name")
        ]
    return [job for job in requested if job is not None]


def retry_failed(matter: Matter, *, actor: Actor) -> list[Job]:
    """Try again the documents whose consolidation failed."""
    failed = Document.objects.filter(matter=matter, states__status=State.Status.FAILED).distinct()
    return start_consolidation(matter, failed, actor=actor)


def cancel_consolidation(matter: Matter, documents: Iterable[Document] | None = None, *, actor: Actor) -> int:
    """Cancel what waits and stop what runs, of the given documents or the matter; returns how many jobs."""
    jobs = Job.objects.filter(matter=matter, kind=CONSOLIDATE.name, status__in=UNDER_WAY)
    if documents is not None:
        jobs = jobs.filter(subject_id__in=[document.pk for document in documents])
    with transaction.atomic():
        # NB: the waiting ones first, so that none of them starts when the running one ends.
        cancelled = [lifecycle.cancel(job, actor=actor) for job in jobs.order_by("-status")]
    return len(cancelled)


def retire_states_of_other_models(model_sha256: str, tokenizer_sha256: str) -> int:
    """Mark as stale every ready state that this model cannot read, and have it rebuilt; returns how many."""
    ready = State.objects.filter(status=State.Status.READY).select_related("document")
    others = ready.exclude(model_sha256=model_sha256, tokenizer_sha256=tokenizer_sha256)
    return sum(_replace(state, "model") for state in others)


def rebuild_damaged_states(matter: Matter, names: Iterable[str]) -> int:
    """Have ready states built anew whose files are missing or damaged; returns how many."""
    damaged = State.objects.filter(document__matter=matter, name__in=list(names), status=State.Status.READY)
    return sum(_replace(state, "damaged") for state in damaged.select_related("document"))


def _replace(state: State, trigger: str) -> bool:
    with transaction.atomic():
        ready = State.objects.filter(pk=state.pk, status=State.Status.READY)
        if not ready.update(status=State.Status.STALE):
            return False
        record(Happened.STATE_RETIRED, state, actor=SYSTEM, matter=state.document.matter, trigger=trigger)
        request_consolidation(state.document, SYSTEM, trigger=trigger)
    return True


def _wanting(documents: QuerySet[Document]) -> QuerySet[Document]:
    states = State.objects.filter(document=OuterRef("pk"))
    jobs = Job.objects.filter(subject_id=OuterRef("pk"), kind=CONSOLIDATE.name, status__in=UNDER_WAY)
    return documents.exclude(Exists(states.filter(status=State.Status.READY))).exclude(Exists(jobs))
