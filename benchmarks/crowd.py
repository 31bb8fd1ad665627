"""A matter with thousands of documents, written in bulk: what pages and lists are tried on."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from reviewapp.documents.models import Document, Page
from reviewapp.frame.actor import Actor
from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import Batch, BatchItem, Disposition, Source, place_of
from reviewapp.jobs.models import Job, Status
from reviewapp.matters.actions import create_matter
from reviewapp.matters.models import Matter
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State

ROWS_AT_ONCE = 500
#: In every hundred documents so many are of this status; the others are ready.
OF_A_HUNDRED = {"consolidating": 1, "waiting": 20, "failed": 3, "cancelled": 2, "": 4}
#: In every so many files one is unreadable, and one is a container of the next `MEMBERS` files.
UNREADABLE_EACH, CONTAINER_EACH, MEMBERS = 50, 100, 3


def crowded_matter(name: str, number: int, *, acting_user: User) -> tuple[Matter, Batch]:
    """A matter of `number` documents of every status, each with a page, a state and its jobs, and their batch.

    The batch has an item for each document, and others that could not be read, are waiting or hold files.
    """
    with transaction.atomic():
        matter = create_matter(name, actor=Actor(acting_user))
        documents = [_document(matter, place) for place in range(number)]
        Document.objects.bulk_create(documents, batch_size=ROWS_AT_ONCE)
        Page.objects.bulk_create([_page(document) for document in documents], batch_size=ROWS_AT_ONCE)
        _consolidate(documents)
        batch = Batch.objects.create(
            matter=matter, created_by=acting_user, label="All of it", source=Source.BROWSER
        )
        _receive(batch, documents)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself before long
    return matter, batch


def status_of(place: int) -> str:
    """The status that `crowded_matter` gives to the document at this place."""
    within = place % 100
    for status, share in OF_A_HUNDRED.items():
        if within < share:
            return status
        within -= share
    return str(State.Status.READY)


def _document(matter: Matter, place: int) -> Document:
    # NB: the length of the text is that of a contract; the stored text is short, for no list reads it.
    digest = sha256(f"{matter.pk} {place}".encode()).hexdigest()
    return Document(
        matter=matter,
        sha256=digest,
        name=f"Contract {place:05} between Northgate Properties LLC and Ashworth & Sons.pdf",
        media_type="application/pdf",
        size_bytes=100_000 + 37 * place,
        blob=f"{matter.pk}/{digest}",
        text_version="written",
        text_sha256=digest,
        page_count=1 + place % 90,
        char_count=5_000 + 211 * (place % 997),
    )


def _page(document: Document) -> Page:
    text = f"{document.name} is governed by the laws of Delaware."
    return Page(document=document, number=1, text=text, start=0, end=len(text))


def _consolidate(documents: Sequence[Document]) -> None:
    now = timezone.now()
    ended = {State.Status.FAILED: Status.FAILED, State.Status.CANCELLED: Status.CANCELLED}
    under_way = {State.Status.CONSOLIDATING: Status.RUNNING, State.Status.WAITING: Status.WAITING}
    states, jobs = [], []
    for place, document in enumerate(documents):
        if not (status := status_of(place)):
            continue
        ready = status == State.Status.READY
        state = State(document=document, status=status, name=document.sha256 if ready else "", windows=54)
        job = Job(kind=CONSOLIDATE.name, matter=document.matter, subject=document, trigger="ingest")
        job.status = (ended | under_way).get(State.Status(status), Status.SUCCEEDED)
        job.size = document.char_count
        job.unit, job.progress_total, job.progress_done = "windows", 54, 20
        job.started_at = now - timedelta(hours=1) if status != State.Status.WAITING else None
        job.finished_at = None if status in under_way else now
        job.reason = "The worker stopped without a word." if status == State.Status.FAILED else ""
        states.append(state)
        jobs.append(job)
    State.objects.bulk_create(states, batch_size=ROWS_AT_ONCE)
    Job.objects.bulk_create(jobs, batch_size=ROWS_AT_ONCE)


def _receive(batch: Batch, documents: Sequence[Document]) -> None:
    items: list[BatchItem] = []
    container: BatchItem | None = None
    for place, document in enumerate(documents):
        if place % CONTAINER_EACH == 0:
            container = BatchItem(batch=batch, place=place_of(place), name=f"Binder {place:05}.zip")
            container.disposition = Disposition.EXPANDED
            items.append(container)
        if place % UNREADABLE_EACH == UNREADABLE_EACH - 1:
            items += [_unread(batch, place, Disposition.DAMAGED), _unread(batch, place, Disposition.PENDING)]
        item = BatchItem(batch=batch, place=place_of(place), name=document.name, document=document)
        item.size_bytes, item.sha256, item.blob = document.size_bytes, document.sha256, document.blob
        item.disposition = Disposition.ACCEPTED
        if container is not None and place % CONTAINER_EACH < MEMBERS:
            item.parent, item.place = container, place_of(place % CONTAINER_EACH, container.place)
        items.append(item)
    BatchItem.objects.bulk_create(items, batch_size=ROWS_AT_ONCE)
    jobs = [
        Job(
            kind=INGEST_ITEM.name, matter=batch.matter, subject=item, trigger="user", status=_job_status(item)
        )
        for item in items
    ]
    Job.objects.bulk_create(jobs, batch_size=ROWS_AT_ONCE)


def _unread(batch: Batch, place: int, disposition: Disposition) -> BatchItem:
    name = f"Scan {place:05} {disposition}.pdf"
    return BatchItem(
        batch=batch, place=place_of(place), name=name, disposition=disposition, blob=f"{batch.pk}/{place}"
    )


def _job_status(item: BatchItem) -> Status:
    return Status.WAITING if item.disposition == Disposition.PENDING else Status.SUCCEEDED
