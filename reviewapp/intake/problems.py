"""What of a matter's files is not in what people search and ask, until it is resolved or dismissed."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviewapp.documents.models import PROBLEMS, Note
from reviewapp.intake.models import UNUSABLE, BatchItem, Disposition
from reviewapp.matters.models import Matter

_USABLE = (Disposition.ACCEPTED, Disposition.DUPLICATE, Disposition.EXPANDED)


def open_among(items: QuerySet[BatchItem], matter: Matter) -> QuerySet[BatchItem]:
    """Those of a matter's items that are open problems.

    They could not be used, nobody dismissed them, and no other file came in their place nor under their name.
    """
    usable = BatchItem.objects.filter(batch__matter=matter, disposition__in=_USABLE).order_by()
    later = usable.filter(name=OuterRef("name"), created_at__gt=OuterRef("created_at"))
    # NB: names are looked up in one set first; few are left to be looked for one by one.
    replaced = Q(name__in=usable.values("name")) & Exists(later)
    unusable = items.filter(disposition__in=UNUSABLE, dismissed_at=None, replaced_by=None)
    return unusable.exclude(replaced)


def open_files(matter: Matter) -> QuerySet[BatchItem]:
    """The matter's files that are open problems; every count of them is of these."""
    return open_among(BatchItem.objects.filter(batch__matter=matter), matter)


def open_notes(matter: Matter) -> QuerySet[Note]:
    """What was not read or is not shown of documents that are used, not dismissed."""
    return Note.objects.filter(
        document__matter=matter, document__version_of=None, kind__in=PROBLEMS, dismissed_at=None
    )


def count_problems(matter: Matter) -> int:
    """How many files and notes are open: two queries."""
    return open_files(matter).count() + open_notes(matter).count()


def files_being_read(matter: Matter) -> int:
    """How many files have been received and not been read yet."""
    return BatchItem.objects.filter(batch__matter=matter, disposition=Disposition.PENDING).count()
