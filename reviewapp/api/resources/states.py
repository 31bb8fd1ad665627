"""States of documents, and having documents consolidated."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Status

from reviewapp.api.models import Operation
from reviewapp.api.operations import begun, shape_of_operation, tell_of
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.resources.questions import documents_named
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes import StateOfDocument, StateShape
from reviewapp.api.shapes_more import NewConsolidation
from reviewapp.api.shapes_work import OperationShape
from reviewapp.frame.actor import Scope
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.states.actions import start_consolidation
from reviewapp.states.models import STATES_UNDER_WAY, State
from reviewapp.states.policy import access_state_by_id, may_consolidate, visible_states

resource = Resource("States")


def told_of(states: Sequence[State]) -> StateOfDocument:
    """What is said of a document with these states, the newest first: ready where it can be asked."""
    ready = next((state for state in states if state.status == State.Status.READY), None)
    under_way = next((state for state in states if state.status in STATES_UNDER_WAY), None)
    told = ready or under_way or (states[0] if states else None)
    return told.status if told else "none"  # type: ignore[return-value]


def shape_of_state(state: State) -> StateShape:
    """A state as others see it."""
    return StateShape(
        id=str(state.pk),
        state_id=state.name,
        memory=state.memory,
        status=state.status,  # type: ignore[arg-type]
        model_sha256=state.model_sha256,
        tokenizer_sha256=state.tokenizer_sha256,
        passes=state.passes,
        window_tokens=state.window_tokens,
        segment_windows=state.segment_windows,
        dtype=state.dtype,
        tokens=state.tokens,
        windows=state.windows,
        bytes=state.bytes,
        seconds=state.seconds,
        created_at=state.created_at,
    )


@resource.get("/matters/{matter_id}/states", PageOf[StateShape])
def list_states(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[StateShape]:
    """The states of a matter's documents, built or under way."""
    rows = visible_states(request.actor, access_matter_by_id(request.actor, matter_id))
    return listed(
        request,
        response,
        rows,
        ("created_at", "id"),
        cursor,
        limit,
        lambda found: [shape_of_state(state) for state in found],
    )


@resource.get("/states/{state_id}", StateShape)
def get_state(request: ApiRequest, state_id: str) -> StateShape:
    """One state."""
    return shape_of_state(access_state_by_id(request.actor, state_id))


@resource.post("/matters/{matter_id}/consolidations", {202: OperationShape}, scope=Scope.CONSOLIDATE)
def start_consolidations(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewConsolidation
) -> Status[Any]:
    """Have documents consolidated (admins); those whose state is ready or under way are left out.

    Where the matter has not all of `document_ids`, nothing is begun (422).
    """
    matter = access_matter_by_id(request.actor, matter_id, may=may_consolidate)
    # NB: None stands for all documents, an empty list for none.
    chosen = documents_named(request, matter, payload.document_ids) or None
    jobs = start_consolidation(matter, chosen, actor=request.actor)
    operation = begun(
        Operation.Kind.CONSOLIDATION, matter, request.actor, subjects=[str(job.pk) for job in jobs]
    )
    tell_of(operation, response)
    return Status(202, shape_of_operation(operation))
