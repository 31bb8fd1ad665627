"""What is no longer there, as other systems have to learn it."""

from django.db import models

from reviewapp.events.models import Event
from reviewapp.events.names import Happened

#: The names of the events that take a document away.
GONE = (Happened.DOCUMENT_WITHDRAWN,)


def documents_gone(matter: models.Model, after: int, most: int) -> list[Event]:
    """The events after number `after` by which documents of the matter went, in their order."""
    Event.objects.number()
    gone = Event.objects.filter(matter_id=matter.pk, action__in=GONE, sequence__gt=after)
    return list(gone.order_by("sequence")[:most])
