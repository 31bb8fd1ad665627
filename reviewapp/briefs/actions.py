"""Trying again to make briefs that could not be made."""

from collections.abc import Iterable

from django.db import transaction

from reviewapp.briefs.models import FailedBrief
from reviewapp.documents.models import Document
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.jobs import queue
from reviewapp.matters.models import Matter


def try_again(matter: Matter, documents: Iterable[Document] | None = None, *, actor: Actor) -> int:
    """Have the briefs made anew that could not be, of these documents or of the matter's; tells of how many.

    What is written down of their failures is forgotten, so that all their attempts are before them again.
    """
    failed = FailedBrief.objects.filter(document__matter=matter)
    if documents is not None:
        failed = failed.filter(document__in=list(documents))
    with transaction.atomic():
        number = failed.delete()[0]
        if number:
            record(Happened.BRIEFS_RETRIED, matter, actor=actor, matter=matter, documents=number)
            transaction.on_commit(queue.begin_briefs)
    return number
