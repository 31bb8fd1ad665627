"""The work of reading a file."""

from django.db.models import QuerySet
from django.urls import reverse

from reviewapp.documents.models import Document, Note
from reviewapp.frame.actor import Actor
from reviewapp.frame.words_numbers import count_words
from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.jobs.kinds import About, Kind, register
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.states.actions import request_consolidation


def follow(job: Job) -> None:
    """Show on the item why its job did not succeed."""
    item = BatchItem.objects.filter(pk=job.subject_id, disposition=Disposition.PENDING)
    if job.status == Status.FAILED:
        item.update(disposition=Disposition.NOT_READ, reason=job.reason[:500])
    elif job.status == Status.CANCELLED:
        item.update(disposition=Disposition.NOT_READ, reason="Somebody cancelled it before it was read.")
    elif job.status == Status.WAITING:
        item.update(reason=_how_far(job) or job.reason)


def _how_far(job: Job) -> str:
    """How much of a long file is read when an attempt is over before its end."""
    if not job.progress_done or not job.progress_total:
        return ""
    total = count_words(job.progress_total, "page")
    return f"Read so far: {job.progress_done:,} of {total}. It goes on by itself."


def about(item: BatchItem) -> About:
    """The file, as the list of jobs names it."""
    return About(item.name, reverse("batch", args=[item.batch_id]))


def size(item: BatchItem) -> int:
    """Bytes to read."""
    return item.size_bytes


def follow_recognition(job: Job) -> None:
    """As `follow`; and have the document consolidated whose text is final now, whatever was recognised."""
    follow(job)
    item = BatchItem.objects.filter(pk=job.subject_id).select_related("document__matter").first()
    if item is None or item.document is None or not item.is_accepted or job.status in UNDER_WAY:
        return
    if job.status != Status.SUCCEEDED:
        item.pages_read.all().delete()
        tell_given_up(item.document.notes.all())
    consolidate_whole(item.document, job.actor)


def tell_given_up(notes: QuerySet[Note]) -> None:
    """Say in place of the note that text recognition is under way that it is no more."""
    told = notes.filter(kind=Note.Kind.UNREAD, text__startswith="Text recognition (OCR) is under")
    told.update(text="Text recognition (OCR) was given up. What its pictures show is not read.")


def follow_beginning(job: Job) -> None:
    """Have the document consolidated whose text came to its end while the beginning was at work."""
    item = BatchItem.objects.filter(pk=job.subject_id).select_related("document__matter").first()
    if job.status not in UNDER_WAY and item is not None and item.document is not None and item.is_accepted:
        consolidate_whole(item.document, job.actor)


def consolidate_whole(document: Document, actor: Actor) -> None:
    """Have a document consolidated whose text is whole; one whose beginning is at work follows when that has ended.

    In the caller's transaction.
    """
    beginnings = Job.objects.filter(item__document=document, kind=CONSOLIDATE_BEGINNING.name)
    beginnings.filter(status=Status.WAITING).delete()
    request_consolidation(document, actor)


INGEST_ITEM = register(
    Kind(
        name="ingest_item",
        task="reviewapp.intake.ingest_item",
        queue="ingest",
        words="Reading a file",
        subject=BatchItem,
        about=about,
        size=size,
        unit="pages",
        on_change=follow,
    )
)

RECOGNISE_ITEM = register(
    Kind(
        name="recognise_item",
        task="reviewapp.intake.recognise_item",
        queue="ocr",
        words="Recognising text (OCR)",
        subject=BatchItem,
        about=about,
        size=size,
        unit="pages",
        on_change=follow_recognition,
    )
)

CONSOLIDATE_BEGINNING = register(
    Kind(
        name="consolidate_beginning",
        task="gpu_worker.consolidate",
        queue="consolidate",
        words="Consolidating what is read so far",
        subject=BatchItem,
        about=about,
        size=size,
        unit="pages",
        on_change=follow_beginning,
        needs_model=True,
    )
)
