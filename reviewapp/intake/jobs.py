"""The work of reading a file."""

from django.urls import reverse

from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.jobs.kinds import About, Kind, register
from reviewapp.jobs.models import Job, Status


def follow(job: Job) -> None:
    """Show on the item why its job did not succeed."""
    item = BatchItem.objects.filter(pk=job.subject_id, disposition=Disposition.PENDING)
    if job.status == Status.FAILED:
        item.update(disposition=Disposition.NOT_READ, reason=job.reason[:500])
    elif job.status == Status.CANCELLED:
        item.update(disposition=Disposition.NOT_READ, reason="Somebody cancelled it before it was read.")
    elif job.status == Status.WAITING:
        item.update(reason=job.reason)


def about(item: BatchItem) -> About:
    """The file, as the list of jobs names it."""
    return About(item.name, reverse("batch", args=[item.batch_id]))


def size(item: BatchItem) -> int:
    """Bytes to read."""
    return item.size_bytes


INGEST_ITEM = register(
    Kind(
        name="ingest_item",
        task="reviewapp.intake.ingest_item",
        queue="ingest",
        words="Reading a file",
        subject=BatchItem,
        about=about,
        size=size,
        on_change=follow,
    )
)
