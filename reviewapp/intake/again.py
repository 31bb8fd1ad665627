"""Recognising text again after other languages were chosen: what that concerns, and having it done."""

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from reviewapp.documents.models import Document, Page
from reviewapp.documents.ordering import by_name
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.words_languages import languages_words
from reviewapp.intake.actions import BatchError, retry_items
from reviewapp.intake.jobs import RECOGNISE_ITEM
from reviewapp.intake.models import Batch, BatchItem, Disposition, Source, place_of
from reviewapp.intake.reading import worth_reading_again
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.matters.models import Matter

_BY_RECOGNITION = (Disposition.NO_TEXT, Disposition.UNSUPPORTED)


def in_other_languages(matter: Matter) -> QuerySet[Document]:
    """The matter's documents whose text was recognised in other languages than are chosen now, not under way."""
    pages = Page.objects.filter(document=OuterRef("pk")).exclude(languages="")
    under_way = Job.objects.filter(item__new_version_of=OuterRef("pk"), status__in=UNDER_WAY)
    other = Exists(pages.exclude(languages=matter.languages()))
    return Document.objects.filter(other, ~Exists(under_way), matter=matter)


def without_text(matter: Matter) -> QuerySet[BatchItem]:
    """The matter's files in whose pictures no text was recognised in the languages before."""
    items = BatchItem.objects.filter(batch__matter=matter, replaced_by=None, disposition__in=_BY_RECOGNITION)
    return items.filter(worth_reading_again(matter.languages())).exclude(blob="")


def read_again(matter: Matter, *, actor: Actor) -> Batch | None:
    """Have both read again in the languages that are chosen now; documents keep their text as an earlier version.

    Returns the batch of the documents, None where there is none. Raises BatchError where no text is recognised.
    """
    if not settings.OCR_SECONDS:
        raise BatchError("recognition-off", "Text recognition (OCR) is switched off.", 409)
    with transaction.atomic():
        # NB: the lock makes a second click wait, and then find the jobs of the first.
        matter = Matter.objects.select_for_update().get(pk=matter.pk)
        for batch in Batch.objects.filter(pk__in=without_text(matter).values("batch")):
            retry_items(actor=actor, batch=batch, items=without_text(matter).filter(batch=batch))
        documents = list(in_other_languages(matter).order_by(by_name(), "created_at"))
        if not documents:
            return None
        batch = Batch.objects.create(
            matter=matter,
            created_by=actor.account,
            label=f"Read again in {languages_words(matter.languages())}"[:200],
            source=Source.AGAIN,
        )
        items = [_item(batch, number, document) for number, document in enumerate(documents)]
        BatchItem.objects.bulk_create(items, batch_size=500)
        record(
            Happened.BATCH_CREATED, batch, actor=actor, matter=matter, files=len(items), source=Source.AGAIN
        )
        lifecycle.create_jobs(RECOGNISE_ITEM, items, matter=matter, actor=actor)
    return batch


def _item(batch: Batch, number: int, document: Document) -> BatchItem:
    return BatchItem(
        batch=batch,
        place=place_of(number),
        name=document.received_as or document.name,
        sha256=document.sha256,
        size_bytes=document.size_bytes,
        blob=document.blob,
        new_version_of=document,
    )
