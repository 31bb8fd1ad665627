"""Changes to what is consolidated."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import Night, State
from reviewapp.states.nights import waits_for_night
from reviewapp.states.selectors import without_state

ROWS_AT_ONCE = 500
#: What a job is triggered by that follows the arrival of a document.
INGEST = "ingest"
STATES_TO_RETRY = (State.Status.FAILED, State.Status.CANCELLED)


def request_consolidation(
    document: Document, actor: Actor, *, trigger: str = INGEST, memory: str = ""
) -> Job | None:
    """Have the document consolidated for a memory, for all of the site by default; returns the first job.

    It is None when its states are ready or under way already, and where what arrives waits for the night. It may be
    called inside the transaction that accepts the document.
    """
    if trigger == INGEST and waits_for_night(document.matter):
        return None
    memories = [memory] if memory else settings.MEMORIES
    jobs = _request(Document.objects.filter(pk=document.pk), document.matter, actor, trigger, memories)
    return jobs[0] if jobs else None


def start_consolidation(
    matter: Matter, documents: Iterable[Document] | None = None, *, actor: Actor, trigger: str = "user"
) -> list[Job]:
    """Have the given documents of the matter, or all of them, consolidated for each memory of the site.

    Documents whose state is ready or under way are skipped, so that asking twice does nothing more.
    """
    chosen = Document.objects.filter(matter=matter)
    if documents is not None:
        chosen = chosen.filter(pk__in=[document.pk for document in documents])
    return _request(chosen, matter, actor, trigger, settings.MEMORIES)


def end_nights(matter: Matter, *, actor: Actor) -> list[Job]:
    """Have what arrives consolidated at once again, and what waits for the night now; returns the jobs of that."""
    with transaction.atomic():
        if not Night.objects.filter(matter=matter).delete()[0]:
            return []
        record(Happened.NIGHTS_ENDED, matter, actor=actor, matter=matter)
        return start_consolidation(matter, without_state(matter), actor=actor)


def retry_failed(matter: Matter, *, actor: Actor) -> list[Job]:
    """Try again the documents whose consolidation failed."""
    jobs = []
    for memory in settings.MEMORIES:
        failed = State.objects.filter(memory=memory, status=State.Status.FAILED).values("document")
        documents = Document.objects.filter(matter=matter, pk__in=failed)
        jobs += _request(documents, matter, actor, "user", [memory])
    return jobs


def cancel_consolidation(matter: Matter, documents: Iterable[Document] | None = None, *, actor: Actor) -> int:
    """Cancel what waits and stop what runs, of the given documents or the matter; returns of how many."""
    jobs = Job.objects.filter(kind=CONSOLIDATE.name)
    if documents is not None:
        jobs = jobs.filter(subject_id__in=[document.pk for document in documents])
    return lifecycle.cancel_all(jobs, matter=matter, actor=actor)


def retire_states_of_other_models(memory: str, model_sha256: str, tokenizer_sha256: str) -> int:
    """Mark as stale every ready state of a memory that it cannot read now, and have it rebuilt; returns how many.

    States of other memories stay as they are: another worker answers from them.
    """
    ready = State.objects.filter(memory=memory, status=State.Status.READY).select_related("document")
    others = ready.exclude(model_sha256=model_sha256, tokenizer_sha256=tokenizer_sha256)
    return sum(_replace(state, "model") for state in others)


def request_states_of_new_memory(memory: str) -> int:
    """Have documents consolidated for a memory that is new here: those with a ready state of another and none of it.

    Documents that nobody has had consolidated stay as they are, and those of matters with nights wait for them.
    Returns how many are requested.
    """
    states = State.objects.filter(document=OuterRef("pk"))
    others = Exists(states.filter(status=State.Status.READY).exclude(memory=memory))
    lacking = Document.objects.filter(others).exclude(Exists(states.filter(memory=memory)))
    matters = Matter.objects.filter(pk__in=lacking.values("matter")).order_by("pk")
    return sum(
        len(_request(lacking.filter(matter=matter), matter, SYSTEM, "model", [memory]))
        for matter in matters
        if not waits_for_night(matter)
    )


def rebuild_damaged_states(matter: Matter, names: Iterable[str]) -> int:
    """Have ready states built anew whose files are missing or damaged; returns how many."""
    damaged = State.objects.filter(document__matter=matter, name__in=list(names), status=State.Status.READY)
    return sum(_replace(state, "damaged") for state in damaged.select_related("document"))


def leave_states(document: Document) -> None:
    """Stop what is built of a text that the document has no more; its states answer nothing from now on.

    A worker that is at it finds its job gone and writes nothing. In the caller's transaction.
    """
    Job.objects.filter(kind=CONSOLIDATE.name, subject_id=document.pk, status__in=UNDER_WAY).delete()
    states = State.objects.filter(document=document)
    states.filter(name="").delete()
    states.update(status=State.Status.STALE)


def _request(
    chosen: QuerySet[Document], matter: Matter, actor: Actor, trigger: str, memories: Sequence[str]
) -> list[Job]:
    """Jobs, waiting states and one event for the chosen documents that want consolidation, shortest first."""
    with transaction.atomic():
        # NB: the locks make two requests for the same document follow one another.
        list(chosen.order_by("pk").select_for_update().values_list("pk", flat=True))
        documents, jobs = set[Document](), list[Job]()
        for memory in memories:
            wanting = list(_wanting(chosen, memory).order_by("char_count", "name"))
            _await_states(wanting, memory)
            jobs += lifecycle.create_jobs(
                CONSOLIDATE, wanting, matter=matter, actor=actor, trigger=trigger, memory=memory
            )
            documents |= set(wanting)
        if not documents:
            return []
        record(
            Happened.CONSOLIDATION_REQUESTED,
            next(iter(documents)) if len(documents) == 1 else matter,
            actor=actor,
            matter=matter,
            documents=len(documents),
            trigger=trigger,
        )
    return jobs


def _await_states(documents: list[Document], memory: str) -> None:
    """A waiting state of the memory for each document: the one that failed or was cancelled last, or a new one."""
    ended: dict[UUID, UUID] = {}
    for start in range(0, len(documents), ROWS_AT_ONCE):
        part = State.objects.filter(memory=memory, document__in=documents[start : start + ROWS_AT_ONCE])
        again = part.filter(status__in=STATES_TO_RETRY).order_by("created_at")
        newest = dict(again.values_list("document_id", "pk"))
        State.objects.filter(pk__in=newest.values()).update(status=State.Status.WAITING)
        ended |= newest
    fresh = [State(document=document, memory=memory) for document in documents if document.pk not in ended]
    State.objects.bulk_create(fresh, batch_size=ROWS_AT_ONCE)


def _replace(state: State, trigger: str) -> bool:
    with transaction.atomic():
        ready = State.objects.filter(pk=state.pk, status=State.Status.READY)
        if not ready.update(status=State.Status.STALE):
            return False
        record(Happened.STATE_RETIRED, state, actor=SYSTEM, matter=state.document.matter, trigger=trigger)
        request_consolidation(state.document, SYSTEM, trigger=trigger, memory=state.memory)
    return True


def _wanting(documents: QuerySet[Document], memory: str) -> QuerySet[Document]:
    states = State.objects.filter(document=OuterRef("pk"), memory=memory)
    jobs = Job.objects.filter(
        subject_id=OuterRef("pk"), kind=CONSOLIDATE.name, memory=memory, status__in=UNDER_WAY
    )
    # NB: a state is named by the whole text, which is not there before the document's scans are recognised; and what
    # is done of its beginning is gone on with by one at a time.
    of_files = Job.objects.filter(item__document=OuterRef("pk"), status__in=UNDER_WAY)
    unread = of_files.filter(Q(kind="recognise_item") | Q(kind="consolidate_beginning", memory=memory))
    wanting = documents.exclude(Exists(states.filter(status=State.Status.READY))).exclude(Exists(jobs))
    return wanting.exclude(Exists(unread))
