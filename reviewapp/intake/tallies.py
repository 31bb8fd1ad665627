"""What became of the files of a batch: how many are what, and the parts of their list."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from reviewapp.documents.models import PROBLEMS, Note
from reviewapp.intake.models import UNUSABLE, Batch, BatchItem, Disposition
from reviewapp.intake.problems import open_among
from reviewapp.intake.reading import worth_reading_again
from reviewapp.jobs.models import UNDER_WAY, Job
from reviewapp.matters.models import Matter

#: The parts of the list beside the dispositions: all, what somebody has to look at, what was read with a gap.
ALL, OPEN, PARTLY = "all", "problems", "partly"
FIND_CHARACTERS = 200


@dataclass(frozen=True)
class ItemCounts:
    """How many files of a batch there are, and how many of them are what; none that another came in place of.

    `by` counts dispositions. `problems` are the open ones, the files of `settled` could not be used either, but
    somebody dismissed them or sent them again. `partly` were read with a gap. `retryable` may come to something
    else when they are read again.
    """

    by: dict[str, int]
    problems: int
    partly: int
    retryable: int

    @property
    def total(self) -> int:
        return sum(self.by.values())

    @property
    def pending(self) -> int:
        return self.by.get(Disposition.PENDING, 0)

    @property
    def accepted(self) -> int:
        return self.by.get(Disposition.ACCEPTED, 0)

    @property
    def duplicates(self) -> int:
        return self.by.get(Disposition.DUPLICATE, 0)

    @property
    def settled(self) -> int:
        return sum(self.by.get(disposition, 0) for disposition in UNUSABLE) - self.problems

    @property
    def done(self) -> int:
        return self.total - self.pending

    def parts(self) -> list[tuple[str, int]]:
        """The parts of the list that have files, as (name, number): all, problems, partly, then by disposition."""
        found = [(ALL, self.total), (OPEN, self.problems), (PARTLY, self.partly)]
        found += [(name, self.by.get(name, 0)) for name in Disposition.values]
        return [(name, number) for name, number in found if number or name == ALL]


def items_of(batch: Batch) -> QuerySet[BatchItem]:
    """The batch's items; those that another file came in place of are left out."""
    return batch.items.filter(replaced_by=None)


def retryable_items(batch: Batch) -> QuerySet[BatchItem]:
    """The items that may come to something else when read again: bytes are kept, and no job is at work on them."""
    under_way = Job.objects.filter(subject_id=OuterRef("pk"), status__in=UNDER_WAY)
    again = (
        items_of(batch)
        .filter(worth_reading_again(batch.matter.languages()), disposition__in=UNUSABLE)
        .exclude(blob="")
    )
    return again.exclude(Exists(under_way))


def count_items(batch: Batch) -> ItemCounts:
    """The batch's items, counted by the database: four queries."""
    items = items_of(batch)
    by = items.order_by().values("disposition").annotate(number=Count("pk"))
    return ItemCounts(
        by=dict(by.values_list("disposition", "number")),
        problems=open_among(items, batch.matter).count(),
        partly=items.filter(_is_partly()).count(),
        retryable=retryable_items(batch).count(),
    )


def problems_by_batch(matter: Matter, batches: Iterable[Batch]) -> dict[UUID, int]:
    """How many open problems each of the matter's batches has, by its id; those without are left out."""
    items = BatchItem.objects.filter(batch__in=[batch.pk for batch in batches])
    counted = open_among(items, matter).order_by().values("batch").annotate(number=Count("pk"))
    return dict(counted.values_list("batch", "number"))


def listed(batch: Batch, items: QuerySet[BatchItem], show: str, find: str) -> QuerySet[BatchItem]:
    """A part of the batch's list, of the files whose names hold all the words of `find`.

    Problems come first, then what was read with a gap, then all others as they were received.
    """
    for word in find[:FIND_CHARACTERS].split():
        items = items.filter(name__icontains=word)
    if show == OPEN:
        items = items.filter(pk__in=open_among(items_of(batch), batch.matter).values("pk"))
    elif show == PARTLY:
        items = items.filter(_is_partly())
    elif show in Disposition.values:
        items = items.filter(disposition=show)
    problem = Q(disposition__in=UNUSABLE, dismissed_at=None)
    turn = Case(
        When(problem, then=Value(0)),
        When(_is_partly(), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return items.order_by(turn, "place", "created_at")


def _is_partly() -> Q:
    """Whether the item was accepted with a note that somebody has to look at still."""
    notes = Note.objects.filter(document=OuterRef("document"), kind__in=PROBLEMS, dismissed_at=None)
    return Q(Exists(notes), disposition=Disposition.ACCEPTED)
