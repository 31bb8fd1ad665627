"""What happened: the record of every change, and the outbox from which others learn of it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Max, Q, Value, When

ROWS_AT_ONCE = 500
#: The name in archives of what has a list of its own here.
PAGE_READ = "page.read"


class EventFinalError(TypeError):
    """An event was about to be changed or deleted."""


class EventQuerySet(models.QuerySet["Event"]):
    """Refuses to change or delete events."""

    def update(self, **kwargs: Any) -> int:
        raise EventFinalError("events are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EventFinalError("events are never deleted")

    def number(self) -> None:
        """Give each event that has none its place in the sequence.

        It is given after the change is committed: a number given before could become visible after a higher
        one, and who reads on from the highest would miss it.
        """
        while self._number_some():
            pass

    def _number_some(self) -> bool:
        with transaction.atomic():
            # NB: the locks make a second process wait here, and then find these rows numbered.
            rows = self.filter(sequence=None).order_by("at", "pk").select_for_update()
            keys = list(rows.values_list("pk", flat=True)[:ROWS_AT_ONCE])
            last = self.aggregate(last=Max("sequence"))["last"] or 0
            places = [When(pk=key, then=Value(last + place)) for place, key in enumerate(keys, 1)]
            if places:
                super(EventQuerySet, self.filter(pk__in=keys)).update(sequence=Case(*places))
        return len(keys) == ROWS_AT_ONCE


class Event(models.Model):
    """Who did what to which object; written once, in the transaction of the change, and never changed.

    `action` is a name of `Happened`. `client` names the integration that acted on the user's behalf; `user`
    None is the system itself. `detail` holds ids and counts, never document text. `sequence` counts the events
    of the installation without gaps, from 1; None until somebody reads on, see `EventQuerySet.number`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.BigIntegerField(null=True, unique=True, editable=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT, related_name="events")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="events"
    )
    client = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        indexes = (
            models.Index(fields=["matter", "-at"]),
            models.Index(fields=["at"], condition=Q(sequence=None), name="events_without_number"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EventFinalError("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventFinalError("events are never deleted")


class PageRead(models.Model):
    """A page of a document that was shown to somebody: one row a day, however often it was.

    `document` is the id alone, so that the row stays when the document goes; `number` 0 is its whole text, beside
    another. `client` names the integration that fetched it on the user's behalf. `day` is that of UTC.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    day = models.DateField()
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="pages_read")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pages_read")
    client = models.CharField(max_length=100, blank=True)
    document = models.UUIDField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "day", "document", "user", "client", "number"], name="page_read_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.document} {self.number}"


class EventElsewhere(models.Model):
    """What happened in a matter before it came here, as its archive tells it; never changed, gone with the matter.

    `installation` counts those that held the matter from 1, the first; `place` the lines of its record. `by` is what
    the archive calls the person, empty for the system itself. Ids are those that the records have here. `action` is a
    name that the installation knew, or `PAGE_READ`.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="events_elsewhere")
    installation = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    client = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("installation", "place")
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "installation", "place"], name="one_event_elsewhere_per_line"
            ),
        )
        indexes = (models.Index(fields=["matter", "at", "id"], name="events_elsewhere_in_order"),)

    def __str__(self) -> str:
        return f"{self.installation}: {self.action} {self.object_type} {self.object_id}"
