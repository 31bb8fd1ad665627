"""Finding states, and documents without one."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from reviewapp.documents.models import Document
from reviewapp.matters.models import Matter
from reviewapp.states.models import STATES_UNDER_WAY, State


def ready_state_names(
    documents: Iterable[Document], *, memory: str, model_sha256: str, tokenizer_sha256: str
) -> dict[UUID, str]:
    """The name of each document's ready state, by document id; only states this memory can read."""
    ready = State.objects.filter(
        document__in=list(documents),
        status=State.Status.READY,
        memory=memory,
        model_sha256=model_sha256,
        tokenizer_sha256=tokenizer_sha256,
    )
    return dict(ready.values_list("document_id", "name"))


def without_state(matter: Matter) -> QuerySet[Document]:
    """The documents that for some memory have no state that is ready, under way or failed, the shortest first."""
    other = (State.Status.READY, *STATES_UNDER_WAY, State.Status.FAILED)
    states = State.objects.filter(document=OuterRef("pk"), status__in=other)
    lacking = (Q(~Exists(states.filter(memory=memory))) for memory in settings.MEMORIES)
    return Document.objects.filter(reduce(or_, lacking), matter=matter).order_by("char_count", "name")


def whose_state_failed(matter: Matter) -> QuerySet[Document]:
    """The documents that for some memory have a state that failed, and none that is ready or under way."""
    states = State.objects.filter(document=OuterRef("pk"))
    living = states.filter(status__in=(State.Status.READY, *STATES_UNDER_WAY))
    failed = (
        Q(Exists(states.filter(memory=memory, status=State.Status.FAILED)))
        & Q(~Exists(living.filter(memory=memory)))
        for memory in settings.MEMORIES
    )
    return Document.objects.filter(reduce(or_, failed), matter=matter)
