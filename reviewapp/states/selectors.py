"""Finding states."""

from collections.abc import Iterable
from uuid import UUID

from reviewapp.documents.models import Document
from reviewapp.states.models import State


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
