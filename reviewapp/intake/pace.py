"""How long the files of a matter take to be read still, by how fast they were read just now."""

from datetime import timedelta

from django.db.models import Count, Min, Sum
from django.utils import timezone

from reviewapp.intake.jobs import INGEST_ITEM
from reviewapp.intake.models import BatchItem, Disposition
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter

RECENT = timedelta(minutes=3)
FEWEST = 5
#: The smallest are read first, so neither files nor bytes alone tell: a file costs as much as these bytes besides.
BYTES_A_FILE = 50_000


def seconds_left(matter: Matter) -> float | None:
    """Seconds until what the matter has received is read; None while too few were read to say: two queries."""
    now = timezone.now()
    lately = Job.objects.filter(matter=matter, kind=INGEST_ITEM.name, started_at__gte=now - RECENT)
    read = lately.exclude(finished_at=None).aggregate(
        files=Count("pk"), bytes=Sum("size"), since=Min("started_at")
    )
    if read["files"] < FEWEST:
        return None
    pending = BatchItem.objects.filter(batch__matter=matter, disposition=Disposition.PENDING)
    waiting = pending.aggregate(files=Count("pk"), bytes=Sum("size_bytes"))
    seconds: float = (now - read["since"]).total_seconds()
    return seconds * _cost(waiting["files"], waiting["bytes"]) / _cost(read["files"], read["bytes"])


def _cost(files: int, size: int | None) -> int:
    return files * BYTES_A_FILE + (size or 0)
