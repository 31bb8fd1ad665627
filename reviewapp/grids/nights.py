"""What the nights are planned to do: all documents that are not consolidated, of matters whose admin allows it."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.frame.actor import SYSTEM
from reviewapp.grids.forecast import CHARACTERS_PER_TOKEN
from reviewapp.grids.planning import making_seconds
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.matters.models import Matter
from reviewapp.states.actions import start_consolidation
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.nights import NIGHT, began
from reviewapp.states.selectors import whose_state_failed, without_state

#: Documents of a matter that wait at the same time: few, for what waits in the morning has to be taken back.
AT_ONCE = 20


class Waiting(NamedTuple):
    """A document without a state, of some memory."""

    pk: UUID
    name: str
    char_count: int


@dataclass(frozen=True)
class Planned:
    """The documents of the next night, the shortest first, and how long they take; `left` failed and stay so."""

    documents: tuple[Waiting, ...]
    seconds: float
    left: int


def planned(matter: Matter) -> Planned:
    """What a night does in a matter: whatever has no state, for nothing is answered from a document before.

    What failed waits until somebody has it tried again.
    """
    found = [Waiting._make(row) for row in without_state(matter).values_list("pk", "name", "char_count")]
    seconds = making_seconds(one.char_count / CHARACTERS_PER_TOKEN for one in found)
    return Planned(tuple(found), seconds, whose_state_failed(matter).count())


def go_on() -> int:
    """At night, have more documents consolidated; by day, take back what the night has left. Returns how many.

    What runs in the morning ends its document.
    """
    begin = began(timezone.now())
    if begin is None:
        left = Job.objects.filter(kind=CONSOLIDATE.name, trigger=NIGHT, status=Status.WAITING)
        # NB: where nights have ended meanwhile, what waits is wanted by day.
        matters = Matter.objects.filter(pk__in=left.values("matter")).exclude(night=None)
        return sum(lifecycle.cancel_all(left, matter=matter, actor=SYSTEM) for matter in matters)
    begun = 0
    for matter in Matter.objects.filter(archived_at=None).exclude(night=None):
        jobs = Job.objects.filter(kind=CONSOLIDATE.name, matter=matter)
        room = AT_ONCE - jobs.filter(status__in=UNDER_WAY).count()
        if room <= 0:
            continue
        tried = set(jobs.filter(finished_at__gte=begin).values_list("subject_id", flat=True))
        wanted = [pk for pk in without_state(matter).values_list("pk", flat=True) if pk not in tried]
        if wanted:
            documents = Document.objects.filter(pk__in=wanted[:room])
            begun += len(start_consolidation(matter, documents, actor=SYSTEM, trigger=NIGHT))
    return begun
