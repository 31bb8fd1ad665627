"""The beginning of a long file is consolidated while the rest is read."""

import json
import zlib
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery

from readers.result import Parsed
from reviewapp.documents.models import PAGE_SEPARATOR
from reviewapp.frame.actor import Actor
from reviewapp.intake.jobs import CONSOLIDATE_BEGINNING, INGEST_ITEM, RECOGNISE_ITEM
from reviewapp.intake.models import BatchItem
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.states.nights import waits_for_night

#: Beside these no other is begun: what is only done ahead of time is not tried again.
_NOT_AGAIN = (*UNDER_WAY, Status.FAILED, Status.CANCELLED)


def request_beginning(item: BatchItem, actor: Actor) -> None:
    """Have the pages of a file that were read so far consolidated, for each memory; in the caller's transaction.

    A document that is read again is left alone: its text may come out as it is.
    """
    if item.is_read_again or waits_for_night(item.batch.matter):
        return
    jobs = Job.objects.filter(item=item, kind=CONSOLIDATE_BEGINNING.name, status__in=_NOT_AGAIN)
    known = set(jobs.values_list("memory", flat=True))
    for memory in settings.MEMORIES:
        if memory not in known:
            lifecycle.create_jobs(
                CONSOLIDATE_BEGINNING,
                [item],
                matter=item.batch.matter,
                actor=actor,
                trigger="ingest",
                memory=memory,
            )


def will_change(part: Parsed) -> bool:
    """Whether pages have no final text yet: their pictures are still to be recognised."""
    return part.wants_ocr and settings.OCR_SECONDS > 0


def unpacked(outcome: bytes | memoryview) -> Parsed:
    """A part of a file as `PagesRead` keeps it."""
    return Parsed.from_json(json.loads(zlib.decompress(outcome)))


def pages_at_hand(item: BatchItem, known: Sequence[str] = ()) -> list[str]:
    """The first pages of a file that is being read, as they will stand in its document; `known` are those before.

    Empty where the file is not being read any more; a page whose picture is to be recognised ends them.
    """
    pages = list(known)
    for packed in (
        item.pages_read.filter(first_page__gt=len(pages))
        .order_by("first_page")
        .values_list("outcome", flat=True)
    ):
        part = unpacked(packed)
        if will_change(part):
            break
        pages += part.pages
    return pages


def is_being_read(item: BatchItem) -> bool:
    """Whether more pages of a file are to come: parts of it are read, and somebody goes on."""
    reading = item.jobs.filter(kind__in=(INGEST_ITEM.name, RECOGNISE_ITEM.name), status__in=UNDER_WAY)
    return item.pages_read.exists() and reading.exists()


def text_of(pages: Sequence[str]) -> str:
    """The pages as the text of their document begins."""
    return PAGE_SEPARATOR.join([*pages, ""])


def consolidated_pages() -> Subquery:
    """How many of the outer item's pages are consolidated while it is read; None where none is."""
    jobs = Job.objects.filter(subject_id=OuterRef("pk"), kind=CONSOLIDATE_BEGINNING.name)
    of_memory = jobs.filter(memory=settings.MEMORY, progress_done__gt=0).order_by()
    return Subquery(of_memory.values("subject_id").annotate(most=Max("progress_done")).values("most"))
