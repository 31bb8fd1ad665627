"""Writing down what happened, and reading on from it."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import models

from reviewapp.events.models import Event
from reviewapp.events.names import Happened
from reviewapp.frame.actor import Actor


def record(
    action: Happened,
    about: models.Model,
    *,
    actor: Actor,
    matter: models.Model | None = None,
    **detail: str | int | float | bool | None,
) -> Event:
    """Write down what happened to `about`, once; call it inside the transaction that makes the change.

    `detail` never holds document text.
    """
    return Event.objects.create(
        action=action,
        object_type=about._meta.label,
        object_id=str(about.pk),
        matter_id=matter.pk if matter else None,
        user=actor.account,
        client=actor.client_name,
        detail=detail,
    )


def events_after(sequence: int, *, matter: models.Model | None = None, most: int = 100) -> list[Event]:
    """The next events after number `sequence` (0 for the first), in their order, of one matter or of all.

    Who keeps the number of the last one that was dealt with misses none and sees none twice.
    """
    Event.objects.number()
    events = Event.objects.filter(sequence__gt=sequence).select_related("user")
    if matter is not None:
        events = events.filter(matter_id=matter.pk)
    return list(events.order_by("sequence")[:most])


def member_names(entries: Sequence[Event]) -> dict[object, str]:
    """The user names of the members that entries are about, by user id."""
    keys = {entry.detail["user_id"] for entry in entries if "user_id" in entry.detail}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "username"))
