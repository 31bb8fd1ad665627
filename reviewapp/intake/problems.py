"""What of a matter's files is not in what people search and ask, until it is resolved or dismissed."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviewapp.documents.models import PROBLEMS, Note
from reviewapp.intake.models import UNUSABLE, BatchItem, Disposition
from reviewapp.matters.models import Matter

_USABLE = (Disposition.ACCEPTED, Disposition.DUPLICATE, Disposition.EXPANDED)


def open_files(matter: Matter) -> QuerySet[BatchItem]:
    """Files that could not be used, not dismissed and not replaced by a later one of the same name."""
    items = BatchItem.objects.filter(batch__matter=matter)
    usable = items.filter(disposition__in=_USABLE).order_by()
    later = usable.filter(name=OuterRef("name"), created_at__gt=OuterRef("created_at"))
    # NB: names are looked up in one set first; few are left to be looked for one by one.
    replaced = Q(name__in=usable.values("name")) & Exists(later)
    return items.filter(disposition__in=UNUSABLE, dismissed_at=None).exclude(replaced)


def open_notes(matter: Matter) -> QuerySet[Note]:
    """What was not read or is not shown of documents that are used, not dismissed."""
    return Note.objects.filter(document__matter=matter, kind__in=PROBLEMS, dismissed_at=None)


def count_problems(matter: Matter) -> int:
    """How many files and notes are open: two queries."""
    return open_files(matter).count() + open_notes(matter).count()
