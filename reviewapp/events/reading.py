"""Which pages were shown to whom: written down once a day for each page and reader."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from reviewapp.events.models import PageRead
from reviewapp.frame.actor import Actor

WHOLE_TEXT = 0


def pages_read(matter: UUID, document: UUID, numbers: Iterable[int], *, actor: Actor) -> None:
    """Write down that these pages of the document were shown; what was written down today already costs a look.

    Call it where the policy has let the reader in. Nothing is written for the system itself, which reads nothing.
    """
    if actor.account is None:
        return
    now = timezone.now()
    one = {
        "matter_id": matter,
        "day": now.date(),
        "document": document,
        "user": actor.account,
        "client": actor.client_name,
    }
    wanted = set(numbers)
    known = PageRead.objects.filter(**one, number__in=wanted).values_list("number", flat=True)
    fresh = [PageRead(at=now, number=number, **one) for number in sorted(wanted.difference(known))]
    # NB: two requests at once may both find a page fresh.
    PageRead.objects.bulk_create(fresh, ignore_conflicts=True)
