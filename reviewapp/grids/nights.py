"""What the nights are planned to do: the documents that are best consolidated, of matters whose admin allows it."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reviewapp.documents.models import Document
from reviewapp.frame.actor import SYSTEM
from reviewapp.grids.forecast import CHARACTERS_PER_TOKEN, Coming, coming
from reviewapp.grids.planning import KINDS, is_consolidated, measured
from reviewapp.jobs import lifecycle
from reviewapp.jobs.models import UNDER_WAY, Job, Status
from reviewapp.matters.models import Matter
from reviewapp.states.actions import start_consolidation
from reviewapp.states.jobs import CONSOLIDATE
from reviewapp.states.models import State
from reviewapp.states.nights import NIGHT, began

#: Documents of a matter that wait at the same time: few, for what waits in the morning has to be taken back.
AT_ONCE = 20


class Waiting(NamedTuple):
    """A document without a state, of some memory."""

    pk: UUID
    name: str
    char_count: int


@dataclass(frozen=True)
class Planned:
    """The documents of the next night, the shortest first, how long they take, and how many stay as they are."""

    documents: tuple[Waiting, ...]
    seconds: float
    left: int


def planned(matter: Matter, questions: Coming) -> Planned:
    """What a night does in a matter, from its documents, the questions that come and what was measured."""
    way = next((way for way in measured() if KINDS[way.name] == "consolidate"), None)
    chosen, seconds, left = list[Waiting](), 0.0, 0
    for document in map(Waiting._make, _without_state(matter).values_list("pk", "name", "char_count")):
        tokens = document.char_count / CHARACTERS_PER_TOKEN
        if is_consolidated(tokens, questions.questions - questions.held, questions.held):
            chosen.append(document)
            seconds += way.seconds(tokens, 0) if way else 0.0
        else:
            left += 1
    return Planned(tuple(chosen), seconds, left)


def go_on() -> int:
    """At night, have more documents consolidated; by day, take back what the night has left. Returns how many.

    What runs in the morning ends its document.
    """
    begin = began(timezone.now())
    if begin is None:
        left = Job.objects.filter(kind=CONSOLIDATE.name, trigger=NIGHT, status=Status.WAITING)
        matters = Matter.objects.filter(pk__in=left.values("matter"))
        return sum(lifecycle.cancel_all(left, matter=matter, actor=SYSTEM) for matter in matters)
    begun = 0
    for matter in Matter.objects.filter(archived_at=None).exclude(night=None):
        jobs = Job.objects.filter(kind=CONSOLIDATE.name, matter=matter)
        room = AT_ONCE - jobs.filter(status__in=UNDER_WAY).count()
        if room <= 0:
            continue
        tried = set(jobs.filter(finished_at__gte=begin).values_list("subject_id", flat=True))
        wanted = [
            document.pk for document in planned(matter, coming(matter)).documents if document.pk not in tried
        ]
        if wanted:
            documents = Document.objects.filter(pk__in=wanted[:room])
            begun += len(start_consolidation(matter, documents, actor=SYSTEM, trigger=NIGHT))
    return begun


def _without_state(matter: Matter) -> QuerySet[Document]:
    """The documents that for some memory have no state that is ready, under way or failed, the shortest first."""
    other = (State.Status.READY, State.Status.WAITING, State.Status.CONSOLIDATING, State.Status.FAILED)
    states = State.objects.filter(document=OuterRef("pk"), status__in=other)
    lacking = (Q(~Exists(states.filter(memory=memory))) for memory in settings.MEMORIES)
    return Document.objects.filter(reduce(or_, lacking), matter=matter).order_by("char_count", "name")
